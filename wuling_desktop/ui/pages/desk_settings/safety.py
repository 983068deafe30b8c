"""密码与恢复码: changing the password, a new recovery sheet, when to lock."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from wuling_desktop.settings import LOCK_AFTER
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.recovery_sheet import RecoveryKeyCard, RecoverySheet
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, label, row
from wuling_desktop.ui.widgets.busy import BusyLine
from wuling_desktop.ui.widgets.new_password import NewPassword, password_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QBoxLayout

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.recovery import Recovery
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look


class SafetySection(Section):
    """What opens the data."""

    title = "密码与恢复码"

    def __init__(
        self,
        look: Look,
        unit: Unit,
        change_password: Callable[[str, str], None],
        recovery: Recovery,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(look)
        self._unit, self._background, self._file_choice = unit, background, file_choice
        self._change_password, self._recovery = change_password, recovery
        if recovery.by_server:
            self.answer_for_server()
        else:
            self._build_password()
            self._build_key()
        self.choice(
            "没人用就锁定",
            "离开座位这么久，自动存好、锁上，回来输密码接着做。只管这台电脑。",
            {f"{minutes} 分钟": minutes for minutes in LOCK_AFTER},
            file_choice.preferences.lock_after,
            self._lock_after,
        )
        self.room.addStretch(1)

    def focus(self) -> None:
        """Begin with the present password."""
        if self._recovery.by_server:
            super().focus()
        else:
            self._old.setFocus()

    def enter(self) -> None:
        """Forget a key shown earlier."""
        if not self._recovery.by_server:
            clear(self._shown)

    def _build_password(self) -> None:
        look = self.look
        inside = self.card("换密码", "以前的备份仍用当时的密码打开。换密码不能撤销。")
        self._old = password_field("现在的密码")
        self._new = NewPassword(look, "新密码")
        self._change = Button(look, "换密码", self._run_change, kind="primary")
        for changed in (self._old.textChanged, self._new.changed):
            changed.connect(lambda: self._change.setEnabled(bool(self._old.text() and self._new.password)))
        self._change.setEnabled(False)
        self._new.entered.connect(self._change.click)
        self._busy = BusyLine(look)
        self._narrow(
            inside,
            (
                label(look, "现在的密码", TYPE.table),
                self._old,
                self._new,
                self._line(self._change),
                self._busy,
            ),
        )

    def _build_key(self) -> None:
        look = self.look
        inside = self.card("新的恢复码", "旧的恢复码单找不到了，或给别人看过，就换一组；换了以后旧的作废。")
        self._present = password_field("现在的密码")
        make = Button(look, "换一组恢复码", self._run_key, icon="key")
        self._present.textChanged.connect(lambda text: make.setEnabled(bool(text)))
        self._present.returnPressed.connect(make.click)
        make.setEnabled(False)
        self._shown = column(None, look)
        self._narrow(inside, (label(look, "现在的密码", TYPE.table), self._present, self._line(make)))
        inside.addLayout(self._shown)

    def _lock_after(self, minutes: int) -> None:
        self._file_choice.keep(dataclasses.replace(self._file_choice.preferences, lock_after=minutes))

    def _line(self, button: Button) -> QBoxLayout:
        line = row(None, self.look)
        return fill(line, (button, None))

    def _narrow(self, inside: QBoxLayout, parts: tuple[object, ...]) -> None:
        held = column(None, self.look, gap=6)
        fill(held, parts)  # type: ignore[arg-type]  # widgets and layouts
        line = row(None, self.look)
        line.addLayout(held, 3)
        line.addStretch(4)
        inside.addLayout(line)

    def _run_change(self) -> None:
        old, new = self._old.text(), self._new.password
        if not old or not new:
            return
        self._busy.start("正在换密码…")
        self._background.run(
            self, lambda: self._change_password(old, new), lambda _: self._changed(), self._failed
        )

    def _changed(self) -> None:
        self._busy.stop()
        self._old.clear()
        self._new.forget()
        self.said.emit("密码换好了；下次打开用新密码")

    def _run_key(self) -> None:
        password = self._present.text()
        self._background.run(self, lambda: self._recovery.new(password), self._show_key, self._failed)

    def _show_key(self, key: str) -> None:
        self._present.clear()
        clear(self._shown)
        sheet = RecoverySheet(self._unit.name(), key, dt.date.today())
        card = RecoveryKeyCard(self.look, sheet, self._kept)
        self._shown.addWidget(card)

    def _kept(self) -> None:
        self._background.run(self, self._recovery.kept, lambda _: None, self._failed)

    def _failed(self, problem: Problem) -> None:
        self._busy.stop()
        self.trouble.emit(problem)
