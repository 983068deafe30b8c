"""附件 and 一寸照片 on the screen: dropped, pasted, chosen, seen, opened, renamed, taken away and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from invented_pictures import picture
from person_at_the_desk import overlapping
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QPdfWriter,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from wuling_desktop.exchange.picture import picture_of
from wuling_desktop.settings import Preferences
from wuling_desktop.ui import theme
from wuling_desktop.ui.background import Background
from wuling_desktop.ui.file_choice import FileChoice
from wuling_desktop.ui.pages.attachments import AttachmentList
from wuling_desktop.ui.pages.photo_tile import PhotoTile
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.file_list import size_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from person_at_the_desk import Person
    from pytestqt.qtbot import QtBot

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.desk import Desk

PDF = b"%PDF-1.7 invented"


class Room:
    """The list of one person's files in a window of its own."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.person = desk.people.add({"person.name": "韦清和"}).id
        self.done: list[Changes] = []
        self.troubles: list[Problem] = []
        self.wrote: list[tuple[str, Path]] = []
        self.background = Background()
        preferences = Preferences().with_folder("选附件", str(folder)).with_folder("另存附件", str(folder))
        self.window = QWidget()
        self.list = AttachmentList(
            theme.look_for(Preferences()), desk.attachments, self.background, FileChoice(preferences)
        )
        QVBoxLayout(self.window).addWidget(self.list)
        self.list.changed.connect(self.done.append)
        self.list.trouble.connect(self.troubles.append)
        self.list.wrote.connect(lambda *told: self.wrote.append(told))
        qtbot.addWidget(self.window)
        self.window.resize(600, 700)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.list.put("person", self.person)
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=5000)
        QApplication.processEvents()

    @property
    def names(self) -> list[str]:
        return [file.name for file in self.list.files.files.files]

    def choose(self, name: str) -> None:
        row = self.names.index(name)
        rect = self.list.files.visualRect(self.list.files.files.index(row))
        QTest.mouseClick(self.list.files.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        self.rest()

    def click(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.rest()

    def button(self, words: str) -> Button:
        return next(
            each for each in self.list.findChildren(Button) if words in (each.text(), each.accessibleName())
        )

    def reads(self) -> str:
        return "\n".join(each.text() for each in self.list.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def room(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, desk, tmp_path)
    yield made
    made.background.stop()


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "入党申请书.pdf", tmp_path / "合影.png"]
    paths[0].write_bytes(PDF)
    paths[1].write_bytes(picture())
    return paths


def let_go(widget: QWidget, content: QMimeData) -> bool:
    """Drag something over a widget and let it go; whether it was taken."""
    at, action = widget.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, action, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(at), action, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()


def files(paths: list[Path]) -> QMimeData:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return content


def test_dropped_files_are_one_operation(room: Room, papers: list[Path]) -> None:
    assert "还没有附件" in room.reads()
    assert let_go(room.list, files(papers))
    room.rest()
    assert room.names == ["合影.png", "入党申请书.pdf"]
    assert [each.name for each in room.done] == ["给 韦清和 加附件 2 个"]
    assert "还没有附件" not in room.reads()
    room.desk.history.undo()
    room.list.put("person", room.person)
    room.rest()
    assert room.names == []


def test_words_and_folders_from_elsewhere_are_not_taken(room: Room, tmp_path: Path) -> None:
    content = QMimeData()
    content.setText("https://example.invalid/a.pdf")
    assert not let_go(room.list, content)
    let_go(room.list, files([tmp_path]))
    room.rest()
    assert "文件夹" in room.troubles[0].what
    assert room.names == []


def test_several_files_are_chosen(room: Room, papers: list[Path]) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit).setText(" ".join(f'"{path.name}"' for path in papers))
        dialog.accept()

    QTimer.singleShot(200, answer)
    room.click("选文件…")
    room.rest()
    assert sorted(room.names) == ["入党申请书.pdf", "合影.png"]


def test_what_can_be_seen_is_shown_and_else_said(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    assert not room.button("打开").isEnabled()
    room.choose("合影.png")
    seen = next(each for each in room.list.findChildren(QLabel) if each.accessibleName() == "图片 合影.png")
    assert not seen.pixmap().isNull()
    assert room.button("打开").isEnabled()
    room.choose("入党申请书.pdf")  # a PDF by its first letters only
    room.rest()
    assert "这个文件在这里看不了" in room.reads()
    assert not seen.isVisible()


def test_a_pdf_is_looked_through_page_by_page(room: Room, tmp_path: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    pen = QPainter(writer)
    for number, colour in enumerate(("red", "blue")):
        if number:
            writer.newPage()
        pen.fillRect(-1000, -1000, 50_000, 50_000, QColor(colour))
    pen.end()
    paper = tmp_path / "扫描件.pdf"
    paper.write_bytes(bytes(buffer.data().data()))
    let_go(room.list, files([paper]))
    room.rest()
    room.choose("扫描件.pdf")
    room.rest()
    seen = next(each for each in room.list.findChildren(QLabel) if each.accessibleName() == "PDF 扫描件.pdf")

    def colour() -> str:
        shown = seen.pixmap().toImage()
        return shown.pixelColor(shown.rect().center()).name()

    assert colour() == "#ff0000"
    assert "第 1 页，共 2 页" in room.reads()
    assert not room.button("上一页").isEnabled()
    room.click("下一页")
    room.rest()
    assert colour() == "#0000ff"
    assert "第 2 页，共 2 页" in room.reads()
    assert not room.button("下一页").isEnabled()
    assert overlapping(room.window) == []


def test_a_name_is_edited_in_its_place(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    room.choose("入党申请书.pdf")
    QTest.keyClick(room.list.files, Qt.Key.Key_F2)
    editor = room.list.files.findChild(QLineEdit)
    room.qtbot.waitUntil(lambda: editor.selectedText() == "入党申请书", timeout=2000)
    editor.insert("申请书（2019）")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.rest()
    assert room.names == ["合影.png", "申请书（2019）.pdf"]
    assert room.done[-1].name == "把附件 入党申请书.pdf 改名为 申请书（2019）.pdf"


def note_field(room: Room) -> QLineEdit:
    return next(
        each for each in room.list.files.findChildren(QLineEdit) if each.accessibleName() == "附件说明"
    )


def test_a_note_is_written_in_its_place(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    room.choose("入党申请书.pdf")
    QTest.keyClick(room.list.files, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    editor = note_field(room)
    line = room.list.files.visualRect(room.list.files.currentIndex())
    assert line.contains(editor.geometry())
    assert editor.geometry().center().y() > line.center().y()
    editor.insert("原件在档案柜")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    room.rest()
    assert room.done[-1].name == "给附件 入党申请书.pdf 写说明"
    index = room.list.files.currentIndex()
    assert "原件在档案柜" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "原件在档案柜" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert room.names == ["合影.png", "入党申请书.pdf"]
    room.desk.history.undo()
    assert [each.note for each in room.desk.attachments.of("person", room.person)] == ["", ""]


def test_a_note_is_corrected_by_its_button_and_left_by_escape(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    (_, first) = room.desk.attachments.of("person", room.person)
    room.desk.attachments.write_note(first.id, "旧的说明")
    room.list.put("person", room.person)
    room.rest()
    assert not room.button("写说明").isEnabled()
    room.choose("入党申请书.pdf")
    room.click("写说明")
    assert note_field(room).text() == "旧的说明"
    note_field(room).setText("不存的")
    QTest.keyClick(note_field(room), Qt.Key.Key_Escape)
    room.rest()
    assert room.done[-1].name != "给附件 入党申请书.pdf 写说明"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    room.click("写说明")
    note_field(room).clear()
    QTest.keyClick(note_field(room), Qt.Key.Key_Return)
    room.rest()
    assert room.done[-1].name == "去掉附件 入党申请书.pdf 的说明"


def test_after_a_note_f2_still_edits_the_name(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers[:1]))
    room.rest()
    room.choose("入党申请书.pdf")
    room.click("写说明")
    QTest.keyClick(note_field(room), Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.keyClick(room.list.files, Qt.Key.Key_F2)
    assert [each.accessibleName() for each in room.list.files.findChildren(QLineEdit)] == ["附件名称"]


def test_a_plain_copy_is_written_and_told_with_its_place(
    room: Room, papers: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "交上去的.pdf"
    monkeypatch.setattr(FileChoice, "to_save", lambda *_: copy)
    let_go(room.list, files(papers))
    room.rest()
    room.choose("入党申请书.pdf")
    room.click("另存…")
    assert copy.read_bytes() == PDF
    assert room.wrote == [("已另存为 交上去的.pdf，这一份没有加密", copy)]


def test_delete_takes_away_and_it_comes_back(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    room.choose("合影.png")
    QTest.keyClick(room.list.files, Qt.Key.Key_Delete)
    room.rest()
    assert room.names == ["入党申请书.pdf"]
    assert room.done[-1].name == "撤销附件 合影.png"
    room.desk.history.undo()
    room.list.put("person", room.person)
    room.rest()
    assert room.names == ["合影.png", "入党申请书.pdf"]


def test_enter_opens_a_copy_with_another_program(
    room: Room, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: given.append(url) or len(given) > 1)
    let_go(room.list, files(papers))
    room.rest()
    room.choose("入党申请书.pdf")
    QTest.keyClick(room.list.files, Qt.Key.Key_Return)
    room.rest()
    assert given[0].fileName() == "入党申请书.pdf"
    assert "没有找到能打开它的程序" in room.troubles[0].why
    room.click("打开")
    assert len(room.troubles) == 1


def test_a_pasted_picture_becomes_a_file(room: Room) -> None:
    QGuiApplication.clipboard().setImage(QImage.fromData(picture(30, 20)))
    room.list.setFocus()
    room.list._paste()
    room.rest()
    assert room.names == ["粘贴的图片.jpg"]


def test_a_refused_file_is_a_trouble_and_nothing_is_added(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "政审报告.pdf"
    path.write_bytes(PDF)
    let_go(room.list, files([path]))
    room.rest()
    assert "政审" in room.troubles[0].what
    assert room.names == []


def test_sizes_in_words() -> None:
    shown = [size_in_words(size) for size in (0, 1023, 1024, 1_400_000, 52_428_800)]
    assert shown == ["0 字节", "1023 字节", "1 KB", "1.3 MB", "50 MB"]


def test_the_tile_takes_a_picture_and_shows_it(demo_desk: Person, tmp_path: Path) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0)
    tile = demo_desk.one(PhotoTile, "没有一寸照片")
    demo_desk.reads("还没有一寸照片，选一张")
    path = tmp_path / "照片.png"
    path.write_bytes(picture(1000, 800, "#ff0000"))
    assert let_go(tile, files([path]))
    demo_desk.rest()
    demo_desk.reads("的一寸照片")
    demo_desk.rest()
    assert tile.has_photo
    assert "还没有一寸照片" not in demo_desk.text()
    assert tile.grab().toImage().pixelColor(tile.width() // 2, tile.height() // 2).red() > 200

    desk = demo_desk.program._desk
    assert desk is not None
    (chosen,) = table.chosen_ids()
    kept = picture_of(desk.attachments.photo(chosen) or b"")
    assert kept is not None
    assert (kept.width, kept.height) == (413, 579)

    demo_desk.program.window.activateWindow()  # the window of another test may have been the active one
    QApplication.processEvents()
    demo_desk.press("Ctrl+Z")
    demo_desk.qtbot.waitUntil(lambda: not tile.has_photo, timeout=5000)
    demo_desk.rest()
    demo_desk.press("Ctrl+Y")
    demo_desk.qtbot.waitUntil(lambda: tile.has_photo, timeout=5000)
    demo_desk.rest()
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    demo_desk.menu("撤销照片")
    demo_desk.qtbot.waitUntil(lambda: not tile.has_photo, timeout=5000)
    demo_desk.rest()
    demo_desk.click_cell(table, 1)
    demo_desk.rest()
    assert not tile.has_photo


def test_a_file_that_is_no_picture_leaves_the_tile(demo_desk: Person, tmp_path: Path) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0)
    tile = demo_desk.one(PhotoTile, "没有一寸照片")
    path = tmp_path / "照片.jpg"
    path.write_bytes(PDF)
    let_go(tile, files([path]))
    demo_desk.reads("没有换照片")
    assert not tile.has_photo


def test_with_little_room_the_list_comes_first(room: Room, papers: list[Path]) -> None:
    let_go(room.list, files(papers))
    room.rest()
    room.choose("合影.png")
    seen = next(each for each in room.list.findChildren(QLabel) if each.accessibleName() == "图片 合影.png")
    assert seen.isVisible()
    for height in (700, 420, 300, 200):
        room.window.resize(600, height)
        QApplication.processEvents()
        if seen.isVisible():
            assert seen.pixmap().deviceIndependentSize().height() <= seen.height()
        assert overlapping(room.window) == []
    assert not seen.isVisible()
    assert room.list.files.isVisible()
