"""The strip that says what a paste would do before it is done, and which cells or which new row were not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.messages import Notice, announce
from wuling_desktop.ui.record import block
from wuling_desktop.ui.widgets.basics import clear, column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.services.cell_edits import CellEdit, Refusal
    from wuling_desktop.ui.record.block import Paste
    from wuling_desktop.ui.record.rows import RowsModel
    from wuling_desktop.ui.theme import Look


class PasteStrip(QWidget):
    """Asks once, in the page; Enter pastes, the page's Esc does not."""

    agreed = Signal(object)  # the edits to be written
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._room = column(self, look)
        self.hide()

    def ask(self, paste: Paste, refused: Sequence[Refusal]) -> None:
        """Say what would be pasted; what was refused stays out."""
        wrong = {(each.edit.row, each.edit.name) for each in refused}
        good = tuple(edit for edit in paste.edits if (edit.row, edit.name) not in wrong)
        offers = [Action("先不贴", self.give_up)]
        if good:
            offers.insert(0, Action(f"贴入 {len(good)} 格", lambda: self._agree(paste.edits)))
        self._say("due" if refused else "info", block.said(paste, refused), offers)

    def tell(self, model: RowsModel, refused: Sequence[Refusal]) -> None:
        """Say which cells were not taken."""
        text = f"{len(refused)} 格没有写，已在表里标出：{block.named(model, refused)}。"
        self._say("due", text, [Action("知道了", self.give_up)])

    def tell_new(
        self,
        refused: Sequence[Refusal],
        model: RowsModel,
        go_on: Callable[[], None],
        give_up: Callable[[], None],
    ) -> None:
        """Say why the row typed last is not saved; the keyboard is left where it is, for the typing goes on."""
        wrong = [each for each in refused if not each.for_row]  # what is lacking may be just these cells
        text = f"新的一行还没有存：{block.named(model, wrong or refused)}。补上以后离开这一行就存。"
        offers = [Action("接着填", go_on), Action("不要这一行", give_up)]
        self._say("due", text, offers, ask=False)

    def give_up(self) -> None:
        """Go away."""
        self.hide()
        self.left.emit()

    def _agree(self, edits: Sequence[CellEdit]) -> None:
        self.hide()
        self.agreed.emit(edits)

    def _say(self, tone: str, text: str, offers: Sequence[Action], *, ask: bool = True) -> None:
        clear(self._room)
        notice = Notice(self._look, tone, text, actions=offers)
        self._room.addWidget(notice)
        self.show()
        announce(self, text)
        if ask:
            notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
