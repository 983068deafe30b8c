"""打印预览: the pages as they will come out, a few choices, and the ways out: printer, PDF, workbook."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.paint import fonts, pdf, printer
from wuling_desktop.paint.measure import measure
from wuling_desktop.ui import actions, projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.file_choice import with_folder
from wuling_desktop.ui.messages import Notice
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.pages.paper_view import FIT_PAGE, PageList, SheetView
from wuling_desktop.ui.pages.print_choices import PrintChoices
from wuling_desktop.ui.pages.printing import PrintJob
from wuling_desktop.ui.widgets.basics import clear, column, row, tip
from wuling_desktop.ui.widgets.busy import BusyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_FIRST_SEEN = 6  # pages in view at once, large and small
_SLIM_BELOW = 900  # of the page's width: the list of pages leaves more room to the page shown


class PreviewPage(Page):
    """The same pages go to the screen, to PDF and to the printer."""

    title = "打印预览"
    place = "forms"

    def __init__(
        self, look: Look, exporting: Exporting, unit: Unit, background: Background, file_choice: FileChoice
    ) -> None:
        super().__init__(look)
        self._exporting, self._unit = exporting, unit
        self._background, self._file_choice = background, file_choice
        self._forms = {form.name: form for form in exporting.forms()}
        self._job = PrintJob(next(iter(self._forms)))
        self._filled: FilledWorkbook | None = None
        self._pages: Sequence[sheet_page.Page] = ()
        self._list, self._sheet = PageList(look), SheetView(look)
        self._choices = PrintChoices(look, unit.today(), file_choice.preferences.print_shift)
        self._busy = BusyLine(look)
        self._said = column(None, look, gap=8)
        self._lay_out()
        self._connect()

    def enter(self, what: Any = None) -> None:
        """Show a form: the one asked for, or the last one."""
        if isinstance(what, PrintJob):
            self._job = what
        elif isinstance(what, str):
            self._job = PrintJob(what)
        people, shown = self._job.people, self._job.shown
        if shown is None:
            self.title = self._forms[self._job.form].title
            self._choices.begin(self._forms[self._job.form], None if people is None else len(people))
        else:
            self.title = shown.title
            self._choices.begin_shown(len(shown.rows), shown.filtered)
        self._make()

    @property
    def within(self) -> PrintJob:
        """What is being printed."""
        return self._job

    def reload(self, changes: Changes | None) -> None:
        """Fill the form again after a change."""
        if self.isVisible() and changes is not None:
            self._make()

    def focus(self) -> None:
        """Begin at the button that prints."""
        self._choices.main.setFocus()

    @property
    def _masked(self) -> bool:
        """Whether private data are masked: what is saved is what is seen, so always before a room."""
        return self._choices.masked or projector.is_on()

    def _lay_out(self) -> None:
        look = self.look
        middle = QWidget()
        inside = column(middle, look, gap=8)
        inside.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        inside.addLayout(self._said)
        inside.addWidget(self._busy)
        inside.addWidget(self._sheet, 1)
        outer = row(self, look, gap=0)
        outer.addWidget(self._list)
        outer.addWidget(middle, 1)
        outer.addWidget(self._choices)

    def _connect(self) -> None:
        self._list.chosen.connect(self._show_page)
        self._sheet.turned.connect(self._list.turn)
        choices = self._choices
        choices.changed.connect(self._make)
        choices.zoomed.connect(self._sheet.set_zoom)
        choices.moved.connect(self._keep_shift)
        choices.print_asked.connect(self._print)
        choices.pdf_asked.connect(self._save_pdf)
        choices.workbook_asked.connect(self._save_workbook)
        self._sheet.set_zoom(FIT_PAGE)
        actions.bind(
            self,
            (
                Action("打印", self._print, keys="Ctrl+P"),
                Action("存 PDF", self._save_pdf, keys="Ctrl+Shift+S"),
                Action("存 Excel", self._save_workbook, keys="Ctrl+E"),
            ),
        )

    def _make(self) -> None:
        job, as_of, mask = self._job, self._choices.as_of, self._masked

        def work() -> tuple[FilledWorkbook, Sequence[sheet_page.Page]]:
            if job.shown is None:
                filled = self._exporting.fill(job.form, as_of=as_of, people=job.people, mask=mask)
            else:
                filled = self._exporting.fill_shown(job.shown, as_of=as_of, mask=mask)
            pages = sheet_page.lay_out(filled, measure)
            _ = pages[:_FIRST_SEEN]  # made and remembered here, not on the screen's thread
            return filled, pages

        self._run("正在排版…", work, lambda made: self._show(*made))

    def _show(self, filled: FilledWorkbook, pages: Sequence[sheet_page.Page]) -> None:
        place = max(self._list.currentIndex().row(), 0)
        self._filled, self._pages = filled, pages
        self._list.put(pages, place)
        if not len(pages):
            self._sheet.put(None)
        self._choices.show_count(len(pages))
        form = self._forms.get(self._job.form)
        noun = "人" if form is not None and not form.ledger else "条"
        self.scope.emit(f"{filled.rows} {noun}　共 {len(pages)} 页")
        self._say_fonts(filled)

    def _say_fonts(self, filled: FilledWorkbook) -> None:
        clear(self._said)
        replaced = fonts.replaced(filled)
        if replaced:
            whole = [f"没有 {wanted}，用 {got} 代替。" for wanted, got in replaced]
            whole.append("字形和原表略有不同，内容一样；装上原来的字体就会用回来。")
            self._say_of_fonts(f"{len(replaced)} 种字体用相近的代替", whole, open_=False)

    def _say_of_fonts(self, text: str, whole: Sequence[str], *, open_: bool) -> None:
        """Tell it in a few words, and one by one where that is asked for."""
        clear(self._said)
        turn = Action("收起" if open_ else "详细", partial(self._say_of_fonts, text, whole, open_=not open_))
        made = Notice(self.look, "due", text, whole if open_ else (), actions=(turn,), narrow=open_)
        made.setToolTip(tip("\n".join(whole)))
        self._said.addWidget(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page shown the room it needs."""
        super().resizeEvent(event)
        self._list.fit(slim=self.width() < self.look.px(_SLIM_BELOW))

    def _show_page(self, place: int) -> None:
        if 0 <= place < len(self._pages):
            self._sheet.put(self._pages[place])

    def _save_pdf(self) -> None:
        path = self._ask_file("存 PDF", "pdf", "PDF (*.pdf)")
        filled = self._filled
        if path is not None and filled is not None:
            self._write(path, partial(pdf.write_pdf, filled, path))

    def _save_workbook(self) -> None:
        path = self._ask_file("存 Excel", "xlsx", "Excel 工作簿 (*.xlsx)")
        if path is not None:
            job, as_of, mask = self._job, self._choices.as_of, self._masked
            write = self._exporting.write
            if job.shown is None:
                work = partial(write, job.form, path, as_of=as_of, people=job.people, mask=mask)
            else:
                work = partial(self._exporting.write_shown, path, job.shown, mask=mask)
            self._write(path, work)

    def _ask_file(self, purpose: str, suffix: str, kinds: str) -> Path | None:
        name = f"{self.title} {self._choices.as_of}.{suffix}"
        return self._file_choice.to_save(self, purpose, name, kinds)

    def _write(self, path: Path, work: Callable[[], int]) -> None:
        def stopped() -> None:
            self.said.emit("已取消，没有写文件")

        self._run(f"正在写 {path.name}…", work, partial(self._saved, path), stopped)

    def _saved(self, path: Path, _count: int) -> None:
        self.wrote.emit(f"已存到{with_folder(path)}", path)

    def _print(self) -> None:
        device = self._choices.printer()
        if device is None:
            self.trouble.emit(
                Problem(
                    "没有找到打印机。",
                    "这台电脑还没有装打印机，或没有连上；数据没有动。",
                    "可以先存成 PDF，拿到有打印机的电脑上打印。",
                )
            )
            return
        wanted = self._choices.wanted_pages(len(self._pages))
        if not wanted:
            self.trouble.emit(
                Problem(
                    "没有打印。",
                    f"页码写得不对，这份表一共 {len(self._pages)} 页。",
                    "请写成 1-3,5 这样，或留空打印全部。",
                )
            )
            return
        device.setDocName(f"{self.title} {self._choices.as_of}")
        work = partial(printer.print_pages, self._pages, device, wanted, shift=self._choices.shift)
        name = device.printerName()

        def stopped() -> None:
            self.said.emit("已取消打印；打印机已经收到的几页可能还会出来")

        self._run("正在交给打印机…", work, lambda _: self._printed(name, len(wanted)), stopped)

    def _keep_shift(self, shift: tuple[float, float]) -> None:
        self._file_choice.keep(replace(self._file_choice.preferences, print_shift=shift))

    def _printed(self, name: str, count: int) -> None:
        self.said.emit(f"已把 {count} 页交给打印机“{name}”")

    def _run(
        self,
        text: str,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        stopped: Callable[[], object] | None = None,
    ) -> None:
        self._busy.run(self._background, self, text, work, done, self.trouble.emit, stopped)
