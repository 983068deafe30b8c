"""导入: a workbook as a difference to what is stored, taken in as one operation and taken back whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.forms.write_workbook import write_rejected
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.label_forms import with_forms_as_lists
from wuling_desktop.exchange.reading.people_in_columns import with_people_as_rows
from wuling_desktop.exchange.reading.read_workbook import Refused, read_workbook
from wuling_desktop.exchange.reading.sheets import corrected
from wuling_desktop.progress import counted
from wuling_desktop.records import BY_NAME
from wuling_desktop.services import person_data
from wuling_desktop.services.changes import Changes, changes_of
from wuling_desktop.services.choices import link_choices
from wuling_desktop.services.collecting import without_collecting
from wuling_desktop.services.import_columns import ColumnMemory, decided, noted
from wuling_desktop.services.import_gone import gone
from wuling_desktop.services.import_ledger import LedgerPlan, link_fields
from wuling_desktop.services.import_people import Roster, missing
from wuling_desktop.services.import_plan import CellDiff, Place, Preview, RowDiff
from wuling_desktop.services.ledgers import rows_now
from wuling_desktop.services.overtaken import require_as_seen
from wuling_desktop.services.people import Who
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.services.person_groups import is_member
from wuling_desktop.services.person_writing import Draft, PersonWriter
from wuling_desktop.services.withdrawn import bring_back
from wuling_desktop.storage.former import former

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.sheets import Workbook
    from wuling_desktop.exchange.reading.tables import Found
    from wuling_desktop.services.import_columns import Recalled
    from wuling_desktop.services.ledgers import Ledger, Ledgers
    from wuling_desktop.services.people import People
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operation, Operations

__all__ = ["PEOPLE", "Imported", "Importing", "Refused"]

PEOPLE = "党员"
_NOBODY: frozenset[Place] = frozenset()
_STORED, _BROUGHT = attrgetter("old"), attrgetter("new")
_NOTHING: frozenset[tuple[Place, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote."""

    changes: Changes
    preview: Preview
    new: int
    changed: int
    changed_cells: int
    restored: int = 0  # people brought back


