"""基本信息: what is known of the person, as a form in two columns or as the paper form one types into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from wuling_desktop.services import person_data
from wuling_desktop.ui.actions import shortcut
from wuling_desktop.ui.pages.person_facets.facet import Cards, Facet, shown_doubts
from wuling_desktop.ui.pages.person_facets.paper import PaperForm
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_CARDS = {
    "基本": "person.name person.id_number person.sex person.birth_date person.ethnic_group person.native_place "
    "person.birth_place person.marital_status person.political_status person.phone person.office_phone "
    "person.email person.address",
    "学历": "person.education person.degree person.ft_education person.ft_degree person.ft_school "
    "person.is_education person.is_degree person.is_school person.major",
    "工作": "person.staff_kind person.staff_number person.department person.position person.position_since "
    "person.post person.subject person.title person.title_level person.work_start person.joined_unit_on "
    "person.resume person.note",
}


class BasicFacet(Facet):
    """The form and the paper show the same data; a value typed in one stands in the other."""

    title = "基本信息"

    def __init__(
        self, look: Look, choices: Choices, today: dt.date, exporting: Exporting, background: Background
    ) -> None:
        super().__init__(look)
        self._choices, self._today = choices, today
        self._file: PersonFile | None = None
        self._covered = True
        self.forms: list[Form] = []
        self._waiting = list(_CARDS.items())
        self._cards = Cards(look)
        self._build_one()
        self.paper = PaperForm(look, choices, today, exporting, background)
        self.paper.edited.connect(self.edited)
        self.paper.trouble.connect(self.trouble)
        self.paper.wanted.connect(self.wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._cards)
        self._stack.addWidget(self.paper)
        self._switches = OneOf(self)
        line = row(None, look, gap=8)
        for number, (text, hint) in enumerate((("表单", ""), ("表样", "像纸上的采集表一样看和填　F4"))):
            switch = Button(look, text, lambda number=number: self._show(number), kind="chip", hint=hint)  # type: ignore[misc]
            switch.setCheckable(True)
            self._switches.add(switch, number)
            line.addWidget(switch)
        said = label(look, "改完一格就存，可以撤销。", TYPE.caption, tone="hint")
        fill(line, (said, None))
        outer = column(self, look, gap=10)
        outer.addLayout(line)
        outer.addWidget(self._stack, 1)
        self._switches.button(0).setChecked(True)
        inside_only = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut(self, "F4", lambda: self._show(1 - self._stack.currentIndex()), inside_only)

    def _build_one(self) -> None:
        """Make the next card; one at a time, so that the window goes on answering between them."""
        if not self._waiting:
            return
        title, names = self._waiting.pop(0)
        fields = [person_data.named(name) for name in names.split()]
        form = Form(self.look, fields, self._choices, self._today, columns=2)
        form.cover(on=self._covered)
        form.edited.connect(self.edited)
        if self._file is not None:
            form.put(self._file.values, shown_doubts(self._file))
        self._cards.card(title).addWidget(form)
        self.forms.append(form)
        QTimer.singleShot(0, self, self._build_one)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        self._file = file
        for form in self.forms:
            form.put(file.values, shown_doubts(file))
        self.paper.put(file.card.id, file.values)

    def cover(self, *, on: bool) -> None:
        """Mask private values, or show them whole."""
        self._covered = on
        for form in self.forms:
            form.cover(on=on)
        self.paper.cover(on=on)

    def fill_in(self, name: str) -> bool:
        """Put the cursor into a field of the form."""
        while self._waiting:
            self._build_one()
        form = next((each for each in self.forms if any(f.name == name for f in each.fields)), None)
        if form is None:
            return False
        self._show(0)
        form.focus_on(name)
        self._cards.ensureWidgetVisible(form.editor(name))
        return True

    def focus(self) -> None:
        """Begin in the first field, or on the paper."""
        if self._stack.currentIndex():
            self.paper.focus()
        else:
            self.forms[0].focus_first()

    def _show(self, number: int) -> None:
        self._switches.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        self.paper.shown(on=bool(number))
        if number:
            self.paper.focus()
