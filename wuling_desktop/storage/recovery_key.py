"""The recovery key as it is printed and typed back: seven groups of five, each with its own check character.

    7K2MX-9QHT4-…     four random characters of Crockford's base 32 and one check character; 140 random bits

What a hand mixes up is read as meant (o as 0, i and l as 1, u as v, lower case, full-width, blanks, dashes),
and a wrong character is named by its group.
"""

from __future__ import annotations

import secrets
import unicodedata

from wuling_desktop.domain.problems import Problem

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OILU", "011V")
_GROUPS = 7
_DATA = 4  # random characters of a group
_WEIGHTS = (1, 3, 5, 7)  # odd, so that any one wrong character changes the check character
_PLACE = 11  # odd too: two groups put in each other's place are noticed


def new() -> str:
    """Return fresh key characters, without check characters."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _DATA))


def written(key: str) -> str:
    """Return the key as it is printed."""
    groups = [key[start : start + _DATA] for start in range(0, len(key), _DATA)]
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def read(text: str) -> str:
    """Return the key characters of a typed recovery key; Problem names what was mistyped."""
    upper = unicodedata.normalize("NFKC", text).upper()
    typed = "".join(sign for sign in upper if sign.isalnum()).translate(_MEANT)
    strange = sorted(set(typed) - set(_LETTERS))
    if strange:
        raise _mistyped(f"里面有恢复码不会用到的字：{'、'.join(strange[:3])}")
    full = _DATA + 1
    if len(typed) != _GROUPS * full:
        raise _mistyped(f"恢复码一共 {_GROUPS * full} 个字符，现在是 {len(typed)} 个")
    groups = [typed[start : start + full] for start in range(0, len(typed), full)]
    wrong = [place for place, group in enumerate(groups) if _check(group[:_DATA], place) != group[_DATA]]
    if wrong:
        raise _mistyped(f"第 {'、'.join(str(place + 1) for place in wrong)} 组抄得不对")
    return "".join(group[:_DATA] for group in groups)


def _check(group: str, place: int) -> str:
    total = sum(weight * _LETTERS.index(letter) for weight, letter in zip(_WEIGHTS, group, strict=True))
    return _LETTERS[(total + _PLACE * place) % len(_LETTERS)]


def _mistyped(why: str) -> Problem:
    return Problem("恢复码不对。", f"{why}；数据没有动。", "请对照打印的恢复码单，一组一组再输一次。")
