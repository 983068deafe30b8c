"""可能重复: pairs that may be one human being, side by side; made one, or told apart, by the user alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.list_page import empty_page
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, frame, label, row
from wuling_desktop.ui.widgets.flow import Flow
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.duplicates import Comparison, Duplicates, Item, Pair
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_PAIRS = (Column("姓名", 4), Column("为什么", 0))
_ITEMS = (Column("哪一项", 8), Column("甲", 0), Column("乙", 0), Column("合并后用", 5))
_LIST = 300


class DuplicatesPage(Page):
    """The pairs at the left, the chosen one value by value at the right."""

    title = "可能重复"
    place = "members"

    def __init__(self, look: Look, duplicates: Duplicates, background: Background) -> None:
        super().__init__(look)
        self._duplicates, self._background = duplicates, background
        self._pairs: dict[tuple[int, int], Pair] = {}
        self._compared: Comparison | None = None
        self._from_other: set[str] = set()
        self._list = TextTable(look, "可能重复的人", _PAIRS)
        self._list.chosen.connect(self._compare)
        self._items = TextTable(look, "两条记录的各项", _ITEMS)
        self._items.activated.connect(lambda _index: self._turn())
        self._stack = QStackedWidget()
        self._lay_out()

    @property
    def back(self) -> tuple[str, Any]:
        """The list of people."""
        return "members", None

    def enter(self, what: Any = None) -> None:
        """Look for pairs; two people named are put side by side whether they look alike or not."""
        self._read(what if isinstance(what, tuple) else None)

    def reload(self, changes: Changes | None) -> None:  # noqa: ARG002 - any change may make or end a pair
        """Look for pairs again."""
        if self.isVisible():
            self._read(None)

    def focus(self) -> None:
        """Begin in the list of pairs."""
        self._list.setFocus()

    def _lay_out(self) -> None:
        look = self.look
        right = frame("card")
        inside = column(right, look, 16, 10)
        self._head = label(look, "", TYPE.card_title, 600, wrap=True)
        self._coming = label(look, "", TYPE.caption, tone="muted", wrap=True)
        said = "两边不同的项，双击一行或按空格换用另一边的值。合并后留下甲这一条，乙名下的记录都转过来；整步可以撤销。"
        tools = Flow(look)
        self._merge = Button(look, "合并为一人", self._do_merge, kind="primary")
        self._swap = Button(look, "换成留下乙", self._do_swap, hint="甲、乙对调")
        self._turned = Button(look, "换用另一边的值", self._turn, hint="选中的一项换一边　空格")
        self._apart = Button(look, "不是同一个人", self._tell_apart, hint="记下来，以后不再提")
        for button in (self._merge, self._swap, self._turned, self._apart):
            tools.addWidget(button)
        fill(inside, (self._head, label(look, said, TYPE.caption, tone="muted", wrap=True)))
        inside.addWidget(self._items, 1)
        inside.addWidget(self._coming)
        inside.addLayout(tools)
        left = frame("card")
        left.setFixedWidth(look.px(_LIST))
        room = column(left, look, 12, 8)
        why = "身份证号相同，或同名而且出生年月、手机相同。程序不会自己合并。"
        fill(room, (label(look, why, TYPE.caption, tone="muted", wrap=True),))
        room.addWidget(self._list, 1)
        both = QWidget()
        line = row(both, look, gap=12)
        line.addWidget(left)
        line.addWidget(right, 1)
        self._stack.addWidget(both)
        back = Button(look, "回到名单", lambda: self.wanted.emit(*self.back), icon="caret-left")
        self._stack.addWidget(
            empty_page(
                look,
                "没有看到可能重复的人。",
                "身份证号相同，或同名而且出生年月、手机相同的，会列在这里。",
                (back,),
            )
        )
        outer = column(self, look)
        outer.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        outer.addWidget(self._stack)
        self._items.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Turn a choice with the space bar."""
        if watched is self._items and event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._turn()
            return True
        return super().eventFilter(watched, event)

    def _read(self, wanted: tuple[int, int] | None) -> None:
        self._background.run(self, self._duplicates.pairs, partial(self._show, wanted), self.trouble.emit)

    def _show(self, wanted: tuple[int, int] | None, pairs: list[Pair]) -> None:
        self._pairs = {(each.one, each.other): each for each in pairs}
        self.scope.emit(f"{len(pairs)} 对" if pairs else "")
        chosen = self._list.chosen_key()
        self._list.put([_pair_row(each) for each in pairs])
        if wanted is not None and wanted not in self._pairs:
            self._stack.setCurrentIndex(0)
            self._put(*wanted)
            return
        self._stack.setCurrentIndex(0 if pairs else 1)
        keys = list(self._pairs)
        if keys:
            place = keys.index(chosen) if chosen in self._pairs else 0
            self._list.selectRow(place)
            self._compare()

    def _compare(self) -> None:
        pair = self._pairs.get(self._list.chosen_key())
        if pair is not None:
            self._put(pair.one, pair.other)

    def _put(self, one: int, other: int) -> None:
        compared = tried(lambda: self._duplicates.compare(one, other), self.trouble)
        if compared is not None:
            self._compared = compared
            self._from_other = {item.datum.name for item in compared.items if item.from_other}
            self._draw()

    def _draw(self) -> None:
        compared = self._compared
        if compared is None:
            return
        one, other = (
            f"{name}（{about}）" for name, about in zip(compared.names, compared.about, strict=True)
        )
        self._head.setText(f"甲：{one}　　乙：{other}")
        different = [item for item in compared.items if not item.same]
        same = [item for item in compared.items if item.same]
        self._items.put([_item_row(item, self._from_other) for item in (*different, *same)])
        moved = "、".join(f"{noun} {count} 条" for noun, count in compared.coming)
        self._coming.setText(f"乙名下要转过来的：{moved}" if moved else "乙名下没有别的记录。")

    def _turn(self) -> None:
        name = self._items.chosen_key()
        compared = self._compared
        item = next((each for each in compared.items if each.datum.name == name), None) if compared else None
        if item is not None and not item.same:
            self._from_other ^= {name}
            self._draw()

    def _do_swap(self) -> None:
        if self._compared is not None:
            self._put(self._compared.other, self._compared.one)

    def _do_merge(self) -> None:
        compared = self._compared
        if compared is not None:
            taken = frozenset(self._from_other)
            self._do(partial(self._duplicates.merge, compared.one, compared.other, taken))

    def _tell_apart(self) -> None:
        if self._compared is not None:
            self._do(partial(self._duplicates.tell_apart, self._compared.one, self._compared.other))

    def _do(self, step: Callable[[], Changes]) -> None:
        changes = tried(step, self.trouble)
        if changes is not None:
            self._compared = None
            self._items.put([])
            self.changed.emit(changes)
            self._list.setFocus()


def _pair_row(pair: Pair) -> TextRow:
    return TextRow((pair.one, pair.other), (pair.name, "；".join(pair.reasons)))


def _item_row(item: Item, from_other: set[str]) -> TextRow:
    datum = item.datum
    shown = [projector.shown(datum.private, datum.show(value)) or "—" for value in (item.one, item.other)]
    if item.same:
        return TextRow(datum.name, (datum.label, *shown, "相同"), dict.fromkeys(range(4), "text3"))
    taken = datum.name in from_other
    tones = {1: "text3" if taken else "text", 2: "text" if taken else "text3", 3: "blue"}
    return TextRow(datum.name, (datum.label, *shown, "用乙" if taken else "用甲"), tones)
