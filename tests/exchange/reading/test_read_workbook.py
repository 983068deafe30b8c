"""The front door: what is no workbook ends in three Chinese sentences, and we live on; see also `tests/hostile`."""

from __future__ import annotations

import os
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from reading_trials import PERSON, SAMPLES, SHEET, as_filled, in_plain_chinese, inline, pack, parts_of

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.read_workbook import read_workbook

SECONDS = 10


@pytest.mark.skipif(os.name != "posix", reason="rights as Linux and macOS know them")
def test_a_file_without_the_right_to_read_it_is_said_to_be_closed() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = as_filled(Path(folder) / "名册.xlsx", [["姓名"], ["韦清和"]])
        Path(folder).chmod(0o755)
        path.chmod(0)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)  # to the administrator every file is open
        try:
            with pytest.raises(Problem, match="打不开") as caught:
                read_workbook(path)
        finally:
            os.seteuid(before)
        assert in_plain_chinese(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes among its files")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "名册.xlsx")
    with pytest.raises(Problem):
        read_workbook(tmp_path / "名册.xlsx")


def test_a_link_that_leads_to_itself_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.symlink_to(path)
    with pytest.raises(Problem) as caught:
        read_workbook(path)
    assert in_plain_chinese(caught.value)


def test_the_ending_of_the_name_tells_nothing(tmp_path: Path) -> None:
    path = as_filled(tmp_path / "名册.xlsx", [["姓名"], ["韦清和"]])
    assert read_workbook(path.rename(tmp_path / "名册.doc")).kind == "xlsx"
    (tmp_path / "名册.xlsx").write_text("姓名\n韦清和\n", encoding="gb18030")
    assert read_workbook(tmp_path / "名册.xlsx").kind == "csv"
    for name in ("无", "名册.xlsx", "名册.csv"):
        (tmp_path / name).write_bytes((SAMPLES / "roster.xls").read_bytes())
        assert read_workbook(tmp_path / name).kind == "xls"
    path = as_filled(tmp_path / "乙.xlsx", [["姓名"], ["韦清和"]])
    assert read_workbook(path.rename(tmp_path / "乙.xls")).kind == "xlsx"
    (tmp_path / "丙.xlsx").write_bytes((SAMPLES / "roster.ods").read_bytes())
    assert read_workbook(tmp_path / "丙.xlsx").kind == "ods"


def test_names_with_blanks_dashes_and_han_reach_the_child(tmp_path: Path) -> None:
    for name in ("-c 名 册'\"$(x).xlsx", "--help", "% 100.xlsx"):
        workbook = read_workbook(
            as_filled(tmp_path / "a.xlsx", [["姓名"], ["韦清和"]]).rename(tmp_path / name)
        )
        assert workbook.file_name == name
        assert workbook.sheets[0].rows[1].cells == ("韦清和",)


def test_the_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = as_filled(tmp_path / "名册.xlsx", [["姓名"], ["韦清和"]])
    before = path.read_bytes()
    path.chmod(0o400)
    read_workbook(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("margin", ["oddHeader", "firstFooter"])
def test_a_mark_of_secrecy_in_the_margin_is_seen(margin: str, tmp_path: Path) -> None:
    xml = f"<sheetData>{PERSON}</sheetData><headerFooter><{margin}>&amp;R机密★1年</{margin}></headerFooter>"
    with pytest.raises(Problem, match="标有密级"):
        read_workbook(pack(tmp_path / "名册.xlsx", parts_of(xml)))


def test_a_mark_of_secrecy_in_the_second_sheet_is_seen(tmp_path: Path) -> None:
    parts = parts_of(f"<sheetData>{PERSON}</sheetData>", names_=("甲", "乙"))
    other = SHEET.replace("1", "2")
    parts[other] = parts[other].replace("韦清和".encode(), "秘 密 ★ 3 年".encode())
    with pytest.raises(Problem, match="标有密级"):
        read_workbook(pack(tmp_path / "名册.xlsx", parts))


def test_twenty_thousand_rows_are_read_within_the_caps(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(inline(f"{letter}{number}", f"甲{number}") for letter in "ABCDEFGH")
        + "</row>"
        for number in range(1, 20_001)
    )
    path = pack(tmp_path / "名册.xlsx", parts_of(f"<sheetData>{rows}</sheetData>"))
    begun = time.monotonic()
    assert len(read_workbook(path).sheets[0].rows) == 20_000
    assert time.monotonic() - begun < SECONDS


def test_three_hundred_columns_are_read(tmp_path: Path) -> None:
    path = as_filled(tmp_path / "名册.xlsx", [["姓名", *(f"列{place}" for place in range(299))], ["韦清和"]])
    assert len(read_workbook(path).sheets[0].rows[0].cells) == 300


def test_macros_pictures_and_outer_links_do_no_harm(tmp_path: Path) -> None:
    path = as_filled(tmp_path / "名册.xlsm", [["姓名"], ["韦清和"]])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", bytes(100))
        package.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        package.writestr("xl/media/image1.png", b"\x89PNG")
    assert read_workbook(path).sheets[0].rows[1].cells == ("韦清和",)
