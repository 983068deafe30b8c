"""备份: making one, checking one, putting one back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from wuling_desktop.ui.file_choice import OUTSIDE
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row
from wuling_desktop.ui.widgets.busy import BusyLine
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.backing_up import Backups, Difference
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_COLUMNS = (Column("时间", 12), Column("人数", 5), Column("检查", 8), Column("文件", 0))
_NAMED = 5  # operations told by name
_FILES = "备份 (*.wlbak);;所有文件 (*)"


class BackupSection(Section):
    """The backups beside the data, and those the user keeps elsewhere."""

    title = "备份"
    restored = Signal()
    made = Signal()

    def __init__(self, look: Look, backups: Backups, background: Background, file_choice: FileChoice) -> None:
        super().__init__(look)
        self._backups, self._background, self._file_choice = backups, background, file_choice
        if backups.by_server:
            self.answer_for_server()
            self.room.addStretch(1)
        else:
            self._build()

    def _build(self) -> None:
        look = self.look
        inside = self.card(
            "做一份备份", "备份是加密的，用做备份那天的密码打开。U 盘上也放一份，电脑坏了才有用。"
        )
        buttons = row(None, look)
        self._first = Button(look, "立即备份", lambda: self._make(None), icon="hard-drives", kind="primary")
        fill(
            buttons, (self._first, Button(look, "存到 U 盘或文件夹…", self._make_elsewhere, icon="usb"), None)
        )
        inside.addLayout(buttons)
        self._busy = BusyLine(look)
        inside.addWidget(self._busy)
        listed = self.card(
            "本机的备份", "每天自动留一份；留最近 10 份，以及 14 天、8 周、12 个月里各最新的一份。"
        )
        self._table = TextTable(look, "本机的备份", _COLUMNS)
        self._table.setMinimumHeight(look.px(220))
        self._table.chosen.connect(self._enable)
        listed.addWidget(self._table, 1)
        self._verify = Button(look, "检查这一份", self._check, icon="shield-check")
        self._restore = Button(
            look, "恢复到这一份…", self._ask_restore_listed, icon="clock-counter-clockwise"
        )
        other = Button(look, "用别处的备份恢复…", self._ask_restore_file, icon="folder-open")
        line = row(None, look)
        fill(line, (self._verify, self._restore, None, other))
        listed.addLayout(line)
        self._asked = column(None, look)
        listed.addLayout(self._asked)
        self._enable()

    def enter(self) -> None:
        """Read the list."""
        if self._backups.by_server:
            return
        self._background.run(self, self._backups.listing, self._show, self.trouble.emit)

    def focus(self) -> None:
        """Begin with the button."""
        if self._backups.by_server:
            super().focus()
        else:
            self._first.setFocus()

    def _show(self, found: list) -> None:  # type: ignore[type-arg]  # of backups
        chosen = self._table.chosen_key()
        self._table.put(
            [
                TextRow(
                    each.path,
                    (
                        f"{each.at:%Y-%m-%d %H:%M}",
                        str(each.people),
                        "全面查过" if each.full else "查过",
                        each.path.name,
                    ),
                    {2: "ok", 3: "text2"},
                )
                for each in found
            ]
        )
        paths = [each.path for each in found]
        if chosen in paths:
            self._table.selectRow(paths.index(chosen))
        self._enable()

    def _enable(self) -> None:
        chosen = self._table.chosen_key() is not None
        for button in (self._verify, self._restore):
            button.setEnabled(chosen)
            button.setToolTip("" if chosen else "先在上面选一份")

    def _make_elsewhere(self) -> None:
        folder = self._file_choice.folder(self, OUTSIDE)
        if folder is not None:
            self._make(folder)

    def _make(self, folder: Path | None) -> None:
        work = partial(self._backups.make_outside, folder) if folder else self._backups.make
        self._run("正在备份并检查…", work, self._was_made, "已取消，没有备份")

    def _run(
        self, text: str, work: Callable[[], Any], done: Callable[[Any], object], stopped: str = ""
    ) -> None:
        said = partial(self.said.emit, stopped) if stopped else None
        self._busy.run(self._background, self, text, work, done, self.trouble.emit, said)

    def _was_made(self, made: object) -> None:
        path = Path(str(getattr(made, "path", "")))
        self.wrote.emit(f"备份好了，并读回检查过：{path.name}{_lacking(made)}", path)
        self.made.emit()
        self.enter()

    def _check(self) -> None:
        path = self._table.chosen_key()
        work = partial(self._backups.verify, path)
        self._run(f"正在逐页检查 {path.name}…", work, self._checked, "已取消，没有查完")

    def _checked(self, verdict: object) -> None:
        faults = getattr(verdict, "faults", ())
        people = getattr(verdict, "people", 0)
        self.said.emit("；".join(faults) if faults else f"这一份是好的，{people} 人")

    def _ask_restore_file(self) -> None:
        path = self._file_choice.to_open(self, "恢复", _FILES)
        if path is not None:
            self._ask_difference(path)

    def _ask_restore_listed(self) -> None:
        self._ask_difference(self._table.chosen_key())

    def _ask_difference(self, path: Path) -> None:
        work = partial(self._backups.difference, path)
        self._background.run(self, work, partial(self._ask_restore, path), self.trouble.emit)

    def _ask_restore(self, path: Path, difference: Difference) -> None:
        """Say what would change, and ask before the whole data are replaced: the one question of this page."""
        clear(self._asked)
        look = self.look
        box = frame("notice", "due")
        inside = column(box, look, 12, 8)
        told = f"恢复到 {difference.at:%Y-%m-%d %H:%M} 的备份？"
        safe = "现在的数据会先存成一份备份，不会丢；要回到现在，恢复那一份就行。"
        facts = [label(look, text, TYPE.table, wrap=True) for text in (*_told(difference), safe)]
        line = row(None, look)
        leave = Button(look, "先不恢复", lambda: clear(self._asked))
        go = Button(
            look, "恢复", lambda: self._restore_now(path), kind="danger", icon="clock-counter-clockwise"
        )
        fill(line, (leave, go, None))
        fill(
            inside,
            (label(look, told, TYPE.body, 600, wrap=True), *facts, line),
        )
        self._asked.addWidget(box)
        leave.setFocus()
        self.bring_into_view(box)

    def _restore_now(self, path: Path) -> None:
        clear(self._asked)
        self._run("正在检查并恢复…", partial(self._backups.restore, path), self._was_restored)

    def _was_restored(self, done: object) -> None:
        before, after = getattr(done, "before", None), getattr(done, "after", 0)
        was = f"恢复前 {before} 人，" if before is not None else ""
        self.said.emit(f"已恢复：{was}现在 {after} 人；恢复前的数据另存了一份备份{_lacking(done)}")
        self.restored.emit()
        self.enter()


def _lacking(done: object) -> str:
    """Return what is said of attachments whose content was not to be found."""
    faults = getattr(done, "faults", ())
    if not faults:
        return ""
    return f"；{faults[0].rstrip('。')}" + (f"，另有 {len(faults) - 1} 个附件也是" if len(faults) > 1 else "")


def _told(difference: Difference) -> list[str]:
    """Return in sentences what putting a backup back would change."""
    people = f"那时 {difference.people_then} 人，现在 {difference.people_now} 人。"
    if difference.since is None:
        return [people, "它和现在的数据不是一条线上的：那以后恢复过别的备份，或是另一份数据的。"]
    if not difference.since:
        return [people, "那以后没有改动，恢复以后和现在一样。"]
    named = "、".join(f"“{name}”" for name in difference.since[:_NAMED])
    more = "等" if len(difference.since) > _NAMED else ""
    last = f"那时最后一步是“{difference.last_then}”；" if difference.last_then else ""
    return [people, f"{last}那以后的 {len(difference.since)} 步会不在了：{named}{more}。"]
