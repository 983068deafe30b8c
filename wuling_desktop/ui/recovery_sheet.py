"""The sheet with the recovery key: shown once, then copied, printed or kept as a file by the user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.paint import text_layer
from wuling_desktop.ui import clipboard
from wuling_desktop.ui.file_choice import documents, with_folder
from wuling_desktop.ui.tokens import LIGHT, TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, frame, label, restyle, row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtGui import QPagedPaintDevice

    from wuling_desktop.ui.theme import Look

_TITLE = "党建工作台 恢复码单"
_ADVICE = (
    "忘记密码时，只有这组恢复码能打开数据。程序不留底，也没有人能代为找回。",
    "请交纪检委员保管，或放进保险柜；不要和电脑放在一起，不要拍照外发。",
    "在设置里换了新的恢复码以后，这一张就作废。",
)
_MM = 25.4
_MARGIN = QMarginsF(25, 25, 25, 25)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet."""

    unit: str
    key: str
    day: dt.date

    def text(self) -> str:
        """Return the sheet as plain text."""
        facts = (f"单位：{self.unit}", f"日期：{self.day}", f"恢复码：{self.key}")
        return "\n".join((_TITLE, "", *facts, "", *_ADVICE, ""))

    def paint(self, device: QPagedPaintDevice) -> bool:
        """Paint the sheet as one page of A4; paper is always light."""
        device.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                _MARGIN,
                QPageLayout.Unit.Millimeter,
            )
        )
        painter = QPainter()
        if not painter.begin(device):
            return False
        painter.scale(device.logicalDpiX() / _MM, device.logicalDpiY() / _MM)
        painter.setPen(QPen(QColor(LIGHT.text), 0.3))
        top = 0.0
        for size, bold, text in (
            (7, True, _TITLE),
            (4.2, False, f"单位：{self.unit}"),
            (4.2, False, f"日期：{self.day}"),
            (6, True, self.key),
            *((4.2, False, advice) for advice in _ADVICE),
        ):
            top = self._line(painter, top, size, text, bold=bold)
        painter.end()
        return True

    @staticmethod
    def _line(painter: QPainter, top: float, size: float, text: str, *, bold: bool) -> float:
        # Letters are set ten times as large and shrunk: Qt keeps whole pixels of a font.
        font = text_layer.plain(QFont(QGuiApplication.font().family()))
        font.setPixelSize(round(size * 10))
        font.setBold(bold)
        painter.save()
        painter.translate(0, top)
        painter.scale(0.1, 0.1)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        room = painter.boundingRect(QRectF(0, 0, 1600, 2000), flags, text)
        painter.drawText(room, flags, text)
        painter.restore()
        return top + room.height() / 10 + size * 0.9


class RecoveryKeyCard(QWidget):
    """The key in large letters with the ways of keeping it; `taken` says that the user has done one of them."""

    def __init__(self, look: Look, sheet: RecoverySheet, taken: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._sheet = sheet
        self._taken = taken
        room = column(self, look, gap=10)
        box = frame("notice", "due")
        inside = column(box, look, 16, 8)
        inside.addWidget(label(look, "恢复码，只显示这一次", TYPE.body, 600))
        self.key = label(look, self._wrapped(sheet.key), 18, 600)
        self.key.setAccessibleName(f"恢复码 {sheet.key}")
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inside.addWidget(self.key)
        inside.addWidget(label(look, _ADVICE[0] + _ADVICE[1], TYPE.table, wrap=True))
        room.addWidget(box)
        buttons = row(None, look)
        fill(
            buttons,
            (
                Button(look, "打印", self.print, icon="printer"),
                Button(look, "存 PDF…", self.save_pdf, icon="file-pdf"),
                Button(look, "另存为文本…", self.save_text, icon="file-text"),
                Button(look, "复制", self.copy, icon="copy"),
                None,
            ),
        )
        room.addLayout(buttons)
        self._told = label(look, size=TYPE.table, wrap=True)
        self._told.hide()
        room.addWidget(self._told)

    def copy(self) -> None:
        """Put the key on the clipboard."""
        clipboard.put(self._sheet.key, secret=True)
        self._say("ok", "已复制。请贴到纸上能留住的地方，再清空剪贴板。")

    def print(self) -> None:
        """Print the sheet on the usual printer."""
        printer = QPrinterInfo.defaultPrinter()
        if printer.isNull():
            self._say("due", "没有找到打印机。可以先存成 PDF，拿到有打印机的电脑上打印。", done=False)
            return
        device = QPrinter(printer, QPrinter.PrinterMode.HighResolution)
        if self._sheet.paint(device):
            self._say("ok", f"已交给打印机“{printer.description()}”。")
        else:
            self._say("over", "打印没有做成：打印机没有应答。可以先存成 PDF。", done=False)

    def save_pdf(self) -> None:
        """Keep the sheet as a PDF."""
        if path := self._ask("PDF (*.pdf)", "pdf"):
            self._save(path, self._write_pdf)

    def save_text(self) -> None:
        """Keep the sheet as plain text."""
        if path := self._ask("文本 (*.txt)", "txt"):
            self._save(path, self._write_text)

    def _ask(self, kind: str, suffix: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self, "另存恢复码单", str(documents() / f"恢复码单.{suffix}"), kind
        )
        return Path(name) if name else None

    def _save(self, path: Path, write: Callable[[Path], None]) -> None:
        try:
            write(path)
        except OSError as error:
            problem = of_os_error(error, f"写 {path.name} ", safe="恢复码还在这里")
            self._say("over", f"{problem.what}{problem.why}{problem.todo}", done=False)
        except Problem as problem:
            self._say("over", f"{problem.what}{problem.why}{problem.todo}", done=False)
        else:
            self._say("ok", f"已存到{with_folder(path)}。请放到别处，不要和数据放在同一台电脑上。")

    def _write_text(self, path: Path) -> None:
        with files.whole(path) as file:
            file.write(("\ufeff" + self._sheet.text()).replace("\n", "\r\n").encode())

    def _write_pdf(self, path: Path) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(_TITLE)
        if not self._sheet.paint(writer):
            raise Problem(
                "PDF 没有写成。", "画不出这一页；恢复码还在这里。", "请改用另存为文本，或抄在纸上。"
            )
        with files.whole(path) as file:
            file.write(text_layer.mended(bytes(buffer.data().data())))

    def _say(self, tone: str, text: str, *, done: bool = True) -> None:
        self._told.setText(text)
        restyle(self._told, "tone", tone)
        self._told.show()
        if done:
            self._taken()

    @staticmethod
    def _wrapped(key: str) -> str:
        groups = key.split("-")
        return "-".join(groups[:4]) + "-\n" + "-".join(groups[4:])
