"""A cell's value as it is seen on paper: a number under its number format, exactly, without floating point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.date_number_text import date_text

if TYPE_CHECKING:
    from wuling_desktop.exchange.forms.form_text import Value

_GENERAL_DIGITS = 11  # what General shows at most
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?                # "元"
    |\\(?P<escaped>.)                   # \元
    |\[(?P<bracket>[^\]]*)\]            # [Red] [>=100] [DBNum1] [$-804]
    |_(?P<space>.)                      # as wide as a letter: a blank
    |\*(?P<repeated>.)                  # repeated to the cell's edge: left out
    |(?P<general>General|G/通用格式)
    |(?P<exponent>[eE][+-])
    |(?P<half>上午/下午|AM/PM|A/P)
    |(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)
    |(?P<digit>[0#?])
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_COLOURS = {
    "red": "#FF0000", "红色": "#FF0000", "blue": "#0000FF", "蓝色": "#0000FF", "green": "#00FF00", "绿色": "#00FF00",
    "black": "#000000", "黑色": "#000000", "white": "#FFFFFF", "白色": "#FFFFFF", "yellow": "#FFFF00",
    "黄色": "#FFFF00", "magenta": "#FF00FF", "洋红": "#FF00FF", "cyan": "#00FFFF", "青色": "#00FFFF",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a value; `colour` is the format's own, empty for the cell's."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format between semicolons: (kind, text) token by token."""

    tokens: tuple[tuple[str, str], ...]
    colour: str = ""
    condition: tuple[str, Decimal] | None = None
    chinese: bool = False  # figures in Chinese characters

    @property
    def is_date(self) -> bool:
        """Whether it shows days or hours."""
        return any(kind == "date" for kind, _ in self.tokens)


def shown(value: Value, code: str) -> Shown:
    """Return what a cell with this number format shows."""
    if value is None:
        return Shown("")
    if code in ("General", ""):
        return Shown(_general(Decimal(value)) if isinstance(value, (int, Decimal)) else str(value))
    sections = _sections(code)
    if not isinstance(value, (int, Decimal)):
        return _text(str(value), sections)
    number = Decimal(value)
    place, section = _chosen(number, sections)
    if section is None:
        return Shown(_general(number))
    # A second section speaks of numbers below nought and shows its own sign, or none.
    signed = place == 0 or section.condition is not None
    if section.is_date:
        found = date_text(number, section.tokens, chinese=section.chinese)
        return Shown(_general(number) if found is None else found, section.colour)
    return Shown(_number(number, section, signed=signed), section.colour)


@cache
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return tuple(_section(tokens) for tokens in sections)


def _section(tokens: list[tuple[str, str]]) -> Section:
    colour, condition, chinese = "", None, False
    kept: list[tuple[str, str]] = []
    for kind, text in tokens:
        if kind in ("quoted", "escaped"):
            kept.append(("literal", text))
        elif kind == "space":
            kept.append(("literal", " "))
        elif kind == "bracket":
            colour = _COLOURS.get(text.lower(), colour)
            chinese = chinese or text.lower() in ("dbnum1", "dbnum2")
            if found := _CONDITION.fullmatch(text):
                condition = (found[1], Decimal(found[2]))
            if text.startswith("$") and (sign := text[1:].partition("-")[0]):
                kept.append(("literal", sign))  # [$￥-804]
        elif kind != "repeated":
            kept.append((kind, text))
    return Section(tuple(kept), colour, condition, chinese)


def _chosen(number: Decimal, sections: tuple[Section, ...]) -> tuple[int, Section | None]:
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for place, section in enumerate(numeric):
            if section.condition is None or _holds(number, section.condition):
                return place, section
        return 0, None
    if number < 0 and len(numeric) > 1:
        return 1, numeric[1]
    if number == 0 and len(numeric) > 2:
        return 2, numeric[2]
    return 0, numeric[0]


