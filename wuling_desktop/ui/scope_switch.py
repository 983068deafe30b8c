"""The button under the program's name: which Party organisation the desk looks at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.organisations import Organisations
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.navigation import Navigation


class ScopeSwitch:
    """Offers the tree of organisations; a unit with one has nothing to switch."""

    def __init__(
        self, navigation: Navigation, organisations: Organisations, unit: Unit, changed: Callable[[], object]
    ) -> None:
        self._navigation, self._organisations, self._unit = navigation, organisations, unit
        self._changed = changed
        navigation.scope_asked.connect(self.ask)

    def tell(self) -> None:
        """Show what is looked at, and whether there is a choice."""
        self._navigation.say_scope(self._unit.title(), choice=bool(self._organisations.choices()))

    def ask(self) -> None:
        """Show the tree."""
        places = self._organisations.choices()
        if not places:
            return
        now = self._unit.looks_at or places[0].id
        entries = [
            Action(
                f"{'✓' if place.id == now else '　'} {'　' * place.depth}{place.name}",
                partial(self.look_at, place.id),
            )
            for place in places
        ]
        button = self._navigation.scope
        actions.menu(self._navigation, entries).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def look_at(self, id_: int) -> None:
        """Narrow the desk to an organisation."""
        self._organisations.look_at(id_)
        self.tell()
        self._changed()
