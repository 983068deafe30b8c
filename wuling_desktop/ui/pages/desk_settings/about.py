"""关于: version, where the data lie, what must not be kept here, and the licences of what the program stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit

from wuling_desktop.services import about
from wuling_desktop.ui.entrance.door import PROGRAM, SECRETS
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.about import Library
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_COLUMNS = (Column("用到的软件", 14), Column("版本", 8), Column("许可", 0))
_FONTS = "字体用这台电脑自己的，程序不带字体；缺公文字体时预览里会说用什么代替。"


class AboutSection(Section):
    """What the program is, and whose work is in it."""

    title = "关于"

    def __init__(self, look: Look, folder: Path, background: Background) -> None:
        super().__init__(look)
        self._background = background
        self._libraries: dict[str, Library] = {}
        inside = self.card(f"{PROGRAM}　{about.VERSION}", SECRETS)
        where = label(look, f"数据在：{folder}", TYPE.table, wrap=True)
        self._open = Button(
            look,
            "打开文件夹",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            icon="folder-open",
        )
        line = row(None, look)
        fill(line, (self._open, None))
        note = "里面的文件是加密的，不要改名、挪动或单独拷走；要带走一份，用“存到 U 盘”。"
        fill(inside, (where, label(look, note, TYPE.caption, tone="muted", wrap=True), line))
        listed = self.card("许可", f"程序自己用 MIT 许可，可以自由使用、修改和转发。{_FONTS}")
        self._table = TextTable(look, "用到的软件", _COLUMNS)
        self._table.setMinimumHeight(look.px(200))
        self._table.chosen.connect(self._show_text)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("许可全文")
        self._text.setPlaceholderText("在上面选一个，这里是它的许可全文（原文）。")
        self._text.setMinimumHeight(look.px(160))
        listed.addWidget(self._table, 2)
        listed.addWidget(self._text, 1)

    def enter(self) -> None:
        """Read the list once."""
        if not self._libraries:
            self._background.run(self, about.libraries, self._show, self.trouble.emit)

    def focus(self) -> None:
        """Begin with the folder."""
        self._open.setFocus()

    def _show(self, found: list[Library]) -> None:
        self._libraries = {each.name: each for each in found}
        self._table.put([TextRow(each.name, (each.name, each.version, each.licence)) for each in found])

    def _show_text(self) -> None:
        chosen = self._libraries.get(str(self._table.chosen_key() or ""))
        if chosen is not None:
            self._text.setPlainText(chosen.text or f"许可：{chosen.licence}")
