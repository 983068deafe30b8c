"""How private data are hidden: a screen shows the tail, a masked file less."""

from __future__ import annotations

from wuling_desktop.domain.fields import Private

_STAR = "*"
_PLACE_SHOWN = 6  # characters of an address: province and city


def on_screen(private: Private | None, text: str) -> str:
    """Return the text as a list on the screen shows it."""
    if private is Private.IDENTITY:
        return _starred(text, head=0, tail=4)
    if private is Private.PHONE:
        return _starred(text, head=3, tail=4)
    if private is Private.ADDRESS:
        return text if len(text) <= _PLACE_SHOWN else text[:_PLACE_SHOWN] + _STAR * 4
    return text


def in_file(private: Private | None, text: str) -> str:
    """Return the text as a masked export carries it."""
    if private is Private.IDENTITY:
        return _starred(text, head=2, tail=1)
    if private is Private.PHONE:
        return _starred(text, head=3, tail=0)
    if private is Private.ADDRESS:
        return _STAR * 4 if text else ""
    return text


def _starred(text: str, *, head: int, tail: int) -> str:
    """Hide all but the ends; a text too short to keep anything hidden between them is hidden whole."""
    hidden = len(text) - head - tail
    if hidden < 3:
        return _STAR * len(text)
    return text[:head] + _STAR * hidden + text[len(text) - tail :]
