"""The package of an .xlsx: counted before it is believed, its relations followed to real parts only."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from reading_trials import PLAIN, SHEET, pack, parts_of

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.package import Package
from wuling_desktop.exchange.reading import limits

if TYPE_CHECKING:
    from pathlib import Path

RELATIONS = "xl/_rels/workbook.xml.rels"


def packed(folder: Path, relations: bytes = b"") -> Package:
    parts = parts_of(PLAIN)
    if relations:
        parts[RELATIONS] = relations
    return Package(pack(folder / "名册.xlsx", parts))


def relation(target: str, more: str = "") -> bytes:
    return f'<Relationships><Relationship Id="a" Type="x/worksheet" Target="{target}" {more}/></Relationships>'.encode()


def test_the_workbook_and_its_parts_are_found(tmp_path: Path) -> None:
    package = packed(tmp_path)
    assert package.workbook() == "xl/workbook.xml"
    assert [name for _, name in package.related("xl/workbook.xml").values()] == [SHEET]
    assert package.related(SHEET) == {}


@pytest.mark.parametrize(
    "target",
    [
        "worksheets/sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml",
        "Worksheets/SHEET1.xml",
    ],
)
def test_a_relation_is_followed_however_it_is_written(target: str, tmp_path: Path) -> None:
    package = packed(tmp_path, relations=relation(target))
    assert package.related("xl/workbook.xml")["a"][1] == SHEET


@pytest.mark.parametrize(("attribute", "value"), [("header_offset", 2**63), ("filename", "")])
def test_a_list_of_contents_that_cannot_be_is_damage(attribute: str, value: object, tmp_path: Path) -> None:
    path = pack(tmp_path / "名册.xlsx", parts_of(PLAIN))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("x", b"<x/>")
        setattr(package.infolist()[-1], attribute, value)
    with pytest.raises(Problem, match="坏"):
        Package(path)


@pytest.mark.parametrize("target", ["../../../etc/passwd", "file:///etc/passwd", "https://example.invalid/x"])
def test_a_relation_never_leads_out_of_the_package(target: str, tmp_path: Path) -> None:
    package = packed(tmp_path, relations=relation(target))
    assert package.related("xl/workbook.xml")["a"][1] not in package.names
    outside = packed(tmp_path, relations=relation(target, 'TargetMode="External"'))
    assert outside.related("xl/workbook.xml") == {}


def test_parts_are_counted_while_they_are_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PART_BYTES", 1000)
    with pytest.raises(Problem, match="太大"):
        Package(pack(tmp_path / "名册.xlsx", parts_of(PLAIN) | {"xl/a.bin": bytes(1001)}))
    monkeypatch.setattr(limits, "PART_BYTES", 10**6)
    monkeypatch.setattr(limits, "PACKAGE_BYTES", 5000)
    with pytest.raises(Problem, match="太大"):
        Package(
            pack(tmp_path / "名册.xlsx", parts_of(PLAIN) | {"xl/a.bin": bytes(2500), "xl/b.bin": bytes(2500)})
        )


def test_a_document_type_is_seen_across_two_pieces(tmp_path: Path) -> None:
    for offset in range(2**20 - 12, 2**20 + 1, 4):
        content = b" " * offset + b"<!DOCTYPE x>"
        with pytest.raises(Problem, match="损坏"):
            Package(pack(tmp_path / "名册.xlsx", parts_of(PLAIN) | {"xl/a.xml": content}))
