"""What the user is told of an import: nothing that could not be read is passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from wuling_desktop.services.import_report import answer

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


def test_what_the_reader_noticed_is_in_the_message(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["姓名", "性别", "备注"], ["韦清和", "女", "=1/0"]):
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "名册.xlsx")
    message = answer(desk.importing.preview(tmp_path / "名册.xlsx"))["message"]
    assert "C2" in message
    assert "没有结果的公式" in message
    assert "隐藏的列（B）" in message
