"""Pages on the screen: one drawn large, all of them small in a list; always black on white, as on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QScrollArea, QStyle, QStyledItemDelegate, QWidget

from wuling_desktop.paint import painter as pen
from wuling_desktop.ui.tokens import LIGHT, TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from wuling_desktop.exchange.pages.page_commands import Page
    from wuling_desktop.ui.theme import Look

_MODEL_INDEX = QModelIndex()
_LIST, _SLIM_LIST = 150, 86
_BESIDE_THUMB = 54  # of the width of the list
FIT_WIDTH, FIT_PAGE = 0.0, -1.0  # zooms that follow the room there is
_SCREEN_DPI, _MM = 96, 25.4


def picture(page: Page, width: int, ratio: float) -> QPixmap:
    """Return a page so many logical pixels wide."""
    dots = width * ratio / page.width
    image = QImage(round(page.width * dots), round(page.height * dots), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    pen.draw(painter, page, dots)
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


class Sheet(QWidget):
    """One page."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = QPixmap()
        self.setAccessibleName("这一页")

    def put(self, page: Page | None, width: int) -> None:
        """Show a page so many pixels wide."""
        self._picture = QPixmap() if page is None else picture(page, width, self.devicePixelRatioF())
        self.setFixedSize(self._picture.deviceIndependentSize().toSize() + QSize(2, 2))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it with a thin edge."""
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.drawPixmap(1, 1, self._picture)
        painter.setPen(QPen(QColor(self._look.colours.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class SheetView(QScrollArea):
    """The page in the middle, with its zoom; page keys turn pages."""

    turned = Signal(int)  # by how many pages

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._page: Page | None = None
        self._zoom = FIT_WIDTH
        self.setAccessibleName("页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = Sheet(look)
        self.setWidget(self._sheet)

    def put(self, page: Page | None) -> None:
        """Show a page from its top."""
        self._page = page
        self._draw()
        self.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float) -> None:
        """Choose a zoom: 1 is the size of the paper."""
        self._zoom = zoom
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        if self._zoom in (FIT_WIDTH, FIT_PAGE):
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.turned.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and turn the page at its end."""
        bar = self.verticalScrollBar()
        down = event.angleDelta().y() < 0
        if bar.value() == (bar.maximum() if down else bar.minimum()):
            self.turned.emit(1 if down else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def _draw(self) -> None:
        page = self._page
        if page is None:
            self._sheet.put(None, 0)
            return
        room = self.size() - QSize(self._look.px(40), self._look.px(32))
        if self._zoom == FIT_WIDTH:
            width = float(room.width())
        elif self._zoom == FIT_PAGE:
            width = min(room.width(), room.height() * page.width / page.height)
        else:
            width = page.width / _MM * _SCREEN_DPI * self._zoom
        self._sheet.put(page, max(round(width), 100))


class _Pages(QAbstractListModel):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.pages: Sequence[Page] = ()

    def put(self, pages: Sequence[Page]) -> None:
        self.beginResetModel()
        self.pages = pages
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # plain indexes only
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # the same
        return f"第 {index.row() + 1} 页" if role == Qt.ItemDataRole.DisplayRole else None


class _Thumbs(QStyledItemDelegate):
    """Draws pages small, each when it first comes into view."""

    def __init__(self, look: Look, view: PageList) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self.list_width = _LIST
        self.drawn: dict[int, QPixmap] = {}

    @property
    def _width(self) -> int:
        return self._look.px(self.list_width - _BESIDE_THUMB)

    def sizeHint(self, option: Any, index: QModelIndex) -> QSize:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        page = self._view.pages[index.row()]
        height = round(self._width * page.height / page.width) + self._look.px(36)
        return QSize(self._look.px(self.list_width - 14), height)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        look, colours, rect = self._look, self._look.colours, option.rect
        place = index.row()
        if place not in self.drawn:
            self.drawn[place] = picture(self._view.pages[place], self._width, self._view.devicePixelRatioF())
        small = self.drawn[place]
        size = small.deviceIndependentSize()
        left = rect.left() + (rect.width() - size.width()) / 2
        frame = QRectF(left, rect.top() + look.px(6), size.width(), size.height())
        painter.save()
        painter.drawPixmap(frame.toRect(), small)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(colours.red if chosen else colours.line), 2 if chosen else 1))
        painter.drawRect(frame)
        painter.setFont(look.font(TYPE.caption))
        painter.setPen(QColor(colours.red if chosen else colours.text2))
        below = QRectF(rect.left(), frame.bottom() + look.px(2), rect.width(), look.px(22))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class PageList(QListView):
    """All pages, small."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = _Pages(self)
        self._thumbs = _Thumbs(look, self)
        self.setModel(self._model)
        self.setItemDelegate(self._thumbs)
        self.setAccessibleName("页")
        self.setFixedWidth(look.px(_LIST))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(now.row()))

    @property
    def pages(self) -> Sequence[Page]:
        """The pages shown."""
        return self._model.pages

    def fit(self, *, slim: bool) -> None:
        """Leave more room to the page beside it."""
        width = _SLIM_LIST if slim else _LIST
        if width != self._thumbs.list_width:
            self._thumbs.list_width = width
            self._thumbs.drawn.clear()
            self.setFixedWidth(self._look.px(width))
            self.scheduleDelayedItemsLayout()

    def put(self, pages: Sequence[Page], place: int = 0) -> None:
        """Show other pages."""
        self._thumbs.drawn.clear()
        self._model.put(pages)
        if len(pages):
            self.setCurrentIndex(self._model.index(min(place, len(pages) - 1)))

    def turn(self, steps: int) -> None:
        """Go some pages on or back."""
        place = self.currentIndex().row() + steps
        if 0 <= place < len(self.pages):
            self.setCurrentIndex(self._model.index(place))
