"""How wide the columns of a table are when their rows come: by what the first screenful says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

from wuling_desktop.ui.record.heads import FUNNEL
from wuling_desktop.ui.tokens import TYPE

if TYPE_CHECKING:
    from wuling_desktop.ui.record.rows import Ready
    from wuling_desktop.ui.theme import Look

# Width of an empty column in letters, by kind; the user may drag it.
_LETTERS = {
    "name": 7,
    "whole": 5,
    "flag": 5,
    "day": 8,
    "identity": 12,
    "phone": 9,
    "money": 7,
    "link": 10,
    "text": 10,
    "paragraph": 16,
}
_USUAL, _WIDEST = 6, 13  # letters
_ROUND_HEAD = 22  # left of a label, and between it and its funnel
_SEEN = 60  # rows by which columns are fitted


def fitting(look: Look, rows: Ready) -> list[int]:
    """Return the widths that fit; a column that says nothing yet gets that of its kind."""
    metrics = QFontMetrics(look.font(TYPE.table, 500))
    letter = metrics.horizontalAdvance("国")
    seen = [rows.texts[id_] for id_ in rows.ids[:_SEEN]]
    widths = []
    for column, datum in enumerate(rows.datums):
        said = max((metrics.horizontalAdvance(texts[column]) for texts in seen), default=0)
        wanted = said or _LETTERS.get(datum.kind.name.partition(":")[0], _USUAL) * letter
        head = metrics.horizontalAdvance(datum.label) + look.px(FUNNEL + _ROUND_HEAD)
        widths.append(max(min(wanted, _WIDEST * letter) + look.px(24), head))
    return widths
