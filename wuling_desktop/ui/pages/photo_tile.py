"""The tile at the head of a person: the 一寸照片, else the surname; a picture is chosen or dropped here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractButton

from wuling_desktop.paint import photographs
from wuling_desktop.ui.actions import Action, menu
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.drop import one_file_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPaintEvent

    from wuling_desktop.services.attachments import Attachments
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_WIDTH, _HEIGHT, _ROUND = 50, 70, 6  # the shape of a 一寸照片
_PICTURES = "图片 (*.jpg *.jpeg *.png *.bmp *.webp *.gif)"


class PhotoTile(QAbstractButton):
    """Shows one person's photo and takes another."""

    changed = Signal(object)  # Changes
    trouble = Signal(object)  # Problem
    shown = Signal(bool)  # whether there is one

    def __init__(
        self, look: Look, attachments: Attachments, background: Background, file_choice: FileChoice
    ) -> None:
        super().__init__()
        self._look, self._attachments = look, attachments
        self._background, self._file_choice = background, file_choice
        self._person = 0
        self._surname = ""
        self._photo: QImage | None = None
        self._hot = False
        self._choose = Action("选照片…", self.ask, "upload-simple", hint="选一张照片，或把图片拖到这里")
        self.setFixedSize(look.px(_WIDTH), look.px(_HEIGHT))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._pressed)

    @property
    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return self._photo is not None

    def put(self, person: int, name: str) -> None:
        """Show another person, or the same one anew."""
        if person != self._person:
            self._photo = None
        self._person, self._surname = person, name[:1]
        self._tell()
        self._background.run(self, partial(self._looked_up, person), self._show, self.trouble.emit)

    def ask(self) -> None:
        """Ask for a picture."""
        path = self._file_choice.to_open(self, "选照片", _PICTURES)
        if path is not None:
            self._take(path)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the photo or the surname."""
        look, colours = self._look, self._look.colours
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), look.px(_ROUND), look.px(_ROUND))
        painter.setClipPath(ground)
        if self._photo is not None:
            painter.drawImage(self.rect(), self._photo)
        else:
            painter.fillRect(self.rect(), QColor(colours.red_bg))
            painter.setFont(look.font(22, 600))
            painter.setPen(QColor(colours.red))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._surname)
        if self._hot:
            painter.fillRect(self.rect(), QColor(colours.blue_bg))
            painter.setFont(look.font(TYPE.caption))
            painter.setPen(QColor(colours.blue))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "放开\n换照片")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as well as the space bar, and Delete for taking the photo off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete and self.has_photo:
            self._take_off()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done."""
        self._offer(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a picture may be let go here."""
        if _dropped(event) is not None:
            event.acceptProposedAction()
            self._warm(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Calm down."""
        self._warm(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the picture."""
        self._warm(on=False)
        given = _dropped(event)
        if given is not None:
            event.acceptProposedAction()
            self._take(given)

    def _pressed(self) -> None:
        if self.has_photo:
            self._offer(self.mapToGlobal(QPoint(0, self.height())))
        else:
            self.ask()

    def _offer(self, at: QPoint) -> None:
        if not self.has_photo:
            menu(self, [self._choose]).popup(at)
            return
        taken_off = Action("撤销照片", self._take_off, hint="照片可以用“撤销”找回来")
        menu(self, [Action("换照片…", self.ask, "upload-simple"), taken_off]).popup(at)

    def _take(self, given: Path | QImage) -> None:
        person = self._person

        def work() -> Changes:
            content = photographs.jpeg(given) if isinstance(given, QImage) else self._attachments.read(given)
            return self._attachments.set_photo(person, photographs.one_inch(content))

        self._do(work)

    def _take_off(self) -> None:
        self._do(partial(self._attachments.remove_photo, self._person))

    def _do(self, work: Callable[[], Changes]) -> None:
        self._background.run(self, work, self._done, self.trouble.emit)

    def _done(self, changes: Changes) -> None:
        self.put(self._person, self._surname)
        self.changed.emit(changes)

    def _looked_up(self, person: int) -> tuple[int, QImage | None]:
        content = self._attachments.photo(person)
        ratio = 2  # sharp on a dense screen too
        room = QSize(self._look.px(_WIDTH) * ratio, self._look.px(_HEIGHT) * ratio)
        return person, photographs.looked_at(content, room) if content else None

    def _show(self, found: tuple[int, QImage | None]) -> None:
        person, photo = found
        if person == self._person:
            self._photo = photo
            self._tell()
            self.shown.emit(self.has_photo)

    def _tell(self) -> None:
        what = "一寸照片，按下可更换或撤销" if self.has_photo else "没有一寸照片，按下选一张"
        self.setAccessibleName(what)
        tip = (
            "点一下更换或撤销，也可把图片拖到这里"
            if self.has_photo
            else "点一下选一寸照片，也可把图片拖到这里"
        )
        self.setToolTip(tip)
        self.update()

    def _warm(self, *, on: bool) -> None:
        self._hot = on
        self.update()


def _dropped(event: QDropEvent) -> Path | QImage | None:
    """Return the one picture of a drop: a file, or what another program lets go."""
    path = one_file_of(event.mimeData())
    if path is not None:
        return path
    if event.mimeData().hasImage():
        image = QImage(event.mimeData().imageData())
        return None if image.isNull() else image
    return None
