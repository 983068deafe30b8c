"""A form of described fields: label, editor, and under it what is noticed about the value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from wuling_desktop.domain.fields import Field
from wuling_desktop.ui.record.editors import ParagraphEditor, editor_for, reading_of
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import label, restyle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QLabel

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices, Editor
    from wuling_desktop.ui.theme import Look

_LABEL_WIDTH = 88


class Form(QWidget):
    """Editors in the order of the fields; `edited` tells a finished value that can be read and differs."""

    edited = Signal(object, object)  # datum, what was typed
    submitted = Signal()  # Enter in the last field

    def __init__(self, look: Look, fields: Sequence[Datum], choices: Choices, today: dt.date) -> None:
        super().__init__()
        self._look = look
        self._today = today
        self.fields = tuple(fields)
        self._editors: dict[str, Editor] = {}
        self._notes: dict[str, QLabel] = {}
        self._before: dict[str, Any] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnMinimumWidth(0, look.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for place, datum in enumerate(self.fields):
            caption = label(look, datum.label, TYPE.table, tone="muted", wrap=True)
            caption.setFixedWidth(look.px(_LABEL_WIDTH))
            editor = editor_for(look, datum, choices)
            caption.setBuddy(editor)
            note = label(look, "", TYPE.caption, wrap=True)
            note.hide()
            high = isinstance(editor, ParagraphEditor)
            side = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(caption, place * 2, 0, side)
            grid.addWidget(editor, place * 2, 1)
            grid.addWidget(note, place * 2 + 1, 1)
            editor.committed.connect(lambda name=datum.name: self._finish(name))
            self._editors[datum.name], self._notes[datum.name] = editor, note
        self.put({})

    def put(self, values: Mapping[str, Any]) -> None:
        """Show values by full name; what is not named is emptied."""
        for datum in self.fields:
            editor = self._editors[datum.name]
            if not editor.hasFocus() or editor.typed() == self._before.get(datum.name):
                editor.put(values.get(datum.name))
                self._before[datum.name] = editor.typed()
            self.say(datum.name)
            self._mark_required(datum)

    def propose(self, name: str, value: Any) -> None:
        """Fill a field that is still empty."""
        if name in self._editors and not self._editors[name].typed():
            self._editors[name].put(value)
            self.say(name, "按身份证号填的，可以改", "hint")

    def typed(self) -> dict[str, Any]:
        """Return what stands in every field, by full name."""
        return {name: editor.typed() for name, editor in self._editors.items()}

    def complete(self) -> bool:
        """Whether every field can be read; the first that cannot is given the focus and says why."""
        faulty = [datum for datum in self.fields if not self._look_at(datum, required=True)]
        if faulty:
            self.focus_on(faulty[0].name)
        return not faulty

    def focus_on(self, name: str) -> None:
        """Put the cursor into a field."""
        self._editors[name].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.focus_on(self.fields[0].name)

    def say(self, name: str, text: str = "", tone: str = "") -> None:
        """Say something about a field, or nothing."""
        note = self._notes[name]
        note.setText(text)
        restyle(note, "tone", tone)
        note.setVisible(bool(text))
        self._editors[name].setAccessibleDescription(text)
        restyle(self._editors[name], "state", tone if tone in ("over", "due") else "")

    def _finish(self, name: str) -> None:
        datum = next(each for each in self.fields if each.name == name)
        typed = self._editors[name].typed()
        if typed == self._before[name] or not self._look_at(datum, required=False):
            return
        self._before[name] = typed
        self.edited.emit(datum, typed)

    def _look_at(self, datum: Datum, *, required: bool) -> bool:
        typed = self._editors[datum.name].typed()
        empty = isinstance(typed, str) and not typed.strip()
        if empty and not required:
            self.say(datum.name)
            self._mark_required(datum)
            return not self._needed(datum) or self._before[datum.name] == typed
        reading = reading_of(datum, typed, self._today)
        if not reading.taken:
            self.say(datum.name, reading.note, "over")
            return False
        self.say(datum.name, reading.note, "due" if reading.note else "")
        return True

    def _mark_required(self, datum: Datum) -> None:
        if self._needed(datum) and not self._editors[datum.name].typed():
            self.say(datum.name, "必填", "hint")

    @staticmethod
    def _needed(datum: Datum) -> bool:
        return isinstance(datum, Field) and datum.required
