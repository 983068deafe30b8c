"""The zip package of an .xlsx or .ods: looked over before anything in it is believed."""

from __future__ import annotations

import posixpath
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import (
    NOT_ZIP,
    damaged,
    not_a_workbook,
    other_format,
    protected,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 2**20
_LONGEST_KIND = 200
_WORKBOOK = "/officeDocument"


class Package:
    """An opened package that passed the checks; every part is inflated anew when asked for.

    An .ods passes only where `opendocument` says that one is welcome.
    """

    def __init__(self, path: Path | IO[bytes], *, opendocument: bool = False) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.names = _checked_names(self._zip)
            self._spelt = {name.casefold(): name for name in self.names}
            for name in self.names:
                self._look_through(name)
        except NOT_ZIP as error:
            raise damaged("压缩包的结构不完整") from error
        self.opendocument = self._is_opendocument()
        self._refuse_other_formats(opendocument=opendocument)

    _inflated = 0

    def _look_through(self, name: str) -> None:
        """Inflate one part to count it; a part that declares a document type is not an Office file."""
        part = 0
        tail = b""
        with self._zip.open(name) as file:
            while chunk := file.read(_CHUNK):
                part += len(chunk)
                self._inflated += len(chunk)
                if part > limits.PART_BYTES or self._inflated > limits.PACKAGE_BYTES:
                    raise limits.too_large(
                        f"解开后超过 {limits.PACKAGE_BYTES // 2**20} MB，不像一张正常的名册"
                    )
                if declares_document_type(tail + chunk):
                    raise damaged("里面夹带了表格文件不该有的声明")
                tail = chunk[-40:]

    def _is_opendocument(self) -> bool:
        """Whether this is an OpenDocument workbook; its texts and slides are told by the kind they name."""
        if "mimetype" not in self.names:
            return "content.xml" in self.names
        with self.part("mimetype") as file:
            kind = file.read(_LONGEST_KIND).decode("ascii", "replace")
        if "spreadsheet" not in kind:
            raise not_a_workbook("是文字文档或演示文稿" if "opendocument" in kind else "是压缩包")
        return True

    def _refuse_other_formats(self, *, opendocument: bool) -> None:
        names = set(self.names)
        if self.opendocument:
            if not opendocument:
                raise other_format(" ods 表格")
            return
        if "xl/workbook.bin" in names:
            raise other_format(" xlsb 表格")
        if "word/document.xml" in names:
            raise not_a_workbook("是 Word 文档")
        if "ppt/presentation.xml" in names:
            raise not_a_workbook("是演示文稿")
        if "[Content_Types].xml" not in names:
            raise not_a_workbook("是压缩包")

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """Open one part."""
        with self._zip.open(name) as file:
            yield file

    def tree(self, name: str) -> etree._Element:
        """Return a small part as a tree, without entities, network or document type."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        with self.part(name) as file:
            return etree.fromstring(file.read(), parser)

    def streamed(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Yield the elements of a part one by one and forget each afterwards."""
        with self.part(name) as file:
            yield from streamed(file, tags)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part: id → (type, name of the part meant)."""
        folder, base = posixpath.split(name)
        relations = self._as_spelt(f"{folder}/_rels/{base}.rels".lstrip("/"))
        if relations not in self.names:
            return {}
        return {
            each.get("Id", ""): (
                each.get("Type", ""),
                self._as_spelt(posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:]),
            )
            for each in self.tree(relations)
            if isinstance(each.tag, str) and each.get("TargetMode") != "External"
        }

    def _as_spelt(self, name: str) -> str:
        """Return the name as it stands in the package: relations may differ from it by their case."""
        return self._spelt.get(name.casefold(), name)

    def workbook(self) -> str:
        """Return the name of the part that lists the sheets."""
        for kind, name in self.related("").values():
            if kind.endswith(_WORKBOOK) and name in self.names:
                return name
        raise damaged("找不到工作簿的目录")


def streamed(file: IO[bytes], tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield the elements of some XML one by one and forget each afterwards: no entities, no network, no document type."""
    for _, element in etree.iterparse(
        file,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    ):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _checked_names(package: zipfile.ZipFile) -> tuple[str, ...]:
    names = [info.filename for info in package.infolist() if not info.is_dir()]
    if len(names) > limits.PARTS:
        raise limits.too_large(f"压缩包里有 {len(names)} 个零件，不像一张正常的名册")
    if len({name.casefold() for name in names}) != len(names):
        raise damaged("压缩包里有重名的零件")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise damaged("压缩包里零件的路径不对")
    if any(info.flag_bits & 0x1 for info in package.infolist()):
        raise protected()
    return tuple(names)


def declares_document_type(content: bytes) -> bool:
    """Whether a piece of XML declares a document type or an entity, which no workbook has."""
    for mark in ("<!DOCTYPE", "<!ENTITY"):
        if any(mark.encode(coding) in content for coding in ("ascii", "utf-16-le", "utf-16-be")):
            return True
    return False
