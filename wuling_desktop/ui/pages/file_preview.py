"""What an attached file looks like: a picture, or a PDF page by page; of others a word that it cannot be seen here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from wuling_desktop.exchange import pdf_pages
from wuling_desktop.paint import photographs
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, frame, label, row

if TYPE_CHECKING:
    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.attachments import Attached, Attachments
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_HEIGHT = 220  # of the design
_GAP = 8


class FilePreview(QWidget):
    """Shows one file, in the room that is left below the list."""

    def __init__(self, look: Look, attachments: Attachments, background: Background) -> None:
        super().__init__()
        self._look, self._attachments, self._background = look, attachments, background
        self._file: Attached | None = None
        self._picture: QImage | None = None
        self._page = self._pages = 0
        self._seen = QLabel()
        self._seen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._unseen = label(look, "", TYPE.table, tone="muted", wrap=True)
        self._place = label(look, "", TYPE.caption, tone="muted")
        self._before = Button(look, "上一页", partial(self._turn, -1), icon="caret-left", kind="icon")
        self._after = Button(look, "下一页", partial(self._turn, 1), icon="caret-right", kind="icon")
        self._turning = QWidget()
        fill(row(self._turning, look), (None, self._before, self._place, self._after, None))
        inside = frame("foot")
        fill(column(inside, look, _GAP), (self._seen, self._turning, self._unseen))
        column(self, look).addWidget(inside)

    @property
    def file(self) -> int:
        """The attachment shown, 0 where there is none."""
        return self._file.id if self._file is not None else 0

    def show_nothing(self) -> None:
        """Show no file."""
        self._file = self._picture = None

    def put(self, file: Attached) -> None:
        """Show a file from its beginning."""
        self._file, self._picture, self._page, self._pages = file, None, 0, 0
        visible = file.is_picture or file.is_pdf
        self._seen.clear()
        self._seen.setVisible(visible)
        self._seen.setAccessibleName(f"{'PDF' if file.is_pdf else '图片'} {file.name}")
        self._turning.hide()
        self._unseen.setVisible(not visible)
        self._unseen.setText(f"{file.kind} 在这里看不了，点“打开”用别的程序看。")
        if visible:
            self._look_into(file)

    def fit(self, height: int) -> None:
        """Take the room there is now."""
        height -= self._turning.sizeHint().height() if self._pages > 1 else 0
        self._seen.setFixedHeight(max(min(self._look.px(_HEIGHT), height), 1))
        self._draw()

    def _look_into(self, file: Attached) -> None:
        room = QSize(max(self.width(), 1), self._look.px(_HEIGHT)) * self.devicePixelRatioF()
        attachments, page = self._attachments, self._page

        def work() -> tuple[int, QImage | None, int, int]:
            content = attachments.content(file.id)
            if not file.is_pdf:
                return file.id, photographs.looked_at(content, room), 0, 0
            # Twice as many dots: a page is mostly white, and a small window may grow.
            drawn = pdf_pages.page_of(content, page, room.width() * 2, room.height() * 2)
            if drawn is None:
                return file.id, None, 0, 0
            return (
                file.id,
                photographs.of_dots(drawn.dots, drawn.width, drawn.height),
                drawn.number,
                drawn.pages,
            )

        self._background.run(self, work, lambda found: self._show(*found), self._not_shown)

    def _show(self, id_: int, picture: QImage | None, page: int, pages: int) -> None:
        if id_ != self.file:
            return
        if picture is None:
            self._say("这个文件在这里看不了，点“打开”用别的程序看。")
            return
        self._picture, self._page, self._pages = picture, page, pages
        self._turning.setVisible(pages > 1)
        self._place.setText(f"第 {page + 1} 页，共 {pages} 页")
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page + 1 < pages)
        self._draw()

    def _turn(self, step: int) -> None:
        if self._file is not None:
            self._page += step
            self._look_into(self._file)

    def _draw(self) -> None:
        """Show the picture in the room there is now."""
        if self._picture is None:
            return
        ratio, picture = self.devicePixelRatioF(), self._picture
        room = QSize(max(self.width(), 1), self._seen.height()) * ratio
        if picture.width() > room.width() or picture.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        seen = QPixmap.fromImage(picture)
        seen.setDevicePixelRatio(ratio)
        self._seen.setPixmap(seen)

    def _not_shown(self, problem: Problem) -> None:
        self._say(f"{problem.what}{problem.todo}")

    def _say(self, text: str) -> None:
        self._seen.hide()
        self._turning.hide()
        self._unseen.setText(text)
        self._unseen.show()
