"""The few choices of the print preview: day, masking, zoom, printer, copies, pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFrame, QLineEdit, QScrollArea, QSpinBox, QWidget

from wuling_desktop.domain import date_text
from wuling_desktop.ui.pages.paper_view import FIT_PAGE, FIT_WIDTH
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, frame, label, restyle, row, rule
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.services.exporting import FormInfo
    from wuling_desktop.ui.theme import Look

_ZOOMS = {"整页": FIT_PAGE, "适合宽度": FIT_WIDTH, "100 %": 1.0, "150 %": 1.5, "200 %": 2.0}
_SIDES = {
    "单面": QPrinter.DuplexMode.DuplexNone,
    "双面，长边翻": QPrinter.DuplexMode.DuplexLongSide,
    "双面，短边翻": QPrinter.DuplexMode.DuplexShortSide,
}
_WIDTH, _MOST_COPIES = 250, 99
_SHIFTS = ("横移", "竖移")  # to the right, down
_FARTHEST, _STEP = 20.0, 0.5  # millimetres
_EVERYBODY = {"members": "全体党员", "leaving": "转出在途的人"}
_NO_PRINTER = "没有找到打印机"


class PrintChoices(QFrame):
    """The panel at the right of the preview."""

    changed = Signal()  # what stands on the pages
    zoomed = Signal(float)
    moved = Signal(tuple)  # across and down, in millimetres
    print_asked = Signal()
    pdf_asked = Signal()
    workbook_asked = Signal()

    def __init__(self, look: Look, today: dt.date, shift: tuple[float, float]) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._look = look
        self.as_of = today
        self._day = QLineEdit(str(today))
        self._day.setAccessibleName("截止日期")
        self._day_note = label(look, "", TYPE.caption, tone="over", wrap=True)
        self._day_note.hide()
        self._day.editingFinished.connect(self._read_day)
        self._mask = QCheckBox("打码：证件号、电话")
        self._mask.setAccessibleName("打码：证件号、电话")
        self._mask.toggled.connect(self.changed)
        self._zoom = Combo(look, "缩放", _ZOOMS)
        self._zoom.currentTextChanged.connect(lambda text: self.zoomed.emit(_ZOOMS[text]))
        self._printer = Combo(look, "打印机", QPrinterInfo.availablePrinterNames() or [_NO_PRINTER])
        self._printer.setCurrentText(QPrinterInfo.defaultPrinterName())
        self._copies = QSpinBox()
        self._copies.setRange(1, _MOST_COPIES)
        self._copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._copies.setAccessibleName("份数")
        self._sides = Combo(look, "单面或双面", _SIDES)
        self._pages = QLineEdit()
        self._pages.setAccessibleName("页码")
        self._pages.setPlaceholderText("全部，或 1-3,5")
        self._shift = [self._millimetres(name, at) for name, at in zip(_SHIFTS, shift, strict=True)]
        self._count = label(look, "", TYPE.table, tone="muted")
        self._who = label(look, "", TYPE.table, tone="muted", wrap=True)
        self.main = Button(
            look, "打印", self.print_asked.emit, icon="printer", kind="primary", hint="打印　Ctrl+P"
        )
        self.setFixedWidth(look.px(_WIDTH))
        self._lay_out()

    @property
    def masked(self) -> bool:
        """Whether private data are hidden on the pages."""
        return self._mask.isChecked()

    def begin(self, form: FormInfo, people: int | None) -> None:
        """Show what is to be printed."""
        if form.ledger:
            self._who.setText("台账里的全部记录")
        else:
            self._who.setText(_EVERYBODY[form.group] if people is None else f"所选 {people} 人")

    def begin_shown(self, rows: int, filtered: str) -> None:
        """Show that a table is to be printed as it stands."""
        self._who.setText("\n".join(filter(None, (f"当前表格，{rows} 行", filtered))))

    def show_count(self, pages: int) -> None:
        """Tell the number of pages."""
        self._count.setText(f"共 {pages} 页")
        self.main.setEnabled(bool(pages))

    @property
    def shift(self) -> tuple[float, float]:
        """How far everything is moved to the right and down on the paper, in millimetres."""
        across, down = (each.value() for each in self._shift)
        return across, down

    def wanted_pages(self, count: int) -> list[int]:
        """Return the numbers of the pages asked for; none where they cannot be read."""
        text = re.sub(r"\s", "", self._pages.text()).replace("，", ",").replace("－", "-").replace("—", "-")
        if not text:
            return list(range(1, count + 1))
        found: list[int] = []
        for part in text.split(","):
            span = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", part)
            if span is None:
                return []
            first, last = int(span[1]), int(span[2] or span[1])
            if not 1 <= first <= last <= count:
                return []
            found.extend(range(first, last + 1))
        return found

    def printer(self) -> QPrinter | None:
        """Return the chosen printer with the number of copies, or None where there is none."""
        info = QPrinterInfo.printerInfo(self._printer.currentText())
        if info.isNull():
            return None
        device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        device.setCopyCount(self._copies.value())
        device.setDuplex(_SIDES[self._sides.currentText()])
        return device

    def _millimetres(self, name: str, at: float) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setRange(-_FARTHEST, _FARTHEST)
        made.setDecimals(1)
        made.setSingleStep(_STEP)
        made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        made.setValue(at)
        made.setAccessibleName(f"{name}（毫米）")
        made.setToolTip("套印在印好的纸上，位置偏了在这里调；只管打印，记在这台电脑上")
        made.valueChanged.connect(lambda _: self.moved.emit(self.shift))
        return made

    def _lay_out(self) -> None:
        look = self._look
        places = row(None, look, gap=6)
        for name, each in zip(_SHIFTS, self._shift, strict=True):
            places.addWidget(label(look, name, TYPE.table, tone="muted"))
            places.addWidget(each, 1)

        def named(text: str) -> object:
            return label(look, text, TYPE.table, tone="muted")

        scroll = QScrollArea()  # large letters on a low screen need more height than there is
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        scroll.setWidget(inside)
        foot = frame("foot")  # what prints and saves stays in sight however far the choices are scrolled
        outer = column(self, look)
        outer.addWidget(scroll, 1)
        outer.addWidget(foot)
        fill(
            column(inside, look, 16, 6),
            (  # type: ignore[arg-type]  # widgets
                self._who,
                self._count,
                named("截止日期"),
                self._day,
                self._day_note,
                self._mask,
                named("缩放"),
                self._zoom,
                rule(),
                named("打印机"),
                self._printer,
                named("份数"),
                self._copies,
                self._sides,
                named("页码"),
                self._pages,
                named("套印位置（毫米，往右往下为正）"),
                places,
                None,
            ),
        )
        fill(
            column(foot, look, 12, 8),
            (
                self.main,
                Button(look, "存 PDF…", self.pdf_asked.emit, icon="file-pdf", hint="存 PDF　Ctrl+Shift+S"),
                Button(look, "存 Excel…", self.workbook_asked.emit, icon="file-xls", hint="存 Excel　Ctrl+E"),
            ),
        )

    def _read_day(self) -> None:
        reading = date_text.read(self._day.text(), self.as_of)
        day = reading.value
        good = reading.taken and day is not None and day.exact
        self._day_note.setText("" if good else "请写到日，如 2026-11-24")
        self._day_note.setVisible(not good)
        restyle(self._day, "state", "" if good else "over")
        if good and day.first != self.as_of:
            self.as_of = day.first
            self._day.setText(str(day))
            self.changed.emit()
