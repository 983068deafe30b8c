"""Faces: the one a workbook names where it is installed, else one of its kind, and which stands in for which."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from wuling_desktop.exchange.pages.page_commands import Font
from wuling_desktop.paint import text_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.exchange.forms.filled import FilledSheet, FilledWorkbook

UNITS = (
    10  # in which texts are set: tenths of a point, so that the usual sizes are whole numbers of Qt's pixels
)
_SYSTEM = "系统字体"
# One face under several names; with any of them nothing is replaced.
_SAME = (
    ("宋体", "SimSun", "新宋体", "NSimSun"),
    ("黑体", "SimHei"),
    ("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312"),
    ("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312"),
    ("微软雅黑", "Microsoft YaHei", "Microsoft YaHei UI"),
    ("等线", "DengXian"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ("方正仿宋简体", "FZFangSong-Z02S", "方正仿宋_GBK", "FZFangSong-Z02"),
    ("方正楷体简体", "FZKai-Z03S", "方正楷体_GBK", "FZKai-Z03"),
    ("方正黑体简体", "FZHei-B01S", "方正黑体_GBK", "FZHei-B01"),
    ("华文宋体", "STSong"),
    ("华文中宋", "STZhongsong"),
    ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"),
    ("华文细黑", "STXihei"),
    ("Calibri", "Carlito"),  # made to the same widths
    ("Cambria", "Caladea"),
    ("Arial", "Liberation Sans", "Arimo"),
    ("Times New Roman", "Liberation Serif", "Tinos"),
    ("Courier New", "Liberation Mono", "Cousine"),
)
_SONG = (
    "宋体", "SimSun", "方正书宋_GBK", "FZSongS-Extended", "华文宋体", "STSong", "Songti SC", "思源宋体",
    "Source Han Serif SC", "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC", "AR PL UMing CN",
)  # fmt: skip
_HEI = (
    "黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "方正黑体_GBK", "华文细黑", "PingFang SC", "Heiti SC", "思源黑体",
    "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip
_STAND_INS = {
    "fangsong": (
        "仿宋", "FangSong", "仿宋_GB2312", "方正仿宋_GBK", "方正仿宋简体", "华文仿宋", "STFangsong", "FandolFang", *_SONG, *_HEI,
    ),
    "kai": (
        "楷体", "KaiTi", "楷体_GB2312", "方正楷体_GBK", "方正楷体简体", "华文楷体", "STKaiti", "Kaiti SC",
        "LXGW WenKai GB", "LXGW WenKai", "霞鹜文楷", "AR PL KaitiM GB", "AR PL UKai CN", "FandolKai", *_SONG, *_HEI,
    ),
    "title": ("方正小标宋_GBK", "方正小标宋简体", "华文中宋", "STZhongsong", *_SONG, *_HEI),
    "song": (*_SONG, *_HEI),
    "hei": (*_HEI, *_SONG),
    "latin serif": ("Liberation Serif", "Times New Roman", "DejaVu Serif", *_SONG),
    "latin": ("Carlito", "Liberation Sans", "Arial", "DejaVu Sans", *_HEI),
}  # fmt: skip
_KINDS = (
    ("fangsong", re.compile("仿宋|fang ?song", re.IGNORECASE)),
    ("kai", re.compile("楷|kai", re.IGNORECASE)),
    ("title", re.compile("小标宋|中宋|xiaobiaosong|zhongsong", re.IGNORECASE)),
    ("song", re.compile("宋|明|song|simsun|ming|serif cjk|han serif", re.IGNORECASE)),
    (
        "hei",
        re.compile("黑|等线|幼圆|圆|hei|dengxian|gothic|sans cjk|han sans|[\u4e00-\u9fff]", re.IGNORECASE),
    ),
    ("latin serif", re.compile("times|cambria|georgia|garamond|roman|serif(?<!sans serif)", re.IGNORECASE)),
)
_HALF_WIDTH = re.compile(
    "[新]?宋体|N?SimSun|仿宋|FangSong|楷体|KaiTi|黑体|SimHei|方正仿宋|方正楷体|方正黑体", re.IGNORECASE
)
# Where the ideographs of a stand-in lie, in ems: a line of it is as high as that of the face it stands for.
_LINE, _ASCENT = 1.19, 0.88
_ROWS_LOOKED_AT = 30  # of those repeated from one row of the blank


def face(text: str, font: Font) -> QFont:
    """Return Qt's font for a text: figures and Latin letters as wide as those of the face that is missing."""
    return _qfont(font, _stretch(font.family) if text.isascii() else 100)


