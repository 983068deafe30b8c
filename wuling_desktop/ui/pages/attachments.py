"""附件 of one row of any ledger: files are dropped here, looked at, opened, saved elsewhere, renamed, noted, taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from wuling_desktop.domain.problems import Problem
from wuling_desktop.paint import photographs
from wuling_desktop.ui.actions import Action, button, menu, shortcut, tell
from wuling_desktop.ui.pages.file_preview import FilePreview
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import column, fill, label, row
from wuling_desktop.ui.widgets.drop import DropFrame, files_of
from wuling_desktop.ui.widgets.file_list import ROW, FileList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.services.attachments import Attached, Attachments
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_KINDS = (
    "图片、PDF 和办公文件 (*.jpg *.jpeg *.png *.pdf *.doc *.docx *.wps *.xls *.xlsx *.et *.ofd);;所有文件 (*)"
)
_LEAST_PREVIEW = 72  # height of the design
_EDGE, _GAP = 12, 8
_EMPTY = "还没有附件。把文件拖到这里，或点“选文件…”。"
_LIMITS = "每个最多 50 MB，加密存放，随备份走。不放涉密文件、工作秘密和政审材料。"
_PASTED = "粘贴的图片.jpg"


class AttachmentList(DropFrame):
    """The files of one row, with what can be done with them."""

    changed = Signal(object)  # Changes
    trouble = Signal(object)  # Problem
    wrote = Signal(str, object)  # one event worth a toast, and the path of the file that was written

    def __init__(
        self, look: Look, attachments: Attachments, background: Background, file_choice: FileChoice
    ) -> None:
        super().__init__()
        self._look, self._attachments = look, attachments
        self._background, self._file_choice = background, file_choice
        self._owner = ("", 0)
        self.files = FileList(look)
        self._preview = FilePreview(look, attachments, background)
        self._add = Action("选文件…", self._ask, "plus", hint="选一个或几个文件，也可拖进来或按 Ctrl+V 粘贴")
        self._open = Action(
            "打开", self._open_chosen, "eye", "Return", "用别的程序打开一份副本，改了不会存回来"
        )
        self._save = Action(
            "另存…", self._save_chosen, "download-simple", hint="存一份到自己的文件夹，没有加密"
        )
        self._rename = Action("改名", self.files.rename, "pencil-simple", "F2")
        self._note = Action(
            "写说明", self.files.write_note, "notebook", "Shift+F2", "在文件名下面写一句说明，按它也能找到"
        )
        self._remove = Action(
            "撤销", self._remove_chosen, "arrow-u-up-left", "Del", "撤下选中的附件，60 天内可以找回"
        )
        self._build()
        self._connect()

    def put(self, record: str, id_: int) -> None:
        """Show the files of another row, or of the same one anew."""
        if (record, id_) != self._owner:
            self._owner = (record, id_)
            self.files.put([])
        self._background.run(self, partial(self._looked_up, record, id_), self._show, self.trouble.emit)

    @property
    def _ways(self) -> tuple[Action, ...]:
        """What can be done with one file."""
        return self._open, self._save, self._rename, self._note

    @property
    def count(self) -> int:
        """How many files are shown."""
        return self.files.files.rowCount()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much below the list as there is room for: the list comes first."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        look = self._look
        bar = row(None, look)
        self._on_one = [button(look, each) for each in self._ways]
        self._on_some = button(look, self._remove)
        fill(bar, (button(look, self._add), *self._on_one, self._on_some, None))
        self._empty = label(look, _EMPTY, TYPE.table, tone="muted", wrap=True)
        self._limits = label(look, _LIMITS, TYPE.caption, tone="hint", wrap=True)
        room = column(self, look, _EDGE, _GAP)
        fill(room, (bar, self._empty))
        room.addWidget(self.files, 1)
        self._spare = QWidget()
        fill(room, (self._preview, self._limits))
        room.addWidget(self._spare, 1)
        # What is below the list gives way to it, so it must not hold the window open.
        self.setMinimumHeight(look.px(2 * _EDGE + SIZES.control + _GAP + ROW))
        self._say_chosen()

    def _connect(self) -> None:
        files = self.files
        self.dropped.connect(self._take)
        files.opened.connect(self._open_chosen)
        files.removed.connect(self._remove_chosen)
        files.chosen.connect(self._say_chosen)
        files.files.renamed.connect(self._write_name)
        files.files.noted.connect(self._write_note)
        files.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        files.customContextMenuRequested.connect(self._offer)
        shortcut(self, "Ctrl+V", self._paste, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        tell(self, (("粘贴附件", "Ctrl+V"), ("给附件写说明", "Shift+F2")))

    def _looked_up(self, record: str, id_: int) -> tuple[tuple[str, int], list[Attached]]:
        return (record, id_), self._attachments.of(record, id_)

    def _show(self, found: tuple[tuple[str, int], list[Attached]]) -> None:
        owner, files = found
        if owner == self._owner:
            self.files.put(files)

    def _say_chosen(self) -> None:
        """Offer what fits what is chosen, and show it where it can be shown."""
        chosen = self.files.chosen_files()
        for each in self._on_one:
            each.setEnabled(len(chosen) == 1)
        self._on_some.setEnabled(bool(chosen))
        self._empty.setVisible(not self.count)
        self.files.setVisible(bool(self.count))
        self._spare.setVisible(not self.count)
        one = chosen[0] if len(chosen) == 1 else None
        if one is None:
            self._preview.show_nothing()
        elif one.id != self._preview.file:
            self._preview.put(one)
        self._fit()

    def _fit(self) -> None:
        px = self._look.px
        list_ = px(ROW) * min(max(self.count, 1), 2)
        room = self.height() - 2 * px(_EDGE) - self._on_some.sizeHint().height() - px(_GAP) - list_
        limits = self._limits.heightForWidth(max(self.width() - 2 * px(_EDGE), 1)) + px(_GAP)
        self._limits.setVisible(room >= limits)
        room -= limits + 3 * px(_GAP)
        self._preview.setVisible(bool(self._preview.file) and room >= px(_LEAST_PREVIEW))
        self._preview.fit(room)

    def _offer(self, at: QPoint) -> None:
        chosen = len(self.files.chosen_files())
        one = (*self._ways, None) if chosen == 1 else ()
        some = (self._remove, None) if chosen else ()
        menu(self, (*one, *some, self._add)).popup(self.files.viewport().mapToGlobal(at))

    def _ask(self) -> None:
        self._take(self._file_choice.to_open_several(self, "选附件", _KINDS))

    def _paste(self) -> None:
        content = QGuiApplication.clipboard().mimeData()
        paths = files_of(content)
        if paths:
            self._take(paths)
        elif content.hasImage():
            image = QImage(content.imageData())
            owner = self._owner
            self._do(lambda: self._attachments.add_content(*owner, _PASTED, photographs.jpeg(image)))

    def _take(self, paths: list[Path]) -> None:
        if paths:
            self._do(partial(self._attachments.add, *self._owner, paths))

    def _write_name(self, id_: int, name: str) -> None:
        self._do(partial(self._attachments.rename, id_, name))

    def _write_note(self, id_: int, note: str) -> None:
        self._do(partial(self._attachments.write_note, id_, note))

    def _remove_chosen(self) -> None:
        ids = [file.id for file in self.files.chosen_files()]
        if ids:
            self._do(partial(self._attachments.remove, ids))

    def _do(self, work: Callable[[], Changes]) -> None:
        self._background.run(self, work, self._done, self.trouble.emit)

    def _done(self, changes: Changes) -> None:
        self.put(*self._owner)
        self.changed.emit(changes)

    def _open_chosen(self) -> None:
        chosen = self.files.chosen_files()
        if len(chosen) == 1:
            work = partial(self._attachments.opened, chosen[0].id)
            self._background.run(self, work, self._hand_over, self.trouble.emit)

    def _hand_over(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.trouble.emit(
                Problem(
                    f"没有打开 {path.name}。",
                    "这台电脑上没有找到能打开它的程序；附件没有动。",
                    "请用“另存…”存一份，换一台电脑打开，或先装上 WPS。",
                )
            )

    def _save_chosen(self) -> None:
        chosen = self.files.chosen_files()
        if len(chosen) != 1:
            return
        path = self._file_choice.to_save(self, "另存附件", chosen[0].name, "所有文件 (*)")
        if path is not None:
            work = partial(self._attachments.export, chosen[0].id, path)
            self._background.run(self, work, partial(self._saved, path), self.trouble.emit)

    def _saved(self, path: Path, _nothing: None) -> None:
        self.wrote.emit(f"已另存为 {path.name}，这一份没有加密", path)
