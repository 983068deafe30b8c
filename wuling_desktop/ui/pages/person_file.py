"""The whole file of a person: facets at the left, all in view; the chosen one at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import Action, bind
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.pages.person_facets.basic import BasicFacet
from wuling_desktop.ui.pages.person_facets.facet import Facet
from wuling_desktop.ui.pages.person_facets.files import FilesFacet
from wuling_desktop.ui.pages.person_facets.lists import ChangesFacet, EntriesFacet, StepsFacet
from wuling_desktop.ui.pages.person_facets.membership import MembershipFacet
from wuling_desktop.ui.pages.person_facets.rewards import RewardsFacet
from wuling_desktop.ui.pages.person_head import PersonHead
from wuling_desktop.ui.pages.photo_tile import PhotoTile
from wuling_desktop.ui.pages.printing import MEMBER_FORM, TRANSFER_LETTER, PrintJob
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.telling import tell_saved, tried
from wuling_desktop.ui.tokens import SIZES
from wuling_desktop.ui.widgets.basics import Button, column, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.attachments import Attachments
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.ledgers import Ledgers
    from wuling_desktop.services.people import People
    from wuling_desktop.services.person_file import PersonFile, PersonFiles
    from wuling_desktop.services.person_history import PersonHistory
    from wuling_desktop.services.transfers import Transfers
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_F = TypeVar("_F", bound=Facet)
_LIST, _LIST_NARROW = 152, 120
_LOW = 480
_LOWEST = 300  # below it the photo would be covered: very large letters on a low screen


@dataclass(frozen=True, slots=True)
class PersonSpot:
    """Whose file is asked for, among whom one may walk, and where in it to begin."""

    person: int
    among: tuple[int, ...] = ()
    facet: str = ""
    field: str = ""
    transfer: bool = False


class PersonFilePage(Page):
    """One person at a time; Alt+↑↓ walks along the list one came from."""

    title = "个人信息"

    place = "members"

    def __init__(  # noqa: PLR0913 - the services its facets use, all by name
        self,
        look: Look,
        *,
        files: PersonFiles,
        people: People,
        ledgers: Ledgers,
        transfers: Transfers,
        history: PersonHistory,
        attachments: Attachments,
        exporting: Exporting,
        unit: Unit,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(look)
        self._files, self._people, self._unit, self._background = files, people, unit, background
        self._spot = PersonSpot(0)
        self._file: PersonFile | None = None
        self._then: Callable[[], object] | None = None  # what is to be done when the file is shown
        photo = PhotoTile(look, attachments, background, file_choice)
        photo.changed.connect(self.changed)
        photo.trouble.connect(self.trouble)
        self._photo = photo
        self._head = PersonHead(look, photo)
        choices, today = people.choices_of, unit.today()
        # Each is made when it is first looked at: all of them at once would keep the window from answering.
        self._makers: dict[type[Facet], Callable[[], Facet]] = {
            BasicFacet: lambda: BasicFacet(look, choices, today, exporting, background),
            MembershipFacet: lambda: MembershipFacet(look, choices, today, transfers),
            StepsFacet: lambda: StepsFacet(look),
            RewardsFacet: lambda: RewardsFacet(look, ledgers, choices, today),
            EntriesFacet: lambda: EntriesFacet(look),
            FilesFacet: lambda: FilesFacet(look, attachments, background, file_choice),
            ChangesFacet: lambda: ChangesFacet(look, history),
        }
        self._kinds = tuple(self._makers)
        self._made: dict[type[Facet], Facet] = {}
        self._stack = QStackedWidget()
        self._list = QScrollArea()
        self._tabs = OneOf(self)
        self._lay_out()
        self._connect()

    @property
    def within(self) -> PersonSpot:
        """The person and the facet shown."""
        return replace(self._spot, facet=self._kinds[self._tabs.checkedId()].title, field="")

    @property
    def back(self) -> tuple[str, int]:
        """The list one came from, at the person one has walked to."""
        return "members", self._spot.person

    def enter(self, what: Any = None) -> None:
        """Show the file asked for, or the last one."""
        if isinstance(what, int):
            what = PersonSpot(what)
        if isinstance(what, PersonSpot):
            other = what.person != self._spot.person
            self._spot = what
            if what.facet:
                self._go(what.facet)
            elif other and not what.field:
                self._show_facet(0)
            self._then = partial(self._begin, what)
        self._read()

    def reload(self, changes: Changes | None) -> None:  # noqa: ARG002 - every change may show somewhere here
        """Read the file again."""
        if self._spot.person and self.isVisible():
            self._read()

    def focus(self) -> None:
        """Begin in the facet, once it is shown."""
        if self._file is not None and self._file.card.id == self._spot.person:
            self._tabs.checkedButton().setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Mask private values again."""
        self._head.cover()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list of facets and the head less room where there is little."""
        super().resizeEvent(event)
        self._head.due.be_low(on=self.height() < self.look.px(_LOW))
        self._photo.setVisible(self.height() >= self.look.px(_LOWEST))
        narrow = self.window().width() < self.look.px(SIZES.overlay_below)
        self._list.setFixedWidth(self.look.px(_LIST_NARROW if narrow else _LIST))

    def _lay_out(self) -> None:
        look = self.look
        tabs = QWidget()
        tabs.setProperty("ground", "bg")
        inside = column(tabs, look, gap=2)
        for number, kind in enumerate(self._kinds):
            tab = Button(look, kind.title, partial(self._show_facet, number), kind="nav")
            tab.setCheckable(True)
            self._tabs.add(tab, number)
            inside.addWidget(tab)
        inside.addStretch(1)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWidget(tabs)
        body = row(None, look, gap=12)
        body.addWidget(self._list)
        body.addWidget(self._stack, 1)
        outer = column(self, look, gap=12)
        outer.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        outer.addWidget(self._head)
        outer.addLayout(body, 1)
        self._show_facet(0)

    def facet(self, kind: type[_F]) -> _F:
        """Return a facet, made if it is not there yet."""
        if kind not in self._made:
            made = self._makers[kind]()
            made.changed.connect(self.changed)
            made.trouble.connect(self.trouble)
            made.said.connect(self.said)
            made.wrote.connect(self.wrote)
            made.wanted.connect(self._want)
            made.edited.connect(self._change)
            made.cover(on=not self._head.uncovers or projector.is_on())
            self._made[kind] = made
            self._stack.addWidget(made)
            if self._file is not None:
                made.put(self._file)
        return cast("_F", self._made[kind])

    def _connect(self) -> None:
        head = self._head
        head.step_asked.connect(self._walk)
        head.print_asked.connect(self._print)
        head.letter_asked.connect(partial(self._print, TRANSFER_LETTER))
        head.transfer_asked.connect(self._transfer)
        head.withdraw_asked.connect(self._withdraw)
        head.uncovered.connect(self._uncover)
        head.due_asked.connect(self._fill_in)
        bind(
            self,
            (
                Action("上一项", partial(self._turn, -1), keys="Ctrl+PgUp"),
                Action("下一项", partial(self._turn, 1), keys="Ctrl+PgDown"),
                Action("上一个人", partial(self._walk, -1), keys="Alt+Up"),
                Action("下一个人", partial(self._walk, 1), keys="Alt+Down"),
                Action("打印采集表", self._print, keys="Ctrl+P"),
                Action("回到名单", self._leave, keys="Esc"),
            ),
        )

    def _uncover(self, on: bool) -> None:
        for facet in self._made.values():
            facet.cover(on=not on or projector.is_on())

    def _read(self) -> None:
        person, today = self._spot.person, self._unit.today()
        work = partial(self._files.read, person, today)
        self._background.run(self, work, self._show, self._gone)

    def _show(self, file: PersonFile) -> None:
        if file.card.id != self._spot.person:
            return  # one has walked on meanwhile
        self._file = file
        among = self._spot.among
        place = f"第 {among.index(file.card.id) + 1} / {len(among)} 人" if file.card.id in among else ""
        self._head.put(file, place, self._unit.today())
        for facet in self._made.values():
            facet.put(file)
        for number, kind in enumerate(self._kinds):
            count = kind.count(file)
            tab = self._tabs.button(number)
            tab.setText(kind.title if count is None else f"{kind.title}　{count}")
        self.scope.emit(file.card.name)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _gone(self, problem: Problem) -> None:
        """The person was withdrawn or merged: the list knows who is left."""
        self._file = None
        if self.isVisible():
            self.wanted.emit("members", None)
        self.trouble.emit(problem)

    def _begin(self, spot: PersonSpot) -> None:
        if spot.transfer:
            self._transfer()
        elif spot.field:
            self._fill_in(spot.field)
        else:
            self._tabs.checkedButton().setFocus()

    def _go(self, title: str) -> None:
        titles = [kind.title for kind in self._kinds]
        if title in titles:
            self._show_facet(titles.index(title))

    def _show_facet(self, number: int) -> None:
        self._tabs.button(number).setChecked(True)
        self._stack.setCurrentWidget(self.facet(self._kinds[number]))

    def _turn(self, step: int) -> None:
        self._show_facet((self._tabs.checkedId() + step) % len(self._kinds))
        self._tabs.checkedButton().setFocus()

    def _walk(self, step: int) -> None:
        among = self._spot.among
        if self._spot.person not in among:
            return
        place = among.index(self._spot.person) + step
        if 0 <= place < len(among):
            self._head.cover()
            self._spot = replace(self._spot, person=among[place], field="", transfer=False)
            self._read()

    def _fill_in(self, name: str) -> None:
        """Go to the field where something is settled."""
        if name.startswith(("discipline.", "award.")):
            self._go(RewardsFacet.title)
            return
        shown = self._kinds[self._tabs.checkedId()]
        for kind in (shown, BasicFacet, MembershipFacet):
            if self.facet(kind).fill_in(name):
                self._show_facet(self._kinds.index(kind))
                self.facet(kind).fill_in(name)  # a field out of view does not take the cursor
                return

    def _transfer(self) -> None:
        self._go(MembershipFacet.title)
        self.facet(MembershipFacet).transfer()

    def _want(self, place: str, what: Any) -> None:
        if place == "facet":
            rewards = what == "person.rewards_and_discipline"
            self._go((RewardsFacet if rewards else MembershipFacet).title)
        elif place == "form":
            self._print(what)
        else:
            self.wanted.emit(place, what)

    def _change(self, datum: Datum, typed: Any) -> None:
        known = self._file.values if self._file is not None else {}
        seen = {datum.name: known[datum.name]} if datum.name in known else {}
        change = partial(self._people.change, self._spot.person, {datum.name: typed}, seen)
        saved = tried(change, self.trouble)
        if saved is None:
            self._read()
        else:
            tell_saved(saved, self.changed, self.said)

    def _withdraw(self) -> None:
        changes = tried(lambda: self._people.withdraw([self._spot.person]), self.trouble)
        if changes is not None:
            self.wanted.emit("members", None)
            self.changed.emit(changes)

    def _print(self, form: str = MEMBER_FORM) -> None:
        self.wanted.emit("preview", PrintJob(form, (self._spot.person,)))

    def _leave(self) -> None:
        """Give up what is half typed, else go back to the list."""
        if any(form.give_up() for form in self.findChildren(Form)):
            return
        self.wanted.emit(*self.back)
