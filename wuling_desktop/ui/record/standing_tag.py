"""The tag of a person's standing, in a table, in the side panel and at the head of a person's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import restyle

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look

_TONES = {"正式党员": "neutral", "预备党员": "info"}
_ON_THE_WAY = "due"


def tone_of(standing: str) -> str:
    """Return the tone of a standing: whoever is still on the way stands out."""
    return _TONES.get(standing, _ON_THE_WAY)


class StandingTag(QLabel):
    """The tag as a label; away where there is no standing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(TYPE.caption))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, standing: str) -> None:
        """Show another standing."""
        self.setText(standing)
        restyle(self, "tag", tone_of(standing))
        self.setVisible(bool(standing))
