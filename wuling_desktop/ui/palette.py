"""The panel of Ctrl+K: a line to type in, what it finds in groups, all of it by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from wuling_desktop.ui.messages import announce
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import column, fill, label, row, rule
from wuling_desktop.ui.widgets.hit_list import HitList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.services.finding import Hit, Hits
    from wuling_desktop.ui.theme import Look

PROMPT = "找人、找事、找文件，可输拼音首字母"
_FOOT = "↑↓ 选　Enter 打开　Ctrl+Enter 在右侧面板看　Esc 关闭"
_NOTHING = "没找到“{}”。可以输姓名、拼音首字母、身份证号末四位或手机号，也可以输台账里的字。"
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -6,
    Qt.Key.Key_PageDown: 6,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WordLine(QLineEdit):
    """The line of the panel: its arrows, Enter and Esc are the list's, all other keys its own."""

    moved = Signal(int)
    entered = Signal(bool)  # whether Ctrl was held
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep the panel's keys from the shortcuts of the page beneath."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the list; while a word is being composed the input method has the keys and none of them comes here."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in _ENTER:
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Palette(QWidget):
    """A panel in the middle of the window, over all of it; gone with Esc, a choice, or a click beside the panel."""

    opened = Signal(object, bool)  # the Hit; whether it is to be seen in the side panel

    def __init__(
        self,
        look: Look,
        window: QWidget,
        find: Callable[[str], Sequence[Hits]],
        icon_of: Callable[[Hit], str],
    ) -> None:
        super().__init__(window)
        self.setAccessibleName("查找")
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "palette")
        self._look, self._window, self._find = look, window, find
        self._before: QWidget | None = None
        self._line = WordLine()
        self._line.setAccessibleName("找什么")
        self._line.setPlaceholderText(PROMPT)
        self._line.setProperty("kind", "word")
        self._line.setFont(look.font(TYPE.card_title))
        self._line.setMaxLength(60)
        self._list = HitList(look, "找到的", icon_of)
        self._nothing = label(look, "", TYPE.table, tone="muted", wrap=True)
        self._nothing.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        self._nothing.hide()
        self._build()
        self._line.textChanged.connect(self._search)
        self._line.moved.connect(self._move)
        self._line.entered.connect(self._take)
        self._line.left.connect(self.close_up)
        # Later: the list is still at work on its own click when it tells of it.
        self._list.clicked.connect(
            lambda _index: QTimer.singleShot(0, self, lambda: self._take(beside=False))
        )
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._leave_with_the_keyboard)
        self.hide()

    def open(self) -> None:
        """Show the panel, or begin anew where it is open."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._line.clear()
        self._search("")
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Take the panel away and give the keyboard back."""
        self._vanish()
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible():  # its page may be gone
            before.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lie over the whole window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away with a click beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_up()

    def _leave_with_the_keyboard(self, _old: QWidget | None, new: QWidget | None) -> None:
        elsewhere = new is not None and new is not self and not self.isAncestorOf(new)
        if self.isVisible() and elsewhere and new is not None and new.window() is self.window():
            self._vanish()

    def _build(self) -> None:
        look = self._look
        top = row(None, look, gap=8)
        top.setContentsMargins(look.px(14), look.px(6), look.px(8), look.px(6))
        sign = label(look)
        side = look.px(SIZES.icon)
        sign.setPixmap(look.sign("magnifying-glass", "text2", side))
        fill(top, (sign, self._line))
        foot = label(look, _FOOT, TYPE.caption, tone="hint")
        foot.setContentsMargins(look.px(16), look.px(7), look.px(16), look.px(8))
        outer = column(self.panel, look)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addLayout(top)
        fill(outer, (rule(), self._nothing))
        outer.addWidget(self._list, 1)
        fill(outer, (rule(), foot))

    def _search(self, word: str) -> None:
        groups = self._find(word)
        self._list.put(groups)
        self._nothing.setText(_NOTHING.format(word.strip()))
        self._nothing.setVisible(not groups)
        self._list.setVisible(bool(groups))
        self._place()
        self._tell()

    def _move(self, steps: int) -> None:
        self._list.go(steps)
        self._tell()

    def _tell(self) -> None:
        """The keyboard stays in the line, so a screen reader is told what is chosen below it."""
        if self.isVisible():
            announce(self._line, self._list.said() or self._nothing.text())

    def _take(self, beside: bool) -> None:
        hit = self._list.chosen()
        if hit is not None:
            self.close_up()
            self.opened.emit(hit, beside)

    def _vanish(self) -> None:
        self.hide()
        self._list.put(())  # no name is kept behind a panel that is not seen

    def _place(self) -> None:
        look, room = self._look, self._window.rect()
        self.setGeometry(room)
        width = min(look.px(SIZES.palette), room.width() - look.px(32))
        top = min(look.px(SIZES.top) + look.px(10), room.height() // 8)
        self.panel.setFixedWidth(width)
        self._list.setFixedHeight(0)
        left = room.height() - top - self.panel.sizeHint().height() - look.px(24)
        high = min(self._list.wanted_height(), look.px(SIZES.palette_list), max(left, look.px(80)))
        self._list.setFixedHeight(high)
        self.panel.setGeometry((room.width() - width) // 2, top, width, self.panel.sizeHint().height())


def _is_ours(event: QKeyEvent) -> bool:
    key: Any = Qt.Key(event.key())
    return key in _STEPS or key in _ENTER or key == Qt.Key.Key_Escape
