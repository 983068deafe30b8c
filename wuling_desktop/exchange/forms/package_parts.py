"""The parts of a workbook while it is put together: rewritten, copied, types and relations kept true, zipped at last."""

from __future__ import annotations

import copy
import itertools
import posixpath
import re
import zipfile
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same form with the same data is the same file
_CHUNK = 2**16
_TYPES = "[Content_Types].xml"
_COPIED_TABLES = 1000  # numbers of copied tables begin above those of any blank
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_SHARED = ("/image", "/pivotCacheDefinition")  # kinds of parts that copies go on sharing


class Relation(NamedTuple):
    """A part's relation to another: its id, its kind and the part meant."""

    id: str
    kind: str
    part: str


class Parts:
    """Parts by name; what was not touched stays as it was, byte for byte and in its order."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = dict(parts)
        self._trees: dict[str, etree._Element] = {}  # types and relations, parsed while copies are made
        self._changed: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in the order of the package."""
        return tuple(self._parts)

    def content(self, name: str) -> bytes:
        """Return a part."""
        if name in self._changed:
            self._changed.discard(name)
            self._parts[name] = serialised(self._trees[name])
        return self._parts[name]

    def put(self, name: str, content: bytes) -> None:
        """Write a part anew."""
        self._parts[name] = content

    def related(self, name: str) -> list[Relation]:
        """Return the relations of a part to other parts of the package."""
        found = [
            Relation(each.get("Id", ""), each.get("Type", ""), _target(name, each))
            for each in self._entries(_relations_of(name))
            if each.get("TargetMode") != "External"
        ]
        return [each for each in found if each.part in self._parts]

    def copy(self, name: str) -> str:
        """Copy a part with what belongs to it alone, drawings and notes but not pictures; return the copy's name."""
        made = self._free(name)
        self._parts[made] = self._parts[name]
        self._copy_type(name, made)
        if (relations := self._tree(_relations_of(name))) is not None:
            tree = copy.deepcopy(relations)
            for each in tree:
                other = _target(name, each)
                if other in self._parts and not each.get("Type", "").endswith(_SHARED):
                    each.set("Target", "/" + self.copy(other))
                elif each.get("TargetMode") != "External":
                    each.set("Target", "/" + other)
            self._parts[_relations_of(made)] = serialised(tree)
        if posixpath.basename(posixpath.dirname(name)) == "tables":
            self._rename_table(made)
        return made

    def add(self, name: str, content: bytes, type_: str) -> str:
        """Add a part under a free name like this one, with its content type; return the name."""
        made = name if name not in self._parts else self._free(name)
        self._parts[made] = content
        tree = self._tree(_TYPES)
        if tree is not None:
            tag = f"{{{etree.QName(tree).namespace}}}Override"
            etree.SubElement(tree, tag, PartName=f"/{made}", ContentType=type_)
            self._changed.add(_TYPES)
        return made

    def link(self, source: str, kind: str, part: str) -> str:
        """Relate a part to another and return the relation's id."""
        name = _relations_of(source)
        self._parts.setdefault(name, _NO_RELATIONS)
        tree = cast("etree._Element", self._tree(name))  # noqa: SLF001 - lxml has no public name for its type
        taken = {each.get("Id") for each in tree}
        id_ = next(f"rId{n}" for n in itertools.count(len(tree) + 1) if f"rId{n}" not in taken)
        tag = f"{{{etree.QName(tree).namespace}}}Relationship"
        etree.SubElement(tree, tag, Id=id_, Type=kind, Target=f"/{part}")
        self._changed.add(name)
        return id_

    def drop(self, source: str, kind: str) -> None:
        """Take out the parts of one kind that a part relates to."""
        for each in self.related(source):
            if each.kind.endswith(kind):
                self._remove(_relations_of(source), "Id", each.id)
                self._remove(_TYPES, "PartName", f"/{each.part}")
                del self._parts[each.part]

    def _remove(self, part: str, attribute: str, value: str) -> None:
        tree = self._tree(part)
        for each in self._entries(part):
            if tree is not None and each.get(attribute) == value:
                tree.remove(each)
                self._changed.add(part)

    def _entries(self, name: str) -> list[etree._Element]:
        tree = self._tree(name)
        return [] if tree is None else [each for each in tree if isinstance(each.tag, str)]

    def _tree(self, name: str) -> etree._Element | None:
        if name not in self._trees and name in self._parts:
            self._trees[name] = etree.fromstring(self._parts[name], _PARSER)
        return self._trees.get(name)

    def _free(self, name: str) -> str:
        stem, ending = posixpath.splitext(name)
        bare = re.sub(r"\d+$", "", stem)
        return next(each for n in self._numbers(bare) if (each := f"{bare}{n}{ending}") not in self._parts)

    def _numbers(self, bare: str) -> Iterator[int]:
        """Yield numbers to try; after many copies the low ones are known to be taken."""
        yield from itertools.count(sum(name.startswith(bare) for name in self._parts))

    def _copy_type(self, name: str, made: str) -> None:
        for each in self._entries(_TYPES):
            if each.get("PartName") == f"/{name}":
                new = copy.deepcopy(each)
                new.set("PartName", f"/{made}")
                each.addnext(new)
                self._changed.add(_TYPES)

    def _rename_table(self, name: str) -> None:
        """Give a copied table its own number and name: two of one name make a workbook that asks for repair."""
        tree = etree.fromstring(self._parts[name], _PARSER)
        number = re.sub(r"\D", "", posixpath.basename(name))
        tree.set("id", f"{_COPIED_TABLES}{number}")
        for attribute in ("name", "displayName"):
            if said := tree.get(attribute):
                tree.set(attribute, f"{said}_{number}")
        self._parts[name] = serialised(tree)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def serialised(root: etree._Element) -> bytes:
    """Return a part as bytes, headed as office programs head it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def _target(source: str, relation: etree._Element) -> str:
    folder = posixpath.dirname(source)
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]


def write_package(parts: Iterable[tuple[str, Iterable[bytes]]], file: IO[bytes]) -> None:
    """Write parts, each given in pieces, as the package of a workbook."""
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts:
            about = zipfile.ZipInfo(name, _MOMENT)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 0  # so that every system writes the same
            with package.open(about, "w") as part:
                for chunk in _chunks(content):
                    part.write(chunk)


def _chunks(content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield content in pieces worth compressing."""
    kept = bytearray()
    for piece in content:
        kept += piece
        if len(kept) >= _CHUNK:
            yield bytes(kept)
            kept.clear()
    yield bytes(kept)
