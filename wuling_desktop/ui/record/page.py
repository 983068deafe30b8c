"""The page of any plain ledger: its table, its form, adding, correcting, taking back, finding, export and print."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QScrollArea, QWidget

from wuling_desktop.domain.fields import Field
from wuling_desktop.services.drafts import Draft
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.pages.list_page import ListPage, empty_page
from wuling_desktop.ui.pages.seen import Seen
from wuling_desktop.ui.pages.table_output import TableOutput
from wuling_desktop.ui.record.columns import Columns
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.record.table import Ready, ready
from wuling_desktop.ui.record.table_desk import CellTyping
from wuling_desktop.ui.telling import tell_saved, tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.domain.kinds import Link
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.column_sets import ColumnSets
    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.ledgers import Ledger, Ledgers
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look


class LedgerPage(ListPage):
    """A plain ledger from its description alone; a third ledger needs no other screen."""

    keys = "F2 改　Enter 看　空格勾选　Ctrl+N 新增　Ctrl+Z 撤销"

    def __init__(
        self,
        look: Look,
        ledger: Ledger,
        ledgers: Ledgers,
        exporting: Exporting,
        unit: Unit,
        column_sets: ColumnSets,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        self.title, self.record = ledger.title, ledger.name
        self.imports = ledger.noun
        self._ledger, self._ledgers, self._exporting, self._unit = ledger, ledgers, exporting, unit
        forms = [form for form in exporting.forms() if form.ledger == ledger.name]
        shown = [
            Action(f"新增{ledger.noun}", self.add, "plus", "Ctrl+N"),
            Action(
                "导入",
                lambda: self.wanted.emit("import", ledger.noun),
                "upload-simple",
                hint="导入台账　Ctrl+I",
            ),
            Action("导出", self._export_menu, "download-simple", "Ctrl+E", "存成 Excel"),
            Action("打印", self._print_menu, "printer", "Ctrl+P", "先看预览"),
        ]
        self._forms = forms
        self._output = TableOutput(self, exporting)
        columns = Columns(ledger.name, column_sets, {ledger.title: ledger.fields}, ledger.table_shows)
        super().__init__(
            look,
            ledger.title,
            self._choices,
            CellTyping(
                lambda datum: isinstance(datum, Field),
                partial(ledgers.look_at_many, ledger.name),
                partial(ledgers.change_many, ledger.name),
            ),
            shown,
            columns=columns,
            background=background,
            file_choice=file_choice,
        )
        self._form = Form(look, ledger.fields, self._choices, unit.today())
        self._new = False
        self._build_panel()
        self.table.rows.edited.connect(self._cell_edited)
        self.table.chosen.connect(self._show_chosen)
        self.table.activated.connect(lambda _index: self._to_panel())
        self._form.edited.connect(self._form_edited)
        self._form.submitted.connect(self._submit)
        self.word_changed.connect(lambda: self.reload(None))

    def enter(self, what: Any = None) -> None:
        """Read the rows, and choose the one asked for."""
        if isinstance(what, Seen):
            self.show_again(what)
            return
        if isinstance(what, int):
            self.search.clear()
        self.reload(None)
        if isinstance(what, int):
            self._choose(what)
        if isinstance(what, Draft):
            self.resume()

    def reload(self, changes: Changes | None) -> None:
        """Read the rows again, whatever was changed: names of people show in links too."""
        self.desk.heard_of(changes)
        word, whole = self.search.text(), self.table_tools.whole
        fields = cast("tuple[Field, ...]", self.table_tools.datums)

        def work() -> Ready:
            name = self._ledger.name
            return ready(
                fields,
                self._ledgers.in_view(name, self._ledgers.rows(name, word, fields), fields),
                whole=whole,
            )

        self.background.run(self, work, self._show, self.trouble.emit)

    def add(self) -> None:
        """Begin a new row in the panel."""
        self.table.clearSelection()
        self._set_new(on=True)
        self._form.put({})
        self.open_panel()
        self._form.focus_first()
        if self.drafts is not None:
            self.drafts.begin()

    def new_form(self) -> Form:
        """Return the form of a row."""
        return self._form

    @property
    def adding(self) -> bool:
        """Whether a new row is being typed in."""
        return self._new or super().adding

    def menu_actions(self) -> Sequence[Action | None]:
        """Return what can be done with the chosen rows."""
        chosen = self.table.chosen_ids()
        if not chosen:
            return ()
        return (
            Action("在面板里改", self._to_panel, "pencil-simple"),
            None,
            Action(f"撤销误录（{len(chosen)} 条）", self._remove),
        )

    def batch_actions(self) -> Sequence[Action]:
        """Return what can be done with several chosen rows."""
        return (
            Action("导出这些…", self._output.write_chosen, "download-simple"),
            Action("撤销误录", self._remove, hint="录错的才撤；可以放回来"),
        )

    def _build_panel(self) -> None:
        look = self.look
        content = QWidget()
        outer = column(content, look)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        scroll.setWidget(inside)
        self._head = label(look, "", TYPE.person, 600, wrap=True)
        self._note = label(look, "", TYPE.caption, tone="muted", wrap=True)
        fill(column(inside, look, 16, 10), (self._head, self._note, self._form, None))
        self._save = Button(look, "新增", self._add, kind="primary")
        self._leave = Button(look, "先不加", self._stop_adding)
        self._take_back = Button(look, "撤销误录", self._remove, kind="danger")
        foot = row(None, look)
        foot.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(12))
        fill(foot, (self._save, self._leave, None, self._take_back))
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        self.panel.put(content)
        self._set_new(on=False)
        self._show_chosen()

    def _to_panel(self) -> None:
        if len(self.table.chosen_ids()) == 1:
            self.open_panel()
            self._form.focus_first()

    def _set_new(self, *, on: bool) -> None:
        self._new = on
        self._save.setVisible(on)
        self._leave.setVisible(on)
        if on:
            self._take_back.hide()
            self._form.show()
            self._head.setText(f"新增{self._ledger.noun}")
            self._note.setText("填完按“新增”（Ctrl+Enter）；必填的没填会提示。")

    def _show(self, rows: Ready) -> None:
        self.put(rows)
        self.table.set_today(self._unit.today())
        self.scope.emit(f"{self._unit.title()}　{len(rows.ids)} 条")
        if rows.ids:
            self.count()
            return
        if self.search.text():
            self.show_nothing_found()
        else:
            buttons = (
                Button(self.look, f"新增{self._ledger.noun}", self.add, icon="plus", kind="primary"),
                Button(
                    self.look,
                    "导入 Excel",
                    lambda: self.wanted.emit("import", self._ledger.noun),
                    icon="upload-simple",
                ),
            )
            text, why = (
                f"还没有{self._ledger.noun}的记录。",
                "把已有的台账拖进来，或逐条登记；之后可以查找、导出和打印。",
            )
            self.show_empty(empty_page(self.look, text, why, buttons))
        self.count()

    def _show_chosen(self) -> None:
        self.count()
        chosen = self.table.chosen_ids()
        if self._new and not chosen:
            return
        if self._new and self.drafts is not None:
            self.drafts.rest()
        self._set_new(on=False)
        self._take_back.setVisible(bool(chosen))
        self._form.setVisible(len(chosen) == 1)
        if len(chosen) != 1:
            self._head.setText(f"已选 {len(chosen)} 条" if chosen else self._ledger.title)
            self._note.setText("" if chosen else "在表里选一条，这里显示全部内容，改了就存。")
            return
        values = tried(lambda: self._ledgers.values(self._ledger.name, chosen[0]), self.trouble)
        if values is None:
            return
        self._head.setText(f"{self._ledger.noun}　{self._title_of(values)}")
        self._note.setText("改完一格就存，可以撤销。")
        self._form.put({f"{self._ledger.name}.{key}": value for key, value in values.items()})

    def _title_of(self, values: dict[str, Any]) -> str:
        shown = (each.show(values[each.key]) for each in self._ledger.table_shows[:2])
        return "　".join(filter(None, shown))

    def _submit(self) -> None:
        if self._new:
            self._add()

    def _add(self) -> None:
        if not self._form.complete():
            return
        typed = {name.partition(".")[2]: value for name, value in self._form.typed().items()}
        saved = tried(lambda: self._ledgers.add(self._ledger.name, typed), self.trouble)
        if saved is None:
            return
        self._set_new(on=False)
        if self.drafts is not None:
            self.drafts.done()
        tell_saved(saved, self.changed, self.said)
        self._choose(saved.id)

    def _choose(self, id_: int) -> None:
        """Choose a row once what is being read has come."""
        self.background.run(self, lambda: None, lambda _: self.table.choose([id_]), self.trouble.emit)

    def _stop_adding(self) -> None:
        if self.drafts is not None:
            self.drafts.done()
        self._set_new(on=False)
        self._show_chosen()
        self.close_panel()

    def _form_edited(self, datum: Datum, typed: Any) -> None:
        chosen = self.table.chosen_ids()
        if not self._new and len(chosen) == 1:
            self._change(chosen[0], datum, typed, self._form.seen(datum.name))

    def _cell_edited(self, id_: int, datum: Datum, typed: Any) -> None:
        self._change(id_, datum, typed, self.table.rows.seen_at(id_, datum))

    def _change(self, id_: int, datum: Datum, typed: Any, seen: dict[str, Any]) -> None:
        key = datum.name.partition(".")[2]
        before = {key: seen[datum.name]} if seen else {}
        change = partial(self._ledgers.change, self._ledger.name, id_, {key: typed}, before)
        saved = tried(change, self.trouble)
        if saved is not None:
            tell_saved(saved, self.changed, self.said)

    def _remove(self) -> None:
        chosen = self.table.chosen_ids()
        if chosen:
            self.table.setFocus()  # the button that was pressed goes away with the row
            changes = tried(lambda: self._ledgers.remove(self._ledger.name, chosen), self.trouble)
            if changes is not None:
                self.changed.emit(changes)

    def _export_menu(self) -> None:
        whole = Action("全部栏目，存成 Excel…", self._export_all)
        self.menu_under("导出", [*self._output.entries(), None, whole])

    def _print_menu(self) -> None:
        entries = [
            Action(f"{form.title}…", partial(self.wanted.emit, "preview", form.name)) for form in self._forms
        ]
        self.menu_under("打印", [*entries, Action("当前表格…", self._output.print_shown)])

    def _export_all(self) -> None:
        name, word = self._ledger.name, self.search.text()
        self._output.write(lambda path: self._exporting.write_ledger(path, name, word=word))

    def _choices(self, datum: Datum, word: str) -> list[Link]:
        return self._ledgers.choices(datum, word) if isinstance(datum, Field) else []
