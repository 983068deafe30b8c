"""What must never lie readable on a disk, and a look for it in raw bytes in every way a text is written."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from wuling_desktop.domain.identity_card import check_digit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME, PHONE, ADDRESS = "韦岚汐", "19900007431", "青江市岚汐路七四三一号"
ID_NUMBER = "45019919800229743" + check_digit("45019919800229743")
NOTE = "她说家里的难处不想让别人知道。"
CANARIES = (NAME, PHONE, ADDRESS, ID_NUMBER, NOTE, "weilanxi")
_WAYS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "unicode_escape")
_NEEDLES = {canary.encode(way): canary for canary in CANARIES for way in _WAYS}


def hits(*folders: Path) -> Iterator[str]:
    """Yield where a canary can be read below the folders: in a name, in bytes, in a packed file."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            yield from (f"{path}: its name" for needle in _NEEDLES if needle in path.name.encode())
            if path.is_file():
                for place, content in _contents(path):
                    yield from (f"{place}: {_NEEDLES[needle]}" for needle in _NEEDLES if needle in content)


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        yield str(path), path.read_bytes()
    except FileNotFoundError:
        return  # a passing file that has passed
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path}!{name}", archive.read(name)