class Importing:
    """The path of the import wizard, for the window and for the headless verb."""

    def __init__(self, operations: Operations, unit: Unit, people: People, ledgers: Ledgers) -> None:
        self._operations = operations
        self._unit = unit
        self._people = people
        self._ledgers = ledgers
        self._columns = ColumnMemory(operations.database)

    def kinds(self) -> list[tuple[str, str]]:
        """Return (name, title) of what can be imported."""
        return [
            (PEOPLE, "党员花名册、申请人名单"),
            *((each.noun, each.title) for each in self._ledgers.ledgers()),
        ]

    def datums(self, kind: str) -> tuple[Datum, ...]:
        """Return what a column of such a file may hold."""
        return person_data.importable() if kind == PEOPLE else self._ledger(kind).fields

    @without_collecting()
    def preview(
        self,
        path: Path,
        kind: str = PEOPLE,
        answers: Mapping[str, str] | None = None,
        columns: Mapping[str, str] | None = None,
        corrections: Mapping[str, str] | None = None,
    ) -> Preview:
        """Return what the file would do; nothing is written.

        `answers` {question id: choice}; `columns` {"sheet!column index": datum name, or "" for none} overrule the
        matching of columns; `corrections` {"sheet!row!column letters": text} stand for what the file says there.
        """
        workbook = read_workbook(path)
        if kind == PEOPLE:
            workbook = with_people_as_rows(workbook, self.datums(kind))
            workbook = with_forms_as_lists(workbook, self.datums(kind))
        workbook = corrected(workbook, corrections or {})
        found, said, recalled = self._tables_in(workbook, kind, answers or {}, columns or {})
        if found.rejected is not None:
            preview = Preview(path, kind, found, (), (), (), str(found.rejected))
        elif kind == PEOPLE:
            preview = self._preview_people(path, found, answers or {})
        else:
            preview = self._preview_ledger(path, kind, found)
        return replace(preview, decided=said, recalled=recalled)

    def forget_columns(self, preview: Preview) -> None:
        """Remember no longer what was decided before about the columns of such a file."""
        self._columns.forget(preview.recalled)

    def _tables_in(
        self, workbook: Workbook, kind: str, answers: Mapping[str, str], columns: Mapping[str, str]
    ) -> tuple[Found, dict[str, str], tuple[Recalled, ...]]:
        """Return the lists of a file, what the user said of their columns, and what of it was remembered."""
        data = self.datums(kind)
        required = (
            (each.name for each in self._ledger(kind).fields if each.required) if kind != PEOPLE else ()
        )
        needs = frozenset(required) or frozenset({"person.name"})
        found = find_tables(workbook, data, needs=needs, answers=answers, columns=columns)
        said = decided(answers, columns, needs)
        recalled = self._columns.recall(kind, found, said, {datum.name for datum in data})
        before = {place: name for each in recalled for place, name in each.columns.items()}
        if before:
            found = find_tables(workbook, data, needs=needs, answers=answers, columns=before | dict(columns))
        return noted(found, recalled), before | said, tuple(recalled)

    @without_collecting()
    def commit(
        self,
        preview: Preview,
        *,
        leave: AbstractSet[Place] = _NOBODY,
        keep: AbstractSet[tuple[Place, str]] = _NOTHING,
    ) -> Imported:
        """Carry a preview out: without the rows in `leave`, without the cells (place, datum name) in `keep`."""
        if preview.outcome in ("asks", "rejected"):
            raise Problem(
                "还没有导入。",
                preview.rejection or f"还有 {len(preview.open_questions)} 个问题没有回答；没有写进任何东西。",
                "请回到上一步处理后再导入。",
            )
        rows = [row for row in preview.rows if row.place not in leave]
        new = [row for row in rows if row.verdict == "new"]
        taken = {
            id(row): [cell for cell in row.cells if (row.place, cell.datum.name) not in keep] for row in rows
        }
        changed = [row for row in rows if row.verdict == "changed" and taken[id(row)]]
        returning = [row for row in rows if row.verdict == "returning"]
        counted = "人" if preview.kind == PEOPLE else "条"
        parts = [
            f"新增 {len(new)}",
            f"更新 {len(changed)}",
            *([f"恢复 {len(returning)}"] if returning else []),
        ]
        name = (
            f"导入 {preview.kind} {len(new) + len(changed) + len(returning)} {counted}（{'，'.join(parts)}）"
        )
        about = {"file": preview.file_name, "new": len(new), "changed": len(changed)}
        with self._operations.begin(name, about=about) as (operation, outcome):
            known = [*changed, *returning]
            changes = {row.place: {cell.datum.name: cell.new for cell in taken[id(row)]} for row in known}
            bring_back(operation, {row.subject for row in returning if row.subject is not None})
            now = self._now(operation, preview.kind, known)
            for row in known:
                _require_as_previewed(row, taken[id(row)], now)
            if preview.kind == PEOPLE:
                _write_people(operation, new, known, changes, now, preview.file_name)
            else:
                self._write_ledger(operation, preview.kind, new, changed, changes)
        self._columns.keep(preview.kind, preview.file_name, preview.found.tables, preview.decided)
        cells = sum(map(len, changes.values()))
        return Imported(
            changes_of(outcome.written), preview, len(new), len(changed), cells, restored=len(returning)
        )

    @staticmethod
    def save_rejected(preview: Preview, path: Path) -> int:
        """Write the rows held back, with their own headings and a column that says why; return their number."""
        held = {
            (row.place.sheet, row.place.row): "；".join(p.message for p in row.problems)
            for row in preview.rows
            if row.verdict == "held"
        }
        write_rejected(path, preview.found, held)
        return len(held)

    def _preview_people(self, path: Path, found: Found, answers: Mapping[str, str]) -> Preview:
        today = self._unit.today()
        everyone = self._people.facts(Who("all"), today)
        with self._operations.database.reading() as connection:
            taken_back, called_before = gone(connection, today), former(connection)
        roster = Roster(
            everyone,
            called_before,
            taken_back,
            (link.text for link in self._unit.organisations()),
            answers,
            today,
        )
        rows = roster.plan(found)
        members = [facts for facts in everyone if is_member(facts)]
        questions = (*found.questions, *roster.questions)
        return Preview(path, PEOPLE, found, tuple(rows), questions, missing(members, rows))

    def _preview_ledger(self, path: Path, kind: str, found: Found) -> Preview:
        ledger = self._ledger(kind)
        stored = {
            row.id: {each.name: value for each, value in zip(ledger.fields, row.values, strict=True)}
            for row in self._ledgers.rows(ledger.name)
        }
        links = {
            each.name: link_choices(self._operations, record, limit=100_000)
            for each, record in link_fields(ledger.fields)
        }
        plan = LedgerPlan(ledger.fields, stored, links)
        rows = plan.plan(found.tables, self._unit.today())
        return Preview(path, kind, found, tuple(rows), found.questions, plan.missing(rows))

    def _write_ledger(
        self,
        operation: Operation,
        kind: str,
        new: list[RowDiff],
        changed: list[RowDiff],
        changes: Mapping[Place, Mapping[str, Any]],
    ) -> None:
        record = BY_NAME[self._ledger(kind).name]
        operation.add(record, [_keyed(row.values) for row in new])
        for row in counted("已更新", changed, "条"):
            if row.subject is not None:
                operation.change(record, row.subject, _keyed(changes[row.place]))

    def _now(
        self, operation: Operation, kind: str, changed: list[RowDiff]
    ) -> Mapping[int, Mapping[str, Any]]:
        """Return what stands by id in the rows to be changed: time has gone by since the preview."""
        ids = [row.subject for row in changed if row.subject is not None]
        if kind != PEOPLE:
            return rows_now(operation.connection, BY_NAME[self._ledger(kind).name], ids)
        figures = {cell.datum.name for row in changed for cell in row.cells}
        return facts_of(operation.connection, self._unit.today(), ids=ids, figures=figures)

    def _ledger(self, kind: str) -> Ledger:
        for each in self._ledgers.ledgers():
            if kind in (each.noun, each.title, each.name):
                return each
        known = "、".join(name for name, _ in self.kinds())
        raise Problem(f"没有“{kind}”这种导入。", f"能导入的有：{known}。", "请从这几种里选一种。")


