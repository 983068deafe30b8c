"""报表与打印: the built-in forms, each on its way to the preview."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from wuling_desktop.services.people import Who
from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.pages.printing import PrintJob
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row

if TYPE_CHECKING:
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.exporting import Exporting, FormInfo
    from wuling_desktop.services.people import People
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_LETTERS = "转出在途的，一人一页"
_SCOPES = {"list": "一张表，一人一行", "person": "一人一页"}


class FormsPage(Page):
    """One card for each form."""

    title = "报表与打印"

    def __init__(
        self, look: Look, exporting: Exporting, people: People, unit: Unit, background: Background
    ) -> None:
        super().__init__(look)
        self._exporting, self._people, self._unit, self._background = exporting, people, unit, background
        self._first: Button | None = None
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("ground", "bg")
        scroll.setWidget(inside)
        self._room = column(inside, look, 20, 12)
        column(self, look).addWidget(scroll)
        actions.bind(self, (Action("打印预览", self._open_first, keys="Ctrl+P"),))

    def enter(self, what: Any = None) -> None:  # noqa: ARG002 - all forms are shown
        """Show the forms."""
        self.reload(None)

    def reload(self, changes: Changes | None) -> None:  # noqa: ARG002 - only numbers of people are read
        """Read the forms and the number of people each is for."""
        today = self._unit.today()

        def work() -> tuple[list[FormInfo], dict[str, int]]:
            forms = self._exporting.forms()
            groups = {form.group for form in forms}
            return forms, {group: len(self._people.rows((), Who(group), today)) for group in groups}

        self._background.run(self, work, lambda found: self._show(*found), self.trouble.emit)

    def focus(self) -> None:
        """Begin at the first form."""
        if self._first is not None:
            self._first.setFocus()

    def _show(self, forms: list[FormInfo], people: dict[str, int]) -> None:
        focused = self._first is not None and self._first.hasFocus()
        clear(self._room)
        self._first = None
        self.scope.emit(f"{self._unit.title()}　{len(forms)} 种表")
        told = "名册和采集表按全体党员填；只要几个人的，在“党员信息”里选好人再打印或导出。"
        self._room.addWidget(label(self.look, told, TYPE.table, tone="muted", wrap=True))
        for form in forms:
            self._room.addWidget(self._card(form, people[form.group]))
        self._room.addStretch(1)
        self._room.activate()  # or the cards are seen squeezed for a moment where they have to be scrolled
        if focused or self.isVisible():
            self.focus()

    def _card(self, form: FormInfo, people: int) -> QWidget:
        look = self.look
        card = frame("card")
        sign = QLabel()
        side = look.px(24)
        sign.setPixmap(look.sign("file-text", "red", side))
        words = column(None, look, gap=2)
        about = _about(form, people)
        fill(
            words,
            (label(look, form.title, TYPE.card_title, 600), label(look, about, TYPE.table, tone="muted")),
        )
        button = Button(
            look,
            "预览、导出、打印",
            partial(self.wanted.emit, "preview", PrintJob(form.name)),
            icon="printer",
        )
        button.setAccessibleName(f"{form.title}，预览、导出、打印")
        button.setEnabled(bool(people) or not form.of_members)
        button.setToolTip("" if button.isEnabled() else "还没有党员，先导入花名册")
        self._first = self._first or button
        line = row(card, look, 14, 12)
        line.addWidget(sign)
        line.addLayout(words, 1)
        line.addWidget(button)
        return card

    def _open_first(self) -> None:
        if self._first is not None:
            self._first.click()


def _about(form: FormInfo, people: int) -> str:
    """Return what a form is filled with."""
    if form.ledger:
        return "台账里的全部记录"
    if form.of_members:
        return f"{_SCOPES.get(form.scope, '')}，{people} 人"
    return f"{_LETTERS}，{people} 人" if people else f"{_LETTERS}；现在没有，打出来是空白的，供手填"
