"""A form of described fields: label, editor, and under it what is noticed about the value."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.kinds import Link
from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import shortcut
from wuling_desktop.ui.record.editors import LineEditor, ParagraphEditor, editor_for, reading_of
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import label, restyle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLabel

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices, Editor
    from wuling_desktop.ui.theme import Look

NO_DOUBTS: Mapping[str, str] = MappingProxyType({})
_LABEL_WIDTH, _COLUMN_WIDTH = 88, 280


class Form(QWidget):
    """Editors in the order of the fields; `edited` tells a finished value that can be read and differs."""

    edited = Signal(object, object)  # datum, what was typed
    submitted = Signal()  # Enter in the last field, Ctrl+Enter in any

    def __init__(
        self,
        look: Look,
        fields: Sequence[Datum],
        choices: Choices,
        today: dt.date,
        *,
        columns: int = 1,
    ) -> None:
        super().__init__()
        self._look = look
        self._today = today
        self.fields = tuple(fields)
        self._editors: dict[str, Editor] = {}
        self._notes: dict[str, QLabel] = {}
        self._before: dict[str, Any] = {}
        self._values: Mapping[str, Any] = {}
        self._covered = False
        self._captions: dict[str, QLabel] = {}
        self._most, self._columns = columns, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        for datum in self.fields:
            caption = label(look, datum.label, TYPE.table, tone="muted", wrap=True)
            caption.setFixedWidth(look.px(_LABEL_WIDTH))
            editor = editor_for(look, datum, choices)
            caption.setBuddy(editor)
            note = label(look, "", TYPE.caption, wrap=True)
            note.hide()
            editor.committed.connect(lambda name=datum.name: self._finish(name))
            self._editors[datum.name], self._notes[datum.name] = editor, note
            self._captions[datum.name] = caption
            if datum.private is not None:
                editor.installEventFilter(self)
            if columns > 1 and isinstance(editor, ParagraphEditor):
                editor.setFixedHeight(editor.minimumHeight())  # a whole line is wide enough to be low
        self._arrange(1)
        if isinstance(editor, LineEditor):
            editor.returnPressed.connect(self.submitted)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut(self, "Ctrl+Return", self.submitted.emit, inside)
        self.put({})

    def put(self, values: Mapping[str, Any], doubts: Mapping[str, str] = NO_DOUBTS) -> None:
        """Show values by full name; what is not named is emptied. `doubts` says why a value is to be looked at."""
        self._values = values
        for datum in self.fields:
            editor = self._editors[datum.name]
            if not editor.hasFocus() or editor.typed() == self._before.get(datum.name):
                editor.put(values.get(datum.name))
                self._before[datum.name] = editor.typed()
                self._dress(datum)
            doubt = doubts.get(datum.name, "")
            self.say(datum.name, f"待核：{doubt}" if doubt else "", "due" if doubt else "")
            self._mark_required(datum)

    def give_up(self) -> bool:
        """Put the value back that the field with the cursor had; False where nothing was typed."""
        for datum in self.fields:
            editor = self._editors[datum.name]
            inside = editor.hasFocus() or editor.isAncestorOf(self.window().focusWidget() or self)
            if inside and editor.typed() != self._before.get(datum.name):
                editor.put(self._values.get(datum.name))
                self.say(datum.name)
                return True
        return False

    def cover(self, *, on: bool) -> None:
        """Show private values masked; one that is being edited is shown whole as long as it is."""
        self._covered = on
        for datum in self.fields:
            if datum.private is not None and not self._editors[datum.name].hasFocus():
                self._undress(datum)
                self._dress(datum)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Uncover a private value while the cursor is in it."""
        if self._covered and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            datum = next(each for each in self.fields if self._editors[each.name] is watched)
            if event.type() == QEvent.Type.FocusIn:
                self._undress(datum)
            else:  # only after the editor has told that it is finished
                QTimer.singleShot(0, self, lambda: self._dress(datum))
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange(max(1, min(self._most, self.width() // self._look.px(_COLUMN_WIDTH))))

    def _dress(self, datum: Datum) -> None:
        editor = self._editors[datum.name]
        if not self._covered or datum.private is None or editor.hasFocus():
            return
        if isinstance(editor, LineEditor) and editor.typed() == self._before.get(datum.name):
            editor.setText(self._masked(datum))

    def _undress(self, datum: Datum) -> None:
        """Show a private value whole; a text that could not be saved stays as it was typed."""
        if self._editors[datum.name].typed() == self._masked(datum):
            self._editors[datum.name].put(self._values.get(datum.name))

    def _masked(self, datum: Datum) -> str:
        return projector.shown(datum.private, datum.show(self._values.get(datum.name)))

    def _arrange(self, columns: int) -> None:
        """Place the fields line by line; a long text takes a whole line."""
        if columns == self._columns:
            return
        self._columns = columns
        for number in range(self._most):
            self._grid.setColumnMinimumWidth(
                number * 2, self._look.px(_LABEL_WIDTH) if number < columns else 0
            )
            self._grid.setColumnStretch(number * 2 + 1, 1 if number < columns else 0)
        line, column = 0, 0
        for datum in self.fields:
            editor = self._editors[datum.name]
            wide = isinstance(editor, ParagraphEditor)
            if column == columns or (wide and column):
                line, column = line + 1, 0
            side = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignVCenter
            span = columns * 2 - 1 if wide else 1
            self._grid.addWidget(self._captions[datum.name], line * 2, column * 2, side)
            self._grid.addWidget(editor, line * 2, column * 2 + 1, 1, span)
            self._grid.addWidget(self._notes[datum.name], line * 2 + 1, column * 2 + 1, 1, span)
            column = columns if wide else column + 1

    def put_typed(self, values: Mapping[str, Any]) -> None:
        """Fill in what was typed earlier, as it was typed; it counts as not saved yet."""
        for datum in self.fields:
            typed, editor = values.get(datum.name), self._editors[datum.name]
            if typed is None:
                continue
            if isinstance(typed, Link):
                editor.put(typed)
            elif isinstance(editor, LineEditor):
                editor.setText(typed)
            elif isinstance(editor, ParagraphEditor):
                editor.setPlainText(typed)
            else:
                editor.setCurrentText(typed)
            self.say(datum.name)

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

    def seen(self, name: str) -> dict[str, Any]:
        """Return the value that was put into a field, by full name."""
        return {name: self._values.get(name)}

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return self._editors[name]

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