def advance(text: str, font: Font) -> float:
    """Return the width of a text on one line in the units texts are set in."""
    return _metrics(font, _stretch(font.family) if text.isascii() else 100).horizontalAdvance(text)


class _Own(threading.local):
    """Qt's fonts of one thread: Qt notes in a font what it found out about it, and takes no lock for that."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[Font, int], QFont] = {}
        self.metrics: dict[tuple[Font, int], QFontMetricsF] = {}


_own = _Own()


def _qfont(font: Font, stretch: int) -> QFont:
    key = (font, stretch)
    if key not in _own.fonts:
        _own.fonts[key] = _made(font, stretch)
    return _own.fonts[key]


def _metrics(font: Font, stretch: int) -> QFontMetricsF:
    key = (font, stretch)
    if key not in _own.metrics:
        _own.metrics[key] = QFontMetricsF(_qfont(font, stretch))
    return _own.metrics[key]


def _made(font: Font, stretch: int) -> QFont:
    made = QFont()
    made.setFamilies(_families(font.family))
    made.setPixelSize(max(round(font.size * UNITS), 1))
    made.setBold(font.bold)
    made.setItalic(font.italic)
    made.setUnderline(font.underline)
    made.setStrikeOut(font.strike)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the same widths at every resolution
    made.setStretch(stretch)
    made.setKerning(False)  # no sheet program has it, and figures keep their columns
    return text_layer.plain(made)


@cache
def _stretch(family: str) -> int:
    """Return by how much Latin letters are narrowed, in per cent.

    Those of the Chinese faces are half as wide as a character and columns are made for them; a stand-in's are wider, and
    an identity number would break where it does not on the clerk's own computer.
    """
    if not _HALF_WIDTH.match(family) or resolved(family) == family:
        return 100
    wide = _metrics(Font(family, 10), 100).horizontalAdvance("0" * 10)
    return min(round(100 * (5 * 10 * UNITS) / wide), 100)


@cache
def line(font: Font) -> tuple[float, float]:
    """Return the height of a line and how far below its top the letters stand, in the units texts are set in."""
    size = font.size * UNITS
    natural = _metrics(font, 100)
    high = _LINE * size
    if resolved(font.family) == font.family and natural.height() > high:
        return natural.height(), natural.ascent()
    return high, (high - size) / 2 + _ASCENT * size


@cache
def resolved(family: str) -> str:
    """Return the face that letters of this one are drawn in; itself where it is installed."""
    names = _installed()
    for name in _names(family):
        if name.casefold() in names:
            return family
    kind = _kind(family)
    return next((name for name in _STAND_INS[kind] if name.casefold() in names), _SYSTEM)


def replaced(filled: FilledWorkbook) -> list[tuple[str, str]]:
    """Return each face that the texts of a form ask for and this computer lacks, with the one used instead."""
    wanted: dict[str, None] = {}
    for sheet in filled.sheets:
        wanted.update(dict.fromkeys(_used(sheet, filled)))
    return [(family, resolved(family)) for family in wanted if resolved(family) != family]


def _used(sheet: FilledSheet, filled: FilledWorkbook) -> Iterator[str]:
    seen: dict[int, int] = {}
    for row in range(1, sheet.last_row + 1):
        source = sheet.source_row(row)
        seen[source] = seen.get(source, 0) + 1
        if seen[source] > _ROWS_LOOKED_AT:
            continue
        for cell in sheet.cells(row).values():
            if cell.value not in (None, "") or cell.runs:
                style = filled.styles.of(cell.style)
                looks = [look for look, text in cell.runs if text.strip()] or [""]
                yield from (filled.styles.of_run(look, style)[0].family for look in looks)


def _families(family: str) -> list[str]:
    """Return the faces to draw in, first to last: what one lacks the next one lends."""
    found = [name for name in _names(family) if name.casefold() in _installed()]
    found += [name for name in _STAND_INS[_kind(family)] if name.casefold() in _installed()]
    return list(dict.fromkeys(found)) or [family]


def _names(family: str) -> tuple[str, ...]:
    same = next((names for names in _SAME if family.casefold() in (name.casefold() for name in names)), ())
    return (family, *(name for name in same if name != family))


def _kind(family: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(family)), "latin")


@cache
def _installed() -> frozenset[str]:
    return frozenset(name.casefold() for name in QFontDatabase.families())
