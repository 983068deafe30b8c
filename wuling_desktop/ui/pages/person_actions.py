"""What is offered for a person wherever one is shown: in the list, in the side panel, in the whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.ui.theme import Look


def withdraw(run: Callable[[], object]) -> Action:
    """Return the way out for somebody entered by mistake, which says what it is not for."""
    return Action("撤销误录", run, hint="录错的人才撤；转出、去世不在这里办")


def eye(look: Look) -> Button:
    """Return the button that uncovers private values while it is pressed in; not to be had before a room."""
    made = Button(
        look, "显示证件号、电话和住址", kind="icon", icon="eye", hint="显示完整的证件号、电话和住址"
    )
    made.setCheckable(True)
    if projector.is_on():  # shown before it has a place it would be a window of its own
        made.hide()
    return made
