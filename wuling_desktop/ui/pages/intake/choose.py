"""Step 1 of an import: which file, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QScrollArea, QWidget

from wuling_desktop.ui.entrance.door import SECRETS
from wuling_desktop.ui.pages.intake.match import is_numbering
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row
from wuling_desktop.ui.widgets.drop import DropFrame
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.services.import_plan import Preview
    from wuling_desktop.ui.theme import Look

KINDS_OF_FILE = "花名册 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.htm *.html *.xml);;所有文件 (*)"


class _DropField(DropFrame):
    """Where a file is dropped."""

    def __init__(self, look: Look, choose: Button) -> None:
        super().__init__(single=True)
        words = label(look, "把 Excel 文件拖到这里", TYPE.card_title, 600)
        hint = label(
            look,
            "xlsx、xls、ods、csv 和系统导出的网页都可以，表头和标题行不用改。先看差异，点“导入”之前什么都不写入。",
            TYPE.table,
            tone="muted",
        )
        for each in (words, hint):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        line = row(None, look)
        fill(line, (None, choose, None))
        fill(column(self, look, 28, 12), (words, hint, line))


class ChooseStep(QWidget):
    """The choice of the file and of what it lists."""

    chosen = Signal(object)  # the path
    choose_asked = Signal()
    kind_changed = Signal(str)

    def __init__(self, look: Look, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self.button = Button(look, "选文件…", self.choose_asked.emit, icon="folder-open", kind="primary")
        field = _DropField(look, self.button)
        field.dropped.connect(lambda paths: self.chosen.emit(paths[0]))
        self._kinds = OneOf(self)
        line = row(None, look, gap=16)
        line.addWidget(label(look, "这份文件是", TYPE.table))
        for number, (name, title) in enumerate(kinds):
            choice = QRadioButton(title)
            choice.setAccessibleName(f"这份文件是{title}")
            choice.setProperty("value", name)
            self._kinds.add(choice, number)
            line.addWidget(choice)
        line.addStretch(1)
        self._kinds.buttons()[0].setChecked(True)
        self._kinds.buttonClicked.connect(lambda: self.kind_changed.emit(self.kind))
        self._found = column(None, look, gap=8)
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        secrets = label(look, SECRETS, TYPE.table, tone="muted", wrap=True)
        fill(column(inside, look, gap=14), (line, field, secrets, self._found, None))
        scroll = QScrollArea()  # large letters on a low screen
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        column(self, look).addWidget(scroll)

    @property
    def kind(self) -> str:
        """What the file lists: the name of a kind of import."""
        return str(self._kinds.checkedButton().property("value"))

    def set_kind(self, kind: str) -> None:
        """Choose what the file lists."""
        for button in self._kinds.buttons():
            if button.property("value") == kind:
                button.setChecked(True)

    def show_nothing(self) -> None:
        """Forget the last file."""
        clear(self._found)

    def show_found(self, preview: Preview) -> None:
        """Tell what was found in the file."""
        clear(self._found)
        look = self._look
        card = frame("card")
        inside = column(card, look, 16, 6)
        inside.addWidget(label(look, preview.path.name, TYPE.card_title, 600))
        for table in preview.found.tables:
            heads = "、".join(str(number) for number in table.header_rows)
            told = sum(column_.datum is not None for column_ in table.columns)
            columns = f"{sum(not is_numbering(each) for each in table.columns)} 列里认出 {told} 列"
            text = f"工作表“{table.sheet}”：表头在第 {heads} 行，{len(table.rows)} 行数据，{columns}。"
            inside.addWidget(label(look, text, TYPE.table, wrap=True))
        if preview.found.skipped:
            text = f"略过 {len(preview.found.skipped)} 行（标题、说明、小计、签字等），在“看与改”里逐行列出。"
            inside.addWidget(label(look, text, TYPE.table, tone="muted", wrap=True))
        self._found.addWidget(card)