def _write_people(
    operation: Operation,
    new: list[RowDiff],
    changed: list[RowDiff],
    changes: Mapping[Place, Mapping[str, Any]],
    now: Mapping[int, Mapping[str, Any]],
    source: str,
) -> None:
    writer = PersonWriter(operation)
    writer.add([Draft(row.values, member=row.member, source=source) for row in new])
    for row in counted("已更新", changed, "人"):
        if row.subject is not None:
            writer.change(Draft(changes[row.place], dict(now[row.subject]), row.member, source))


def _require_as_previewed(
    row: RowDiff, cells: Sequence[CellDiff], now: Mapping[int, Mapping[str, Any]]
) -> None:
    """Raise a Problem where the difference shown is no longer the one that would be written."""
    if row.subject is None or row.subject not in now:
        raise Problem(
            f"没有导入：“{row.title}”在预览以后撤销了。",
            "这一步什么也没有存；原来的数据没有动。",
            "请重新预览，再导入。",
        )
    new, seen = ({cell.datum.name: value(cell) for cell in cells} for value in (_BROUGHT, _STORED))
    require_as_seen([cell.datum for cell in cells], new, seen, now[row.subject], f"{row.title} 的")


def _keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.partition(".")[2]: value.id if isinstance(value, Link) else value
        for name, value in values.items()
    }
