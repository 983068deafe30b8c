"""First use in one window: password and clerk, unit and organisation, then the recovery key and where to begin."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from wuling_desktop.ui.entrance.door import Door, ask_backup
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, label, row
from wuling_desktop.ui.widgets.new_password import NewPassword
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.data_files import DataFiles
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_STEPS = ("设密码", "填单位", "留好恢复码，开始")
_KINDS = ("党支部", "党总支", "党委")
BEGINNINGS = (
    ("import", "导入花名册", "把手头的 Excel 拖进来，先看差异再导入。", "upload-simple"),
    ("empty", "从空白开始", "一个一个录入党员。", "user-plus"),
    ("demo", "先看演示支部", "都是虚构的人，看完就走，不会混进真的数据。", "presentation-chart"),
)

_OFF_THE_ICON = "\u2002"  # Qt sets a text four pixels from its icon, whatever the style asks for


class FirstRun(Door):
    """The three steps; nothing is written before the second is done."""

    begun = Signal(object, str)  # the open Desk, and where to begin: import, empty or demo
    restore_asked = Signal(object)  # the Path of a backup, made on another computer

    def __init__(self, look: Look, background: Background, data_files: Callable[[], DataFiles]) -> None:
        super().__init__(look, 560, "头一次使用，三步，两分钟")
        self._background = background
        self._data_files = data_files
        self._desk: Desk | None = None
        self._password = NewPassword(look)
        self._clerk = _field("经办人", "您的姓名，操作记录里用")
        self._unit = _field("单位名称", "和公章上的一样，如 ××教育科学研究所")
        self._branch = _field("党组织名称", "如 ××教育科学研究所党支部")
        self._kinds = OneOf(self)
        self._pages = (_page(self._password_page(), self), _page(self._unit_page(), self))
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Show one of the first two steps; what was typed stays."""
        self.forget()
        for page in self._pages:
            page.setParent(None)
        clear(self.body)
        self.body.addLayout(self._trail(number))
        self.body.addWidget(self._pages[number])
        self._pages[number].show()
        (self._password.first if number == 0 else self._unit).setFocus()

    def _trail(self, current: int) -> QHBoxLayout:
        trail = row(None, self.look, gap=16)
        for number, text in enumerate(_STEPS):
            on = number == current
            trail.addWidget(
                label(
                    self.look,
                    f"{'✓' if number < current else number + 1} {text}",
                    TYPE.table,
                    600 if on else 400,
                    tone="red" if on else "hint",
                )
            )
        trail.addStretch(1)
        return trail

    def _password_page(self) -> list[object]:
        self._clerk.setText(_login_name())
        self._to_unit = Button(self.look, "下一步", lambda: self.show_step(1), kind="primary")
        for changed in (self._password.changed, self._clerk.textChanged):
            changed.connect(self._look_at_password)
        self._password.entered.connect(self._clerk.setFocus)
        self._clerk.returnPressed.connect(self._to_unit.click)
        self._look_at_password()
        foot = row(None, self.look)
        fill(
            foot,
            (
                Button(self.look, "先不设，看看演示支部", self.demo.emit, kind="link"),
                Button(self.look, "从备份恢复…", self._choose_backup, kind="link"),
                None,
                self._to_unit,
            ),
        )
        return [
            label(
                self.look,
                "数据加密存在这台电脑上，不联网。密码只有您知道。",
                TYPE.body,
                tone="muted",
                wrap=True,
            ),
            self._password,
            label(self.look, "经办人", TYPE.table),
            self._clerk,
            foot,
        ]

    def _look_at_password(self) -> None:
        ready = bool(self._password.password and self._clerk.text().strip())
        self._to_unit.setEnabled(ready)
        self._to_unit.setToolTip("" if ready else "两次密码输入一样、填了经办人，就可以下一步")

    def _choose_backup(self) -> None:
        """Go on with the data of another computer instead of new ones."""
        if (path := ask_backup(self, Path.home())) is not None:
            self.restore_asked.emit(path)

    def _unit_page(self) -> list[object]:
        kinds = row(None, self.look, gap=20)
        for number, kind in enumerate(_KINDS):
            choice = QRadioButton(kind)
            choice.setAccessibleName(f"组织类型 {kind}")
            self._kinds.add(choice, number)
            kinds.addWidget(choice)
        kinds.addStretch(1)
        self._kinds.buttons()[0].setChecked(True)
        self._kinds.idToggled.connect(lambda _number, on: self._propose() if on else None)
        self._unit.textEdited.connect(self._propose)
        self._branch.textEdited.connect(lambda: self._branch.setProperty("typed", True))
        self._make = Button(self.look, "建立数据文件", self._create, kind="primary")
        for field, enter in ((self._unit, self._branch.setFocus), (self._branch, self._make.click)):
            field.textChanged.connect(self._look_at_unit)
            field.returnPressed.connect(enter)
        self._look_at_unit()
        foot = row(None, self.look)
        fill(foot, (Button(self.look, "上一步", lambda: self.show_step(0)), None, self._make))
        return [
            label(self.look, "单位名称", TYPE.table),
            self._unit,
            label(self.look, "组织类型", TYPE.table),
            kinds,
            label(self.look, "党组织名称（表头上用）", TYPE.table),
            self._branch,
            foot,
        ]

    def _propose(self) -> None:
        """Propose the organisation's name from the unit's until the user has typed one."""
        if not self._branch.property("typed"):
            unit = self._unit.text().strip()
            self._branch.setText(f"{unit}{_KINDS[self._kinds.checkedId()]}" if unit else "")

    def _look_at_unit(self) -> None:
        ready = bool(self._unit.text().strip() and self._branch.text().strip())
        self._make.setEnabled(ready)
        self._make.setToolTip("" if ready else "填了单位名称和党组织名称，就可以建立")

    def _create(self) -> None:
        self.forget()
        self._make.setEnabled(False)
        self.busy.start("正在建立加密的数据文件…")
        password, clerk = self._password.password, self._clerk.text().strip()
        unit, branch = self._unit.text().strip(), self._branch.text().strip()

        def work() -> tuple[Desk, str]:
            desk, key = self._data_files().create(password, unit=unit, branch=branch, clerk=clerk)
            desk.recovery.shown()
            return desk, key

        self._background.run(self, work, lambda made: self._created(*made), self._not_created)

    def _not_created(self, problem: object) -> None:
        self.busy.stop()
        self._make.setEnabled(True)
        self.problem(problem)  # type: ignore[arg-type]

    def _created(self, desk: Desk, key: str) -> None:
        self.busy.stop()
        self._desk = desk
        self._password.forget()
        for page in self._pages:
            page.setParent(None)
        clear(self.body)
        self.body.addLayout(self._trail(2))
        from wuling_desktop.ui.recovery_sheet import (  # noqa: PLC0415 - the printer is not for the first frame
            RecoveryKeyCard,
            RecoverySheet,
        )

        sheet = RecoverySheet(self._unit.text().strip(), key, dt.date.today())
        kept = QCheckBox("恢复码已经打印、抄下或另存好了")
        self.body.addWidget(RecoveryKeyCard(self.look, sheet, lambda: kept.setChecked(True)))
        self.body.addWidget(kept)
        self._choices = [self._choice(*beginning) for beginning in BEGINNINGS]
        for choice in self._choices:
            choice.setEnabled(False)
            self.body.addWidget(choice)
        kept.toggled.connect(self._allow)
        kept.setFocus()

    def _allow(self, on: bool) -> None:
        desk = self._desk
        if desk is not None:
            remember = desk.recovery.kept if on else desk.recovery.shown
            self._background.run(self, remember, lambda _: None, self.problem)
        for choice in self._choices:
            choice.setEnabled(on)
        if on:
            self._choices[0].setFocus()

    def _choice(self, name: str, title: str, text: str, icon: str) -> Button:
        words = f"{_OFF_THE_ICON}{title}\n{_OFF_THE_ICON}{text}"
        made = Button(self.look, words, lambda: self.begun.emit(self._desk, name), icon=icon, kind="choice")
        made.setAccessibleName(f"{title}，{text}")
        made.setIconSize(QSize(self.look.px(24), self.look.px(24)))
        return made

    def close_half_open(self) -> None:
        """Close the new data file where the window is closed before a beginning was chosen."""
        if self._desk is not None:
            self._desk.close()


def _field(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _page(parts: list[object], parent: FirstRun) -> QWidget:
    page = QWidget()
    fill(column(page, parent.look, gap=8), parts)  # type: ignore[arg-type]
    return page


def _login_name() -> str:
    """Return the name this computer knows the user by, where it is a person's and not a machine's."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return ""
    return name if any("\u4e00" <= letter <= "\u9fff" for letter in name) else ""