def _holds(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def _text(text: str, sections: tuple[Section, ...]) -> Shown:
    """A text stands as it is, unless the last section has a place for it: @"同志"."""
    last = sections[-1]
    if not any(token == ("other", "@") for token in last.tokens):
        return Shown("" if len(sections) > 3 and not last.tokens else text)
    said = "".join(text if token == ("other", "@") else token[1] for token in last.tokens)
    return Shown(said, last.colour)


def _general(number: Decimal) -> str:
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        context.prec = _GENERAL_DIGITS
        if abs(number) >= 10**_GENERAL_DIGITS:
            return _exponent(number, 5, least=0)
        if number and abs(number) < Decimal("0.0001") and -number.normalize().as_tuple().exponent > 9:  # type: ignore[operator]  # finite
            return _exponent(number, 5, least=0)
        short = (+number).normalize()
    return f"{short + 0:f}"


def _exponent(number: Decimal, places: int, *, least: int) -> str:
    head, _, power = f"{number:.{places}E}".partition("E")
    if "." in head and least < places:
        head = head.rstrip("0").rstrip(".")
    return f"{head}E{power[0]}{power[1:].zfill(2)}"


def _number(number: Decimal, section: Section, *, signed: bool) -> str:
    tokens = section.tokens
    kinds = [kind for kind, _ in tokens]
    bare = [text if kind in ("digit", "other") else "" for kind, text in tokens]
    if "general" in kinds:
        said = _general(number if signed else abs(number))
        return "".join(said if kind == "general" else text for kind, text in tokens)
    if ("other", "@") in tokens:
        return "".join(_general(number) if token == ("other", "@") else token[1] for token in tokens)
    if "digit" not in kinds:
        said = "".join(text for _, text in tokens)
        return f"-{said}" if said and signed and number < 0 else said
    if "/" in bare:
        return _general(number)  # a fraction: its decimal is the same number
    whole, dot, decimals, last = _layout(tokens)
    scaled = abs(number) * 100 ** bare.count("%")
    # Commas behind the last digit divide by a thousand each.
    behind = "".join(bare[last + 1 :]) if dot < 0 else ""
    scaled /= 1000 ** (len(behind) - len(behind.lstrip(",")))
    if "exponent" in kinds:
        return ("-" if number < 0 and signed else "") + _exponent(scaled, len(decimals), least=len(decimals))
    digits = _digits(scaled, whole, decimals, grouped="," in bare[:last])
    minus = "-" if number < 0 and signed and any(letter in "123456789" for letter in digits) else ""
    return minus + _placed(tokens, digits, last)


def _layout(tokens: tuple[tuple[str, str], ...]) -> tuple[str, int, str, int]:
    """Return the places before the point, where the point stands (-1: none), the places behind, the last place."""
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    dot = next((at for at, token in enumerate(tokens) if token == ("other", ".")), -1)
    power = next((at for at, (kind, _) in enumerate(tokens) if kind == "exponent"), len(tokens))
    whole = "".join(tokens[at][1] for at in places if dot < 0 or at < dot)
    decimals = "".join(tokens[at][1] for at in places if 0 <= dot < at < power)
    return whole, dot, decimals, max(places[-1], dot)


def _digits(number: Decimal, whole: str, decimals: str, *, grouped: bool) -> str:
    with localcontext() as context:
        context.prec = 60
        rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    before, _, behind = f"{rounded:f}".partition(".")
    least = len(whole) - len(whole.lstrip("#?")) if "0" in whole else len(whole)
    before = before.lstrip("0").zfill(len(whole) - least)
    if grouped:
        before = _THOUSANDS.sub(",", before)
    while behind and decimals[len(behind) - 1] != "0" and behind.endswith("0"):
        behind = behind[:-1]
    return before + ("." + behind if decimals else "")


def _placed(tokens: tuple[tuple[str, str], ...], digits: str, last: int) -> str:
    """Put the figures where the first place stands; words between places stand behind them."""
    first = next(at for at, (kind, text) in enumerate(tokens) if kind == "digit" or text == ".")
    if all(kind == "digit" or text in ".," for kind, text in tokens[first : last + 1]):
        between = digits
    else:
        between = _spread(tokens[first : last + 1], digits)
    before = "".join(text for _, text in tokens[:first])
    behind = "".join(text for kind, text in tokens[last + 1 :] if (kind, text) != ("other", ","))
    return before + between + behind


def _spread(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    """Put figures into places with words between them, from the right: 0000-0000."""
    said: list[str] = []
    left = list(digits.replace(",", ""))
    for kind, text in reversed(tokens):
        if kind == "digit" or text == ".":
            said.append(left.pop() if left else "")
        elif text != ",":
            said.append(text)
    return "".join(left) + "".join(reversed(said))
