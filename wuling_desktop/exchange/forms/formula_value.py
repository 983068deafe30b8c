"""What a formula comes to: sums, counts and conditions over the sheet; whatever else is written there is not known."""

from __future__ import annotations

from decimal import Context, Decimal, DecimalException, localcontext
from typing import TYPE_CHECKING

from wuling_desktop.exchange.forms.formula_functions import (
    COMPARED,
    FUNCTIONS,
    Cells,
    UnknownError,
    as_number,
    as_text,
    compared,
    plain,
    scalar,
    truth,
)
from wuling_desktop.exchange.forms.formula_text import reference, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.exchange.forms.formula_functions import Operand, Result
    from wuling_desktop.exchange.forms.formula_text import Reference, Word

_BROAD = Context(prec=40, Emax=999, Emin=-999)
_LONGEST = 2_000  # words; a longer formula, or one nested deeper than its length allows, is not computed


def value_of(formula: str, look: Callable[[Reference], Sequence[Result]]) -> Decimal | str | bool:
    """Return what a formula (without its equals sign) comes to; `look` gives the values of the cells referred to.

    Raises UnknownError, also for what a spreadsheet shows as an error.
    """
    with localcontext(_BROAD):
        try:
            value = scalar(_Reader(formula, look).all())
        except (DecimalException, RecursionError) as error:
            raise UnknownError from error
    if isinstance(value, Decimal):
        return plain(value)
    return Decimal(0) if value is None else value


class _Reader:
    """Reads a formula word by word, from the weakest sign (comparison) to the strongest (percent)."""

    def __init__(self, formula: str, look: Callable[[Reference], Sequence[Result]]) -> None:
        self._words: list[Word] = [word for word in words(formula) if word.kind != "blank"]
        if len(self._words) > _LONGEST:
            raise UnknownError
        self._at = 0
        self._look = look
        self._idle = False  # inside the branch of IF that is not taken

    def all(self) -> Operand:
        value = self._comparison()
        if self._at != len(self._words):
            raise UnknownError
        return value

    def _next(self, *signs: str) -> str:
        """Take the next word if it is one of these signs."""
        if self._at < len(self._words) and self._words[self._at].kind == "sign":
            text = self._words[self._at].text
            if text in signs:
                self._at += 1
                return text
        return ""

    def _comparison(self) -> Operand:
        value = self._joined()
        while sign := self._next(*COMPARED):
            other = self._joined()
            value = None if self._idle else compared(sign, scalar(value), scalar(other))
        return value

    def _joined(self) -> Operand:
        value = self._sum()
        while self._next("&"):
            other = self._sum()
            value = None if self._idle else as_text(scalar(value)) + as_text(scalar(other))
        return value

    def _sum(self) -> Operand:
        value = self._product()
        while sign := self._next("+", "-"):
            other = self._product()
            if not self._idle:
                left, right = as_number(scalar(value)), as_number(scalar(other))
                value = left + right if sign == "+" else left - right
        return value

    def _product(self) -> Operand:
        value = self._signed()
        while sign := self._next("*", "/"):
            other = self._signed()
            if not self._idle:
                left, right = as_number(scalar(value)), as_number(scalar(other))
                value = left * right if sign == "*" else left / right
        return value

    def _signed(self) -> Operand:
        if sign := self._next("+", "-"):
            value = self._signed()
            if self._idle or sign == "+":
                return value
            return -as_number(scalar(value))
        value = self._operand()
        while self._next("%"):
            value = None if self._idle else as_number(scalar(value)) / 100
        return value

    def _operand(self) -> Operand:
        if self._next("("):
            value = self._comparison()
            self._close()
            return value
        if self._at == len(self._words):
            raise UnknownError
        word = self._words[self._at]
        self._at += 1
        match word.kind:
            case "number":
                return Decimal(word.text)
            case "text":
                return word.text[1:-1].replace('""', '"')
            case "reference":
                return None if self._idle else self._cells(reference(word.text))
            case "name":
                return self._named(word.text.upper())
        raise UnknownError

    def _cells(self, ref: Reference) -> Cells:
        return Cells(self._look(ref), single=ref.right is None)

    def _named(self, name: str) -> Operand:
        if not self._next("("):
            if name in ("TRUE", "FALSE"):
                return name == "TRUE"
            raise UnknownError
        if name == "IF":
            return self._if()
        function = FUNCTIONS.get(name)
        if function is None:
            raise UnknownError
        arguments: list[Operand] = []
        if not self._next(")"):
            arguments.append(self._comparison())
            while self._next(","):
                arguments.append(self._comparison())
            self._close()
        return None if self._idle else function(arguments)

    def _if(self) -> Operand:
        """Read both branches and compute the one taken, so that IF(B1=0,0,A1/B1) does not divide."""
        condition = self._comparison()
        idle = self._idle
        taken = not idle and truth(scalar(condition))
        value: Operand = taken
        for branch in (True, False):
            if self._next(","):
                self._idle = idle or taken is not branch
                at = self._at
                empty = at < len(self._words) and self._words[at].text in (",", ")")
                read = Decimal(0) if empty else self._comparison()
                if not self._idle:
                    value = read
        self._idle = idle
        self._close()
        return value

    def _close(self) -> None:
        if not self._next(")"):
            raise UnknownError
