"""The values a formula works with, and the functions it may call: as spreadsheets have them."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Result = Decimal | str | bool | None  # None: an empty cell

_FIGURES = Context(prec=15)  # as many as a spreadsheet keeps of a number
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class UnknownError(Exception):
    """A formula that uses more than is computed here, or comes to an error."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of a reference as an argument; `single` for one cell."""

    values: Sequence[Result]
    single: bool


Operand = Result | Cells


def plain(number: Decimal) -> Decimal:
    """Return a number as a spreadsheet keeps it: fifteen figures, no noughts at the end."""
    rounded = _FIGURES.plus(number)
    if rounded == rounded.to_integral_value() and abs(rounded) < 10**_FIGURES.prec:
        return rounded.quantize(Decimal(1))  # 600 and not 6E+2
    return rounded.normalize()


def scalar(value: Operand) -> Result:
    """Return the one value of an operand; an area is none."""
    if isinstance(value, Cells):
        if not value.single or len(value.values) != 1:
            raise UnknownError
        return value.values[0]
    return value


def as_number(value: Result) -> Decimal:
    """Return a value as a number to count with."""
    match value:
        case None:
            return Decimal(0)
        case bool():
            return Decimal(int(value))
        case Decimal():
            return value
    if _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    raise UnknownError


def as_text(value: Result) -> str:
    """Return how a value reads inside a text."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case Decimal():
            return format(plain(value), "f")
    return value


def truth(value: Result) -> bool:
    """Return whether a condition holds: any number but nought does."""
    return value if isinstance(value, bool) else as_number(value) != 0


def compared(sign: str, left: Result, right: Result) -> bool:
    """Return a comparison: numbers stand before texts, texts before truths; an empty cell is whatever it is compared with."""
    keys = [_order(left, right), _order(right, left)]
    return bool(COMPARED[sign](*keys))


def _order(value: Result, beside: Result) -> tuple[int, Decimal | str]:
    if value is None:
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else Decimal(0)
    if isinstance(value, bool):
        return 2, Decimal(int(value))
    if isinstance(value, Decimal):
        return 0, plain(value)
    return 1, value.casefold()


def _numbers(arguments: Sequence[Operand]) -> list[Decimal]:
    """Return the numbers meant: in cells only true numbers count, written in the formula also texts and truths."""
    found: list[Decimal] = []
    for each in arguments:
        if isinstance(each, Cells):
            found += [value for value in each.values if isinstance(value, Decimal)]
        else:
            found.append(as_number(each))
    return found


def _sum_of(arguments: Sequence[Operand]) -> Decimal:
    return sum(_numbers(arguments), start=Decimal(0))


def _average(arguments: Sequence[Operand]) -> Decimal:
    numbers = _numbers(arguments)
    if not numbers:
        raise UnknownError
    return sum(numbers, start=Decimal(0)) / len(numbers)


def _count(arguments: Sequence[Operand]) -> Decimal:
    found = 0
    for each in arguments:
        if isinstance(each, Cells):
            found += sum(isinstance(value, Decimal) for value in each.values)
        else:
            found += not isinstance(each, str) or bool(_NUMBER.fullmatch(each.strip()))
    return Decimal(found)


def _count_all(arguments: Sequence[Operand]) -> Decimal:
    found = 0
    for each in arguments:
        found += sum(value is not None for value in each.values) if isinstance(each, Cells) else 1
    return Decimal(found)


def _count_if(arguments: Sequence[Operand]) -> Decimal:
    if len(arguments) != 2 or not isinstance(arguments[0], Cells):
        raise UnknownError
    fits = _criterion(scalar(arguments[1]))
    return Decimal(sum(fits(value) for value in arguments[0].values))


def _criterion(wanted: Result) -> Callable[[Result], bool]:
    """Return the test behind a criterion such as 3, "男", ">=60" or "*党员"."""
    if not isinstance(wanted, str):
        return lambda value: _equals(value, wanted)
    found = re.match("<=|>=|<>|<|>|=", wanted)
    sign = found[0] if found else "="
    rest = wanted[len(found[0]) if found else 0 :]
    if _NUMBER.fullmatch(rest.strip()):
        number = Decimal(rest.strip())
        if sign in ("=", "<>"):
            return lambda value: _equals(value, number) is (sign == "=")
        return lambda value: isinstance(value, Decimal) and compared(sign, value, number)
    if sign in ("=", "<>"):
        pattern = _wildcards(rest)

        def alike(value: Result) -> bool:
            if not rest:
                return value is None or (not found and value == "")
            return isinstance(value, str) and bool(pattern.fullmatch(value))

        return alike if sign == "=" else lambda value: not alike(value)
    return lambda value: isinstance(value, str) and compared(sign, value, rest)


def _equals(value: Result, wanted: Decimal | bool | None) -> bool:  # noqa: FBT001 - a criterion may be a truth
    """Whether a value meets a criterion; a text of digits counts as its number, as spreadsheets have it there."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip())
    return value is not None and compared("=", value, wanted)


def _wildcards(text: str) -> re.Pattern[str]:
    parts = re.findall(r"~[*?~]|.", text, re.DOTALL)
    signs = {"*": ".*", "?": "."}
    return re.compile(
        "".join(signs.get(part) or re.escape(part[-1]) for part in parts), re.IGNORECASE | re.DOTALL
    )


FUNCTIONS: dict[str, Callable[[Sequence[Operand]], Decimal]] = {
    "SUM": _sum_of,
    "AVERAGE": _average,
    "COUNT": _count,
    "COUNTA": _count_all,
    "COUNTIF": _count_if,
}
