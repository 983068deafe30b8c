"""What the desk tells by itself: the last backup, a copy wanted outside, a form left half typed, a key kept by nobody."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.file_choice import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.services.backing_up import Backups
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.drafts import Draft
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.messages import Messages, Notice
    from wuling_desktop.ui.top_bar import TopBar

_FIRST_LOOK, _LOOK = (
    5 * 60_000,
    60 * 60_000,
)  # milliseconds until the backup of the day is thought of, and again


class DeskNews(QObject):
    """Asks in the worker, tells in the top bar and by banners."""

    def __init__(
        self,
        desk: Desk,
        background: Background,
        top: TopBar,
        messages: Messages,
        file_choice: FileChoice,
        go: Callable[..., object],
        wrote: Callable[[str, Path], object],
    ) -> None:
        super().__init__(messages)
        self._history, self._backups, self._drafts = desk.history, desk.backups, desk.drafts
        self._recovery = desk.recovery
        self._background, self._top, self._messages = background, top, messages
        self._file_choice, self._go, self._wrote = file_choice, go, wrote
        self._wanted: Notice | None = None
        self._at_opening = desk.told_at_opening
        self._is_demo = desk.unit.is_demo()
        self._clock = QTimer(self)
        self._clock.setInterval(_FIRST_LOOK)
        self._clock.timeout.connect(self.keep_daily)

    def begin(self, resumed: str = "") -> None:
        """Tell what is to be told at the beginning; the form on the page `resumed` is open again already."""
        self.tell()
        if self._is_demo:
            return
        lost, notes = self._at_opening()
        for note in notes:
            self._messages.banner("info", note, closable=True)
        if lost:
            ways = (Action("存到 U 盘…", self.save_outside, "usb"),)
            self._messages.banner("due", lost, ways, closable=True)
        self._clock.start()
        backups, drafts, recovery = self._backups, self._drafts, self._recovery

        def work() -> Any:
            return backups.outside_overdue(dt.datetime.now().astimezone()), drafts.kept(), recovery.waits()

        def told(found: Any) -> None:
            outside, kept, waits = found
            self._want_outside(*outside)
            self._offer([draft for draft in kept if draft.form != resumed])
            if waits:
                self._want_recovery_sheet()

        self._background.run(self, work, told, self._messages.problem)

    def tell(self) -> None:
        """Read again what Ctrl+Z would do and when the last backup was made."""
        history, backups = self._history, self._backups

        def work() -> Any:
            return history.latest(), history.next_redo(), backups.latest()

        self._background.run(self, work, lambda found: self._show(*found), self._messages.problem)

    def keep_daily(self) -> None:
        """Make the backup of the day where it is due."""
        self._clock.setInterval(_LOOK)
        work = partial(make_if_due, self._backups)
        self._background.run(self, work, lambda _made: self.tell(), self._messages.problem)

    def save_outside(self) -> None:
        """Back up to where the last copy went, or ask where."""
        kept = self._file_choice.preferences.folder_for(OUTSIDE)
        folder = Path(kept) if kept and Path(kept).is_dir() else None
        folder = folder or self._file_choice.folder(self._messages, OUTSIDE)
        if folder is not None:
            self._messages.toast("正在存备份并读回检查…")
            self._background.run(
                self, partial(self._backups.make_outside, folder), self._saved_outside, self._messages.problem
            )

    def _show(self, undo: Any, redo: Any, backup: dt.datetime | None) -> None:
        self._top.show_history(undo, redo)
        if self._backups.by_server:
            self._top.show_server()
        else:
            self._top.show_backup(backup)

    def _saved_outside(self, made: Any) -> None:
        path = made.path
        self._wrote(f"已存到 {path.parent.name or path.parent}，并读回检查过：{path.name}", path)
        if self._wanted is not None:
            self._messages.drop(self._wanted)
            self._wanted = None
        self.tell()

    def _want_outside(self, overdue: bool, last: dt.datetime | None) -> None:
        if overdue:
            days = (dt.datetime.now().astimezone() - last).days if last else 0
            since = f"上次在电脑外面存备份是 {days} 天前。" if last else "还没有在电脑外面存过备份。"
            self._wanted = self._messages.banner(
                "due",
                f"{since}电脑坏了，只有 U 盘上的那份救得回来。",
                (Action("存到 U 盘…", self.save_outside, "usb"),),
                closable=True,
            )

    def _want_recovery_sheet(self) -> None:
        """Tell of a key that was shown and then lost with the window: nobody could open the data without the password."""
        banner: list[Notice] = []

        def lead() -> None:
            self._messages.drop(banner[0])
            self._go("settings", "safety")

        banner.append(
            self._messages.banner(
                "due",
                "恢复码还没有打印或抄下来。忘了密码，只有恢复码能打开数据；换一组新的，打印后收好。",
                (Action("换一组恢复码…", lead, "key"),),
                closable=True,
            )
        )

    def _offer(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            what = "新增人员" if draft.form == "members" else f"新增{draft.form.partition(':')[2]}"
            banner: list[Notice] = []
            actions = (
                Action("接着填", partial(self._resume, draft, banner), "pencil-simple"),
                Action("不要了", partial(self._give_up, draft, banner)),
            )
            banner.append(self._messages.banner("info", f"上次没填完的 {what} 还在。", actions))

    def _resume(self, draft: Draft, banner: list[Notice]) -> None:
        self._messages.drop(banner[0])
        self._go(draft.form, draft)

    def _give_up(self, draft: Draft, banner: list[Notice]) -> None:
        self._messages.drop(banner[0])
        work = partial(self._drafts.forget, draft.form)
        self._background.run(self, work, lambda _: None, self._messages.problem)


def make_if_due(backups: Backups) -> object | None:
    """Return the backup of the day, or None where it is not due."""
    return backups.make() if backups.due(dt.datetime.now().astimezone()) else None
