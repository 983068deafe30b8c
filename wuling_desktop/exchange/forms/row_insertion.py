"""Rows put in for the records of a list: where each row comes from, and where everything else moves to."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wuling_desktop.exchange import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.exchange.forms.formula_text import Reference
    from wuling_desktop.exchange.places import Area


class Source(NamedTuple):
    """Where a row of the filled sheet comes from: the blank's row, and the record's place or -1."""

    row: int
    record: int


@dataclass(frozen=True, slots=True)
class Insertion:
    """The repeated rows of a blank: `height` rows a record from `first` on, with room for some, and the records to show."""

    first: int
    height: int
    room: int  # records for which the blank has rows
    records: int

    @property
    def blocks(self) -> int:
        """Places for records after filling: an empty list keeps its empty row."""
        return max(self.records, self.room)

    @property
    def last(self) -> int:
        """The blank's last row that belongs to the list."""
        return self.first + self.room * self.height - 1

    @property
    def added(self) -> int:
        """How many rows were put in."""
        return (self.blocks - self.room) * self.height

    def source(self, row: int) -> Source:
        """Return where a row of the filled sheet comes from."""
        if row < self.first:
            return Source(row, -1)
        block, offset = divmod(row - self.first, self.height)
        if block >= self.blocks:
            return Source(row - self.added, -1)
        return Source(
            self.first + self._model(block) * self.height + offset, block if block < self.records else -1
        )

    def holds(self, row: int) -> bool:
        """Whether a row of the filled sheet belongs to the list."""
        return self.first <= row < self.first + self.blocks * self.height

    def token_row(self, row: int) -> int:
        """Return the blank's row whose tokens fill a row of the list."""
        return self.first + (row - self.first) % self.height

    def _model(self, block: int) -> int:
        """Return the blank's block that lends its look: the last stays last, for its lower edge."""
        if block == self.blocks - 1:
            return self.room - 1
        return min(block, max(self.room - 2, 0))

    def target(self, row: int) -> int:
        """Return where a row of the blank lies after filling."""
        return row + self.added if row > self.last else row

    def areas(self, area: Area) -> Iterator[Area]:
        """Yield what an area of the blank covers after filling: validations and formats grow with the list."""
        inside_one = (
            self.height > 1
            and area.top >= self.first
            and area.bottom <= self.last
            and area.bottom - area.top + 1 < self.height
        )
        if not inside_one:
            bottom = area.bottom + self.added if area.bottom >= self.last else area.bottom
            yield area._replace(top=self.target(area.top), bottom=min(bottom, places.LAST_ROW))
            return
        block = (area.top - self.first) // self.height
        for number in range(self.blocks):
            if self._model(number) == block:
                yield area.lower((number - block) * self.height)

    def merges(self, area: Area) -> Iterator[Area]:
        """Yield the merged cells that one of the blank becomes: inside a record's rows, one for every record."""
        if self.first <= area.top and area.bottom <= self.last:
            block = (area.top - self.first) // self.height
            if (area.bottom - self.first) // self.height == block:
                for number in range(self.blocks):
                    if self._model(number) == block:
                        yield area.lower((number - block) * self.height)
                return
        bottom = area.bottom + self.added if area.bottom >= self.last else area.bottom
        yield area._replace(top=self.target(area.top), bottom=bottom)

    def moved(self, ref: Reference) -> Reference:
        """Return a reference from outside the list: a range that ends with the list grows with it."""
        if ref.top is None:
            return ref
        if ref.right is None:
            return dataclasses.replace(ref, top=self.target(ref.top))
        if ref.bottom is None:
            return ref
        bottom = ref.bottom + self.added if ref.bottom >= self.last else ref.bottom
        return dataclasses.replace(ref, top=self.target(ref.top), bottom=bottom)

    def filled_down(self, ref: Reference, source: int, row: int) -> Reference:
        """Return a reference of a formula inside the list, copied from its own row down to another.

        The record's own cells and those of the record before go along; the heading and what stands below do not.
        """
        if ref.right is not None and ref.top_fixed and ref.bottom_fixed:
            return self.moved(ref)
        start = source - (source - self.first) % self.height

        def along(at: int | None, *, fixed: bool) -> int | None:
            if at is None or fixed or at > self.last or at < start - self.height:
                return None if at is None else self.target(at)
            return at + row - source

        return dataclasses.replace(
            ref,
            top=along(ref.top, fixed=ref.top_fixed),
            bottom=along(ref.bottom, fixed=ref.bottom_fixed),
        )
