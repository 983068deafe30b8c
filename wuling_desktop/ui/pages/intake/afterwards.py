"""What can still be done with an import that was written, and what became of it since: taken back, or done again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wuling_desktop.services.import_report import message
from wuling_desktop.services.importing import PEOPLE
from wuling_desktop.ui.file_choice import with_folder

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.history import History, Undone
    from wuling_desktop.services.importing import Imported, Importing
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.pages.intake.done import DoneStep
    from wuling_desktop.ui.pages.page import Page


class Afterwards(QObject):
    """Serves the last step of the page."""

    def __init__(
        self,
        page: Page,
        step: DoneStep,
        importing: Importing,
        history: History,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(page)
        self._page, self._step = page, step
        self._importing, self._history = importing, history
        self._background, self._file_choice = background, file_choice
        self._done: Imported | None = None
        self._stands = False  # as the step shows it
        step.undo_asked.connect(self._undo)
        step.save_asked.connect(self._save_rejected)

    def begin(self, done: Imported) -> None:
        """Show what was written."""
        self._done = done
        self._say_written()

    def end(self) -> None:
        """Begin anew: nothing was written."""
        self._done = None

    @property
    def list_page(self) -> str:
        """The page where what was written is to be seen."""
        kind = self._done.preview.kind if self._done is not None else PEOPLE
        return "members" if kind == PEOPLE else f"ledger:{kind}"

    def look_again(self) -> None:
        """Show what became of it: Ctrl+Z and Ctrl+Y are pressed anywhere."""
        if self._done is not None and (operation := self._done.changes.operation) is not None:
            work = partial(self._history.stands, operation)
            self._background.run(self, work, partial(self._looked, operation), self._page.trouble.emit)

    def _looked(self, operation: int, stands: bool) -> None:
        if self._done is None or self._done.changes.operation != operation or stands == self._stands:
            return
        if stands:
            self._say_written()
        else:
            self._say_undone("已撤销整次导入。")

    def _say_written(self) -> None:
        if self._done is not None:
            self._stands = True
            self._step.put(self._done, message(self._done.preview, self._done))

    def _say_undone(self, said: str) -> None:
        self._stands = False
        self._step.put_undone(said)
        if self._step.isVisible():
            self._page.focus()

    def _undo(self) -> None:
        if self._done is not None:
            work = partial(self._history.undo, self._done.changes.operation)
            self._background.run(self, work, self._undone, self._page.trouble.emit)

    def _undone(self, undone: Undone) -> None:
        kept = f"；其中 {len(undone.kept)} 处后来又改过，保持现在的值" if undone.kept else ""
        self._say_undone(f"已撤销整次导入{kept}。")
        self._page.changed.emit(undone.changes)

    def _save_rejected(self) -> None:
        if self._done is None:
            return
        preview = self._done.preview
        path = self._file_choice.to_save(
            self._page, "另存没导的行", f"{preview.path.stem}-没导的.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if path is not None:
            work = partial(self._importing.save_rejected, preview, path)
            self._background.run(self, work, partial(self._saved, path), self._page.trouble.emit)

    def _saved(self, path: Path, rows: int) -> None:
        self._page.wrote.emit(f"已把没导的 {rows} 行存到{with_folder(path)}，最后一列写着原因", path)
