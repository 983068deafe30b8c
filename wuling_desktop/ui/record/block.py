"""A block of cells as spreadsheets hand it over, and where it would go in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.services.cell_edits import CellEdit, Refusal
from wuling_desktop.services.overtaken import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.rows import RowsModel

Block = list[list[str]]
_STARRED = "***"
_KINDS = {
    "day": "日期",
    "whole": "数字",
    "money": "金额",
    "identity": "身份证号",
    "phone": "电话",
    "flag": "是否",
}
_NAMED = 4  # columns or cells named one by one


@dataclass(frozen=True, slots=True)
class Paste:
    """What a block would do: edits of cells, and what has no place."""

    rows: int
    columns: int
    datums: tuple[Datum, ...]  # of the columns it would lie on
    edits: tuple[CellEdit, ...]
    refused: tuple[Refusal, ...] = ()  # told without asking the fields
    new_rows: int = 0
    beyond: int = 0  # columns of the block that lie past the last column


def parse(text: str) -> Block:
    """Return the cells of tab-separated text; a cell in quotes may hold tabs, line breaks and doubled quotes."""
    rows: Block = [[]]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = 0
    while place <= len(text):
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            break
        if text[place] == "\n":
            if place + 1 == len(text):
                break  # the last row ends like every other
            rows.append([])
        place += 1
    return rows


def _cell(text: str, place: int) -> tuple[str, int]:
    """Return the cell that begins at a place, and where it ends."""
    if text[place : place + 1] == '"':
        said, end = "", place + 1
        while (close := text.find('"', end)) >= 0:
            said += text[end:close]
            end = close + 1
            if text[end : end + 1] != '"':
                break
            said += '"'
            end += 1
        if close >= 0 and text[end : end + 1] in ("", "\t", "\n"):
            return said, end
    ends = [found for found in (text.find("\t", place), text.find("\n", place)) if found >= 0]
    end = min(ends, default=len(text))
    return text[place:end], end


def lay_out(model: RowsModel, block: Block, top: int, left: int, height: int) -> Paste:
    """Return what a block does from a cell on; one row, or one that fits several times, fills `height` rows."""
    width = max(map(len, block))
    if height > len(block) and height % len(block) == 0:
        block = block * (height // len(block))
    datums = model.rows.datums[left : left + width]
    ids = model.rows.ids[top : top + len(block)]
    rows = [*ids, *range(-1, -1 - (len(block) - len(ids)), -1)]
    edits: list[CellEdit] = []
    refused: list[Refusal] = []
    for row, cells in zip(rows, block, strict=True):
        for datum, cell in zip(datums, cells, strict=False):
            seen = model.seen_at(row, datum).get(datum.name, UNSEEN)
            edit = CellEdit(row, datum.name, cell, seen)
            if not model.editable(datum):
                refused.append(Refusal(edit, "这一项是算出来的，不能填"))
            elif datum.private and _STARRED in cell:
                refused.append(Refusal(edit, "这是打了码的，贴上去会丢掉原来的"))
            elif row >= 0 or cell.strip():
                edits.append(edit)
    new = {edit.row for edit in edits if edit.row < 0}
    return Paste(
        len(block), width, tuple(datums), tuple(edits), tuple(refused), len(new), max(width - len(datums), 0)
    )


def said(paste: Paste, refused: Sequence[Refusal]) -> str:
    """Return in a sentence what would be pasted and what could not be read."""
    text = f"将贴入 {paste.rows} 行 × {paste.columns} 列"
    if paste.datums:
        text += f"，从 {paste.datums[0].label} 开始"
    clauses = []
    for number, datum in enumerate(paste.datums, start=1):
        wrong = sum(each.edit.name == datum.name for each in refused)
        if wrong:
            kind = _KINDS.get(datum.kind.name, datum.label)
            clauses.append(
                f"第 {number} 列是{kind}，{wrong} 格读不懂"
                if kind != datum.label
                else f"第 {number} 列是 {kind}，{wrong} 格贴不上"
            )
    if len(clauses) > _NAMED:
        clauses = [*clauses[:_NAMED], f"共 {len(refused)} 格贴不上"]
    if paste.new_rows:
        clauses.append(f"多出的 {paste.new_rows} 行是新增的")
    if paste.beyond:
        clauses.append(f"右边 {paste.beyond} 列没有地方，不贴")
    return "；".join([text, *clauses])


def named(model: RowsModel, refused: Sequence[Refusal]) -> str:
    """Return which cells were not taken and why, the first few of them."""
    parts = list(dict.fromkeys(_clause(model, each) for each in refused))
    more = f"；另有 {len(parts) - _NAMED} 处" if len(parts) > _NAMED else ""
    return "；".join(parts[:_NAMED]) + more


def _clause(model: RowsModel, refusal: Refusal) -> str:
    note = refusal.note.partition("；")[0]
    if refusal.for_row:
        return note
    place = model.place_of(refusal.edit.row)
    who = f"第 {place + 1} 行" if place >= 0 else "新的一行"
    label = next((each.label for each in model.rows.datums if each.name == refusal.edit.name), "")
    return f"{who}的{label}，{note}"
