"""The plain page before any other, where the desk did not open: try again, put a backup back, take out what is there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from wuling_desktop.ui.entrance.door import JSON, Door
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, fill, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

BACKUPS = "备份 (*.wlbak);;所有文件 (*)"
_WHY = "数据打得开，也没有动过；是页面没能显示出来。可以先照常再试，不行再用下面的办法。"


class SafePage(Door):
    """The data are open; no view of them is."""

    def __init__(self, look: Look, background: Background, desk: Desk, folder: Path) -> None:
        super().__init__(look, 520, desk.unit.name())
        self._background, self._desk, self._folder = background, desk, folder
        self._choose()

    def _choose(self) -> None:
        clear(self.body)
        again = Button(self.look, "再试一次", lambda: self.opened.emit(self._desk), kind="primary")
        parts = (
            label(self.look, "上次打开到一半停下了。", TYPE.body, 600),
            label(self.look, _WHY, TYPE.table, tone="muted", wrap=True),
            again,
            Button(self.look, "从备份恢复…", self._ask_backup, icon="clock-counter-clockwise"),
            Button(self.look, "导出能读的…", self._ask_file, icon="download-simple"),
        )
        fill(self.body, parts)
        again.setFocus()

    def _ask_backup(self) -> None:
        start = self._folder / "backups"
        path, _ = QFileDialog.getOpenFileName(
            self, "选一份备份", str(start if start.is_dir() else self._folder), BACKUPS
        )
        if path:
            self._run("正在检查并恢复备份…", partial(self._desk.backups.restore, Path(path)), self._restored)

    def _restored(self, _done: object) -> None:
        self.busy.stop()
        self.opened.emit(self._desk)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "导出能读的", str(Path.home() / "党建数据.json"), JSON)
        if path:
            self._run(
                "正在导出…", partial(self._desk.backups.dump, Path(path)), partial(self._exported, Path(path))
            )

    def _exported(self, path: Path, _counts: object) -> None:
        self._stop()
        told = f"已导出到 {path.name}。这个文件没有加密，用完请删掉。"
        self.body.addWidget(label(self.look, told, TYPE.table, tone="ok", wrap=True))

    def _run(self, text: str, work: Callable[[], object], done: Callable[[object], object]) -> None:
        self.forget()
        self.card.setEnabled(False)
        self.busy.start(text)
        self._background.run(self, work, done, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._stop()
        self.problem(problem)

    def _stop(self) -> None:
        self.busy.stop()
        self.card.setEnabled(True)


class LeavePage(Door):
    """What is seen while the last backup is made before the window closes."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, 440)
        self.busy.start("正在留一份备份并检查，马上就好…")

    def failed(self, problem: Problem, again: Action, leave: Action) -> None:
        """Tell that the backup was not made, and offer to try again or to go without it."""
        self.busy.stop()
        self.problem(problem, (again, leave))
