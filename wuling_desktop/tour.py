"""The main job from nothing to paper, run by itself where there is no screen: what `run.py` shows on a bare machine."""

from __future__ import annotations

import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wuling_desktop import paths
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.paint import pdf
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.import_report import message
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.services.desk import Desk

_PICTURE_DPI = 96
_ONE_PAGE_EACH = 3  # people whose collection form is printed


def main(arguments: Sequence[str]) -> int:
    """Run the tour into a folder (`--to OUT`, default `out`) and return the exit status."""
    out = Path(arguments[1] if list(arguments[:1]) == ["--to"] and len(arguments) > 1 else "out")
    try:
        _run(out)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{problems.of_os_error(error, '演示')}\n")
        return 1
    return 0


def _run(out: Path) -> None:
    data = out / "演示数据"
    if data.exists():
        shutil.rmtree(data)  # the tour's own data of last time; nothing else lies there
    data.mkdir(parents=True)
    password = secrets.token_urlsafe(9)
    desk, _ = DataFiles(data).create(password, unit="演示", branch="演示党总支", clerk="演示")
    try:
        counts = desk.demo.fill()
        _say(f"已建立加密的演示数据文件：人员 {counts['person']} 人（密码 {password}）  {data}")
        _import(desk)
        _forms(desk, out)
    finally:
        desk.close()


def _import(desk: Desk) -> None:
    sample = paths.resources() / "demo" / "sample_roster.xlsx"
    preview = desk.importing.preview(sample)
    for problem in preview.problems:
        _say(f"  第 {problem.place.row} 行 {problem.column} {problem.message}")
    imported = desk.importing.commit(preview)
    _say(f"导入 {sample.name}：{message(preview, imported)}")


def _forms(desk: Desk, out: Path) -> None:
    today = desk.unit.today()
    members = [row.id for row in desk.people.rows((), Who(), today)]
    for form in desk.exporting.forms():
        people = members[:_ONE_PAGE_EACH] if form.scope == "person" else None
        workbook = out / f"{form.title}.xlsx"
        rows = desk.exporting.write(form.name, workbook, as_of=today, people=people)
        filled = desk.exporting.fill(form.name, as_of=today, people=people)
        pages = pdf.write_pdf(filled, workbook.with_suffix(".pdf"))
        for number, picture in enumerate(pdf.pictures(filled, _PICTURE_DPI), start=1):
            picture.save(str(out / f"{form.title} 第{number}页.png"))
        _say(f"{form.title}：{rows} 行，{pages} 页  {workbook.name}、.pdf、.png")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
