"""What Ctrl+K opens and where its answers lead; what was opened last is kept as record ids, never as names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.services.finding import WAY, Way
from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.list_page import ListPage
from wuling_desktop.ui.palette import Palette
from wuling_desktop.ui.ways import ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.finding import Hit, Hits
    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.navigation import Place
    from wuling_desktop.ui.theme import Look
    from wuling_desktop.ui.ways import Go


class Finder:
    """The panel over the window, with everything it can lead to."""

    def __init__(
        self,
        look: Look,
        window: QWidget,
        desk: Desk,
        file_choice: FileChoice,
        places: Sequence[Place],
        go: Go,
        help_: Sequence[Action],
    ) -> None:
        self._finding, self._file_choice, self._go = desk.finding, file_choice, go
        ledgers = desk.ledgers.ledgers()
        self._icons = {"person": "user-circle"} | {each.name: each.icon for each in ledgers}
        self._rooms = {"person": "members"} | {each.name: f"ledger:{each.noun}" for each in ledgers}
        self._ways = ways(go, places, ledgers, desk.exporting.forms(), help_)
        self._named = [Way(name, way.text, way.keys) for name, way in self._ways.items()]
        self._palette = Palette(look, window, self._find, self._icon)
        self._palette.opened.connect(self._open)

    def open(self) -> None:
        """Show the panel."""
        self._palette.open()

    def _find(self, word: str) -> Sequence[Hits]:
        opened = self._file_choice.preferences.opened_in(self._finding.file_id)
        return self._finding.find(word, self._named, opened, covered=projector.is_on())

    def _icon(self, hit: Hit) -> str:
        if hit.is_way:
            return self._ways[hit.key[1]].icon
        if hit.is_file:
            return "paperclip"
        return self._icons[hit.key[0]]

    def _open(self, hit: Hit, beside: bool) -> None:
        choice = self._file_choice
        choice.preferences = choice.preferences.with_opened(self._finding.file_id, hit.key)
        choice.changed.emit(choice.preferences)
        kind, ref = hit.key
        if kind == WAY:
            self._ways[ref].run()
            return
        # A person opens as a whole; beside the list only where the list shows them, and not another branch.
        whole = kind == "person" and not (beside and self._finding.in_view([int(ref)]))
        page = self._go("person" if whole else self._rooms[kind], int(ref))
        if beside and isinstance(page, ListPage):
            page.open_panel()
