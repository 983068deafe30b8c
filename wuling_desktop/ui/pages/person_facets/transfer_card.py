"""组织关系转接 in a person's file: begin, record that it was taken on, give up; the letter is the exception."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from wuling_desktop.services.transfers import State, asked, received_field
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, label, row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.services.transfers import Transfer, Transfers
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look


class TransferCard(QFrame):
    """What stands about the person's moves, and the next step."""

    changed = Signal(object)
    trouble = Signal(object)
    letter_asked = Signal()

    def __init__(self, look: Look, transfers: Transfers, choices: Choices, today: dt.date) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._look, self._transfers = look, transfers
        self._choices, self._today = choices, today
        self._person = 0
        self._is_member = False
        self._waiting: Transfer | None = None
        self._form: Form | None = None
        outer = column(self, look, 16, 10)
        outer.addWidget(label(look, "组织关系转接", TYPE.card_title, 600))
        self._room = column(None, look, gap=8)
        outer.addLayout(self._room)

    def put(self, file: PersonFile) -> None:
        """Show a person's moves."""
        if self._form is not None and file.card.id == self._person and not file.transfers:
            return  # being filled in
        self._person = file.card.id
        self._is_member = bool(file.values.get("membership.open"))
        self._waiting = next((each for each in file.transfers if each.state is State.UNDER_WAY), None)
        self._form = None
        clear(self._room)
        for each in file.transfers:
            tone = "due" if each.state is State.UNDER_WAY else "muted"
            self._room.addWidget(label(self._look, sentence(each), TYPE.table, tone=tone, wrap=True))
        if self._waiting is not None:
            self._offer_receipt(self._waiting)
        else:
            self._offer_start()

    def begin(self) -> None:
        """Go to the next step: the form of a start, or the day of receipt."""
        if self._waiting is None:
            self._start()
        if self._form is not None:
            self._form.focus_first()

    def _offer_start(self) -> None:
        verb = "发起转出…" if self._is_member else "发起转入…"
        why = (
            "对方接收以前仍由本支部负责，登记接收后党籍才转走。"
            if self._is_member
            else "接到以前不算本支部的人。"
        )
        line = row(None, self._look)
        button = Button(self._look, verb, self._start, icon="arrow-right")
        fill(line, (button, label(self._look, why, TYPE.caption, tone="muted", wrap=True), None))
        self._room.addLayout(line)

    def _start(self) -> None:
        fields = asked(outward=self._is_member)
        hint = (
            "区域内在系统上转的，不用填介绍信三项。"
            if self._is_member
            else "转入后登记接收日期，党籍才算在本支部。"
        )
        self._ask(
            Form(self._look, fields, self._choices, self._today, columns=2),
            hint,
            "发起",
            self._begin_transfer,
        )

    def _begin_transfer(self) -> None:
        assert self._form is not None  # noqa: S101 - its button is beside it
        typed = {name.partition(".")[2]: value for name, value in self._form.typed().items()}
        verb = self._transfers.start_out if self._is_member else self._transfers.start_in
        self._do(partial(verb, self._person, typed))

    def _offer_receipt(self, transfer: Transfer) -> None:
        field = received_field(outward=transfer.outward)
        form = Form(self._look, (field,), self._choices, self._today)
        self._ask(form, "", "登记接收", self._receive, clean=False)
        cancel = Button(
            self._look, "取消这次转接", self._cancel, kind="danger", hint="没有转成的，取消后照旧"
        )
        line = row(None, self._look)
        letter = (letter_button(self._look, self.letter_asked.emit),) if transfer.outward else ()
        fill(line, (*letter, cancel, None))
        self._room.addLayout(line)

    def _ask(
        self, form: Form, hint: str, verb: str, run: Callable[[], object], *, clean: bool = True
    ) -> None:
        look = self._look
        if clean:
            clear(self._room)
        self._form = form
        form.submitted.connect(run)
        if hint:
            self._room.addWidget(label(look, hint, TYPE.caption, tone="muted", wrap=True))
        self._room.addWidget(form)
        line = row(None, look)
        parts: list[Any] = [Button(look, verb, run, kind="primary")]
        if clean:
            parts.append(Button(look, "先不办", self._leave))
        fill(line, (*parts, None))
        self._room.addLayout(line)
        if clean:
            form.focus_first()

    def _receive(self) -> None:
        assert self._form is not None  # noqa: S101 - its button is beside it
        (typed,) = self._form.typed().values()
        self._do(partial(self._transfers.receive, self._person, typed))

    def _cancel(self) -> None:
        self._do(partial(self._transfers.cancel, self._person))

    def _leave(self) -> None:
        self._form = None
        clear(self._room)
        self._offer_start()

    def _do(self, step: Callable[[], Changes]) -> None:
        changes = tried(step, self.trouble)
        if changes is not None:
            self._form = None
            self.changed.emit(changes)


def letter_button(look: Look, run: Callable[[], object]) -> Button:
    """Return the way to the letter on paper."""
    return Button(
        look, "打印介绍信…", run, icon="printer", hint="三联的介绍信，系统上转不了的才用；没填的印成横线"
    )


def sentence(transfer: Transfer) -> str:
    """Return one move in a sentence."""
    other = transfer.other or "（未填）"
    parts = [f"转往 {other}" if transfer.outward else f"从 {other} 转入"]
    if transfer.started_on is not None:
        parts.append(f"{transfer.started_on} 发起")
    parts.append(
        transfer.state if transfer.received_on is None else f"{transfer.received_on} {transfer.state}"
    )
    if transfer.dues_paid_until is not None and transfer.outward:
        parts.append(f"党费交至 {transfer.dues_paid_until}")
    return "　".join(parts)
