"""What was decided about columns: remembered by the headings, told when these have changed, forgotten when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from wuling_desktop.domain.readings import State
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.import_report import answer

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.import_plan import Preview

HEADS = ["姓名", "性别", "我的电话号", "组织关系所在", "备注"]
ROW = ["韦清和", "女", "19900001001", "第一党支部", "返聘"]


def written(path: Path, heads: list[str], *rows: list[str | None], sheet: str = "名单") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in (heads, *rows):
        book.active.append(row)
    book.save(path)
    return path


def meant(preview: Preview) -> dict[str, str | None]:
    return {
        each.heading: each.datum.name if each.datum else None
        for table in preview.found.tables
        for each in table.columns
    }


def content(desk: Desk, path: Path) -> bytes:
    desk.backups.dump(path, records_only=True)
    return path.read_bytes()


def decided(desk: Desk, tmp_path: Path) -> None:
    """Take a file in, with one column given a meaning and one left out."""
    file = written(tmp_path / "一.xlsx", HEADS, ROW)
    preview = desk.importing.preview(file, columns={"名单!2": "person.phone", "名单!4": ""})
    desk.importing.commit(preview)


def test_the_same_headings_are_read_as_they_were_decided(desk: Desk, tmp_path: Path) -> None:
    decided(desk, tmp_path)
    # Another sheet, another order, another file.
    heads = ["性别", "备注", "姓 名", "组织关系所在", "我的电话号"]
    file = written(tmp_path / "二.xlsx", heads, ["女", "在职", "覃乐川", None, "19900001002"], sheet="2027")
    preview = desk.importing.preview(file)
    assert meant(preview) == {
        "性别": "person.sex", "备注": None, "姓 名": "person.name", "组织关系所在": None, "我的电话号": "person.phone",
    }  # fmt: skip
    (recalled,) = preview.recalled
    assert not recalled.differs
    assert "有 2 列按上次定的对应读" in answer(preview)["message"]
    assert "一.xlsx" in recalled.note
    phone = preview.found.tables[0].columns[4]
    assert (phone.confidence, phone.note) == (State.SURE, "按上次的选择")
    assert preview.outcome == "imported"


def test_a_changed_set_of_headings_says_what_changed(desk: Desk, tmp_path: Path) -> None:
    decided(desk, tmp_path)
    heads = ["姓名", "性别", "民族", "我的电话号", "备注"]
    file = written(tmp_path / "二.xlsx", heads, ["覃乐川", "男", "壮族", "19900001002", "在职"])
    preview = desk.importing.preview(file)
    assert meant(preview)["我的电话号"] == "person.phone"
    (recalled,) = preview.recalled
    assert recalled.differs
    assert "多了“民族”，少了“组织关系所在”" in recalled.note
    # Decided once more, it is the list of this year.
    desk.importing.commit(preview)
    (recalled,) = desk.importing.preview(file).recalled
    assert not recalled.differs


def test_another_list_is_not_read_by_it(desk: Desk, tmp_path: Path) -> None:
    decided(desk, tmp_path)
    heads = ["姓名", "我的电话号", "入党时间", "转正时间", "学历", "学位"]
    file = written(tmp_path / "二.xlsx", heads, ["覃乐川", "19900001002", "2012-06", "2013-06", None, None])
    preview = desk.importing.preview(file)
    assert (preview.recalled, meant(preview)["我的电话号"]) == ((), None)


def test_what_is_said_now_goes_before_what_was_said_then(desk: Desk, tmp_path: Path) -> None:
    decided(desk, tmp_path)
    file = written(tmp_path / "二.xlsx", HEADS, ["覃乐川", "男", "0771-5500001", None, "在职"])
    preview = desk.importing.preview(file, columns={"名单!2": "person.office_phone"})
    assert meant(preview)["我的电话号"] == "person.office_phone"
    desk.importing.commit(preview)
    again = meant(desk.importing.preview(file))
    assert (again["我的电话号"], again["备注"]) == ("person.office_phone", None)


def test_it_can_be_forgotten(desk: Desk, tmp_path: Path) -> None:
    decided(desk, tmp_path)
    preview = desk.importing.preview(tmp_path / "一.xlsx")
    desk.importing.forget_columns(preview)
    again = desk.importing.preview(tmp_path / "一.xlsx")
    assert (again.recalled, meant(again)["备注"]) == ((), "person.note")


def test_an_answered_question_is_not_asked_again(desk: Desk, tmp_path: Path) -> None:
    heads = ["姓名", "联系电话", "手机"]
    rows = (["韦清和", "19900001001", "19900001002"],)
    first = desk.importing.preview(written(tmp_path / "一.xlsx", heads, *rows))
    (question,) = first.questions
    answered = desk.importing.preview(tmp_path / "一.xlsx", answers={question.id: question.choices[1]})
    desk.importing.commit(answered)
    second = written(tmp_path / "二.xlsx", heads, ["覃乐川", "19900001003", "19900001004"], sheet="2027")
    preview = desk.importing.preview(second)
    assert preview.questions == ()
    assert preview.rows[0].values["person.phone"] == "19900001004"


def test_the_column_of_the_names_is_not_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    heads = ["谁", "性别", "民族", "手机"]
    first = desk.importing.preview(
        written(tmp_path / "一.xlsx", heads, ["韦清和", "女", "壮族", "19900001001"])
    )
    (question,) = first.questions
    answered = desk.importing.preview(tmp_path / "一.xlsx", answers={question.id: question.choices[0]})
    desk.importing.commit(answered)
    preview = desk.importing.preview(
        written(tmp_path / "二.xlsx", heads, ["覃乐川", "男", "汉族", "19900001002"])
    )
    assert (preview.questions, preview.rows[0].title) == ((), "覃乐川")


def test_a_ledger_has_its_own_memory(demo: Desk, tmp_path: Path) -> None:
    heads = ["走访日期", "慰问对象", "慰问类别", "送了什么"]
    name = demo.people.choices("person")[0].text
    file = written(tmp_path / "走访.xlsx", heads, ["2026-01-20", name, "节日慰问", "米和油"])
    demo.importing.commit(demo.importing.preview(file, "走访慰问", columns={"名单!3": "visit.goods"}))
    assert meant(demo.importing.preview(file, "走访慰问"))["送了什么"] == "visit.goods"


def test_an_import_taken_back_leaves_the_memory_and_the_same_data(
    desk: Desk, tmp_path: Path, today: dt.date
) -> None:
    before = content(desk, tmp_path / "前.json")
    decided(desk, tmp_path)
    desk.history.undo()
    assert content(desk, tmp_path / "后.json") == before
    desk.close()
    again = DataFiles(tmp_path / "data").unlock("测试口令 2026")
    again.unit.stands_at = today
    try:
        assert len(again.importing.preview(tmp_path / "一.xlsx").recalled) == 1
    finally:
        again.close()
