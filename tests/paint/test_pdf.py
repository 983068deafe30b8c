"""Pages as PDF: whole or not at all, on their own papers, with faces inside, without a display."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook
from paper_trials import BOX, saved

from wuling_desktop.domain.problems import Problem
from wuling_desktop.paint import pdf

ROOT = Path(__file__).resolve().parents[2]


def roster(folder: Path, rows: int = 60) -> object:
    book = Workbook()
    sheet = book.active
    for row in range(1, rows + 1):
        for column, value in enumerate((row, "韦清和", "450199197903050012"), start=1):
            sheet.cell(row, column, value).border = BOX
        sheet.row_dimensions[row].height = 30
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = 9
    other = book.create_sheet("横表")
    other["A1"] = "横"
    other.page_setup.paperSize, other.page_setup.orientation = 8, "landscape"
    return saved(book, folder)


def unpacked(content: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"x")


def test_every_page_has_its_paper_and_the_faces_are_inside(tmp_path: Path) -> None:
    path = tmp_path / "党员花名册.pdf"
    assert pdf.write_pdf(roster(tmp_path), path) == 4
    content = path.read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    sizes = [(round(float(width)), round(float(height))) for width, height in boxes]
    assert sizes == [(595, 842)] * 3 + [(1191, 842)]
    assert content.count(b"/FontFile2") + content.count(b"/FontFile3") >= 1
    assert "党员花名册".encode("utf-16-be") in content  # the title
    assert len(content) < 200_000


def test_the_page_has_its_lines_in_ink(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf.write_pdf(roster(tmp_path), path)
    drawing = unpacked(path.read_bytes())
    assert drawing.count(b" re\n") >= 25
    assert b"BT" in drawing


def test_pictures_are_of_the_papers_size(tmp_path: Path) -> None:
    pictures = list(pdf.pictures(roster(tmp_path), 96))
    assert [(each.width(), each.height()) for each in pictures] == [(794, 1123)] * 3 + [(1587, 1123)]
    top, left = (1 * 96), round(0.75 * 96)
    assert pictures[0].pixelColor(left, top + 20).name() == "#000000"  # the table's left edge
    assert pictures[0].pixelColor(left - 10, top + 20).name() == "#ffffff"


def test_an_old_file_stays_where_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    filled = roster(tmp_path)
    gone = tmp_path / "没有这个文件夹" / "a.pdf"
    with pytest.raises(Problem, match="没有这个文件夹"):
        pdf.write_pdf(filled, gone)
    folder = tmp_path / "文件夹.pdf"
    folder.mkdir()
    with pytest.raises(Problem) as told:
        pdf.write_pdf(filled, folder)
    assert told.value.why
    assert folder.is_dir()
    assert not list(tmp_path.glob(".*part"))


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="磁盘已满"):
        pdf.write_pdf(roster(tmp_path), path)
    assert path.read_bytes() == b"old"


def test_an_empty_sheet_is_no_pdf(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="没有可打印的内容"):
        pdf.write_pdf(saved(Workbook(), tmp_path), tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_no_display_is_needed(tmp_path: Path) -> None:
    roster(tmp_path)
    code = (
        "import sys; from pathlib import Path\n"
        "from wuling_desktop.exchange.forms import fill_form; from wuling_desktop.paint import pdf\n"
        "filled = fill_form.fill(fill_form.load_form(Path(sys.argv[1])), {}, [])\n"
        "print(pdf.write_pdf(filled, Path(sys.argv[2])))"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    out = tmp_path / "a.pdf"
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "blank.xlsx"), str(out)],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, "4"), run.stderr
    assert out.read_bytes().startswith(b"%PDF")
