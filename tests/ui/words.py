"""Every word on the screen, and which of them may not stand there: English, codes, what the house does not say."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHeaderView, QTableView, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Key names, and formats and programs that have no other name.
_KEYS = (
    "Ctrl",
    "Alt",
    "Shift",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Delete",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "PgDown",
)
_PROGRAMS = ("WPS", "Excel", "Word", "UTF-8", "GBK", "MIT")
_FORMATS = (
    "pdf",
    "json",
    "xml",
    "xlsx",
    "xlsm",
    "xls",
    "xlsb",
    "et",
    "wps",
    "csv",
    "htm",
    "html",
    "ods",
    "doc",
    "docx",
    "ofd",
    "txt",
)
_PICTURES = ("png", "jpg", "jpeg", "bmp", "gif", "webp")
_OWN = ("KB", "MB", "GB", "wlbak", "wuling.db", "wuling.keys", "server.toml")
ALLOWED = frozenset(each.casefold() for each in (*_KEYS, *_PROGRAMS, *_FORMATS, *_PICTURES, *_OWN))
# What is said in other words here.
BANNED = re.compile(
    "非法|异常|失败|参数错误|操作成功|是否确定|请联系管理员|违规|已说明|补考察|补记录|去补|迎检|党员档案|回收站|关账|缓交"
    "|等上级|待上级(?!批复)|办什么|欠 ?\\d+ ?月|缴纳证明|会议与纪要|五领推进|五领党建|^接着做$|拟会议|科员|师徒合同|转化率|漏斗"
)
_PLAIN = (
    (
        re.compile(r"(?:(?:Ctrl|Alt|Shift)\s?\+\s?)+(?:[A-Z](?![A-Za-z])|F\d\d?|PgUp|PgDn|[^\sA-Za-z])"),
        " ",
    ),  # keys together
    (re.compile(r"(?<![A-Za-z\d])(?:F\d\d?|[AB][345]|U 盘|[CDE] 盘)(?![A-Za-z\d])"), " "),
    (re.compile(r"(?<![A-Za-z\d])[\d*●•]{5,}X(?![A-Za-z\d])|末位可为 X"), " "),  # an identity number
    (re.compile(r"(?<![A-Za-z\d])(?:[A-Z\d]{4,6}-\n?){3,}[A-Z\d]{1,6}(?![A-Za-z\d])"), " "),  # a recovery key
    (re.compile(r"(?<!\w)\*?\.(?=[a-z])"), " "),  # the dot of an ending
    (re.compile(r"\(&?[A-Z]\)"), " "),  # the key of a button in Qt's own dialogs
)
_WORD = re.compile(r"[A-Za-z][\w.\-]*", re.ASCII)
_CODE = re.compile(r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|�|\{[^}\n]*\}|%[1-9sd]|</?\w+>")
_HAN = re.compile(r"[一-鿿]")
_TEXTS = (
    "accessibleName",
    "accessibleDescription",
    "windowTitle",
    "toolTip",
    "statusTip",
    "whatsThis",
    "text",
    "title",
    "placeholderText",
    "prefix",
    "suffix",
    "specialValueText",
    "currentText",
    "iconText",
    "toPlainText",
)
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_ROOT = QModelIndex()
_IN_THE_ORIGINAL = (
    "用到的软件",
    "许可全文",
)  # names of other people's works, and the words of their licences


def faults(text: str, own: Iterable[str] = ()) -> list[str]:
    """Return what may not stand in a text; `own` are names of the user's own, such as a folder's."""
    banned = BANNED.findall(text)
    for name in sorted(own, key=len, reverse=True):
        text = text.replace(name, " ")
    codes = _CODE.findall(text)
    for pattern, instead in _PLAIN:
        text = pattern.sub(instead, text)
    return [
        *banned,
        *codes,
        *(word for word in _WORD.findall(text) if word.rstrip(".-").casefold() not in ALLOWED),
    ]


class Reader:
    """Reads whatever is shown and remembers where each text stood first."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def read(self, widget: QWidget, where: str) -> None:
        """Read a widget and all it is made of, in view or not: a text that waits will be seen one day."""
        for each in (widget, *widget.findChildren(QWidget)):
            for text in _said_by(each):
                self.texts.setdefault(text, f"{where} › {type(each).__name__}")

    def note(self, text: str, where: str) -> None:
        """Remember a text told in another way."""
        self.texts.setdefault(text, where)

    def faults(self, own: Iterable[str] = ()) -> list[str]:
        """Return what may not stand there, each with its text and place."""
        own = tuple(own)
        return [
            f"{', '.join(found)} in “{text}” ({where})"
            for text, where in self.texts.items()
            if (found := faults(text, own))
        ]


def _said_by(widget: QWidget) -> Iterator[str]:
    if widget.accessibleName() in _IN_THE_ORIGINAL:
        return
    for name in _TEXTS:
        said = getattr(widget, name, None)
        if callable(said) and isinstance(text := said(), str) and text:
            yield text
    told = QAccessible.queryAccessibleInterface(widget)
    if told is not None:
        parts = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help)
        yield from filter(None, map(told.text, parts))
    yield from filter(None, (text for action in widget.actions() for text in _said_by_action(action)))
    is_table = isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView)
    if is_table and widget.model() is not None and not _lists_files(widget):
        yield from _said_by_model(widget.model(), rows=isinstance(widget, QTableView))
    tabs = getattr(widget, "tabText", None)
    if tabs is not None:
        yield from map(tabs, range(widget.count()))  # type: ignore[attr-defined]  # what has tabs counts them


def _said_by_action(action: QAction) -> tuple[str, ...]:
    keys = (key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
    return (action.text(), action.toolTip(), action.statusTip(), *keys)


def _said_by_model(model: QAbstractItemModel, *, rows: bool) -> Iterator[str]:
    down = model.rowCount(_ROOT)
    across = 1 if isinstance(model, QAbstractListModel) else model.columnCount(_ROOT)
    places = [model.index(row, column) for row in range(down) for column in range(across)]
    for index in places:
        yield from (str(said) for role in _ROLES if (said := model.data(index, role)) not in (None, ""))
    sides = [(Qt.Orientation.Horizontal, across)]
    if rows:
        sides.append((Qt.Orientation.Vertical, down))
    for side, count in sides:
        for section in range(count):
            told = (model.headerData(section, side, role) for role in _ROLES)
            yield from (str(said) for said in told if said not in (None, ""))


def _lists_files(view: QAbstractItemView) -> bool:
    """Whether a view shows the user's own folders, in a file dialog."""
    parent: QWidget | None = view
    while parent is not None and not isinstance(parent, QFileDialog):
        parent = parent.parentWidget()
    return parent is not None


def said_in_problems(text: str) -> Iterator[tuple[int, str]]:
    """Return the Chinese texts a module makes its problems of, with their lines."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
            inside = (each for argument in node.args for each in ast.walk(argument))
            for each in inside:
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and _HAN.search(each.value):
                    yield each.lineno, each.value


def said_in_source(text: str) -> Iterator[tuple[int, str]]:
    """Return the Chinese texts of a module with their lines; what its docstrings say is for developers."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(each.value) for each in first if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        told = isinstance(node, ast.Constant) and id(node) not in docstrings
        if told and isinstance(node.value, str) and _HAN.search(node.value):
            yield node.lineno, node.value
