"""A .csv: encodings, separators, quotes that do not match, numbers that a spreadsheet would spoil."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_trials import identity

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import read_csv
from wuling_desktop.exchange.reading.read_workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

ROSTER = "姓名,性别,备注\n韦清和,女,教研员\n农嘉言,男,\n"


def read(folder: Path, content: bytes | str) -> dict[str, Any]:
    path = folder / "名册.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv.read(path)


def rows(folder: Path, content: bytes | str) -> list[list[Any]]:
    return [row[3] for row in read(folder, content)["sheets"][0]["rows"]]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_people(coding: str, end: str, tmp_path: Path) -> None:
    content = ROSTER.replace("\n", end).encode(coding)
    assert rows(tmp_path, content) == [["姓名", "性别", "备注"], ["韦清和", "女", "教研员"], ["农嘉言", "男"]]


def test_rare_characters_of_names_survive(tmp_path: Path) -> None:
    assert rows(tmp_path, "姓名,性别\n𬱖㛃䶮,女\n".encode("gb18030"))[1][0] == "𬱖㛃䶮"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str, tmp_path: Path) -> None:
    content = ROSTER.replace(",", separator).replace("教研员", '"教研员,副主任;兼"')
    assert rows(tmp_path, content)[1] == ["韦清和", "女", "教研员,副主任;兼"]


def test_a_line_that_says_the_separator_is_believed(tmp_path: Path) -> None:
    assert rows(tmp_path, "sep=|\n姓名|性别\n韦清和|女\n") == [["姓名", "性别"], ["韦清和", "女"]]


def test_quoted_line_breaks_and_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    assert rows(tmp_path, '姓名,备注\n韦清和,"一\n二 ""三"""\n')[1] == ["韦清和", '一\n二 "三"']


@pytest.mark.parametrize(
    "typed", [identity(), f'="{identity()}"', f'"=""{identity()}"""', f"'{identity()}", f"\t{identity()}"]
)
def test_an_identity_number_keeps_all_its_digits(typed: str, tmp_path: Path) -> None:
    cell = rows(tmp_path, f"姓名,身份证号\n韦清和,{typed}\n")[1][1]
    assert cell.strip("'\t") == identity()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1980.1", 1980.1),
        ("1980.10", "1980.10"),
        ("1980.01", "1980.01"),
        ("4.50199E+17", "4.50199E+17"),
        ("007", "007"),
        ("\t=1+1", "=1+1"),
        ("\t＋1", "＋1"),
        ("\t甲", "\t甲"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_a_cell_stays_as_typed(typed: str, meant: Any, tmp_path: Path) -> None:
    assert rows(tmp_path, f"姓名,值\n韦清和,{typed}\n")[1][1] == meant


def test_rows_are_numbered_as_wps_shows_them(tmp_path: Path) -> None:
    plain = read(tmp_path, '姓名,备注\n\n韦清和,"一\n二"\n,,\n农嘉言,\n')["sheets"][0]["rows"]
    assert [row[0] for row in plain] == [1, 3, 5]


def test_the_line_of_an_unclosed_quote_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="从第 3 行起"):
        read(tmp_path, '姓名,性别\n韦清和,女\n"农嘉言,男\n陆书翰,男\n')


def test_people_between_two_quotes_that_close_by_chance_are_told(tmp_path: Path) -> None:
    plain = read(tmp_path, '姓名,性别,备注\n韦清和,女,"教研员\n农嘉言,男,主任"\n陆书翰,男,\n')
    assert len(plain["notes"]) == 1
    assert "第 2 行" in plain["notes"][0]
    assert read(tmp_path, '姓名,性别,备注\n韦清和,女,"一\n二"\n')["notes"] == []


@given(
    table=st.lists(
        st.lists(
            st.text(
                st.sampled_from('韦清和农嘉言陆书翰,;"\n 甲'),
                max_size=6,
            ),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_quoted_comes_back_cell_by_cell(
    table: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in ["头", *row]) + "\n" for row in table
    )
    expected = []
    for row in table:
        cells = ["头", *(cell if cell.strip() else None for cell in row)]
        while cells[-1] is None:
            cells.pop()
        expected.append(cells)
    assert rows(tmp_path_factory.getbasetemp(), written) == expected


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_encoding_with_each_separator(separator: str, coding: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,性别\r\n韦清和,女\r\n".replace(",", separator).encode(coding))
    assert [row.cells for row in read_workbook(path).sheets[0].rows] == [("姓名", "性别"), ("韦清和", "女")]


def test_what_would_be_noise_is_refused_and_a_spoilt_cell_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,性别,民族\n韦清和,女,壮族\n".encode()[:-2] + b"\n")
    with pytest.raises(Problem, match="乱码"):
        read_workbook(path)
    path.write_text("姓名,性别,备注\n韦清和,女,\ufffd\ufffd\n农嘉言,男,#N/A\n陆书翰,锟斤拷,好\n", "utf-8")
    faults = [row.faults for row in read_workbook(path).sheets[0].rows]
    assert [[column for column, _ in each] for each in faults] == [[], [2], [2], [1]]
