"""A list of answers in groups: captions between them, an icon, a title, one line of detail, a note at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wuling_desktop.services.finding import Hit
from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import SIZES, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.services.finding import Hits
    from wuling_desktop.ui.theme import Look

_MODEL_INDEX = QModelIndex()
_CAPTION, _ONE_LINE, _TWO_LINES = 28, 36, 48  # heights of the design
_PADDING, _EDGE = 16, 6


class HitModel(QAbstractListModel):
    """Captions (texts) and answers, in their order."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.rows: list[str | Hit] = []

    def put(self, groups: Sequence[Hits]) -> None:
        """Show other answers."""
        self.beginResetModel()
        self.rows = []
        for group in groups:
            self.rows += [group.title, *group.hits]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # plain indexes only
        """Return the number of captions and answers."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # the same
        """Return the title, or all of it for a screen reader."""
        here = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return here if isinstance(here, str) else here.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return here if isinstance(here, str) else said(here)
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # the same
        """Let answers be chosen, captions not."""
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def said(hit: Hit) -> str:
    """Return an answer in one sentence."""
    return "，".join(filter(None, (hit.title, hit.note, hit.detail)))


class HitDelegate(QStyledItemDelegate):
    """Paints captions and answers from the tokens."""

    def __init__(self, look: Look, icon_of: Callable[[Hit], str], view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look, self._icon_of = look, icon_of

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Return the height of a caption, of one line or of two."""
        here = index.model().rows[index.row()]  # type: ignore[attr-defined]  # our own model only
        if isinstance(here, str):
            return QSize(0, self._look.px(_CAPTION))
        return QSize(0, self._look.px(_TWO_LINES if here.detail else _ONE_LINE))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        """Paint one row."""
        here = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the same
        look, rect = self._look, option.rect
        painter.save()
        if isinstance(here, str):
            painter.setFont(look.font(TYPE.caption))
            painter.setPen(QColor(look.colours.text3))
            inner = rect.adjusted(look.px(_PADDING), look.px(4), -look.px(_PADDING), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, here)
        else:
            self._paint_hit(painter, rect, here, chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit, *, chosen: bool) -> None:
        look, colours = self._look, self._look.colours
        if chosen:
            painter.fillRect(rect, QColor(colours.red_bg))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.red))
        side, pad = look.px(SIZES.icon), look.px(_PADDING)
        spot = QRectF(rect.left() + pad, rect.center().y() - side / 2, side, side)
        icons.paint(painter, self._icon_of(hit), spot, colours.red if chosen else colours.text2)
        inner = rect.adjusted(pad + side + look.px(12), look.px(_EDGE), -pad, -look.px(_EDGE))
        note = look.font(TYPE.caption)
        width = QFontMetrics(note).horizontalAdvance(hit.note)
        painter.setFont(note)
        painter.setPen(QColor(colours.text2))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hit.note)
        inner.setRight(inner.right() - width - (look.px(12) if width else 0))
        lines = [(hit.title, look.font(TYPE.body, 500), colours.text)]
        if hit.detail:
            lines.append((hit.detail, note, colours.text2))
        height = inner.height() // len(lines)
        for place, (text, font, colour) in enumerate(lines):
            line = QRect(inner.left(), inner.top() + place * height, inner.width(), height)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class HitList(QListView):
    """The answers; the keyboard stays in the line above, which moves the choice."""

    def __init__(self, look: Look, name: str, icon_of: Callable[[Hit], str]) -> None:
        super().__init__()
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(look, icon_of, self))
        self.setAccessibleName(name)
        self.setProperty("bare", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.entered.connect(self._point)

    def put(self, groups: Sequence[Hits]) -> None:
        """Show answers and choose the first."""
        self.hits.put(groups)
        self.scrollToTop()
        self.go(0)

    def go(self, steps: int) -> None:
        """Choose another answer, captions passed over; the first and the last are the ends."""
        places = [place for place, each in enumerate(self.hits.rows) if isinstance(each, Hit)]
        if not places:
            return
        here = self.currentIndex().row()
        at = places.index(here) + steps if here in places else 0
        place = places[max(0, min(at, len(places) - 1))]
        if place == places[0]:
            self.scrollToTop()  # with its caption
        self.setCurrentIndex(self.hits.index(place, 0))

    def chosen(self) -> Hit | None:
        """Return the answer chosen."""
        index = self.currentIndex()
        here = self.hits.rows[index.row()] if index.isValid() else None
        return here if isinstance(here, Hit) else None

    def said(self) -> str:
        """Return what a screen reader is told of the answer chosen."""
        hit = self.chosen()
        return said(hit) if hit else ""

    def wanted_height(self) -> int:
        """Return the height at which nothing has to be scrolled."""
        return (
            sum(self.sizeHintForRow(place) for place in range(self.hits.rowCount())) + 2 * self.frameWidth()
        )

    def _point(self, index: QModelIndex) -> None:
        if isinstance(self.hits.rows[index.row()], Hit):
            self.setCurrentIndex(index)
