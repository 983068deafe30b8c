"""表样: the paper form on the screen; a click or Enter on a cell types into the datum behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QToolTip, QWidget

from wuling_desktop.domain import masking
from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.paint.measure import measure
from wuling_desktop.services import person_data
from wuling_desktop.ui.messages import announce
from wuling_desktop.ui.pages.paper_view import picture
from wuling_desktop.ui.pages.printing import MEMBER_FORM
from wuling_desktop.ui.record.editors import ParagraphEditor, editor_for, reading_of
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.widgets.basics import column, frame, restyle, tip

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.pages.page_commands import Box, Page
    from wuling_desktop.services.exporting import Exporting
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_WIDEST = 900  # of the paper, at 100 %
_RING = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that shows data: where it lies, and what is typed there."""

    box: Box
    shown: tuple[str, ...]
    typed: tuple[Datum, ...]


class _Canvas(QWidget):
    """The page, its cells and the editor in one of them."""

    asked = Signal(object)  # Spot

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._page: Page | None = None
        self._picture = QPixmap()
        self.spots: list[Spot] = []
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("采集表")
        self.setAccessibleDescription("方向键走格，回车填写")

    def put(self, page: Page, spots: list[Spot], width: int) -> None:
        """Show a page so many pixels wide."""
        self._page, self.spots = page, spots
        self.current = min(self.current, max(len(spots) - 1, 0))
        self.fit(width)

    def fit(self, width: int) -> None:
        """Draw the page for a width."""
        if self._page is None:
            return
        self._picture = picture(self._page, width, self.devicePixelRatioF())
        self.setFixedSize(self._picture.deviceIndependentSize().toSize())
        self.update()

    def rect_of(self, spot: Spot) -> QRect:
        """Return where a cell lies on the screen."""
        scale = self.width() / self._page.width if self._page is not None else 1.0
        box = spot.box
        left, top = round(box.x * scale), round(box.y * scale)
        return QRect(left, top, round(box.width * scale), round(box.height * scale))

    def go(self, number: int) -> None:
        """Make a cell the current one."""
        self.current = number
        spot = self.spots[number]
        words = "、".join(person_data.named(name).label for name in spot.shown)
        announce(self, words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the page and the frame of the current cell."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self.spots:
            painter.setPen(
                QPen(
                    QColor(self._look.colours.blue if self.hasFocus() else self._look.colours.field_line),
                    _RING,
                )
            )
            painter.drawRect(self.rect_of(self.spots[self.current]).adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to type in the cell under the mouse."""
        for number, spot in enumerate(self.spots):
            if self.rect_of(spot).contains(event.position().toPoint()):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.go(number)
                self.asked.emit(spot)
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell by the pointer where something can be typed."""
        at = event.position().toPoint()
        over = any(self.rect_of(spot).contains(at) for spot in self.spots)
        self.setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from cell to cell; Enter or F2 begins to type."""
        key = event.key()
        if not self.spots:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.asked.emit(self.spots[self.current])
        elif key in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.go(self._beside(*_STEPS[Qt.Key(key)]))
        else:
            super().keyPressEvent(event)

    def _beside(self, across: int, down: int) -> int:
        """Return the nearest cell in a direction, the same one where there is none."""
        here = self.rect_of(self.spots[self.current]).center()

        def far(number: int) -> float:
            there = self.rect_of(self.spots[number]).center() - here
            ahead = there.x() * across + there.y() * down
            aside = abs(there.x() * down) + abs(there.y() * across)
            return ahead + 3 * aside if ahead > 0 else float("inf")

        best = min(range(len(self.spots)), key=far)
        return best if far(best) != float("inf") else self.current


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PaperForm(QScrollArea):
    """The collection form of one person, typed into."""

    edited = Signal(object, object)  # datum, what was typed
    trouble = Signal(object)
    wanted = Signal(str, object)

    def __init__(
        self, look: Look, choices: Choices, today: dt.date, exporting: Exporting, background: Background
    ) -> None:
        super().__init__()
        self._look, self._choices, self._today = look, choices, today
        self._exporting, self._background = exporting, background
        self._person = 0
        self._values: dict[str, Any] = {}
        self._covered, self._on = True, False
        self._editor: Any = None  # of one datum, or a popup with the form of several
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName("表样")
        self.canvas = _Canvas(look)
        self.canvas.asked.connect(self._begin)
        self.setWidget(self.canvas)

    def put(self, person: int, values: Mapping[str, Any]) -> None:
        """Show a person's form."""
        self._person, self._values = person, dict(values)
        self._make()

    def cover(self, *, on: bool) -> None:
        """Mask private values, or show them whole."""
        self._covered = on
        self._make()

    def shown(self, *, on: bool) -> None:
        """Draw only while somebody looks."""
        self._on = on
        self._make()

    def focus(self) -> None:
        """Begin at the current cell."""
        self.canvas.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        self._close()
        self.canvas.fit(self._width())

    def _width(self) -> int:
        return max(min(self.width() - self._look.px(28), self._look.px(_WIDEST)), self._look.px(320))

    def _make(self) -> None:
        if not self._on or not self._person:
            return
        person, today, mask = self._person, self._today, self._covered

        def work() -> tuple[Page, list[Spot]]:
            filled = self._exporting.fill(
                MEMBER_FORM, as_of=today, people=(person,), mask=mask, hide=masking.on_screen
            )
            cells = filled.sheets[0].blank.rows
            (first, *_) = sheet_page.cell_places(filled, measure)
            spots = []
            for place in first:
                cell = cells[place.row].cells.get(place.column) if place.row in cells else None
                names = [token.name for token in cell.text.tokens] if cell is not None and cell.text else []
                shown = tuple(name for name in names if person_data.knows(name))
                if shown:
                    spots.append(Spot(place.box, shown, _typed(shown)))
            return sheet_page.lay_out(filled, measure)[0], spots

        self._background.run(self, work, lambda made: self._draw(*made), self.trouble.emit)

    def _draw(self, page: Page, spots: list[Spot]) -> None:
        self.canvas.put(page, spots, self._width())

    def _begin(self, spot: Spot) -> None:
        self._close()
        if not spot.typed:
            self.wanted.emit("facet", spot.shown[0])
            return
        rect = self.canvas.rect_of(spot)
        self._editor = (
            self._single(spot.typed[0], rect) if len(spot.typed) == 1 else self._several(spot.typed, rect)
        )
        self._editor.show()
        self.ensureVisible(rect.center().x(), rect.bottom())

    def _single(self, datum: Datum, rect: QRect) -> QWidget:
        editor = editor_for(self._look, datum, self._choices)
        editor.setParent(self.canvas)
        editor.put(self._values.get(datum.name))
        before = editor.typed()
        if hasattr(editor, "selectAll"):
            editor.selectAll()
        height = max(rect.height(), editor.sizeHint().height() if not editor.minimumHeight() else 0)
        editor.setGeometry(rect.left(), rect.top(), max(rect.width(), self._look.px(120)), height)
        editor.setProperty("datum", datum)
        editor.setProperty("before", before)
        for part in (editor, *editor.findChildren(QLineEdit)):
            part.installEventFilter(self)
        editor.committed.connect(lambda: self._finish(editor))
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return editor

    def _several(self, datums: Sequence[Datum], rect: QRect) -> QFrame:
        box = frame("popup")
        box.setParent(self.canvas)
        form = Form(self._look, datums, self._choices, self._today)
        form.put(self._values)
        form.edited.connect(self.edited)
        form.submitted.connect(self._close)
        column(box, self._look, 12, 8).addWidget(form)
        box.installEventFilter(self)
        box.adjustSize()
        width = max(rect.width(), self._look.px(320))
        left = min(rect.left(), self.canvas.width() - width)
        box.setGeometry(max(left, 0), rect.top(), width, box.sizeHint().height())
        box.show()
        form.focus_first()
        return box

    def _finish(self, editor: Any) -> None:
        if editor is not self._editor:
            return
        datum, typed = editor.property("datum"), editor.typed()
        if typed == editor.property("before"):
            self._close()
            return
        reading = reading_of(datum, typed, self._today)
        restyle(editor, "state", "" if reading.taken else "over")
        if not reading.taken:
            QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), tip(reading.note), editor)
            return
        self._close()
        self.edited.emit(datum, typed)

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            had = editor.hasFocus() or editor.isAncestorOf(editor.window().focusWidget() or editor)
            editor.hide()
            editor.deleteLater()
            if had:
                self.canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that leave a cell before the editor or the page does."""
        if isinstance(event, QKeyEvent) and self._editor is not None:
            escapes = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and escapes:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._taken(event):
                return True
        return super().eventFilter(watched, event)

    def _taken(self, event: QKeyEvent) -> bool:
        """Esc leaves a cell as it was, Tab goes on to the next, Enter finishes (a long text with Ctrl)."""
        single = self._editor.property("datum") is not None
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif single and step:
            self._finish(self._editor)
            if self._editor is None:
                self._go_on(step)
        elif single and enter and (with_ctrl or not isinstance(self._editor, ParagraphEditor)):
            self._finish(self._editor)
        else:
            return False
        return True

    def _go_on(self, step: int) -> None:
        """Type on in the next cell that takes typing."""
        spots, number = self.canvas.spots, self.canvas.current
        for _ in spots:
            number = (number + step) % len(spots)
            if spots[number].typed:
                self.canvas.go(number)
                self._begin(spots[number])
                return


def _typed(shown: tuple[str, ...]) -> tuple[Datum, ...]:
    """Return what is typed in a cell; each datum once, what is computed by what it is made of."""
    names = dict.fromkeys(name for each in shown for name in person_data.typed_for(each))
    return tuple(person_data.named(name) for name in names)
