"""What the user is told of an import, in a sentence and as the plain answer of the headless verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.domain.person_figures import STANDING
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.headings import INDEX, heading_key
from wuling_desktop.exchange.reading.sheets import column_letters
from wuling_desktop.services import person_data
from wuling_desktop.services.importing import PEOPLE

if TYPE_CHECKING:
    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.tables import Column, FoundTable
    from wuling_desktop.services.import_plan import Preview, RowDiff, RowProblem
    from wuling_desktop.services.importing import Imported, Refused

_NAMED = 4  # columns named in the message
_PUBLIC_ALWAYS = [
    "name",
    "sex",
    "birth_date",
    "ethnic_group",
    "native_place",
    "id_number",
    "education",
    "degree",
    "work_start",
    "join_date",
    "regular_date",
    "status",
    "post",
    "title",
    "phone",
    "branch",
]


def rejection(preview: Preview) -> Problem:
    """Return why a file was not taken, in the three parts of a problem."""
    what, why, todo = [*message(preview).split("\n"), "", ""][:3]
    return Problem(what, why, todo)


def message(preview: Preview, imported: Imported | None = None) -> str:
    """Return what the user is shown: counts, what was held back and why, what to do next."""
    if preview.outcome == "rejected":
        return (
            preview.rejection
            or "没有读到可以导入的行。\n表里没有认得出的人或记录，没有写进任何东西。\n请换一个文件，或在“对列”里指定各列。"
        )
    if preview.outcome == "asks":
        questions = preview.open_questions
        asked = "；".join(question.text for question in questions[:3])
        more = f" 等 {len(questions)} 个问题" if len(questions) > 3 else ""
        return f"还要问一下：{asked}{more}\n没有写进任何东西。\n请回答后再导入。"
    new, changed, same = preview.count("new"), preview.count("changed"), preview.count("same")
    counted = "人" if preview.kind == PEOPLE else "条"
    done = "已导入" if imported is not None else "将导入"
    cells, restored = preview.changed_cells, preview.count("returning")
    if imported is not None:
        new, changed, cells, restored = (
            imported.new,
            imported.changed,
            imported.changed_cells,
            imported.restored,
        )
    text = (
        f"{done} {new + changed + restored} {counted}：新增 {new}，更新 {changed}（{cells} 处），相同 {same}"
    )
    if restored:
        text += f"，恢复以前撤销的 {restored}"
    if not new and not changed and not restored:
        text = f"相同 {same} {counted}，没有要导入的"
    if joined := preview.count("joined"):
        text += f"；{joined} 行和别的行是同一个人，合在一起"
    if held := preview.count("held"):
        text += f"；{held} 行没有导，原因逐行列出，可另存后改好再导"
    if unknown := _unknown_columns(preview):
        named = "、".join(f"“{each.heading}”" for each in unknown[:_NAMED]) + (
            "等" if len(unknown) > _NAMED else ""
        )
        text += f"；{len(unknown)} 列没有对上，没有导（{named}）"
    if preview.missing:
        text += f"；文件里没有的 {len(preview.missing)} {counted}，没有动"
    for question in preview.questions:
        text += f"；{question.text}没有回答，{question.default}"
    if preview.recalled:
        text += "；" + "；".join(each.note for each in preview.recalled)
    if preview.found.notes:
        text += "；" + "；".join(preview.found.notes)
    return text + "。"


def answer(preview: Preview, imported: Imported | None = None) -> dict[str, Any]:
    """Return the JSON answer; of a dry run (`imported` None) with the records that would be stored."""
    without = {row.place for row in preview.rows if row.verdict in ("held", "joined")}
    content: dict[str, Any] = {
        "outcome": preview.outcome,
        "rows": len(preview.rows),
        "problem_rows": len({problem.place for problem in preview.problems}),
        "new": preview.count("new"),
        "changed": preview.count("changed"),
        "changed_cells": preview.changed_cells,
        "same": preview.count("same"),
        "joined": preview.count("joined"),
        "restored": preview.count("returning"),
        "missing": len(preview.missing),
        "message": message(preview, imported),
        "problems": [_problem(problem) for problem in preview.problems],
        "skipped": [
            {"sheet": each.sheet, "row": each.row, "reason": each.reason} for each in preview.found.skipped
        ],
    }
    content["columns"] = [_column(table, each) for table in preview.found.tables for each in table.columns]
    if imported is not None:
        content |= {"new": imported.new, "changed": imported.changed, "changed_cells": imported.changed_cells}
        content["restored"] = imported.restored
        content["operation"] = imported.changes.name
    if preview.questions:
        content["questions"] = [
            {"id": each.id, "kind": each.kind, "text": each.text, "choices": list(each.choices)}
            | ({"default": each.default} if each.default else {})
            for each in preview.questions
        ]
    if imported is None:
        content["records"] = [_record(preview, row) for row in preview.rows if row.place not in without]
    return content


def refused(refusal: Refused) -> dict[str, Any]:
    """Return the answer to a file that could not be taken as a workbook at all."""
    counts = (
        "rows",
        "problem_rows",
        "new",
        "changed",
        "changed_cells",
        "same",
        "joined",
        "restored",
        "missing",
    )
    lists = ("problems", "skipped", "columns", "records")
    return {
        "outcome": "rejected",
        **dict.fromkeys(counts, 0),
        "message": str(refusal),
        **{name: [] for name in lists},
    }


def _unknown_columns(preview: Preview) -> list[Column]:
    """Return the columns that hold something and mean no datum, but for the running numbers."""
    return [
        each
        for table in preview.found.tables
        for each in table.columns
        if each.datum is None
        and heading_key(each.heading) not in INDEX
        and any(row.cell(each.index) is not None for row in table.rows)
    ]


def _column(table: FoundTable, each: Column) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "column": column_letters(each.index),
        "heading": each.heading,
        "field": person_data.public_name(each.datum) if each.datum is not None else None,
        "confidence": str(each.confidence),
        "note": each.note,
    }


def _record(preview: Preview, row: RowDiff) -> dict[str, Any]:
    record: dict[str, Any] = {"sheet": row.place.sheet, "row": row.place.row}
    if preview.kind != PEOPLE:
        return record | {name.partition(".")[2]: _plain(row, name) for name in row.values}
    record |= dict.fromkeys(_PUBLIC_ALWAYS)
    for datum in person_data.importable():
        if datum.name in row.values:
            record[person_data.public_name(datum)] = _shown(datum, row.values[datum.name])
    return record


def _plain(row: RowDiff, name: str) -> Any:
    value = row.values[name]
    return value.text if isinstance(value, (Link, Mention)) else str(value)


def _shown(datum: Datum, value: Any) -> Any:
    if isinstance(value, (Link, Mention)):
        return value.text
    return STANDING.show(value) if datum.name == STANDING.name else datum.show(value)


def _problem(problem: RowProblem) -> dict[str, Any]:
    return {
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.column,
        "field": person_data.public_name(problem.datum) if problem.datum is not None else None,
        "found": problem.found,
        "message": problem.message,
        "blocking": problem.blocking,
    }
