"""The navigation: the same entries in the same places, wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walker import Walker

from wuling_desktop.ui.navigation import Navigation
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_no_entry_moves_when_one_goes_from_place_to_place(demo_desk: Person) -> None:
    walker, seen = Walker(demo_desk), set()
    for name in walker.names():
        walker.go(name)
        entries = [each for each in demo_desk.one(Navigation, "").findChildren(Button) if each.isVisible()]
        seen.add(tuple((each.accessibleName(), each.y()) for each in entries))
    (entries,) = seen
    assert "导入" in [name for name, _ in entries]
