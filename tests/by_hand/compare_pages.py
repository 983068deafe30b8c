"""Shows our pages beside LibreOffice's of the same workbooks. Needs soffice and pdftoppm (poppler-utils).

    python tests/by_hand/compare_pages.py OUT [roster_general member_form … | some.xlsx …]

Built-in forms are filled from the demo branch; a workbook given by its path is taken as it is. OUT gets both PDFs and a
picture of every page, ours on the left. Look at widths, heights, breaks, borders.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPainter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.paint import fonts, headless, pdf
from wuling_desktop.services.data_files import DataFiles

DPI = 80
GAP = 8
PEOPLE = 3  # that get a sheet each in a form for one person


def main(out: Path, names: list[str]) -> None:
    headless.ready()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = DataFiles(Path(folder) / "data").create(
            "比页面用的口令", unit="演示", branch="演示党总支", clerk="演示"
        )
        try:
            desk.demo.fill()
            today = desk.unit.today()
            forms = {form.name: form for form in desk.exporting.forms()}
            for name in names or list(forms):
                workbook = out / f"{Path(name).stem}.xlsx"
                if name in forms:
                    people = [row.id for row in desk.people.choices("person")][:PEOPLE]
                    asked = people if forms[name].scope == "person" else None
                    desk.exporting.write(name, workbook, as_of=today, people=asked)
                    filled = desk.exporting.fill(name, as_of=today, people=asked)
                else:
                    shutil.copyfile(name, workbook)
                    filled = fill_form.fill(fill_form.load_form(workbook), {}, [])
                ours = workbook.with_suffix(".ours.pdf")
                pages = pdf.write_pdf(filled, ours)
                theirs = converted(workbook)
                beside(pictures(ours), pictures(theirs), workbook.with_suffix(""))
                told = "，".join(f"{wanted}→{got}" for wanted, got in fonts.replaced(filled))
                print(f"{name}: {pages} pages, LibreOffice {len(pictures(theirs))}; {told}")
        finally:
            desk.close()


def converted(workbook: Path) -> Path:
    """Return the PDF that LibreOffice makes of a workbook."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(workbook.parent),
                str(workbook),
            ],
            check=True,
            capture_output=True,
        )
    return workbook.with_suffix(".pdf").rename(workbook.with_suffix(".libreoffice.pdf"))


def pictures(document: Path) -> list[QImage]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", str(document), f"{folder}/page"], check=True)
        return [QImage(str(path)) for path in sorted(Path(folder).glob("*.png"))]


def beside(ours: list[QImage], theirs: list[QImage], stem: Path) -> None:
    for number, (left, right) in enumerate(zip_longest(ours, theirs, fillvalue=QImage()), start=1):
        half = max(left.width(), right.width())
        image = QImage(2 * half + GAP, max(left.height(), right.height()), QImage.Format.Format_RGB32)
        image.fill(QColor("#8899BB"))
        pen = QPainter(image)
        pen.drawImage(0, 0, left)
        pen.drawImage(half + GAP, 0, right)
        pen.end()
        image.save(f"{stem} {number}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
