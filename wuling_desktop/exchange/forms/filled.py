"""A blank that was filled: its layout parsed once, its rows made as they are asked for; workbook and pages read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

    from wuling_desktop.exchange.forms.form_text import Value
    from wuling_desktop.exchange.pages.sheet_styles import Styles
    from wuling_desktop.exchange.picture import Picture
    from wuling_desktop.exchange.places import Area


@dataclass(frozen=True, slots=True)
class FilledCell:
    """What stands in one cell after filling."""

    style: int  # number of the cell's style in the blank's styles
    value: Value = None  # text, number or nothing; of a formula what it comes to
    runs: tuple[tuple[str, str], ...] = ()  # (markup of the look, text) where a text has several looks
    formula: str = ""  # without its equals sign, references moved
    picture: Picture | None = None  # then there is no value


class FilledSheet(Protocol):
    """One sheet after filling; rows and columns count from 1."""

    @property
    def name(self) -> str: ...  # noqa: D102 - what stands on its tab
    @property
    def root(self) -> etree._Element: ...  # noqa: D102 - the blank's own sheet as XML: columns, page set-up, margins, breaks
    @property
    def last_row(self) -> int: ...  # noqa: D102 - the last row that holds or frames something
    @property
    def last_column(self) -> int: ...  # noqa: D102 - the last column that holds or frames something
    @property
    def merges(self) -> Sequence[Area]: ...  # noqa: D102 - merged cells
    @property
    def print_area(self) -> Area | None: ...  # noqa: D102 - what is printed; None for all
    @property
    def title_rows(self) -> tuple[int, int] | None: ...  # noqa: D102 - rows repeated on every page, first and last
    @property
    def breaks(self) -> Sequence[int]: ...  # noqa: D102 - rows after which a page ends by hand

    def source_row(self, row: int) -> int:
        """Return the blank's row that lends its height."""

    def row_look(self, row: int) -> Mapping[str, str]:
        """Return the attributes of the row as the blank has them (ht, customHeight, hidden); empty where it has none."""

    def cells(self, row: int) -> Mapping[int, FilledCell]:
        """Return the cells of a row by column, styled empty ones too."""


class FilledWorkbook(Protocol):
    """A filled form."""

    @property
    def rows(self) -> int: ...  # noqa: D102 - records that were filled in
    @property
    def sheets(self) -> Sequence[FilledSheet]: ...  # noqa: D102 - in the order of their tabs
    @property
    def styles(self) -> Styles: ...  # noqa: D102 - the blank's styles as pages need them
