"""The side panel of 党员信息: one person, several chosen, or a new one being added."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wuling_desktop.domain.person_row import BIRTH, NUMBER, SEX, proposed_from_id
from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import Action, button, menu
from wuling_desktop.ui.pages.due_line import DueLine
from wuling_desktop.ui.pages.person_actions import eye, withdraw
from wuling_desktop.ui.pages.person_card import DOUBTFUL, CardView
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.record.standing_tag import StandingTag
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, clear, column, fill, label, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.domain.findings import Finding
    from wuling_desktop.services.people import Card
    from wuling_desktop.ui.pages.photo_tile import PhotoTile
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_NAMED = 3  # data named in a line


class PersonPanel(QStackedWidget):
    """What the panel shows; what is done in it is told by signals."""

    edited = Signal(int, object, object)  # person id, datum, what was typed
    added = Signal(object)  # typed values by full name
    left = Signal()
    print_asked = Signal()
    export_asked = Signal()
    withdraw_asked = Signal()
    closed = Signal()
    open_asked = Signal()
    transfer_asked = Signal()
    due_asked = Signal(str)  # the full name of the datum where it is settled

    def __init__(
        self,
        look: Look,
        choices: Choices,
        new_fields: Sequence[Datum],
        today: dt.date,
        photo: PhotoTile,
    ) -> None:
        super().__init__()
        self._photo = photo
        self._look = look
        self._today = today
        self._id = 0
        self.card = CardView(look, choices)
        self.card.lines.edited.connect(lambda datum, typed: self.edited.emit(self._id, datum, typed))
        self._new_fields, self._choices = new_fields, choices
        self._one, self._many, self._adding, self._nobody = (QWidget() for _ in range(4))
        self._build_one()
        self._build_many()
        self._build_nobody()
        for page in (self._nobody, self._one, self._many, self._adding):
            self.addWidget(page)

    def show_nobody(self) -> None:
        """Say what the panel is for."""
        self.setCurrentWidget(self._nobody)

    def show_person(self, card: Card, finding: Finding | None = None) -> None:
        """Show one person, and the one thing that is due."""
        self._id = card.id
        self._due.put(finding, self._today)
        self._photo.put(card.id, card.name)
        self._name.say(card.name)
        self._tag.say(card.standing.text if card.standing else "")
        self._subtitle.say(card.subtitle)
        self._percent.setText("" if projector.is_on() else f"信息完整度 {card.percent} %")
        self._bar.setVisible(not projector.is_on())
        self._bar.setValue(card.percent)
        self._show_links(self._missing, "还缺", card.missing, "填写")
        doubtful = [
            line.datum for group in card.groups for line in group.lines if line.datum.name in card.doubts
        ]
        self._show_links(self._doubtful, DOUBTFUL, doubtful, "核对")
        self.card.put(card)
        self.setCurrentWidget(self._one)

    def show_many(self, count: int) -> None:
        """Show what can be done with several people."""
        self._many_head.setText(f"已选 {count} 人")
        self.setCurrentWidget(self._many)

    def show_beside_many(self, form: QWidget) -> None:
        """Put what several people can be given under what can be done with them."""
        layout = self._many.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, form)

    def show_adding(self) -> None:
        """Begin a new person."""
        self.form.put({})
        self.setCurrentWidget(self._adding)
        self.form.focus_first()

    @cached_property
    def form(self) -> Form:
        """The form of a new person, made when it is first needed: the desk is to stand at once."""
        form = Form(self._look, self._new_fields, self._choices, self._today)
        form.edited.connect(self._propose)
        form.submitted.connect(self._add)
        self._build_adding(form)
        return form

    @property
    def adding(self) -> bool:
        """Whether a new person is being typed in."""
        return self.currentWidget() is self._adding

    def cover(self) -> None:
        """Hide private values again."""
        self._eye.setChecked(False)

    def _build_one(self) -> None:
        look = self._look
        self._name = Elided(look, "", TYPE.person, 600)
        self._tag = StandingTag(look)
        self._subtitle = Elided(look, "", TYPE.table, tone="muted")
        self._eye = eye(look)
        self._eye.toggled.connect(lambda on: self.card.lines.uncover(on=on))
        close = self._close_button()
        first = row(None, look, gap=8)
        first.addWidget(self._name, 1)
        fill(first, (self._tag, self._eye, close))
        words = column(None, look, gap=2)
        no_photo = Button(look, "还没有一寸照片，选一张", self._photo.ask, kind="link")
        no_photo.setFont(look.font(TYPE.caption))
        policy = no_photo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the head is as high for everybody, so that nothing jumps
        no_photo.setSizePolicy(policy)
        no_photo.hide()
        self._photo.shown.connect(lambda there: no_photo.setVisible(not there))
        line = row(None, look)
        fill(line, (no_photo, None))
        fill(words, (first, self._subtitle, line, None))
        head = row(None, look, gap=12)
        head.setContentsMargins(look.px(16), look.px(14), look.px(8), 0)
        head.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._percent = label(look, "", TYPE.caption, tone="muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("信息完整度")
        known = row(None, look, gap=8)
        known.setContentsMargins(look.px(16), look.px(8), look.px(16), 0)
        known.addWidget(self._percent)
        known.addWidget(self._bar, 1)
        self._missing, self._doubtful = row(None, look, gap=4), row(None, look, gap=4)
        for line in (self._missing, self._doubtful):
            line.setContentsMargins(look.px(16), look.px(2), look.px(12), look.px(2))
        self._due = DueLine(look, narrow=True)
        self._due.asked.connect(self.due_asked)
        self._due.setContentsMargins(look.px(16), look.px(10), look.px(16), 0)
        outer = column(self._one, look)
        fill(outer, (head, self._due, known, self._missing, self._doubtful))
        outer.addWidget(self.card, 1)
        outer.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        look = self._look
        foot = Flow(look)
        self._more = Button(look, "更多", self._show_more, icon="caret-down", kind="quiet")
        for each in (
            Button(look, "打开", self.open_asked.emit, icon="arrow-right", hint="打开完整信息　Enter"),
            Button(look, "打印采集表", self.print_asked.emit, icon="printer"),
            Button(look, "转接…", self.transfer_asked.emit, hint="组织关系转出、转入"),
            self._more,
        ):
            foot.addWidget(each)
        below = column(None, look)
        below.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(12))
        below.addLayout(foot)
        return below

    def _show_more(self) -> None:
        entries = (Action("导出…", self.export_asked.emit), None, withdraw(self.withdraw_asked.emit))
        menu(self, entries).popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _show_links(self, line: QBoxLayout, said: str, datums: Sequence[Datum], todo: str) -> None:
        """Name data that want something done, each a way to its line."""
        look = self._look
        clear(line)
        if not datums or projector.is_on():
            return
        line.addWidget(label(look, f"{said} {len(datums)} 项：", TYPE.caption, tone="due"))
        for datum in datums[:_NAMED]:
            go = Button(look, datum.label, partial(self.card.fill_in, datum.name), kind="link")
            go.setAccessibleName(f"{todo}{datum.label}")
            go.setFont(look.font(TYPE.caption))
            line.addWidget(go)
        if len(datums) > _NAMED:
            line.addWidget(label(look, "…", TYPE.caption, tone="due"))
        line.addStretch(1)

    def _build_many(self) -> None:
        look = self._look
        self._many_head = label(look, "", TYPE.person, 600)
        parts = (
            self._many_head,
            label(look, "Ctrl 或 Shift 加点击，多选或少选。", TYPE.table, tone="muted", wrap=True),
            Button(look, "打印采集表（一人一页）", self.print_asked.emit, icon="printer"),
            Button(look, "导出这些人…", self.export_asked.emit, icon="download-simple"),
            button(look, withdraw(self.withdraw_asked.emit), "danger"),
            None,
        )
        fill(column(self._many, look, 16, 10), parts)

    def _build_adding(self, form: Form) -> None:
        look = self._look
        outer = column(self._adding, look)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        scroll.setWidget(inside)
        parts = (
            label(look, "新增人员", TYPE.person, 600),
            label(look, "姓名和身份证号就够了，其余可以以后补。", TYPE.caption, tone="muted", wrap=True),
            form,
            None,
        )
        fill(column(inside, look, 16, 10), parts)
        foot = row(None, look)
        foot.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(12))
        fill(
            foot,
            (Button(look, "新增", self._add, kind="primary"), Button(look, "先不加", self.left.emit), None),
        )
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)

    def _close_button(self) -> Button:
        return Button(self._look, "收起面板", self.closed.emit, kind="icon", icon="x", hint="收起面板　Esc")

    def _build_nobody(self) -> None:
        look = self._look
        head = row(None, look, gap=8)
        fill(head, (label(look, "在表里选一个人", TYPE.person, 600), None, self._close_button()))
        parts = (
            head,
            label(
                look,
                "这里显示这个人的各项信息，双击或按 F2 就地修改，改完就存。",
                TYPE.table,
                tone="muted",
                wrap=True,
            ),
            None,
        )
        fill(column(self._nobody, look, 16, 8), parts)

    def _propose(self, datum: Datum, typed: Any) -> None:
        if datum.name == NUMBER:
            for name, value in proposed_from_id(str(typed).strip().upper(), self._today).items():
                if name in (BIRTH, SEX):
                    self.form.propose(name, value)

    def _add(self) -> None:
        if self.form.complete():
            typed = {name: value for name, value in self.form.typed().items() if value}
            self.added.emit(typed)
