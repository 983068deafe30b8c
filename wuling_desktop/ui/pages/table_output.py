"""How the rows of a page leave it: as a workbook, or on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.file_choice import with_folder
from wuling_desktop.ui.pages.printing import SHOWN, PrintJob

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.shown_table import ShownTable
    from wuling_desktop.ui.pages.list_page import ListPage


class TableOutput:
    """Asks the page for what it shows and where to put it."""

    def __init__(self, page: ListPage, exporting: Exporting) -> None:
        self._page, self._exporting = page, exporting

    def entries(self) -> list[Action | None]:
        """Return the ways to a workbook: the table as it is, and with what is private masked where there is any."""
        shown = self._page.shown()
        entries: list[Action | None] = [
            Action("当前表格，存成 Excel…", lambda: self._write_shown(shown, mask=False))
        ]
        if shown.private:
            entries.append(Action("当前表格打码，存成 Excel…", lambda: self._write_shown(shown, mask=True)))
        return entries

    def write_chosen(self) -> None:
        """Write the chosen rows as a workbook."""
        self._write_shown(self._page.shown(chosen=True), mask=False)

    def write(self, write: Callable[[Path], int]) -> None:
        """Ask for a file and have it written; `write` returns the number of rows."""
        page = self._page
        name = f"{page.table.accessibleName()}.xlsx"
        path = page.file_choice.to_save(page, "导出", name, "Excel 工作簿 (*.xlsx)")
        if path is not None:
            page.desk.busy.run(
                page.background,
                page,
                f"正在写 {path.name}…",
                partial(write, path),
                partial(self._tell, path),
                page.trouble.emit,
                lambda: page.said.emit("已取消，没有写文件"),
            )

    def print_shown(self) -> None:
        """Show the table as it stands on paper."""
        self._page.wanted.emit("preview", PrintJob(SHOWN, shown=self._page.shown()))

    def _write_shown(self, shown: ShownTable, *, mask: bool) -> None:
        self.write(lambda path: self._exporting.write_shown(path, shown, mask=mask))

    def _tell(self, path: Path, rows: int) -> None:
        self._page.wrote.emit(f"已导出 {rows} {self._page.noun}到{with_folder(path)}", path)
