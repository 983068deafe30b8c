"""Nothing on the screen is English, a code, or a word the house does not use: every place walked, every sentence read."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD
from PySide6.QtGui import QAction, QFontDatabase, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from walker import SAMPLE, Walker
from words import BANNED, Reader, faults, said_in_problems, said_in_source

from wuling_desktop.domain import problems
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.ui import translations

if TYPE_CHECKING:
    from collections.abc import Callable

    from person_at_the_desk import Person
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "wuling_desktop").rglob("*.py"))
# These name verbs: only the command line comes to them.
TOLD_TO_THE_COMMAND_LINE = ("请先用 init 建一个新的数据文件。", "可用 forms 查看有哪些表。")

REFUSED = (
    b"",
    b"<html><body><table><tr><td>a</td></tr></table></body></html>",
    b"PK\x03\x04 not a workbook",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7",
    '姓名,性别\n"韦清和,女\n'.encode(),
    "会议,地点\n支委会,会议室\n".encode("gb18030"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("导出为 Excel 工作簿 (*.xlsx)", []),
        ("撤销：修改 韦清和 的岗位　Ctrl+Z", []),
        ("Ctrl+Shift+E 退出　F2 改　Alt+← 返回", []),
        ("在 U 盘上放一份，A4 纸，末位可为 X：************002X", []),
        ("待上级批复", []),
        ("保存 Save", ["Save"]),
        ("person.name 没有填", ["person.name"]),
        ("见 COD-01", ["COD-01"]),
        ("岗位 None", ["None"]),
        ("金额 nan", ["nan"]),
        (r"韦\xe9", [r"\xe9"]),
        ("操作失败！", ["失败"]),
        ("待上级", ["待上级"]),
        ("共 {count} 条", ["{count}", "count"]),
    ],
)
def test_what_counts_as_a_fault(text: str, found: list[str]) -> None:
    assert [each for each in faults(text) if each != r"xe9"] == found


def plant_label(_: QWidget) -> QWidget:
    return QLabel("Save changes")


def plant_tip(_: QWidget) -> QWidget:
    made = QPushButton("存")
    made.setToolTip("Save changes")
    return made


def plant_name(_: QWidget) -> QWidget:
    made = QPlainTextEdit()
    made.setAccessibleName("Save changes")
    return made


def plant_placeholder(_: QWidget) -> QWidget:
    made = QLineEdit()
    made.setPlaceholderText("Save changes")
    return made


def plant_choice(_: QWidget) -> QWidget:
    made = QComboBox()
    made.addItems(["存", "Save changes"])
    return made


def plant_action(_: QWidget) -> QWidget:
    made = QWidget()
    made.addAction(QAction("Save changes", made))
    return made


def plant_cell(parent: QWidget) -> QWidget:
    made = QTableView()
    model = QStandardItemModel(1, 1, parent)
    model.setItem(0, 0, QStandardItem("Save changes"))
    model.setHorizontalHeaderLabels(["姓名"])
    made.setModel(model)
    return made


def plant_heading(parent: QWidget) -> QWidget:
    made = QTableView()
    model = QStandardItemModel(1, 1, parent)
    model.setHorizontalHeaderLabels(["Save changes"])
    made.setModel(model)
    return made


PLANTS = [value for name, value in list(globals().items()) if name.startswith("plant_")]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_english_word_is_found(qtbot: QtBot, plant: Callable[[QWidget], QWidget]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    planted = plant(parent)
    planted.setParent(parent)
    reader = Reader()
    reader.read(parent, "planted")
    assert any(each.startswith("Save, changes in “Save changes”") for each in reader.faults())


def test_every_place_and_what_opens_there(demo_desk: Person, tmp_path: Path) -> None:
    walker, reader = Walker(demo_desk), Reader()
    for state in walker.states():
        for window in walker.windows():
            reader.read(window, state)
        if "·" not in state:
            walker.ask_everything_for_its_menu(state, reader.read)
    assert len(reader.texts) > 500, "the walk saw next to nothing"
    assert reader.faults(names_of(tmp_path)) == []


def test_every_button_pressed_once(demo_desk: Person, tmp_path: Path) -> None:
    walker, reader = Walker(demo_desk), Reader()
    for name in walker.names():
        walker.press_everything(name, reader.read)
    assert reader.faults(names_of(tmp_path)) == []


def test_first_use(newcomer: Person, tmp_path: Path) -> None:
    reader = Reader()

    def look(step: str) -> None:
        reader.read(newcomer.program.window, step)

    look("password")
    newcomer.write("密码", "123")
    look("a short one")
    newcomer.write("密码", PASSWORD)
    newcomer.write("再输一次", "别的口令 2026")
    look("unlike ones")
    newcomer.write("再输一次", PASSWORD)
    newcomer.write("经办人", "韦清和")
    newcomer.click("下一步")
    look("unit")
    newcomer.write("单位名称", "青江市教科所")
    newcomer.click("建立数据文件")
    newcomer.reads("恢复码，只显示这一次")
    look("recovery key")
    assert reader.faults(names_of(tmp_path)) == []


def test_the_door(open_program: Callable[..., Person], tmp_path: Path) -> None:
    DataFiles(tmp_path / "data").create(PASSWORD, unit="某所", branch="某支部", clerk="试")[0].close()
    person, reader = open_program(), Reader()
    person.write("密码", "不对的口令")
    person.click("打开")
    person.reads("还可再试")
    reader.read(person.program.window, "a wrong password")
    person.click("用恢复码打开")
    person.write("恢复码", "AAAA-BBBB")
    reader.read(person.program.window, "recovery key")
    assert reader.faults([*names_of(tmp_path), "AAAA-BBBB"]) == []


@pytest.mark.parametrize("kind", ["open", "save", "folder"])
def test_file_dialogs(qapp: QApplication, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    translations.install(qapp)
    place = tmp_path / "资料"
    (place / "子夹").mkdir(parents=True)
    (place / "花名册.xlsx").touch()
    dialog = QFileDialog(None, "导入", str(place), "花名册 (*.xlsx *.csv)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if kind == "save":
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    elif kind == "folder":
        dialog.setFileMode(QFileDialog.FileMode.Directory)
    qtbot.addWidget(dialog)
    dialog.show()
    reader = Reader()
    reader.read(dialog, kind)
    assert reader.faults(names_of(place)) == []


def test_standard_buttons_and_the_menus_of_fields(qapp: QApplication, qtbot: QtBot) -> None:
    translations.install(qapp)
    box = QDialogButtonBox()
    for button in QDialogButtonBox.StandardButton:
        if button != QDialogButtonBox.StandardButton.NoButton:
            box.addButton(button)
    line, text = QLineEdit("字"), QPlainTextEdit("字")
    reader = Reader()
    for each in (box, line, text):
        qtbot.addWidget(each)
        reader.read(each, type(each).__name__)
    for each in (line, text):
        menu = each.createStandardContextMenu()
        qtbot.addWidget(menu)
        reader.read(menu, f"menu of {type(each).__name__}")
    assert reader.faults() == []


def test_every_sentence_of_the_program() -> None:
    """What no walk comes across is found here: problems, reports, answers of every service."""
    found = []
    for path in SOURCES:
        strict = "ui" in path.relative_to(ROOT).parts
        for line, text in said_in_source(path.read_text("utf-8")):
            found += [
                f"{path.name}:{line} {each}"
                for each in (faults(text.replace("{}", "")) if strict else BANNED.findall(text))
            ]
    assert found == []


def test_every_problem_a_service_may_raise() -> None:
    found, read = [], 0
    for path in SOURCES:
        for line, text in said_in_problems(path.read_text("utf-8")):
            read += 1
            if text not in TOLD_TO_THE_COMMAND_LINE and path.name != "dump.py" and "cli" not in path.parts:
                found += [f"{path.name}:{line} {each}" for each in faults(text)]
    assert read > 200
    assert found == []


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT, errno.EEXIST, errno.EIO]
)
def test_every_answer_of_the_disk(number: int, tmp_path: Path) -> None:
    told = problems.of_os_error(
        OSError(number, "Input/output error", str(tmp_path / "花名册.xlsx")), "写 花名册.xlsx"
    )
    assert faults(str(told)) == []


def test_a_fault_of_the_program_is_told_in_chinese() -> None:
    told = problems.of_fault(RuntimeError("list index out of range"), logging.getLogger("nowhere"))
    assert faults(str(told)) == []


def test_files_that_are_no_rosters(secretary: Person, tmp_path: Path) -> None:
    reader = Reader()
    for number, content in enumerate(REFUSED):
        path = tmp_path / f"名册{number}.xlsx"
        path.write_bytes(content)
        secretary.program._main.go("import", path)  # type: ignore[union-attr]  # as a dropped file does
        secretary.rest()
        reader.read(secretary.program.window, f"refused file {number}")
        assert "请" in secretary.text()
    secretary.program._main.go("import", tmp_path / "不在.xlsx")  # type: ignore[union-attr]
    secretary.rest()
    reader.read(secretary.program.window, "a file that is gone")
    assert reader.faults(names_of(tmp_path)) == []


def names_of(folder: Path) -> list[str]:
    """Return what stands on the screen of a test and is not the program's: its folders, files, fonts, staff numbers."""
    sheet = [SAMPLE.stem, "JY", "4.5019919940525e+17"]
    return [
        str(folder / "data"),
        str(folder),
        *folder.parts[1:],
        "home",
        *sheet,
        *QFontDatabase.families(),
        "_GB2312",
    ]
