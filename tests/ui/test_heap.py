"""What is gone leaves nothing behind in Qt and in the heap: a day of locking and looking about takes no more memory."""

from __future__ import annotations

import ctypes
import sys
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pytest
import shiboken6
from person_at_the_desk import leave_nothing_deleted_late
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from wuling_desktop.settings import Preferences
from wuling_desktop.ui import heap, theme
from wuling_desktop.ui.widgets.basics import clear, column, fill, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from person_at_the_desk import Person
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

_MEGABYTE = 2**20
_FIELDS = [
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keepcost",
]


class _Told(ctypes.Structure):
    """What glibc tells of its heap."""

    _fields_ = [(name, ctypes.c_int) for name in _FIELDS]


def _heap() -> _Told:
    library = ctypes.CDLL(None)
    library.mallinfo.restype = _Told
    told: _Told = library.mallinfo()
    return told


glibc = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "mallinfo"), reason="glibc only"
)


def test_what_is_cleared_goes_with_its_items(qtbot: QtBot) -> None:
    look, page = theme.look_for(Preferences()), QWidget()
    qtbot.addWidget(page)
    layout = column(page, look)
    inner = row(None, look)
    fill(inner, (QLabel("里面"), None))
    fill(layout, (QLabel("外面"), 4, inner, None))
    items = [each.itemAt(place) for each in (layout, inner) for place in range(each.count())]
    clear(layout)
    assert layout.count() == 0
    assert [each for each in items if shiboken6.isValid(each)] == []


def test_a_line_of_widgets_goes_with_its_items() -> None:
    page = QWidget()
    line = Flow(theme.look_for(Preferences()))
    page.setLayout(line)
    for word in "甲乙丙":
        line.addWidget(QLabel(word))
    items = [line.itemAt(place) for place in range(line.count())]
    page.deleteLater()
    leave_nothing_deleted_late()
    assert [each for each in items if shiboken6.isValid(each)] == []


def test_a_sign_is_the_same_picture_each_time(qapp: QApplication) -> None:
    look = theme.look_for(Preferences())
    signs = [look.sign("info", "blue", 18).cacheKey() for _ in range(2)]
    assert signs[0] == signs[1]
    assert look.sign("info", "red", 18).cacheKey() != signs[0]


def test_no_picture_is_kept_when_the_desk_is_locked(demo_desk: Person) -> None:
    photo = QPixmap(20, 20)
    QPixmapCache.insert("一张照片", photo)
    assert QPixmapCache.find("一张照片", photo)
    demo_desk.program.lock()
    assert not QPixmapCache.find("一张照片", photo)


@glibc
def test_widgets_never_shown_are_forgotten(qapp: QApplication) -> None:
    theme.apply(qapp, theme.look_for(Preferences()))
    places = []  # taken in between, so that no widget lies where an earlier one lay

    def round_of_choices() -> int:
        page = QWidget()
        for _ in range(200):
            QComboBox(page).setEditable(True)
            places.append(bytes(700))
        page.deleteLater()
        leave_nothing_deleted_late()
        heap.forget()
        return _heap().uordblks - sum(map(sys.getsizeof, places))

    sizes = [round_of_choices() for _ in range(8)]
    # Of one round a table of Qt's may have become larger, once; what is not forgotten makes every round larger.
    assert median(later - earlier for earlier, later in pairwise(sizes)) < 0.1 * _MEGABYTE


@glibc
def test_a_large_block_lies_outside_the_heap_also_after_one_was_freed() -> None:
    heap.settle()
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    library.free(library.malloc(16 * _MEGABYTE))
    before = _heap().hblks
    block = library.malloc(8 * _MEGABYTE)
    assert _heap().hblks == before + 1
    library.free(block)
