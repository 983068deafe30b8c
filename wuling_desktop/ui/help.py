"""What F1 and F12 show: the page's help from `resources/help/`, and every shortcut, grouped by place; plain text only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wuling_desktop import paths
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.theme import Look

_HEAD, _POINT = "# ", "- "


def blocks(name: str) -> list[tuple[str, str]]:
    """Return the help of a place as (head, point or text; words): lines are joined, blank lines part."""
    found: list[tuple[str, str]] = []
    begun = False
    for line in (paths.resources() / "help" / f"{name}.md").read_text("utf-8").splitlines():
        words = line.strip()
        if not words:
            begun = False
        elif words.startswith(_HEAD):
            found.append(("head", words.removeprefix(_HEAD)))
            begun = False
        elif words.startswith(_POINT):
            found.append(("point", words.removeprefix(_POINT)))
            begun = True
        elif begun:
            kind, before = found.pop()
            found.append((kind, before + words))
        else:
            found.append(("text", words))
            begun = True
    return found


def help_sheet(look: Look, name: str, further: Action | None = None) -> QWidget:
    """Return the help of a place to be shown, and under it what leads on."""
    sheet = QWidget()
    room = column(sheet, look, 16, 8)
    for kind, words in blocks(name):
        if kind == "head":
            made = label(look, words, TYPE.body, 600, wrap=True)
            made.setContentsMargins(0, look.px(8), 0, 0)
        else:
            made = label(look, f"· {words}" if kind == "point" else words, TYPE.table, wrap=True)
        room.addWidget(made)
    if further is not None:
        room.addSpacing(look.px(8))
        link = Button(look, further.tip, further.run, kind="link")
        room.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    room.addStretch(1)
    return sheet


def shortcut_sheet(look: Look, groups: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> QWidget:
    """Return the list of shortcuts: groups of (text, keys)."""
    sheet = QWidget()
    grid = QGridLayout(sheet)
    side = look.px(16)
    grid.setContentsMargins(side, side, side, side)
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(6))
    grid.setColumnStretch(0, 1)
    place = 0
    for title, entries in groups:
        if not entries:
            continue
        grid.addWidget(label(look, title, TYPE.body, 600), place, 0, 1, 2)
        for number, (text, keys) in enumerate(entries, start=place + 1):
            grid.addWidget(label(look, text, TYPE.table, wrap=True), number, 0)
            said = label(look, keys, TYPE.table, tone="muted")
            grid.addWidget(said, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        place += len(entries) + 1
    grid.setRowStretch(place, 1)
    return sheet
