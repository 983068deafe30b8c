"""Standard texts of Qt: Chinese, and in nobody's way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QFileInfo, QIODevice
from PySide6.QtGui import QPageLayout, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialogButtonBox, QFileIconProvider

from wuling_desktop.exchange.pages.page_commands import Page
from wuling_desktop.paint.pdf import layout_of
from wuling_desktop.ui import translations

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_buttons_and_what_qt_leaves_in_english(qapp: QApplication) -> None:
    translations.install(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    assert [button.text() for button in box.buttons()] == ["保存", "取消"]
    assert QCoreApplication.translate("QFileDialog", "Date Modified") == "修改日期"
    assert QCoreApplication.translate("QPrintDialog", "Print all") == "全部打印"


def test_the_kinds_of_a_file_dialog(qapp: QApplication, tmp_path: Path) -> None:
    translations.install(qapp)
    kind = QFileIconProvider().type
    assert kind(QFileInfo(str(tmp_path))) == "文件夹"
    assert kind(QFileInfo(str(tmp_path / "missing"))) == "未知"


def test_a_text_that_is_not_known_is_left_to_qt(qapp: QApplication) -> None:
    """An empty answer took the names of paper sizes away, and with them the sizes of PDF pages."""
    translations.install(qapp)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    layout = layout_of(Page(210, 297, ()))
    assert layout.orientation() == QPageLayout.Orientation.Portrait
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    painter.drawLine(0, 0, 9, 9)
    painter.end()
    content = bytes(buffer.data().data())
    assert [tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", content)] == [
        (595, 842)
    ]
