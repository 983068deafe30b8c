"""The kinds of datum: how each is read from a cell, shown, and written as plain JSON.

To add a kind: write it here, give it an editor in `ui/record/editors.py` and a column type in
`records/types.py`; `tests/test_house_rules.py` fails until all three exist.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain import date_text, identity_card
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import EMPTY, Reading, State, asked, refused
from wuling_desktop.domain.texts import closed, folded, from_cell, person_name, says_nothing, visible

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.domain.codes import CodeTable

_NONE = "无"
# A running number before a name, a remark or a mark behind it.
_BESIDE_NAME = re.compile(
    r"(\d{1,4}[·、)])?([^\W\d_]+(?:·[^\W\d_]+)*)(\((?!签|盖|公?章)[^()]*\)|[*★☆▲△※√#]+)?"
)


class Kind(ABC):
    """How values of one kind are read, shown and dumped."""

    name: str

    @abstractmethod
    def read(self, raw: object, today: dt.date) -> Reading:
        """Return what a typed text or a cell (str, int, float, bool, date, None) means."""

    @abstractmethod
    def show(self, value: Any) -> str:
        """Return the text of a value that is not None; `read` takes it back to the same value."""

    def doubt(self, value: Any, today: dt.date) -> str:  # noqa: ARG002 - most kinds keep nothing that is in doubt
        """Return why a value that was kept ought to be looked at; empty where nothing shows."""
        return ""

    def dump(self, value: Any) -> Any:
        """Return the value as plain JSON."""
        return value

    def load(self, plain: Any) -> Any:
        """Return the value of plain JSON written by `dump`."""
        return plain


class _Text(Kind):
    def __init__(self, name: str, *, multiline: bool = False) -> None:
        self.name = name
        self.multiline = multiline

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a text knows no day
        text = visible(from_cell(raw))
        if says_nothing(text):
            return EMPTY
        return Reading(text if self.multiline else re.sub(r"\s*\n\s*", " ", text))

    def show(self, value: Any) -> str:
        return str(value)


LONGEST_NAME = 60  # characters, the longest of any people with room to spare
_NEVER_IN_NAMES = re.compile(r"[,;:、。!?=<>{}\[\]|\\/\"“”%#@&+_~^`$]")


class _Name(Kind):
    name = "name"

    def doubt(self, value: Any, today: dt.date) -> str:  # noqa: ARG002 - a name knows no day
        found = _NEVER_IN_NAMES.search(value)
        return f"人名里不该有“{found[0]}”" if found else ""

    def read(self, raw: object, today: dt.date) -> Reading:
        text = from_cell(raw)
        if says_nothing(text) or folded(text) == _NONE:
            return EMPTY
        name = person_name(text)
        beside = _BESIDE_NAME.fullmatch(name)
        said = "”“".join(filter(None, (beside[1], beside[3]))) if beside else ""
        if beside and said and len(beside[2]) <= LONGEST_NAME:
            return Reading(beside[2], State.LIKELY, f"姓名旁边的“{said}”没有取")
        if isinstance(raw, bool) or re.search(r"\d", name):
            return refused(f"“{name[:20]}”不像人名")
        if len(name) > LONGEST_NAME:
            return refused(f"“{name[:20]}…”有 {len(name)} 个字，不像人名")
        why = self.doubt(name, today)
        return Reading(name, State.LIKELY, f"{why}，先照录，标“待核”") if why else Reading(name)

    def show(self, value: Any) -> str:
        return str(value)


class _Whole(Kind):
    name = "whole"

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a number knows no day
        text = folded(from_cell(raw)).replace(",", "")
        if says_nothing(text) or text == _NONE:
            return EMPTY
        found = re.fullmatch(r"(-?\d{1,15})\s*[人个次项年岁天份页]?", text, re.ASCII)
        return Reading(int(found[1])) if found else refused(f"“{text[:20]}”不是整数")

    def show(self, value: Any) -> str:
        return str(value)


class _Money(Kind):
    """Decimal yuan in code, whole 分 in store."""

    name = "money"

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a sum knows no day
        text = re.sub(r"[,¥￥\s]|元$", "", folded(repr(raw) if isinstance(raw, float) else from_cell(raw)))
        if says_nothing(text) or text == _NONE:
            return EMPTY
        try:
            sum_ = Decimal(text)
        except InvalidOperation:
            return refused(f"“{text[:20]}”不是金额")
        if not sum_.is_finite() or abs(sum_) >= Decimal(10) ** 12:
            return refused(f"“{text[:20]}”不是金额")
        if sum_ != round(sum_, 2):
            return asked(f"金额 {text[:20]} 不到分，请核对", round(sum_, 2))
        return Reading(sum_.quantize(Decimal("0.01")))

    def show(self, value: Any) -> str:
        return f"{value:.2f}"

    def dump(self, value: Any) -> Any:
        return None if value is None else str(value)

    def load(self, plain: Any) -> Any:
        return None if plain is None else Decimal(plain)


class _Flag(Kind):
    name = "flag"
    _yes = frozenset({"是", "有", "√", "✓", "✔", "1", "Y", "YES", "TRUE", "对", "已", "完成"})
    _no = frozenset({"否", "无", "没有", "×", "✗", "0", "N", "NO", "FALSE", "不是", "未", "未完成"})

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - yes and no know no day
        text = closed(from_cell(raw)).upper()
        if text in self._no:
            return Reading(value=False)
        if text in self._yes:
            return Reading(value=True)
        return EMPTY if says_nothing(text) else refused(f"“{text[:20]}”看不出是“是”还是“否”")

    def show(self, value: Any) -> str:
        return "是" if value else "否"


class _Day(Kind):
    """A date of any precision, shown as ISO text; forms write it in their own pattern."""

    name = "day"

    def read(self, raw: object, today: dt.date) -> Reading:
        return date_text.read(raw, today)

    def show(self, value: Any) -> str:
        return str(value)

    def dump(self, value: Any) -> Any:
        return None if value is None else str(value)

    def load(self, plain: Any) -> Any:
        return None if plain is None else PartialDate.parse(plain)


class _Identity(Kind):
    name = "identity"

    def doubt(self, value: Any, today: dt.date) -> str:
        return identity_card.fault(value, today) or ""

    def read(self, raw: object, today: dt.date) -> Reading:
        return identity_card.read(raw, today)

    def show(self, value: Any) -> str:
        return str(value)


_MOBILE = re.compile(r"1\d{10}", re.ASCII)
_LANDLINE = re.compile(r"(?:\(?0\d{2,3}\)?-?)?\d{7,8}(?:-\d{1,5})?", re.ASCII)
_WRONG_LENGTH = "号码位数不对"


class _Phone(Kind):
    name = "phone"

    def doubt(self, value: Any, today: dt.date) -> str:  # noqa: ARG002 - a phone knows no day
        return "" if _MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value) else _WRONG_LENGTH

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a phone knows no day
        text = from_cell(raw)
        if says_nothing(text) or folded(text) == _NONE:
            return EMPTY
        number = re.sub(r"[\s'’\-—()（）]", "", folded(text)).removeprefix("+86")
        if _MOBILE.fullmatch(number):
            return Reading(number)
        dialled = re.sub(r"\s+", "", folded(text)).strip("'’")
        if _LANDLINE.fullmatch(dialled):
            return Reading(dialled)
        if re.search(r"\d{5}", number):
            return Reading(dialled, State.LIKELY, f"{_WRONG_LENGTH}，先照录，标“待核”")
        return refused(f"“{visible(text)[:20]}”不像电话号码")

    def show(self, value: Any) -> str:
        return str(value)


class CodeKind(Kind):
    """A code of a table, stored as the code and shown as its text."""

    def __init__(self, table: CodeTable) -> None:
        self.table = table
        self.name = f"code:{table.name}"

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a code knows no day
        """Return the code; an unknown text is kept as typed where the table is open-ended, else asked."""
        text = folded(from_cell(raw))
        code = self.table.find(text)
        if code is not None:
            return Reading(code)
        if says_nothing(text) or text == _NONE:
            return EMPTY
        if self.table.open_ended and text.isdigit():
            # Kept as typed it would turn into that code, and lists number differently (COD-05, COD-08).
            return asked(
                f"只写了编号“{text[:20]}”，各单位编号不一，请选文字",
                *(code.code for code in self.table.codes),
            )
        if self.table.open_ended:
            return Reading(text[:40].strip(), State.LIKELY, f"代码表里没有“{text[:20]}”，先照原样保存")
        return asked(f"“{text[:20]}”不在可选项里", *(code.code for code in self.table.codes))

    def show(self, value: Any) -> str:
        """Return the text of the code."""
        return self.table.text(value)


@dataclass(frozen=True, slots=True)
class Mention:
    """Another subject as a text names it; a service finds whom it means."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another subject as stored: its id, the text it is shown by, and in a choice what tells it from its namesakes."""

    id: int
    text: str
    detail: str = field(default="", compare=False)


class LinkKind(Kind):
    """A reference to a row of another record: a chooser on screen, a name in workbooks."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.name = f"link:{record}"

    def read(self, raw: object, today: dt.date) -> Reading:  # noqa: ARG002 - a name knows no day
        """Return whom the text names, for a service to find."""
        text = person_name(from_cell(raw)) if self.record == "person" else visible(from_cell(raw))
        return EMPTY if says_nothing(text) else Reading(Mention(text))

    def show(self, value: Any) -> str:
        """Return the text the subject is shown by."""
        return str(value.text)

    def dump(self, value: Any) -> Any:
        """Return the id of a stored link."""
        return value.id if isinstance(value, Link) else value


TEXT = _Text("text")
PARAGRAPH = _Text("paragraph", multiline=True)
NAME = _Name()
WHOLE = _Whole()
MONEY = _Money()
FLAG = _Flag()
DAY = _Day()
IDENTITY = _Identity()
PHONE = _Phone()
