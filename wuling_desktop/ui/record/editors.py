"""One editor for each kind of datum: in a form, in a table's cell, in the side panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.kinds import CodeKind, Link
from wuling_desktop.domain.readings import Reading
from wuling_desktop.ui import own_undo, projector
from wuling_desktop.ui.record.choice import DETAIL, ChoiceDelegate
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.theme import Look

    Choices = Callable[[Datum, str], list[Link]]  # what a link may point at, narrowed by a word

_HINTS = {"day": "如 1979-03-12、1979.3", "money": "元，如 500 或 500.00", "identity": "18 位"}
_LINES = 4


class LineEditor(QLineEdit):
    """Text, names, numbers, dates, phones: typed, and read by the kind."""

    committed = Signal()

    def __init__(self, look: Look, datum: Datum, choices: Choices) -> None:  # noqa: ARG002 - every editor is made alike
        super().__init__()
        self._datum = datum
        self.setAccessibleName(datum.label)
        self.setPlaceholderText(_HINTS.get(datum.kind.name, ""))
        if datum.private is not None and projector.is_on():
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.editingFinished.connect(self.committed)
        own_undo.pass_on(self)

    def put(self, value: Any) -> None:
        """Show a value."""
        self.setText(self._datum.show(value))
        self.setCursorPosition(0)

    def typed(self) -> Any:
        """Return what stands in it."""
        return self.text()


class ParagraphEditor(QPlainTextEdit):
    """Text of several lines; Tab leaves it."""

    committed = Signal()

    def __init__(self, look: Look, datum: Datum, choices: Choices) -> None:  # noqa: ARG002 - every editor is made alike
        super().__init__()
        self.setAccessibleName(datum.label)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES + look.px(16))

    def put(self, value: Any) -> None:
        """Show a value."""
        self.setPlainText("" if value is None else str(value))

    def typed(self) -> Any:
        """Return what stands in it."""
        return self.toPlainText()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it is finishing."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.committed.emit()


class _ComboEditor(Combo):
    committed = Signal()

    def __init__(self, look: Look, datum: Datum, *, find: bool) -> None:
        super().__init__(look, datum.label, find=find)
        self._datum = datum
        self.activated.connect(self.committed)
        if (line := self.lineEdit()) is not None:
            line.editingFinished.connect(self.committed)
            own_undo.pass_on(line)


class FlagEditor(_ComboEditor):
    """是, 否, or not known."""

    def __init__(self, look: Look, datum: Datum, choices: Choices) -> None:  # noqa: ARG002 - every editor is made alike
        super().__init__(look, datum, find=False)
        self.addItems(["", "是", "否"])

    def put(self, value: Any) -> None:
        """Show a value."""
        self.setCurrentText(self._datum.show(value))

    def typed(self) -> Any:
        """Return the choice."""
        return self.currentText()


class CodeEditor(_ComboEditor):
    """A text of a code table, chosen or typed."""

    def __init__(self, look: Look, datum: Datum, choices: Choices) -> None:  # noqa: ARG002 - every editor is made alike
        super().__init__(look, datum, find=True)
        if isinstance(datum.kind, CodeKind):
            self.addItems(["", *(code.text for code in datum.kind.table.codes)])

    def put(self, value: Any) -> None:
        """Show a value."""
        text = self._datum.show(value)
        self.setCurrentIndex(self.findText(text))  # the arrow keys go on from here
        self.setEditText(text)

    def typed(self) -> Any:
        """Return what stands in it."""
        return self.currentText()


class LinkEditor(_ComboEditor):
    """Another subject, chosen from those there are; what is typed narrows them: a name, its pinyin, digits."""

    def __init__(self, look: Look, datum: Datum, choices: Choices) -> None:
        super().__init__(look, datum, find=True)
        self._choices = choices
        self._links: list[Link | None] = []
        self._list([None, *choices(datum, "")])
        line, completer = self.lineEdit(), self.completer()
        if line is not None and completer is not None:
            line.textEdited.connect(self._narrow)
            completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            popup = completer.popup()
            popup.setItemDelegate(ChoiceDelegate(look, popup))
        self.view().setItemDelegate(ChoiceDelegate(look, self.view()))

    def put(self, value: Any) -> None:
        """Show a value."""
        places = [place for place, link in enumerate(self._links) if link is not None and value == link]
        self.setCurrentIndex(places[0] if places else 0)
        if value is not None and not places:
            self.setCurrentText(self._datum.show(value))

    def typed(self) -> Any:
        """Return the subject chosen, or the text where it names none of them."""
        place = self.currentIndex()
        link = self._links[place] if place >= 0 else None
        return link if link is not None and link.text == self.currentText() else self.currentText()

    def _narrow(self, word: str) -> None:
        """List what the word may mean; nobody is chosen by typing."""
        line = self.lineEdit()
        cursor = line.cursorPosition() if line is not None else 0
        found = self._choices(self._datum, word)
        self._list(found if word.strip() else [None, *found])
        self.setCurrentIndex(-1)
        if line is not None:
            line.setText(word)
            line.setCursorPosition(cursor)

    def _list(self, links: list[Link | None] | list[Link]) -> None:
        self._links = list(links)
        self.clear()
        for place, link in enumerate(links):
            self.addItem(link.text if link else "")
            self.setItemData(place, link.detail if link else "", DETAIL)


Editor = LineEditor | ParagraphEditor | FlagEditor | CodeEditor | LinkEditor
EDITORS: dict[str, Callable[[Look, Datum, Choices], Editor]] = {
    "text": LineEditor,
    "paragraph": ParagraphEditor,
    "name": LineEditor,
    "whole": LineEditor,
    "money": LineEditor,
    "flag": FlagEditor,
    "day": LineEditor,
    "identity": LineEditor,
    "phone": LineEditor,
    "code": CodeEditor,
    "link": LinkEditor,
}


def editor_for(look: Look, datum: Datum, choices: Choices) -> Editor:
    """Return the editor of a datum's kind."""
    return EDITORS[datum.kind.name.partition(":")[0]](look, datum, choices)


def reading_of(datum: Datum, typed: Any, today: dt.date) -> Reading:
    """Return what typed text means for a datum, before it is sent to be saved."""
    if isinstance(typed, Link):
        return Reading(typed)
    return datum.read(typed, today) if isinstance(datum, Field) else datum.kind.read(typed, today)
