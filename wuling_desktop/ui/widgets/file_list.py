"""A list of files: an icon of the kind, the name, a line of detail; name and note are edited in their places."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QKeyEvent

    from wuling_desktop.services.attachments import Attached
    from wuling_desktop.ui.theme import Look

_MODEL_INDEX = QModelIndex()
_NOTE = Qt.ItemDataRole.UserRole  # beside the name, which is what is edited in the role of that
ROW, _PADDING, _EDGE = 48, 12, 5
_ICONS = {
    "图片": "image",
    "PDF": "file-pdf",
    "表格": "file-xls",
    "文字文档": "file-text",
    "文本": "file-text",
}
_UNITS = ("字节", "KB", "MB")


def size_in_words(size: int) -> str:
    """Return a size as one reads it."""
    number, unit = float(size), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.1f} {_UNITS[unit]}" if unit == 2 and number < 10 else f"{number:.0f} {_UNITS[unit]}"


def detail(file: Attached) -> str:
    """Return what is said about a file under its name."""
    return "　".join(filter(None, (file.kind, size_in_words(file.size), f"{file.added_on} 加入", file.note)))


class FileModel(QAbstractListModel):
    """The files of one row."""

    renamed = Signal(int, str)
    noted = Signal(int, str)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.files: list[Attached] = []

    def put(self, files: Sequence[Attached]) -> None:
        """Show other files."""
        self.beginResetModel()
        self.files = [*files]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # plain indexes only
        """Return the number of files."""
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # the same
        """Return the name, or all of it for a screen reader."""
        file = self.files[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return file.name
        if role == _NOTE:
            return file.note
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(detail(file))  # in its line a long note is cut
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{file.name}，{detail(file)}"
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Tell another name or note; it stands in the list when it has been written."""
        file = self.files[index.row()]
        text = str(value).strip()
        if role == Qt.ItemDataRole.EditRole and text not in ("", file.name):
            self.renamed.emit(file.id, text)
            return True
        if role == _NOTE and text != file.note:
            self.noted.emit(file.id, text)
            return True
        return False

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Let every file be chosen and its name be edited."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class _FileDelegate(QStyledItemDelegate):
    """Paints a file from the tokens; its editor lies over the name or over the detail, where the note stands."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look
        self.role = Qt.ItemDataRole.EditRole  # what is edited

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Return the height of name and detail."""
        return QSize(0, self._look.px(ROW))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QLineEdit:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Return the field for another name or note."""
        editor = QLineEdit(parent)
        editor.setAccessibleName("附件说明" if self.role == _NOTE else "附件名称")
        if self.role == _NOTE:
            editor.setPlaceholderText("写说明，回车存；留空就是去掉")
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Begin with the note, or with the name, all but its ending chosen."""
        if not isinstance(editor, QLineEdit):
            return
        editor.setText(str(index.data(self.role)))
        if self.role != _NOTE:
            name = editor.text()
            # The view selects everything when it gives the focus; this comes after it.
            QTimer.singleShot(0, editor, lambda: editor.setSelection(0, len(PurePath(name).stem)))

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Give what was typed to the model."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), self.role)

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # noqa: ARG002 - the same
        """Lay the field over the name, or over the line below it."""
        inner = self._inner(option.rect)
        height = max(editor.sizeHint().height(), inner.height() // 2)
        top = option.rect.bottom() - height - 1 if self.role == _NOTE else option.rect.top() + 2
        editor.setGeometry(QRect(inner.left() - self._look.px(7), top, inner.width(), height))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        """Paint one file."""
        file: Attached = index.model().files[index.row()]  # type: ignore[attr-defined]  # our own model only
        look, colours, rect = self._look, self._look.colours, option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours.red_bg))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.red))
        side = look.px(SIZES.icon)
        spot = QRectF(rect.left() + look.px(_PADDING), rect.center().y() - side / 2, side, side)
        name = _ICONS.get(file.kind, "paperclip")
        icons.paint(painter, name, spot, colours.red if chosen else colours.text2)
        inner = self._inner(rect)
        height = inner.height() // 2
        for place, (text, font, colour) in enumerate(
            (
                (file.name, look.font(TYPE.table, 500), colours.text),
                (detail(file), look.font(TYPE.caption), colours.text2),
            )
        ):
            line = QRect(inner.left(), inner.top() + place * height, inner.width(), height)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _inner(self, rect: QRect) -> QRect:
        look = self._look
        left = look.px(_PADDING + SIZES.icon + _PADDING)
        return rect.adjusted(left, look.px(_EDGE), -look.px(_PADDING), -look.px(_EDGE))


class FileList(QListView):
    """The files of one row; Enter opens, F2 renames, Shift+F2 writes the note, Delete takes away."""

    opened = Signal()
    removed = Signal()
    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.files = FileModel(self)
        self.setModel(self.files)
        self._delegate = _FileDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("附件列表")
        self.setProperty("bare", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(look.px(ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def put(self, files: Sequence[Attached]) -> None:
        """Show other files; what was chosen stays chosen where it still is there."""
        before = {file.id for file in self.chosen_files()}
        self.files.put(files)
        model = self.selectionModel()
        for row, file in enumerate(files):
            if file.id in before:
                model.select(self.files.index(row), model.SelectionFlag.Select)
                self.setCurrentIndex(self.files.index(row))
        self.chosen.emit()

    def chosen_files(self) -> list[Attached]:
        """Return what is chosen, from the top down."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.files.files[row] for row in rows]

    def rename(self) -> None:
        """Edit the name of what is chosen."""
        self._edit(Qt.ItemDataRole.EditRole)

    def write_note(self) -> None:
        """Edit the note of what is chosen."""
        self._edit(_NOTE)

    def _edit(self, role: Qt.ItemDataRole) -> None:
        if self.currentIndex().isValid():
            self._delegate.role = role
            self.edit(self.currentIndex())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other files are chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of a list of files."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_F2:
            (self.write_note if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.rename)()
        else:
            super().keyPressEvent(event)
