"""The one way onto the clipboard: an identity number arrives in WPS as text and is gone again after half a minute."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT_FOR = 30_000  # milliseconds that a secret stays
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_QUOTED = re.compile(r'[\t\n\r"]')
_secrets: set[str] = set()  # put there and not taken away yet
# What a spreadsheet reads off a cell that must not become a number: WPS and Excel the style, LibreOffice the other.
_AS_TEXT = """style="mso-number-format:'\\@'" sdnum="1033;0;@\""""


def put(text: str, *, secret: bool = False) -> None:
    """Put a text there; a secret one, or one with an identity number, is taken away after a while."""
    data = QMimeData()
    data.setText(text)
    _put(data, text, secret=secret)


def put_table(rows: Sequence[Sequence[str]]) -> None:
    """Put cells there as spreadsheets take them: tab-separated, and as cells that are told to be text."""
    text = "\n".join("\t".join(map(_quoted, row)) for row in rows)
    lines = (
        "<tr>" + "".join(f"<td {_AS_TEXT}>{_marked_up(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    data = QMimeData()
    data.setText(text)
    data.setHtml(f'<meta charset="utf-8"><table>{"".join(lines)}</table>')
    _put(data, text, secret=False)


def leave() -> None:
    """Take a secret away at once: whoever leaves the desk does not wait for the half minute to pass."""
    for secret in tuple(_secrets):
        _take_away(secret)


def text() -> str:
    """Return the text that lies there."""
    return QGuiApplication.clipboard().text()


def _put(data: QMimeData, text: str, *, secret: bool) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    if secret or _NUMBER.search(text):
        _secrets.add(text)
        QTimer.singleShot(KEPT_FOR, partial(_take_away, text))


def _take_away(text: str) -> None:
    """Empty the clipboard, unless something else has been put there since."""
    _secrets.discard(text)
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _marked_up(cell: str) -> str:
    from html import escape  # noqa: PLC0415 - its table of signs need not be read before the first frame

    return escape(cell).replace("\n", "<br style='mso-data-placement:same-cell'>")
