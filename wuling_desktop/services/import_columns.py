"""What was decided about the columns of a file, remembered by its headings, so that the next such file asks nothing again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wuling_desktop.exchange.reading.headings import heading_key
from wuling_desktop.exchange.reading.sheets import column_number
from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from wuling_desktop.exchange.reading.tables import Column, Found, FoundTable
    from wuling_desktop.storage.data import Data
    from wuling_desktop.storage.memo import Memo

_PREFIX = "columns:"
_ALIKE = (
    0.5  # of the headings of two lists, the share in common that makes them the same list of another year
)
_NAMED = 4  # headings named in a note
_CHOICE = re.compile(r"([A-Z]+) 列“(.*)”", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was decided before about one list of the file; `differs` where its headings are not quite the same."""

    key: str
    columns: Mapping[str, str]  # {"sheet!column index": datum name, or "" for none}
    note: str
    differs: bool


class ColumnMemory:
    """Remembers by memo: it is no record, and an import taken back does not take back what its columns mean."""

    def __init__(self, database: Data) -> None:
        self._database = database

    def recall(
        self, kind: str, found: Found, said: Collection[str], known: Collection[str]
    ) -> list[Recalled]:
        """Return what is remembered of the lists of a file, but for the columns in `said`; `known` data only."""
        kept = [each for each in memo.under(self._database, _PREFIX) if each.content["kind"] == kind]
        recalled = []
        for sheet, places in _lists(found) if kept else ():
            best = max(kept, key=lambda each: _share(each.content["headings"], places))
            if _share(best.content["headings"], places) < _ALIKE:
                continue
            columns = {
                f"{sheet}!{places[heading]}": name
                for heading, name in best.content["columns"].items()
                if heading in places and (not name or name in known)
            }
            columns = {place: name for place, name in columns.items() if place not in said}
            if columns:
                recalled.append(_recalled(best, columns, places))
        return recalled

    def keep(self, kind: str, file: str, tables: Iterable[FoundTable], decided: Mapping[str, str]) -> None:
        """Remember what was decided, beside what the same headings were decided to mean before."""
        for table in tables:
            places = _places(table.columns)
            columns = {
                heading: decided[place]
                for heading, index in places.items()
                if (place := f"{table.sheet}!{index}") in decided
            }
            if not columns:
                continue
            key = _key(kind, places)
            before: dict[str, str] = next(
                (each.content["columns"] for each in memo.under(self._database, key)), {}
            )
            content = {"kind": kind, "file": file, "headings": [*places], "columns": before | columns}
            memo.keep(self._database, key, content)

    def forget(self, recalled: Iterable[Recalled]) -> None:
        """Remember it no longer."""
        for each in recalled:
            memo.forget(self._database, each.key)


def decided(answers: Mapping[str, str], columns: Mapping[str, str], needs: Collection[str]) -> dict[str, str]:
    """Return {"sheet!column index": datum name, or ""} of what the user said of columns, by choice or by answer."""
    said: dict[str, str] = {}
    for id_, answer in answers.items():
        letters = answer.partition(" ")[0]
        if id_.startswith("column:"):
            sheet, name, rivals = id_.removeprefix("column:").rsplit(":", 2)
            said |= {
                f"{sheet}!{column_number(each)}": name if each == letters else ""
                for each in rivals.split("-")
            }
        elif id_.startswith("key:") and _CHOICE.match(answer) and len(needs) == 1:
            said[f"{id_.removeprefix('key:')}!{column_number(letters)}"] = next(iter(needs))
    return said | dict(columns)


def noted(found: Found, recalled: Sequence[Recalled]) -> Found:
    """Return what was found, with the columns read by memory saying so."""
    places = {place for each in recalled for place in each.columns}
    tables = tuple(
        replace(
            table,
            columns=tuple(
                replace(each, note="按上次的选择") if f"{table.sheet}!{each.index}" in places else each
                for each in table.columns
            ),
        )
        for table in found.tables
    )
    return replace(found, tables=tables)


def _lists(found: Found) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield (sheet, {heading: column index}) of each list, and of each whose key column has to be asked for."""
    for table in found.tables:
        yield table.sheet, _places(table.columns)
    for question in found.questions:
        if question.id.startswith("key:"):
            heads = [match for choice in question.choices if (match := _CHOICE.fullmatch(choice))]
            yield question.id.removeprefix("key:"), {heading_key(h[2]): column_number(h[1]) for h in heads}


def _places(columns: Sequence[Column]) -> dict[str, int]:
    """Return the columns by their headings; of headings that repeat the later ones are numbered."""
    times: Counter[str] = Counter()
    places = {}
    for each in columns:
        heading = heading_key(each.heading)
        times[heading] += 1
        places[heading if times[heading] == 1 else f"{heading}#{times[heading]}"] = each.index
    return places


def _share(headings: Sequence[str], places: Mapping[str, int]) -> float:
    one, other = {*headings}, {*places}
    return len(one & other) / len(one | other)


def _key(kind: str, places: Mapping[str, int]) -> str:
    said = "\n".join([kind, *sorted(places)])
    return _PREFIX + hashlib.sha256(said.encode()).hexdigest()[:40]


def _recalled(kept: Memo, columns: Mapping[str, str], places: Mapping[str, int]) -> Recalled:
    content: dict[str, Any] = kept.content
    before = content["headings"]
    changes = [
        f"{verb}{_quoted(some)}"
        for verb, some in (
            ("多了", [each for each in places if each not in before]),
            ("少了", [each for each in before if each not in places]),
        )
        if some
    ]
    note = f"有 {len(columns)} 列按上次定的对应读（{kept.at:%Y-%m-%d}，{content['file']}）"
    if changes:
        note += f"；列名和上次不全一样：{'，'.join(changes)}"
    return Recalled(kept.key, columns, note, bool(changes))


def _quoted(headings: Sequence[str]) -> str:
    more = f"等 {len(headings)} 列" if len(headings) > _NAMED else ""
    return "".join(f"“{each}”" for each in headings[:_NAMED]) + more
