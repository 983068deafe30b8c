"""What every page of the desk is: a title, a way in, and what it tells the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.services.overtaken import Overtaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.ui.record.draft_keeper import DraftKeeper
    from wuling_desktop.ui.theme import Look


class Page(QWidget):
    """A page; it is built when it is first asked for and kept while the desk is open."""

    title = ""
    help = ""  # the name of its help in resources/help/
    drafts: DraftKeeper | None = None  # of a page for typing something new; given by its maker
    imports: str | None = None  # the kind of import that Ctrl+I begins here; None for people
    place: str | None = None  # the place of the navigation it belongs to, where it has none of its own
    changed = Signal(object)  # Changes of what was just done: the window tells of it and has pages read again
    trouble = Signal(object)  # Problem
    said = Signal(str)  # one event worth a toast
    wrote = Signal(str, object)  # the same of a file that was written, and its path
    wanted = Signal(str, object)  # the name of another page, and what to show there
    scope = Signal(str)  # what stands beside the title

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.trouble.connect(self._look_again)

    @property
    def within(self) -> Any:
        """What `enter` needs to come back to what is shown; None where the page itself is enough."""
        return None

    @property
    def panes(self) -> Sequence[QWidget]:
        """What F6 comes to after the page's own main part."""
        return ()

    def leave(self) -> None:
        """Be left, for another page or because the desk is being closed: hide what is private, keep what is half done."""
        if self.drafts is not None:
            self.drafts.keep_now()

    @property
    def back(self) -> tuple[str, Any] | None:
        """The page one came from and what to show there; None for a page that has its own place."""
        return None

    def enter(self, what: Any = None) -> None:
        """Come to the page, with something to show there."""

    def reload(self, changes: Changes | None) -> None:
        """Read again what the changes touched; everything where it is not known."""

    def _look_again(self, problem: Problem) -> None:
        """Show what stands here now where another desk was first to change it."""
        if isinstance(problem, Overtaken):
            self.reload(None)

    def focus(self) -> None:
        """Put the keyboard where work on this page begins."""
        self.setFocus()
