"""The bar above a page: where one is, finding, undo and redo by name, the last backup."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from wuling_desktop.ui.palette import PROMPT
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, label, row, tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.services.history import Entry
    from wuling_desktop.ui.theme import Look

_OLD_BACKUP = dt.timedelta(days=7)
_LONGEST = "今天 00:00 已备份"


class FindField(Button):
    """What looks like a search field and opens the panel of Ctrl+K; it narrows to its sign and its keys."""

    def __init__(self, look: Look, run: Callable[[], object]) -> None:
        super().__init__(look, "", run, kind="find", hint="查找　Ctrl+K")
        self._look = look
        self.setAccessibleName("查找")
        self.setAccessibleDescription(PROMPT)
        self.setMaximumWidth(look.px(SIZES.find))
        self.setMinimumWidth(look.px(SIZES.find_least))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sign, keys = label(look), label(look, "Ctrl+K", TYPE.caption)
        side = look.px(SIZES.small_icon)
        sign.setPixmap(look.sign("magnifying-glass", "text2", side))
        keys.setProperty("key", "true")
        line = row(self, look, 0, 8)
        line.setContentsMargins(look.px(10), 0, look.px(6), 0)
        line.addWidget(sign)
        line.addWidget(Elided(look, PROMPT, TYPE.table, tone="hint"), 1)
        line.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
        for each in self.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._keys, self._room = keys, keys.sizeHint().width() + side + look.px(64)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys to the tip where they would be cut."""
        super().resizeEvent(event)
        self._keys.setVisible(self.width() >= self._room)

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole sentence."""
        return QSize(self._look.px(SIZES.find), super().sizeHint().height())


class TopBar(QFrame):
    """Way back, title, scope, finding, undo, redo, backup."""

    find_asked = Signal()
    back_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    backup_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "top")
        self._look = look
        self.setFixedHeight(look.px(SIZES.top))
        self._title = label(look, "", TYPE.page_title, 600)
        self._scope = Elided(look, "", TYPE.table, tone="muted")
        self._back = Button(
            look, "返回", self.back_asked.emit, icon="caret-left", kind="quiet", hint="返回　Alt+←"
        )
        self._back.hide()
        self._undo = Button(look, "撤销", self.undo_asked.emit, icon="arrow-u-up-left", kind="quiet")
        self._redo = Button(look, "重做", self.redo_asked.emit, icon="arrow-u-up-right", kind="quiet")
        self._backup = Button(look, _LONGEST, self.backup_asked.emit, icon="shield-check", kind="quiet")
        # Its room is the same whatever it says: what stands beside it must not move under the mouse.
        self._backup.setMinimumWidth(self._backup.sizeHint().width())
        line = row(self, look, 0, 8)
        line.setContentsMargins(look.px(20), 0, look.px(12), 0)
        line.addWidget(self._back)
        line.addWidget(self._title)
        line.addSpacing(look.px(4))
        line.addWidget(self._scope, 1)
        line.addWidget(FindField(look, self.find_asked.emit), 1)
        for button in (self._undo, self._redo, self._backup):
            line.addWidget(button)

    def say(self, title: str, scope: str) -> None:
        """Show where one is."""
        self._title.setText(title)
        self._scope.say(scope)

    def show_back(self, *, on: bool) -> None:
        """Offer the way back from a page that has no place of its own."""
        self._back.setVisible(on)

    def show_history(self, undo: Entry | None, redo: Entry | None) -> None:
        """Name what Ctrl+Z and Ctrl+Y would do."""
        for button, entry, verb, keys in (
            (self._undo, undo, "撤销", "Ctrl+Z"),
            (self._redo, redo, "重做", "Ctrl+Y"),
        ):
            button.setEnabled(entry is not None)
            said = f"{verb}：{entry.name}　{keys}" if entry else f"没有可以{verb}的操作"
            button.setToolTip(tip(said))
            button.setAccessibleDescription(said)

    def show_server(self) -> None:
        """Tell that others back the data up."""
        self._backup.say("数据在服务器上")
        self._backup.setToolTip("由服务器管理员备份")
        self._backup.setIcon(self._look.icon("hard-drives"))

    def show_backup(self, at: dt.datetime | None) -> None:
        """Tell the last backup."""
        now = dt.datetime.now().astimezone()
        if at is None:
            text, tone = "还没有备份", "due"
        else:
            days = (now.date() - at.astimezone().date()).days
            when = {0: "今天", 1: "昨天"}.get(days, f"{days} 天前")
            text = f"{when} {at.astimezone():%H:%M} 已备份" if days < 2 else f"{when}备份"
            tone = "ok" if now - at < _OLD_BACKUP else "due"
        self._backup.say(text)
        self._backup.setToolTip("备份与恢复在设置里")
        self._backup.setIcon(self._look.icon("shield-check" if tone == "ok" else "warning", tone))
