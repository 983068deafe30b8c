"""A line of widgets that goes on below where it has no room: buttons and chips at every width and letter size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look


class Flow(QLayout):
    """Items from left to right, line by line; the last one may stand at the right edge of its line."""

    def __init__(self, look: Look, gap: float = 8, *, last_right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.destroyed.connect(partial(_let_go, self._items))
        self._gap = look.px(gap)
        self._last_right = last_right
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # the same
        """Give an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow line becomes a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Be no narrower than the widest item."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put the items in lines, or only see how high they come; return the height."""
        x, y, line = rect.left(), rect.top(), 0
        shown = [item for item in self._items if not item.isEmpty()]
        for item in shown:
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                x, y, line = rect.left(), y + line + self._gap, 0
            left = x
            if self._last_right and item is shown[-1]:
                left = max(x, rect.right() + 1 - size.width())
            if move:
                item.setGeometry(
                    QRect(QPoint(left, y), QSize(min(size.width(), rect.width()), size.height()))
                )
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.top()


def _let_go(items: list[QLayoutItem], _flow: object = None) -> None:
    """Free the items with their layout, as those of Qt's own layouts are: no collector looks after them."""
    while items:
        shiboken6.delete(items.pop())
