"""党员信息: finding a person, seeing what is known, correcting it, getting a roster out."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.drafts import Draft
from wuling_desktop.services.people import Who
from wuling_desktop.services.person_findings import due
from wuling_desktop.services.person_groups import DOUBTFUL
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.pages.batch_form import BatchForm
from wuling_desktop.ui.pages.list_page import ListPage, empty_page
from wuling_desktop.ui.pages.member_chips import WHERE_NEW_PEOPLE_ARE, MemberChips
from wuling_desktop.ui.pages.person_actions import withdraw
from wuling_desktop.ui.pages.person_file import PersonSpot
from wuling_desktop.ui.pages.person_panel import PersonPanel
from wuling_desktop.ui.pages.printing import MEMBER_FORM, PrintJob
from wuling_desktop.ui.pages.seen import Seen
from wuling_desktop.ui.pages.table_output import TableOutput
from wuling_desktop.ui.record.columns import Columns
from wuling_desktop.ui.record.table import Ready, ready
from wuling_desktop.ui.record.table_desk import CellTyping
from wuling_desktop.ui.telling import tell_saved, tried
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.batch import Batch
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.column_sets import ColumnSets
    from wuling_desktop.services.duplicates import Duplicates
    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.people import People
    from wuling_desktop.services.person_findings import PersonFindings
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.pages.photo_tile import PhotoTile
    from wuling_desktop.ui.record.form import Form
    from wuling_desktop.ui.theme import Look

_NEW = (
    "person.name",
    "person.id_number",
    "person.sex",
    "person.birth_date",
    "person.ethnic_group",
    "person.standing",
    "branch.name",
    "step_fact.assembly_on",
    "membership.full_from",
    "person.phone",
)


class MembersPage(ListPage):
    """The people of the branch."""

    title = "党员信息"
    noun = "人"
    record = "person"
    keys = "F2 改　Enter 打开　空格勾选　Ctrl+F 找　Ctrl+Z 撤销"

    def __init__(  # noqa: PLR0913 - the services of a page where most work begins
        self,
        look: Look,
        people: People,
        exporting: Exporting,
        unit: Unit,
        column_sets: ColumnSets,
        photo: PhotoTile,
        background: Background,
        file_choice: FileChoice,
        *,
        findings: PersonFindings,
        duplicates: Duplicates,
        batch: Batch,
    ) -> None:
        shown = (
            Action("新增人员", self.add, "plus", "Ctrl+N"),
            Action(
                "导入", lambda: self.wanted.emit("import", None), "upload-simple", hint="导入花名册　Ctrl+I"
            ),
            Action("导出", self._export_menu, "download-simple", "Ctrl+E", "存成 Excel 或按表样导出"),
            Action("打印", self._print_menu, "printer", "Ctrl+P", "打印花名册或当前表格，先看预览"),
        )
        self._people, self._exporting, self._unit = people, exporting, unit
        self._output = TableOutput(self, exporting)
        self._findings, self._duplicates = findings, duplicates
        typed = people.typed_in_tables()
        super().__init__(
            look,
            "人员名单",
            people.choices_of,
            CellTyping(lambda datum: datum.name in typed, people.look_at_many, people.change_many),
            shown,
            columns=Columns("person", column_sets, people.by_facet(), people.table_shows()),
            background=background,
            file_choice=file_choice,
        )
        self._wanted_id = 0
        named = {datum.name: datum for datum in people.datums()}
        new = [named[name] for name in _NEW]
        self._person = PersonPanel(look, people.choices_of, new, unit.today(), photo)
        photo.changed.connect(self.changed)
        photo.trouble.connect(self.trouble)
        self.panel.put(self._person)
        self._batch = batch
        self._chips = MemberChips(look, self, self.above, unit.today().month)
        self._connect()

    def enter(self, what: Any = None) -> None:
        """Show everybody, or the person asked for."""
        if isinstance(what, Seen):
            self._chips.go(what.group)
            self.show_again(what)
            return
        if isinstance(what, int):
            self._wanted_id = what
        self.reload(None)
        if isinstance(what, Draft):
            self.resume()

    def reload(self, changes: Changes | None) -> None:
        """Read the rows and all counts again, whatever was changed: most ledgers show in a person's row."""
        self.desk.heard_of(changes)
        self._read_rows()
        self._count_slowly()

    def _read_rows(self) -> None:
        who = Who(self.group, word=self.search.text(), month=self._chips.month)
        today, datums, whole = self._unit.today(), self.table_tools.datums, self.table_tools.whole

        def work() -> tuple[Ready, dict[str, int]]:
            rows, counts = self._people.table(datums, who, today)
            return ready(datums, rows, whole=whole), counts

        self.background.run(self, work, self._show, self.trouble.emit)

    def _count_slowly(self) -> None:
        """Count what takes longer than the table, after it, and not while one types what is sought."""
        people, duplicates, today = self._people, self._duplicates, self._unit.today()

        def show(found: tuple[int, int]) -> None:
            doubtful, alike = found
            self._chips.put({DOUBTFUL: doubtful})
            self._chips.put_alike(alike)

        def work() -> tuple[int, int]:
            return people.doubtful(today), len(duplicates.pairs())

        self.background.run(self, work, show, self.trouble.emit)

    def add(self) -> None:
        """Begin a new person in the panel."""
        self.table.clearSelection()
        self.open_panel()
        self._person.show_adding()
        if self.drafts is not None:
            self.drafts.begin()

    def menu_actions(self) -> Sequence[Action | None]:
        """Return what can be done with the chosen people."""
        chosen = self.table.chosen_ids()
        if not chosen:
            return ()
        return (
            Action("打开", self._open, "arrow-right"),
            Action("在面板里看", self._focus_panel, "eye"),
            Action("打印采集表", self._print_chosen, "printer"),
            Action("导出这些人…", self._output.write_chosen, "download-simple"),
            None,
            Action(f"撤销误录（{len(chosen)} 人）", self._withdraw),
        )

    def batch_actions(self) -> Sequence[Action]:
        """Return what can be done with several chosen people."""
        return (
            Action("打印采集表", self._print_chosen, "printer"),
            Action("导出这些人…", self._output.write_chosen, "download-simple"),
            Action("批量修改…", self._change_many, "pencil-simple"),
            Action("合并为一人…", self._compare, hint="选两个人，并排比对后合并"),
            withdraw(self._withdraw),
        )

    def new_form(self) -> Form:
        """Return the form of a new person."""
        return self._person.form

    @property
    def group(self) -> str:
        """Which people are shown."""
        return self._chips.group

    @property
    def adding(self) -> bool:
        """Whether a new person is being typed in."""
        return self._person.adding or super().adding

    def leave(self) -> None:
        """Hide private values again, keep what is half typed."""
        super().leave()
        self.table_tools.cover()
        self._person.cover()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_chosen)
        self.table.rows.edited.connect(self._cell_edited)
        self.table.activated.connect(lambda index: self._open(self.table.rows.id_at(index.row())))
        self.table.verticalHeader().sectionDoubleClicked.connect(
            lambda row: self._open(self.table.rows.id_at(row))
        )
        self._chips.chosen.connect(self._read_rows)
        self._chips.duplicates_asked.connect(lambda: self.wanted.emit("duplicates", None))
        self.word_changed.connect(self._read_rows)
        person = self._person
        person.edited.connect(self._line_edited)
        person.added.connect(self._add)
        person.left.connect(self._stop_adding)
        person.print_asked.connect(self._print_chosen)
        person.export_asked.connect(self._output.write_chosen)
        person.withdraw_asked.connect(self._withdraw)
        person.closed.connect(self.turn_panel)
        person.open_asked.connect(self._open)
        person.transfer_asked.connect(lambda: self._go_to_file(transfer=True))
        person.due_asked.connect(lambda name: self._go_to_file(field=name))

    def _show(self, found: tuple[Ready, Mapping[str, int]]) -> None:
        rows, counts = found
        self._chips.put(counts)
        self.table.set_today(self._unit.today())
        if self._wanted_id and self._wanted_id not in rows.texts:
            self._go_where_wanted(counts)
            return
        self.put(rows)
        if self._wanted_id:
            self.table.choose([self._wanted_id])
            self._wanted_id = 0
        self.scope.emit(f"{self._unit.title()}　党员 {counts['members']} 人")
        self._show_emptiness(rows, counts)
        self.count()

    def _go_where_wanted(self, counts: Mapping[str, int]) -> None:
        """A person just added may not be a member: look among the others, then give up."""
        groups = [name for name in WHERE_NEW_PEOPLE_ARE if counts[name]]
        place = groups.index(self.group) + 1 if self.group in groups else 0
        if place < len(groups):
            self._chips.go(groups[place])
        else:
            self._wanted_id = 0
        self.search.clear()
        self.reload(None)

    def _show_emptiness(self, rows: Ready, counts: Mapping[str, int]) -> None:
        if rows.ids or (counts["all"] and not self.search.text()):
            return
        if counts["all"]:
            self.show_nothing_found()
            return
        buttons = (
            Button(
                self.look,
                "选花名册",
                lambda: self.wanted.emit("import", None),
                icon="upload-simple",
                kind="primary",
            ),
            Button(self.look, "逐个新增", self.add, icon="plus"),
        )
        text, why = (
            "还没有党员。",
            "最快的办法是把手头的花名册拖进来：表头不用改，先看差异再导入，导入后也能整批撤销。",
        )
        self.show_empty(empty_page(self.look, text, why, buttons))

    def _show_chosen(self) -> None:
        self.count()
        chosen = self.table.chosen_ids()
        if self._person.adding and not chosen:
            return
        if len(chosen) > 1:
            self._person.show_many(len(chosen))
            self._batch_form.put(tuple(chosen))
        elif not chosen:
            self._person.show_nobody()
        else:
            today = self._unit.today()
            card = tried(lambda: self._people.card(chosen[0], today), self.trouble)
            if card is not None:
                found = due(self._findings.of(today, (chosen[0],)), today)
                self._person.show_person(card, found)

    def _open(self, id_: int = 0) -> None:
        """Open the whole file, of the chosen person or of the one named."""
        self._go_to_file(id_)

    def _go_to_file(self, id_: int = 0, *, field: str = "", transfer: bool = False) -> None:
        chosen = self.table.chosen_ids()
        person = id_ or (chosen[0] if chosen else 0)
        if person:
            among = tuple(self.table.rows.rows.ids)
            self.wanted.emit("person", PersonSpot(person, among, field=field, transfer=transfer))

    @cached_property
    def _batch_form(self) -> BatchForm:
        """What several people can be given at once, made when several are first chosen."""
        made = BatchForm(self.look, self._batch, self._people.choices_of, self._unit.today())
        made.changed.connect(self.changed)
        made.trouble.connect(self.trouble)
        self._person.show_beside_many(made)
        return made

    def _change_many(self) -> None:
        self.open_panel()
        self._batch_form.focus()

    def _compare(self) -> None:
        chosen = self.table.chosen_ids()
        if len(chosen) == 2:
            self.wanted.emit("duplicates", (chosen[0], chosen[1]))
            return
        self.trouble.emit(
            Problem("没有打开比对。", f"合并要选两个人，现在选了 {len(chosen)} 人。", "请只选两个人再办。")
        )

    def _focus_panel(self) -> None:
        if len(self.table.chosen_ids()) == 1:
            self.open_panel()
            self._person.card.setFocus()

    def _stop_adding(self) -> None:
        if self.drafts is not None:
            self.drafts.done()
        self._person.show_nobody()
        self._show_chosen()
        self.close_panel()
        self.table.setFocus()

    def _add(self, typed: dict[str, Any]) -> None:
        saved = tried(lambda: self._people.add(typed), self.trouble)
        if saved is not None:
            if self.drafts is not None:
                self.drafts.done()
            self._person.show_nobody()
            self._wanted_id = saved.id
            tell_saved(saved, self.changed, self.said)
            self.table.setFocus()

    def _cell_edited(self, id_: int, datum: Datum, typed: Any) -> None:
        self._change(id_, datum, typed, self.table.rows.seen_at(id_, datum))

    def _line_edited(self, id_: int, datum: Datum, typed: Any) -> None:
        self._change(id_, datum, typed, self._person.card.lines.seen(datum))

    def _change(self, id_: int, datum: Datum, typed: Any, seen: dict[str, Any]) -> None:
        saved = tried(lambda: self._people.change(id_, {datum.name: typed}, seen), self.trouble)
        if saved is not None:
            tell_saved(saved, self.changed, self.said)

    def _withdraw(self) -> None:
        chosen = self.table.chosen_ids()
        if chosen:
            changes = tried(lambda: self._people.withdraw(chosen), self.trouble)
            if changes is not None:
                self.table.setFocus()  # the button that was pressed goes away with the person
                self.changed.emit(changes)

    def _print_menu(self) -> None:
        people = self._shown_ids()
        lists = [form for form in self._exporting.forms() if not form.ledger and form.scope == "list"]
        entries: list[Action | None] = [
            Action(f"{form.title}…", partial(self.wanted.emit, "preview", PrintJob(form.name, people)))
            for form in lists
        ]
        entries += [None, Action("当前表格…", self._output.print_shown)]
        self.menu_under("打印", entries)

    def _print_chosen(self) -> None:
        self.wanted.emit("preview", PrintJob(MEMBER_FORM, tuple(self.table.chosen_ids())))

    def _shown_ids(self) -> tuple[int, ...]:
        chosen = self.table.chosen_ids()
        return tuple(chosen) if len(chosen) > 1 else tuple(self.table.rows.rows.ids)

    def _export_menu(self) -> None:
        people = self._shown_ids()
        entries: list[Action | None] = [
            Action(f"{form.title}…", partial(self.wanted.emit, "preview", PrintJob(form.name, people)))
            for form in self._exporting.forms()
            if form.of_members
        ]
        self.menu_under("导出", [*entries, None, *self._output.entries()])
