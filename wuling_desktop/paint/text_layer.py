"""The text that can be sought and copied in a PDF: Qt names a glyph by the first character that has it, often a radical.

In most Chinese faces 工 and the radical U+2F2F are one glyph; a search for what was written would find nothing.
"""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtGui import QFont

# A face chooses other forms of digits beside Latin letters, which no character names: 450199…X could not be copied.
_LOCAL_FORMS = QFont.Tag("locl")
_FIRST_RADICAL, _LAST_RADICAL = 0x2E80, 0x2FDF
# Radicals that Unicode does not fold, and the characters whose glyphs they share.
_SUPPLEMENT = dict(
    zip(
        "⺂⺃⺅⺉⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺟⺠⺡⺣⺤⺦⺨⺭⺯⺰⺱⺹⺺⺾⻂⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲⻳⺎⺫⺲⻁⻃",
        "乛乚亻刂尣尢巳幺彑彐忄扌攵旡歺母民氵灬爫丬犭礻糹纟罓耂肀艹衤见角讠贝车辶钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀龟兀罒罒虎覀",
        strict=True,
    )
)
_RANGES = re.compile(rb"beginbfrange\n(.*?)endbfrange", re.DOTALL)
_ONE = re.compile(rb"(<([0-9A-F]{4})> <\2> )(<[0-9A-F]{4}>)")  # a glyph, and its character behind it
_RUN = re.compile(rb"\[[^\]]*\]")  # the characters of a run of glyphs
_CODE = re.compile(rb"<([0-9A-F]{4})>")


def plain(font: QFont) -> QFont:
    """Let a font set every character in its own glyph, so that a PDF can name it."""
    font.setFeature(_LOCAL_FORMS, 0)
    return font


def mended(content: bytes) -> bytes:
    """Return a PDF of Qt's whose glyphs are named by the characters that people write; not a byte longer."""
    return _RANGES.sub(_in_ranges, content)


def _in_ranges(ranges: re.Match[bytes]) -> bytes:
    ones = _ONE.sub(lambda one: one[1] + _named(one[3]), ranges[0])
    return _RUN.sub(lambda run: _named(run[0]), ones)


def _named(codes: bytes) -> bytes:
    return _CODE.sub(lambda code: b"<%04X>" % _written(int(code[1], 16)), codes)


def _written(code: int) -> int:
    if not _FIRST_RADICAL <= code <= _LAST_RADICAL:
        return code
    radical = chr(code)
    return ord(_SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical))
