"""导入: a roster in five visible steps; nothing is written before the last button, which says what it will do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget

from wuling_desktop.progress import Progress
from wuling_desktop.services.import_report import rejection
from wuling_desktop.services.importing import PEOPLE
from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.messages import Notice
from wuling_desktop.ui.pages.intake.afterwards import Afterwards
from wuling_desktop.ui.pages.intake.check import CheckStep, Noticed, noticed_in
from wuling_desktop.ui.pages.intake.choose import KINDS_OF_FILE, ChooseStep
from wuling_desktop.ui.pages.intake.compare import CompareStep
from wuling_desktop.ui.pages.intake.done import DoneStep
from wuling_desktop.ui.pages.intake.match import MatchStep
from wuling_desktop.ui.pages.intake.questions import Questions, above
from wuling_desktop.ui.pages.intake.step_line import StepLine
from wuling_desktop.ui.pages.intake.under_way import Told, UnderWay
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, row
from wuling_desktop.ui.widgets.busy import BusyLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.history import History
    from wuling_desktop.services.import_plan import Place, Preview
    from wuling_desktop.services.importing import Imported, Importing
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_STEPS = ("选文件", "对列", "看与改", "对照", "导入")
_CHOOSE, _MATCH, _CHECK, _COMPARE, _DONE = range(5)
_COLUMN_QUESTIONS = frozenset({"header", "column"})


class ImportPage(Page):
    """Leads through the steps; going back keeps everything."""

    title = "导入"

    def __init__(
        self,
        look: Look,
        importing: Importing,
        history: History,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(look)
        self._importing = importing
        self._background, self._file_choice = background, file_choice
        self._preview: Preview | None = None
        self._imported: Imported | None = None
        self._told = Told()
        self._read_with = Told()  # what the preview shown was read with
        self._choose = ChooseStep(look, importing.kinds())
        self._match, self._check, self._compare = MatchStep(look), CheckStep(look), CompareStep(look)
        self._result = DoneStep(look)
        self._after = Afterwards(self, self._result, importing, history, background, file_choice)
        self._questions = {_MATCH: Questions(look), _CHECK: Questions(look)}
        self._busy = BusyLine(look)
        self._lay_out()
        self._connect()
        self._start_again()

    def enter(self, what: Any = None) -> None:
        """Begin with a file, or with a kind; else go on where it was left."""
        if isinstance(what, Path):
            self._take(what)
        elif isinstance(what, UnderWay):
            self._take_up(what)
        elif isinstance(what, str):
            self._start_again()
            self._choose.set_kind(what)
        self._tell_scope()

    @property
    def within(self) -> UnderWay | None:
        """What is under way, to be taken up again."""
        if self._preview is None or not self.under_way:
            return None
        leave, keep = frozenset(self._compare.leave), frozenset(self._compare.keep)
        step = self._stack.currentIndex()
        return UnderWay(self._preview.path, self._choose.kind, step, self._told.copy(), leave, keep)

    @property
    def under_way(self) -> bool:
        """Whether a file was read and not taken in yet."""
        return self._preview is not None and self._imported is None

    def focus(self) -> None:
        """Begin where the step begins."""
        step = self._stack.currentIndex()
        if step == _CHOOSE:
            self._choose.button.setFocus()
        elif step == _DONE and self._result.first is not None:
            self._result.first.setFocus()
        elif step in self._questions and self._questions[step].first is not None:
            self._questions[step].first.setFocus()  # type: ignore[union-attr]  # asked for in the line above
        elif step != _DONE:
            (self._match, self._check, self._compare)[step - 1].focus()

    def reload(self, changes: Changes | None) -> None:
        """Read the file again where the people it is held against have changed; see what became of an import."""
        if changes is not None and self.under_way and changes.operation is not None:
            self._read(fresh=False)
        self._after.look_again()

    def _lay_out(self) -> None:
        look = self.look
        self._steps = StepLine(look, _STEPS)
        self._steps.asked.connect(self._go)
        self._said = column(None, look, gap=8)
        self._stack = QStackedWidget()
        for part in (
            self._choose,
            above(look, self._questions[_MATCH], self._match),
            above(look, self._questions[_CHECK], self._check),
        ):
            self._stack.addWidget(part)
        self._stack.addWidget(self._compare)
        self._stack.addWidget(self._result)
        self._back = Button(
            look, "上一步", lambda: self._go(self._stack.currentIndex() - 1), icon="caret-left"
        )
        self._drop = Button(look, "先不导", self._start_again, kind="quiet")
        self._next = Button(look, "下一步", self._forward, kind="primary")
        foot = frame("foot")
        fill(row(foot, look, 10), (self._back, self._drop, None, self._next))
        self._foot = foot
        inside = column(None, look, gap=12)
        inside.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(12))
        fill(inside, (self._steps, self._said, self._busy))
        inside.addWidget(self._stack, 1)
        outer = column(self, look)
        outer.addLayout(inside, 1)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self._choose.chosen.connect(self._take)
        self._choose.choose_asked.connect(self._ask_file)
        self._choose.kind_changed.connect(self._change_kind)
        self._match.matched.connect(self._rematch)
        self._match.forget_asked.connect(self._forget_columns)
        self._check.corrected.connect(self._correct)
        self._compare.changed.connect(self._show_foot)
        self._compare.look_asked.connect(lambda: self._go(_CHECK))
        for questions in self._questions.values():
            questions.answered.connect(self._answer)
        self._result.again_asked.connect(self._start_again)
        self._result.look_asked.connect(self._look_at)
        actions.bind(self, (Action("选文件", self._ask_file, keys="Ctrl+O"),))

    def _start_again(self) -> None:
        self._preview, self._imported = None, None
        self._after.end()
        self._told = Told()
        self._choose.show_nothing()
        self._say(None)
        self._go(_CHOOSE)
        self._tell_scope()

    def _ask_file(self) -> None:
        path = self._file_choice.to_open(self, "导入", KINDS_OF_FILE)
        if path is not None:
            self._take(path)

    def _take(self, path: Path) -> None:
        self._start_again()
        self._read(path=path, fresh=True)

    def _take_up(self, what: UnderWay) -> None:
        """Go on where it was left: the file is read again, with all that was said about it."""
        self._start_again()
        self._choose.set_kind(what.kind)
        self._told = what.told.copy()
        self._compare.leave, self._compare.keep = set(what.leave), set(what.keep)
        self._read(path=what.path, fresh=False, step=what.step)

    def _change_kind(self, _kind: str) -> None:
        if self._preview is not None:
            path = self._preview.path
            self._start_again()
            self._read(path=path, fresh=True)

    def _rematch(self, column_: str, name: str) -> None:
        self._told.columns[column_] = name
        self._read(fresh=False)

    def _forget_columns(self) -> None:
        """Read the file as one that was never seen, but for what was said of it now."""
        if self._preview is not None:
            forget = partial(self._importing.forget_columns, self._preview)
            self._background.run(self, forget, lambda _: self._read(fresh=False), self.trouble.emit)

    def _answer(self, given: Mapping[str, str]) -> None:
        self._told.answers |= given
        self._read(fresh=False, forward=True)

    def _correct(self, edits: Mapping[tuple[Place, str], str]) -> None:
        self._told.edits |= {
            f"{place.sheet}!{place.row}!{letters}": text for (place, letters), text in edits.items()
        }
        self._read(fresh=False)

    def _read(
        self, *, path: Path | None = None, fresh: bool, forward: bool = False, step: int | None = None
    ) -> None:
        file = path or (self._preview.path if self._preview else None)
        if file is None:
            return
        self._say(None)
        progress = Progress()
        self._busy.start(f"正在读 {file.name}…", progress)
        self._stack.setEnabled(False)
        self._next.setEnabled(False)
        told = self._told.copy()
        about = (self._choose.kind, told.answers, told.columns, told.edits)
        work = partial(self._look_through, file, *about)
        done = partial(self._show, fresh=fresh, forward=forward, step=step)
        self._background.run(self, work, done, self._failed, progress, partial(self._not_read, fresh=fresh))

    def _look_through(self, *about: Any) -> tuple[Preview, Noticed]:
        """Read the file and put together what was noticed; in the worker."""
        preview = self._importing.preview(*about)
        return preview, noticed_in(preview)

    def _not_read(self, *, fresh: bool) -> None:
        """Stay where it was before the reading that was stopped."""
        self._busy.stop()
        self._stack.setEnabled(True)
        if fresh:
            self._start_again()
        else:
            self._told = self._read_with.copy()
            self._show_foot()
            self.focus()
        self.said.emit("已停下，什么都没有导入")

    def _failed(self, problem: Problem) -> None:
        self._busy.stop()
        self._stack.setEnabled(True)
        self._say(problem)
        self._show_foot()

    def _show(self, read: tuple[Preview, Noticed], *, fresh: bool, forward: bool, step: int | None) -> None:
        preview, noticed = read
        self._busy.stop()
        self._stack.setEnabled(True)
        self._preview = preview
        self._read_with = self._told.copy()
        self._choose.show_found(preview)
        self._match.put(preview, self._importing.datums(preview.kind), people=preview.kind == PEOPLE)
        self._check.put(preview, noticed, fresh=fresh)
        self._compare.put(preview, self._importing.datums(preview.kind), fresh=fresh)
        self._compare.tell_doubtful(sum(not each.blocking for each in noticed.groups.values()))
        asked = preview.questions
        self._questions[_MATCH].put([each for each in asked if each.kind in _COLUMN_QUESTIONS])
        self._questions[_CHECK].put([each for each in asked if each.kind not in _COLUMN_QUESTIONS])
        self._tell_scope()
        if preview.outcome == "rejected":
            self._say(rejection(preview))
            self._go(_MATCH if preview.found.tables else _CHOOSE)
        elif step is not None:
            self._go(step)
        elif fresh or forward:
            self._go(self._first_to_look_at(preview))
        else:
            self._show_foot()
            if self.isVisible():  # the keyboard was taken away while the file was read
                self._check.focus_cells() if self._stack.currentIndex() == _CHECK else self.focus()

    def _first_to_look_at(self, preview: Preview) -> int:
        kinds = {each.kind for each in preview.questions}
        if kinds & _COLUMN_QUESTIONS or any(each.differs for each in preview.recalled):
            return _MATCH
        if kinds or any(problem.blocking for problem in preview.problems):
            return _CHECK
        return _COMPARE

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._show_foot()
        if self.isVisible():
            self.focus()

    def _show_foot(self) -> None:
        step, preview = self._stack.currentIndex(), self._preview
        ready = preview is not None and preview.outcome in ("imported", "partial")
        self._steps.stand(step, self._reachable)
        self._foot.setVisible(step != _DONE and preview is not None)
        self._back.setVisible(step > _CHOOSE)
        if step < _COMPARE:
            self._next.say("下一步")
            self._next.setEnabled(preview is not None and bool(preview.found.tables))
            self._next.setToolTip("")
            return
        unit = "人" if preview is not None and preview.kind == PEOPLE else "条"
        parts = self._compare.counts().said(unit)
        self._next.say("导入：" + "，".join(parts) if parts else "没有要导入的")
        self._next.setEnabled(ready and bool(parts))
        asks = preview is not None and preview.outcome == "asks"
        self._next.setToolTip("还有问题没回答，在“看与改”或“对列”里" if asks else "")

    def _reachable(self, step: int) -> bool:
        if step == _DONE or self._imported is not None:
            return step == self._stack.currentIndex()
        return step == _CHOOSE or (self._preview is not None and bool(self._preview.found.tables))

    def _forward(self) -> None:
        step = self._stack.currentIndex()
        if step < _COMPARE:
            self._go(step + 1)
        else:
            self._commit()

    def _commit(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._say(None)
        progress = Progress()
        self._busy.start("正在写入…", progress)
        self._stack.setEnabled(False)
        self._foot.setEnabled(False)
        work = partial(
            self._importing.commit,
            preview,
            leave=frozenset(self._compare.leave),
            keep=frozenset(self._compare.keep),
        )
        self._background.run(self, work, self._committed, self._not_committed, progress, self._not_written)

    def _not_written(self) -> None:
        """Stand before the last button again: what was begun has been undone with its transaction."""
        self._busy.stop()
        self._stack.setEnabled(True)
        self._foot.setEnabled(True)
        self.focus()
        self.said.emit("已停下，什么都没有导入")

    def _not_committed(self, problem: Problem) -> None:
        self._foot.setEnabled(True)
        self._failed(problem)

    def _committed(self, done: Imported) -> None:
        self._busy.stop()
        self._stack.setEnabled(True)
        self._foot.setEnabled(True)
        self._imported = done
        self._after.begin(done)
        self.changed.emit(done.changes)
        self._go(_DONE)
        self._tell_scope()

    def _look_at(self) -> None:
        self.wanted.emit(self._after.list_page, None)
        self._start_again()

    def _say(self, problem: Problem | None) -> None:
        clear(self._said)
        if problem is not None:
            again = Action("换一个文件…", self._ask_file)
            self._said.addWidget(
                Notice(self.look, "over", problem.what, (problem.why, problem.todo), actions=(again,))
            )

    def _tell_scope(self) -> None:
        self.scope.emit(self._preview.file_name if self._preview else "先看差异，再导入")
