"""The door: first use, unlocking, the recovery key, a backup in the place of damaged data, the demo branch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from person_at_the_desk import PASSWORD
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from person_at_the_desk import Person


def test_first_use_by_the_mouse(newcomer: Person, tmp_path: Path) -> None:
    newcomer.write("密码", PASSWORD)
    newcomer.write("再输一次", PASSWORD)
    newcomer.write("经办人", "韦清和")
    newcomer.click("下一步")
    newcomer.write("单位名称", "青江市教科所")
    assert newcomer.one(QLineEdit, "党组织名称").text() == "青江市教科所党支部"
    newcomer.click("建立数据文件")
    newcomer.reads("恢复码，只显示这一次")
    kept = newcomer.one(QCheckBox, "")
    newcomer.choose_file(tmp_path / "恢复码单.txt", lambda: newcomer.click("另存为文本…"))
    assert "恢复码：" in (tmp_path / "恢复码单.txt").read_text("utf-8-sig")
    assert kept.isChecked()
    newcomer.click("导入花名册，把手头的 Excel 拖进来，先看差异再导入。")
    newcomer.reads("把 Excel 文件拖到这里")
    assert not newcomer.program._desk.recovery.waits()
    assert (tmp_path / "data" / "wuling.db").read_bytes()[:15] != b"SQLite format 3"


def test_first_use_by_the_keyboard_alone(newcomer: Person, tmp_path: Path) -> None:
    newcomer.type(PASSWORD)
    newcomer.press("Tab")
    newcomer.type(PASSWORD)
    newcomer.press("Return")
    newcomer.type("韦清和")
    newcomer.press("Return")
    newcomer.type("青江市教科所")
    newcomer.press("Return")
    newcomer.press("Return")
    newcomer.reads("恢复码，只显示这一次")
    newcomer.press("Space")
    newcomer.press("Down")
    newcomer.press("Space")
    newcomer.reads("还没有党员。")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert newcomer.page.isAncestorOf(focused)
    assert DataFiles(tmp_path / "data").exists()


def test_short_and_unlike_passwords_go_no_further(newcomer: Person) -> None:
    newcomer.write("密码", "1234567")
    newcomer.reads("太短：还差 1 个字符。")
    newcomer.write("密码", PASSWORD)
    newcomer.write("再输一次", "测试口令 2027")
    newcomer.reads("两次输入不一样。")
    newcomer.write("经办人", "韦清和")
    assert not newcomer.one(Button, "下一步").isEnabled()


def test_a_wrong_password_is_counted_and_then_waited_for(
    secretary: Person, open_program: Callable[..., Person]
) -> None:
    secretary.press("Ctrl+L")
    for left in (4, 3, 2, 1):
        secretary.write("密码", "不对的口令")
        secretary.press("Return")
        secretary.reads(f"还可再试 {left} 次")
    secretary.write("密码", "不对的口令")
    secretary.press("Return")
    secretary.reads("请等 60 秒再试")


def test_a_forgotten_password_is_replaced_by_the_recovery_key(
    open_program: Callable[..., Person], tmp_path: Path
) -> None:
    desk, key = DataFiles(tmp_path / "data").create(PASSWORD, unit="某所", branch="某支部", clerk="试")
    desk.close()
    person = open_program()
    person.click("用恢复码打开")
    person.write("恢复码", key.lower().replace("-", " "))
    person.click("用恢复码打开")
    person.reads("恢复码是对的。请换一个新密码。")
    person.write("新密码", "另一个口令 77")
    person.write("再输一次", "另一个口令 77")
    person.click("换好密码，进入")
    person.reads("还没有党员。")
    person.press("Ctrl+L")
    person.write("密码", "另一个口令 77")
    person.press("Return")
    person.reads("还没有党员。")


def test_damaged_data_are_replaced_by_a_backup(open_program: Callable[..., Person], tmp_path: Path) -> None:
    desk, _ = DataFiles(tmp_path / "data").create(PASSWORD, unit="某所", branch="某支部", clerk="试")
    desk.people.add({"person.name": "韦清和"})
    backup = desk.backups.make().path
    desk.close()
    file = tmp_path / "data" / "wuling.db"
    raw = bytearray(file.read_bytes())
    raw[9000:9100] = b"?" * 100
    file.write_bytes(raw)
    person = open_program()
    person.write("密码", PASSWORD)
    person.click("打开")
    person.reads("损坏")
    out = tmp_path / "能读的.json"
    person.choose_file(out, lambda: person.click("导出能读的…"))
    person.reads("存为 能读的.json。")
    assert "韦清和" in out.read_text("utf-8")
    person.click("打开")
    person.reads("损坏")
    (in_the_notice, _) = person.seen(Button, "从备份恢复…")
    person.choose_file(backup, in_the_notice.click)
    person.write("备份的密码", PASSWORD)
    person.click("恢复并打开")
    person.reads("共 0 人")
    person.click("其他人员　1")
    person.reads("共 1 人")


def test_a_backup_is_brought_to_another_computer(newcomer: Person, tmp_path: Path) -> None:
    desk, _ = DataFiles(tmp_path / "old").create(PASSWORD, unit="某所", branch="某支部", clerk="试")
    desk.people.add({"person.name": "韦清和"})
    backup = desk.backups.make().path
    desk.close()
    newcomer.choose_file(backup, lambda: newcomer.click("从备份恢复…"))
    newcomer.click("返回，从头开始")
    newcomer.reads("头一次使用")
    newcomer.choose_file(backup, lambda: newcomer.click("从备份恢复…"))
    newcomer.reads("做的，那时 1 人")
    newcomer.write("备份的密码", PASSWORD)
    newcomer.click("恢复并打开")
    newcomer.reads("其他人员　1")


def test_what_is_no_backup_is_told_before_a_password_is_asked_in_vain(
    newcomer: Person, tmp_path: Path
) -> None:
    (tmp_path / "别的.wlbak").write_bytes(b"PK not a backup")
    newcomer.choose_file(tmp_path / "别的.wlbak", lambda: newcomer.click("从备份恢复…"))
    newcomer.reads("这份备份读不出来。")


def test_a_backup_is_opened_elsewhere_by_the_recovery_key(newcomer: Person, tmp_path: Path) -> None:
    desk, key = DataFiles(tmp_path / "old").create("忘了的口令 1", unit="某所", branch="某支部", clerk="试")
    desk.people.add({"person.name": "韦清和"})
    backup = desk.backups.make().path
    desk.close()
    newcomer.choose_file(backup, lambda: newcomer.click("从备份恢复…"))
    newcomer.reads("做这份备份那天的密码，或恢复码")
    newcomer.write("备份的密码", key)
    newcomer.click("恢复并打开")
    newcomer.reads("恢复码是对的。请换一个新密码。")
    newcomer.write("新密码", PASSWORD)
    newcomer.write("再输一次", PASSWORD)
    newcomer.click("换好密码，进入")
    newcomer.reads("其他人员　1")


def test_a_second_window_is_told_who_has_the_data(
    secretary: Person, open_program: Callable[..., Person]
) -> None:
    second = open_program()
    second.write("密码", PASSWORD)
    second.click("打开")
    second.reads("数据正被另一个窗口打开着。")


def test_the_demo_branch_leaves_nothing_behind(newcomer: Person, tmp_path: Path) -> None:
    newcomer.click("先不设，看看演示支部")
    newcomer.reads("这是演示支部")
    newcomer.reads("共 42 人")
    folder = Path(newcomer.program._demo_folder.name)
    assert (folder / "wuling.db").exists()
    newcomer.seen(Button, "离开演示")[0].click()
    newcomer.reads("头一次使用，三步，两分钟")
    assert not folder.exists()
    assert not DataFiles(tmp_path / "data").exists()


def test_locking_forgets_what_was_shown(demo_desk: Person) -> None:
    demo_desk.reads("共 42 人")
    demo_desk.press("Ctrl+L")
    demo_desk.one(QLineEdit, "密码")
    assert "黄若衡" not in demo_desk.text()
    assert demo_desk.program._desk is None
    assert not [
        each
        for each in QApplication.topLevelWidgets()
        if each.isVisible() and each is not demo_desk.program.window
    ]


def test_the_keyboard_follows_to_the_recovery_key_and_back(secretary: Person) -> None:
    secretary.press("Ctrl+L")
    for words, field in (("用恢复码打开", "恢复码"), ("返回，用密码打开", "密码")):
        secretary.click(words)
        assert secretary.one(QLineEdit, field).hasFocus()
    secretary.one(Button, "用恢复码打开").setFocus()
    secretary.press("Space")
    assert secretary.one(QLineEdit, "恢复码").hasFocus()
