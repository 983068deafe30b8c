"""The small pieces every page is made of: labels that show plain text, buttons, cards, rows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wuling_desktop.ui.tokens import SIZES, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from wuling_desktop.ui.theme import Look

_L = TypeVar("_L", bound=QBoxLayout)
_ICON_ROLES = {"primary": "on_red", "link": "blue", "danger": "over"}


def label(
    look: Look,
    text: str = "",
    size: int = TYPE.body,
    weight: int = 400,
    *,
    tone: str = "",
    wrap: bool = False,
) -> QLabel:
    """Return a label that shows its text as it is, whatever it holds."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setFont(look.font(size, weight))
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


class Elided(QLabel):
    """A one-line label that shortens a text it has no room for and tells the whole in its tip."""

    def __init__(
        self, look: Look, text: str = "", size: int = TYPE.body, weight: int = 400, *, tone: str = ""
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(size, weight))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if tone:
            self.setProperty("tone", tone)
        self._whole = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text anew."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 6), hint.height())

    def sizeHint(self) -> QSize:
        """Ask for the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")


def tip(text: str) -> str:
    """Return a text for a tool tip, which would take a stranger's angle brackets for markup."""
    if "<" not in text:
        return text
    from html import escape  # noqa: PLC0415 - its table of signs need not be read before the first frame

    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


class Button(QPushButton):
    """A button; `kind` is plain, primary, quiet, link, danger, chip, icon, nav, choice or step."""

    def __init__(
        self,
        look: Look,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        icon: str = "",
        kind: str = "plain",
        hint: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if kind == "icon":
            self.setToolTip(tip(hint or text))
        else:
            self.say(text)
            self.setToolTip(tip(hint))
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if icon:
            side = look.px(SIZES.icon if kind in ("nav", "icon") else SIZES.small_icon)
            self.setIcon(look.icon(icon, _ICON_ROLES.get(kind, "text2")))
            self.setIconSize(QSize(side, side))
        if kind == "primary":
            self.setFont(look.font(TYPE.table, 500))
        if run is not None:
            self.clicked.connect(lambda: run())  # noqa: PLW0108 - clicked brings a bool that is not for `run`

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as well as the space bar: outside dialogs Qt lets it do nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def frame(kind: str, tone: str = "") -> QFrame:
    """Return a frame dressed by the style sheet."""
    made = QFrame()
    made.setProperty("kind", kind)
    if tone:
        made.setProperty("tone", tone)
    return made


def rule() -> QFrame:
    """Return a thin horizontal line."""
    made = frame("line")
    made.setFixedHeight(1)
    return made


def column(parent: QWidget | None, look: Look, margin: float = 0, gap: float = 0) -> QVBoxLayout:
    """Return a vertical layout with one margin and one gap."""
    return _laid(QVBoxLayout() if parent is None else QVBoxLayout(parent), look, margin, gap)


def row(parent: QWidget | None, look: Look, margin: float = 0, gap: float = 8) -> QHBoxLayout:
    """Return a horizontal layout with one margin and one gap."""
    return _laid(QHBoxLayout() if parent is None else QHBoxLayout(parent), look, margin, gap)


def _laid(layout: _L, look: Look, margin: float, gap: float) -> _L:
    space = look.px(margin) if margin else 0
    layout.setContentsMargins(space, space, space, space)
    layout.setSpacing(look.px(gap) if gap else 0)
    return layout


def fill(layout: QBoxLayout, parts: Iterable[QWidget | QBoxLayout | int | None]) -> QBoxLayout:
    """Put widgets and layouts in order; a number is a space, None takes what is left."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet asks about, and dress the widget again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # A frame asks anew how much room its padding takes only when told that its style changed.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
        shiboken6.delete(item)  # nobody else does: what was taken belongs to the layout no more
