"""恢复码: a new one in the place of the old, and whether the one last shown has been put on paper or away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from wuling_desktop.storage.operations import Operations

_WAITS = "recovery key"  # the memo of a key that was shown and that nobody has said to have kept


class Recovery:
    """The key that opens the data where the password is forgotten; it is shown once and never again."""

    def __init__(self, operations: Operations) -> None:
        self._database = operations.database

    @property
    def by_server(self) -> bool:
        """Whether a server's account opens the data, and no key of ours."""
        return bool(self._database.whose)

    def new(self, password: str) -> str:
        """Make a new recovery key and return it; the printed old one is worth nothing from then on."""
        key = self._database.as_file("更换恢复码").new_recovery_key(password)
        self.shown()
        return key

    def shown(self) -> None:
        """Remember that a key stands on the screen and nowhere else."""
        memo.keep(self._database, _WAITS, True)

    def kept(self) -> None:
        """Remember that the key shown was printed, copied or saved."""
        memo.forget(self._database, _WAITS)

    def waits(self) -> bool:
        """Whether the key last shown was kept by nobody: after a power cut before it was printed."""
        return bool(memo.under(self._database, _WAITS))
