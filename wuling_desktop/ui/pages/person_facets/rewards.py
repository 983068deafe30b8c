"""奖惩: honours and measures, listed by day, entered and corrected where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.kinds import Link
from wuling_desktop.services.ledgers import described
from wuling_desktop.ui.pages.person_facets.lists import ListFacet
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.telling import tell_saved, tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.ledgers import Ledgers
    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_COLUMNS = (Column("日期", 8), Column("奖惩", 8), Column("内容", 0))
_LEDGERS = (("award", "新增奖励"), ("discipline", "登记处分或处置"))


class RewardsFacet(ListFacet):
    """The list, and under it the form of the chosen line or of a new one."""

    title = "奖惩"

    def __init__(self, look: Look, ledgers: Ledgers, choices: Choices, today: dt.date) -> None:
        super().__init__(look, _COLUMNS, "还没有登记奖励或处分。")
        self._ledgers, self._choices, self._today = ledgers, choices, today
        self._person = Link(0, "")
        self._place: tuple[str, int] | None = None  # the line in the form; None for a new one
        self._kind = ""
        self._form: Form | None = None
        self._card = frame("card")
        self._inside = column(self._card, look, 16, 10)
        self._card.hide()
        self.outer.insertWidget(2, self._card)
        for record, text in _LEDGERS:
            self.foot.addWidget(Button(look, text, lambda record=record: self._begin(record), icon="plus"))  # type: ignore[misc]
        self.foot.addStretch(1)
        self.table.chosen.connect(self._show_chosen)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        other = self._person.id != file.card.id
        self._person = Link(file.card.id, file.card.name)
        if other:
            self._leave()
        self.show_rows(
            [
                TextRow((each.record, each.id), (str(each.day or ""), each.noun, each.text))
                for each in file.rewards
            ]
        )
        if self._place is not None and self._place not in {(each.record, each.id) for each in file.rewards}:
            self._leave()

    @staticmethod
    def count(file: PersonFile) -> int:
        """Return how many there are."""
        return len(file.rewards)

    def _show_chosen(self) -> None:
        place = self.table.chosen_key()
        if place is None or place == self._place:
            return
        record, id_ = place
        values = tried(lambda: self._ledgers.values(record, id_), self.trouble)
        if values is None:
            return
        self._make(record, place)
        if self._form is not None:
            self._form.put({f"{record}.{key}": value for key, value in values.items()})

    def _begin(self, record: str) -> None:
        self.table.clearSelection()
        self._make(record, None)
        if self._form is not None:
            self._form.focus_first()

    def _make(self, record: str, place: tuple[str, int] | None) -> None:
        look = self.look
        clear(self._inside)
        self._place, self._kind = place, record
        ledger = described(record)
        fields = [each for each in ledger.fields if each.key != "person"]
        self._form = Form(look, fields, self._choices, self._today, columns=2)
        line = row(None, look)
        if place is None:
            self._form.submitted.connect(self._add)
            buttons = (Button(look, "登记", self._add, kind="primary"), Button(look, "先不登记", self._leave))
        else:
            self._form.edited.connect(self._change)
            buttons = (
                Button(look, "收起", self._leave),
                Button(look, "撤销误录", self._remove, kind="danger"),
            )
        fill(line, (*buttons, None))
        head = ledger.noun if place else f"新增{ledger.noun}"
        fill(self._inside, (label(look, head, TYPE.card_title, 600), self._form, line))
        self._card.show()

    def _leave(self) -> None:
        self._form, self._place = None, None
        self.table.clearSelection()
        self._card.hide()

    def _add(self) -> None:
        if self._form is None or not self._form.complete():
            return
        typed = {name.partition(".")[2]: value for name, value in self._form.typed().items()}
        kind = self._kind
        saved = tried(lambda: self._ledgers.add(kind, {**typed, "person": self._person}), self.trouble)
        if saved is not None:
            tell_saved(saved, self.changed, self.said)
            self._leave()

    def _change(self, datum: Datum, typed: object) -> None:
        if self._place is not None and self._form is not None:
            record, id_ = self._place
            key = datum.name.partition(".")[2]
            seen = {key: self._form.seen(datum.name)[datum.name]}
            saved = tried(lambda: self._ledgers.change(record, id_, {key: typed}, seen), self.trouble)
            if saved is not None:
                tell_saved(saved, self.changed, self.said)

    def _remove(self) -> None:
        if self._place is not None:
            record, id_ = self._place
            changes = tried(lambda: self._ledgers.remove(record, [id_]), self.trouble)
            if changes is not None:
                self.changed.emit(changes)
