"""关于: the program's version, and the libraries it stands on with their licences, read from what is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from wuling_desktop import __version__, paths

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = __version__
# What the program asks for by name; what these ask for in turn is found in their own metadata.
LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "cryptography",
    "openpyxl",
    "python-calamine",
    "xlrd",
    "lxml",
    "click",
    "platformdirs",
    "pypinyin",
    "pypdfium2",
    "psycopg",
)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE = re.compile(r"(licen[cs]e|copying|notice)[^/\\]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Library:
    """A library, its version, its licence in short, and the whole text where it was installed with it."""

    name: str
    version: str
    licence: str
    text: str


def libraries() -> list[Library]:
    """Return the libraries in the order of their names; those that are not installed here are left out."""
    found: dict[str, Library] = {}
    wanted = list(LIBRARIES)
    while wanted:
        name = wanted.pop()
        key = name.lower().replace("_", "-")
        if key in found:
            continue
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[key] = Library(name, installed.version, _licence(installed), _text(installed))
        wanted += _needed(installed)
    icons = (paths.resources() / "icons" / "LICENSE").read_text("utf-8")
    found["phosphor icons"] = Library("Phosphor Icons（图标）", "", "MIT", icons)
    return [found[key] for key in sorted(found)]


def _needed(installed: metadata.Distribution) -> Iterator[str]:
    for requirement in installed.requires or ():
        if "extra ==" not in requirement and (name := _NAME.match(requirement)):
            yield name[0]


def _licence(installed: metadata.Distribution) -> str:
    """Return the licence as the library names it: by expression, by classifier, or by its first line."""
    told = {name: installed.metadata.get_all(name) or [""] for name in ("License-Expression", "License")}
    if told["License-Expression"][0]:
        return str(told["License-Expression"][0])
    classified = [
        entry.rpartition(" :: ")[2]
        for entry in installed.metadata.get_all("Classifier") or ()
        if entry.startswith("License ::")
    ]
    if classified and classified != ["OSI Approved"]:
        return "、".join(dict.fromkeys(classified))
    return str(told["License"][0]).strip().partition("\n")[0] or "见全文"


def _text(installed: metadata.Distribution) -> str:
    texts = []
    for path in installed.files or ():
        if ".dist-info" in str(path) and _LICENCE.search(str(path)):
            try:
                texts.append(path.read_text().strip())
            except (OSError, UnicodeDecodeError):
                continue
    return "\n\n――――\n\n".join(texts)
