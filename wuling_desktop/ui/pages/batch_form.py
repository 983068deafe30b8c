"""批量修改 in the side panel: one datum, what stands there now, and the value all chosen people get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, label
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.batch import Batch
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_SHOWN = 4  # different values named


class BatchForm(QWidget):
    """Chooses the datum and takes the value."""

    changed = Signal(object)  # Changes
    trouble = Signal(object)  # Problem

    def __init__(self, look: Look, batch: Batch, choices: Choices, today: dt.date) -> None:
        super().__init__()
        self._look, self._batch = look, batch
        self._choices, self._today = choices, today
        self._ids: tuple[int, ...] = ()
        self._fields = batch.fields()
        self._which = Combo(look, "改哪一项", [each.label for each in self._fields])
        self._which.activated.connect(lambda _place: self._build())
        self._now = label(look, "", TYPE.caption, tone="muted", wrap=True)
        self._room = column(None, look)
        self._button = Button(look, "", self._change, kind="primary")
        outer = column(self, look, gap=8)
        head = label(look, "批量修改", TYPE.card_title, 600)
        fill(outer, (head, self._which, self._now, self._room, self._button))
        self._build()

    def put(self, ids: tuple[int, ...]) -> None:
        """Show for whom."""
        self._ids = ids
        self._button.say(f"改这 {len(ids)} 人")
        self._tell()

    def focus(self) -> None:
        """Begin with the choice of the datum."""
        self._which.setFocus()

    def _build(self) -> None:
        clear(self._room)
        self._form = Form(self._look, (self._field,), self._choices, self._today)
        self._form.submitted.connect(self._change)
        self._room.addWidget(self._form)
        self._tell()

    @property
    def _field(self) -> Field:
        return self._fields[self._which.currentIndex()]

    def _tell(self) -> None:
        if not self._ids:
            return
        found = self._batch.values(self._ids, self._field.name)
        shown = "、".join(f"{text} {count} 人" for text, count in found[:_SHOWN])
        self._now.setText(f"现在：{shown}" + ("…" if len(found) > _SHOWN else ""))

    def _change(self) -> None:
        ((name, typed),) = self._form.typed().items()
        changes = tried(lambda: self._batch.change(self._ids, name, typed), self.trouble)
        if changes is not None:
            self.changed.emit(changes)
