"""What the numbers of the chosen rows come to, for the line that counts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wuling_desktop.ui.record.rows import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.ui.record.rows import Ready

_SAID = 3


def said(rows: Ready, ids: Sequence[int]) -> str:
    """Return sums of money and means of other numbers over some rows; columns without a number say nothing."""
    parts = []
    for place, datum in enumerate(rows.datums):
        if datum.kind.name in NUMBERS:
            values = [value for id_ in ids if (value := rows.values[id_][place]) is not None]
            if values:
                parts.append(_figure(datum.label, datum.kind.name, values))
    return "　".join(parts[:_SAID])


def _figure(label: str, kind: str, values: Sequence[Any]) -> str:
    if kind == "money":
        return f"{label.removesuffix('(元)')}合计 {sum(values, Decimal(0)):.2f} 元"
    return f"平均{label} {sum(values) / len(values):.1f}"
