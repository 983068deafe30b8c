"""Unlocking: by password, by the printed recovery key, or by putting a backup in the place of what cannot be read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.entrance.door import JSON, Door, ask_backup
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, label, row
from wuling_desktop.ui.widgets.new_password import NewPassword, password_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.data_files import BackupInfo, DataFiles, Salvaged
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_TRIES, _WAIT = 5, 60  # guesses before each further one has to wait so many seconds


class UnlockPage(Door):
    """The prompt for a password; the services behind it may still be loading while it is typed."""

    anew_asked = Signal()  # the data are gone for good

    def __init__(
        self,
        look: Look,
        background: Background,
        data_files: Callable[[], DataFiles],
        *,
        folder: Path,
        unit: str = "",
    ) -> None:
        super().__init__(look, 440, unit)
        self._background = background
        self._data_files = data_files  # called in the worker: it waits until the services are loaded
        self._folder = folder
        self._on_server = (folder / "server.toml").exists()  # the services that know better are still loading
        self._forgotten = "忘了请服务器管理员重设" if self._on_server else "忘了可用恢复码"
        self._wrong = 0
        self._wait = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._desk: Desk | None = None
        self.ask_password()

    def ask_password(self) -> None:
        """Ask for the password, on a server for that of the account there."""
        asked = "服务器密码" if self._on_server else "密码"
        self._form(asked, password_field(asked), "打开", self._unlock)
        links = row(None, self.look, gap=4)
        own = (
            Button(self.look, "用恢复码打开", self.ask_key, kind="link"),
            Button(self.look, "从备份恢复…", self._choose_backup, kind="link"),
        )
        demo = Button(self.look, "看演示支部", self.demo.emit, kind="link")
        fill(links, (*(() if self._on_server else own), None, demo))
        self.body.addLayout(links)

    def ask_key(self) -> None:
        """Ask for the printed recovery key."""
        self.forget()
        field = QLineEdit()
        field.setAccessibleName("恢复码")
        field.setPlaceholderText("7 组，每组 5 个字符；大小写、空格、横线都可以")
        self._form("恢复码", field, "用恢复码打开", self._unlock_with_key)
        self._back_link()

    def _form(self, caption: str, field: QLineEdit, verb: str, run: Callable[[], None]) -> None:
        clear(self.body)
        self._field = field
        self._said_below = label(self.look, size=TYPE.table, tone="over", wrap=True)
        self._said_below.hide()
        self._go = Button(self.look, verb, run, kind="primary")
        fill(self.body, (label(self.look, caption, TYPE.table), field, self._said_below, self._go))
        field.returnPressed.connect(self._go.click)
        field.textEdited.connect(lambda: self._said_below.setVisible(bool(self._wait)))
        field.show()  # what is not in view yet does not take the keyboard
        field.setFocus()
        if self._wait:
            self._tick()

    def _back_link(self, words: str = "返回，用密码打开", back: Callable[[], None] | None = None) -> None:
        links = row(None, self.look)
        fill(links, (Button(self.look, words, back or self.ask_password, kind="link"), None))
        self.body.addLayout(links)

    def _unlock(self) -> None:
        password = self._field.text()
        self._run("正在打开数据…", lambda: self._data_files().unlock(password), self._enter)

    def _unlock_with_key(self) -> None:
        key = self._field.text()
        self._run("正在打开数据…", lambda: self._data_files().unlock_with_recovery_key(key), self._renew)

    def _run(self, text: str, work: Callable[[], object], done: Callable[..., object]) -> None:
        if self._wait:
            return
        self.forget()
        self._said_below.hide()
        self._enable(on=False)
        self.busy.start(text)
        self._background.run(self, work, done, self._failed)

    def _enable(self, *, on: bool) -> None:
        self.busy.stop()
        self._field.setEnabled(on)
        self._go.setEnabled(on)
        if on:
            self._field.setFocus()
            self._field.selectAll()

    def _enter(self, desk: Desk) -> None:
        self.busy.stop()
        self.opened.emit(desk)

    def _failed(self, problem: Problem) -> None:
        from wuling_desktop.services.data_files import Damaged, NothingHere, WrongPassword  # noqa: PLC0415 - loaded while the user typed

        self._enable(on=True)
        if isinstance(problem, WrongPassword):
            self._count_wrong(problem)
            return
        again = Action("再试一次", self._go.click)
        ways = [again] if self._on_server else [again, Action("从备份恢复…", self._choose_backup)]
        if isinstance(problem, NothingHere):
            ways.append(Action("从头开始…", self.anew_asked.emit))
        if isinstance(problem, Damaged):
            ways.append(Action("导出能读的…", partial(self._ask_file, self._field.text())))
        self.problem(problem, ways)

    def _count_wrong(self, problem: Problem) -> None:
        self._wrong += 1
        left = _TRIES - self._wrong
        if left > 0:
            self._say(f"{problem.what}还可再试 {left} 次；之后每次等 1 分钟。{self._forgotten}。")
            return
        self._wait = _WAIT
        self._go.setEnabled(False)
        self._clock.start()
        self._tell_wait()

    def _tick(self) -> None:
        if self._wait:
            self._wait -= 1
        self._go.setEnabled(not self._wait)
        if self._wait:
            self._tell_wait()
        else:
            self._clock.stop()
            self._say("可以再试 1 次。")

    def _tell_wait(self) -> None:
        self._say(f"密码不对。请等 {self._wait} 秒再试；{self._forgotten}。")

    def _say(self, text: str) -> None:
        self._said_below.setText(text)
        self._said_below.show()

    def _renew(self, desk: Desk) -> None:
        """After a recovery key: the forgotten password is replaced before anything else."""
        self._desk = desk
        self.busy.stop()
        self.forget()
        clear(self.body)
        chosen = NewPassword(self.look, "新密码")
        go = Button(self.look, "换好密码，进入", lambda: self._set_password(chosen.password), kind="primary")
        go.setEnabled(False)
        chosen.changed.connect(lambda: go.setEnabled(bool(chosen.password)))
        chosen.entered.connect(go.click)
        fill(self.body, (label(self.look, "恢复码是对的。请换一个新密码。", weight=600), chosen, go))
        chosen.show()  # what is not in view yet does not take the keyboard
        chosen.first.setFocus()

    def _set_password(self, password: str) -> None:
        desk = self._desk
        if desk is None or not password:
            return

        def work() -> Desk:
            desk.set_password(password)
            return desk

        self.busy.start("正在换密码…")
        self._background.run(self, work, self._enter, self.problem)

    def _choose_backup(self) -> None:
        """Ask which backup, and for the password of its day."""
        start = self._folder / "backups"
        if (path := ask_backup(self, start if start.is_dir() else self._folder)) is not None:
            self.ask_backup_password(path)

    def ask_backup_password(self, path: Path, back: Callable[[], None] | None = None) -> None:
        """Ask for the password a backup opens with; `back` leads to where there are no data yet."""
        self.forget()
        self._form(
            "做这份备份那天的密码，或恢复码",
            password_field("备份的密码"),
            "恢复并打开",
            lambda: self._restore(path),
        )
        told = column(None, self.look, gap=4)
        holds = label(self.look, "", TYPE.table, 600, wrap=True)
        fill(
            told,
            (
                label(self.look, f"备份：{path.name}", TYPE.table, wrap=True),
                holds,
                label(
                    self.look,
                    "现在的数据不会丢：先存一份备份，读不出的原样留在旁边。",
                    TYPE.caption,
                    tone="muted",
                    wrap=True,
                ),
            ),
        )
        self.body.insertLayout(0, told)

        def tell(found: BackupInfo) -> None:
            if shiboken6.isValid(holds):  # one may have gone back
                holds.setText(f"{found.at:%Y-%m-%d %H:%M} 做的，那时 {found.people} 人")

        self._background.run(self, lambda: self._data_files().told_by(path), tell, self.problem)
        if back is None:
            self._back_link()
        else:
            self._back_link("返回，从头开始", back)

    def _ask_file(self, password: str) -> None:
        """Take out of damaged data what can still be read."""
        path, _ = QFileDialog.getSaveFileName(self, "导出能读的", str(Path.home() / "党建数据.json"), JSON)
        if path:
            work = partial(self._salvage, Path(path), password)
            self._run("正在读能读的…", work, partial(self._salvaged, Path(path)))

    def _salvage(self, path: Path, password: str) -> Salvaged:
        return self._data_files().salvage(path, password)

    def _salvaged(self, path: Path, found: Salvaged) -> None:
        self._enable(on=True)
        lacking = f"没读全的：{'、'.join(found.lacking)}。" if found.lacking else ""
        text = f"读出 {found.rows} 条，存为 {path.name}。{lacking}这个文件没有加密，用完请删掉。"
        self.body.addWidget(label(self.look, text, TYPE.table, tone="ok", wrap=True))

    def _restore(self, path: Path) -> None:
        secret = self._field.text()

        def restored(opened: tuple[Desk, bool]) -> None:
            desk, by_key = opened
            (self._renew if by_key else self._enter)(desk)

        def work() -> tuple[Desk, bool]:
            return self._data_files().restore_and_open(path, secret)

        self._run("正在检查并恢复备份…", work, restored)

    def close_half_open(self) -> None:
        """Close a file that was opened by its recovery key and not entered."""
        if self._desk is not None:
            self._desk.close()
