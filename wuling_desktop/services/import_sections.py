"""What a list has no column for and its titles tell: taken for every person below them, and told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wuling_desktop.domain.code_kinds import STANDING
from wuling_desktop.domain.kinds import Mention
from wuling_desktop.domain.readings import Reading, State
from wuling_desktop.exchange.reading.sections import Sections
from wuling_desktop.services import person_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wuling_desktop.exchange.reading.read_rows import RowRead
    from wuling_desktop.exchange.reading.tables import FoundTable, Skipped

_BRANCH = person_data.BRANCH_READ.name
_STANDING = "person.standing"
_SAY_STANDING = frozenset({_STANDING, "membership.kind", "membership.state"})


def under_titles(
    table: FoundTable, reads: Iterable[RowRead], skipped: Iterable[Skipped]
) -> Iterator[RowRead]:
    """Yield the rows with what the titles above them say, where the list has no column for it."""
    columns = {column.datum.name for column in table.columns if column.datum is not None}
    sections = Sections(table.sheet, skipped)
    for read in reads:
        section = sections.over(read.row)
        readings = dict(read.readings)
        if section.branch and _BRANCH not in columns:
            note = f"没有党支部一列，按小标题或表名记为“{section.branch}”；库里已有支部的不改"
            readings[_BRANCH] = Reading(Mention(section.branch), State.LIKELY, note)
        if section.standing and not columns & _SAY_STANDING:
            note = f"没有人员身份一列，按小标题或表名记为“{STANDING.show(section.standing)}”"
            readings[_STANDING] = Reading(section.standing, State.LIKELY, note)
        yield replace(read, readings=readings)
