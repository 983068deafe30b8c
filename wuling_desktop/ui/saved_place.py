"""打开所在文件夹: after something was written to disk, the way to where it lies; offered by the toast and by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from wuling_desktop.domain.problems import Problem
from wuling_desktop.ui.actions import Action

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.ui.messages import Messages


class SavedPlace:
    """Knows what was written last."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._path: Path | None = None
        self.action = Action("打开刚存的文件所在的文件夹", self.open, keys="Ctrl+Shift+O")

    def tell(self, text: str, path: Path) -> None:
        """Tell that a file was written, and offer its folder."""
        self._path = path
        offer = Action("打开所在文件夹", self.open, keys=self.action.keys)
        self._messages.toast(text, offer)

    def open(self) -> None:
        """Show the folder of what was written last in the computer's own file manager."""
        if self._path is None:
            self._messages.toast("打开程序以后还没有存过文件")
            return
        folder = self._path.parent
        if not folder.is_dir():
            self._messages.problem(
                Problem(
                    f"没有打开文件夹“{folder.name or folder}”。",
                    "它现在不在了，多半是 U 盘拔掉了，或文件夹改了名、移走了；程序里的数据没有动。",
                    "请插上 U 盘再试，或重新存一份。",
                )
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.problem(
                Problem(
                    f"没有打开文件夹“{folder.name or folder}”。",
                    "这台电脑上没有找到能打开文件夹的程序；文件已经存好。",
                    f"请自己到 {folder} 里找 {self._path.name}。",
                )
            )
