"""What the looks of a page tell of its cells: hidden, struck out, or kept as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\.?[\w-]+|[\w-]+\.[\w-]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_TEXT = re.compile(r"mso-number-format\s*:\s*[\"']?\\?@", re.IGNORECASE)
_STRIKING_TAGS = frozenset({"s", "strike", "del"})


@dataclass(frozen=True, slots=True)
class Looks:
    """How an element looks."""

    hidden: bool = False
    struck: bool = False
    text: bool = False

    def with_(self, other: Looks) -> Looks:
        """Return the looks of both."""
        return Looks(self.hidden or other.hidden, self.struck or other.struck, self.text or other.text)


PLAIN = Looks()


class StyleSheet:
    """The looks of tags and classes as the page's own styles tell them; styles from elsewhere are never fetched."""

    def __init__(self) -> None:
        self._looks: dict[str, Looks] = {}  # by td, .xl65 or td.xl65

    def add(self, text: str) -> None:
        """Take in a block of styles."""
        for selectors, declared in _RULE.findall(_COMMENT.sub(" ", text)):
            looks = _looks(declared)
            if looks == PLAIN:
                continue
            for selector in selectors.split(","):
                name = selector.strip().casefold()
                if _SELECTOR.fullmatch(name):
                    self._looks[name] = self._looks.get(name, PLAIN).with_(looks)

    def of(self, tag: str, attributes: Mapping[str, str | None]) -> Looks:
        """Return how an element looks by its tag, its classes and its own style."""
        looks = _looks(attributes.get("style") or "")
        if tag in _STRIKING_TAGS:
            looks = looks.with_(Looks(struck=True))
        if "hidden" in attributes:
            looks = looks.with_(Looks(hidden=True))
        for name in self._names(tag, (attributes.get("class") or "").casefold().split()):
            looks = looks.with_(self._looks.get(name, PLAIN))
        return looks

    def _names(self, tag: str, classes: Iterable[str]) -> Iterable[str]:
        if self._looks:
            yield tag
            for each in classes:
                yield f".{each}"
                yield f"{tag}.{each}"


def _looks(declared: str) -> Looks:
    if not declared:
        return PLAIN
    return Looks(*(bool(pattern.search(declared)) for pattern in (_HIDDEN, _STRUCK, _TEXT)))
