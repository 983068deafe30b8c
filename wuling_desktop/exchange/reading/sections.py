"""What the titles over a block of people say of them all: their branch, and how far they have come."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.code_kinds import STANDING
from wuling_desktop.domain.texts import closed
from wuling_desktop.exchange.reading.body_rows import BLOCK, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wuling_desktop.exchange.reading.tables import Skipped

_BEFORE = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.)])")
_COUNT = re.compile(r"(?:\([^()]*\)|[:,]?共?\d+[名人](?:党员)?)[:。]?$|:$")
_LED_BY = re.compile(r"(?<=支部)[(:,]?(?:支部|党支部)?书记.*$")
_LIST = re.compile(r"(?:人员)?(?:花?名册|名单|基本情况表?|情况表|登记表|信息表|一览表|台账)$")
_MEMBERS = re.compile(r"党员$")
_BRANCH = re.compile(r"(?!各|全体|所属|关于)[^:、,和及]{1,30}(?<!总)支部(?:委员会)?")
_WITH_BRANCH = re.compile(rf"({_BRANCH.pattern})(.+)")
_ELSEWHERE = re.compile(r"支部|总支|党委")
_TOO_SHORT = frozenset({"党员", "中共党员", "正式", "预备"})  # say it in a column, not over one


@dataclass(frozen=True, slots=True)
class Section:
    """What the titles so far say; `standing` is a code."""

    branch: str = ""
    standing: str = ""


NOWHERE = Section()


def section_of(text: str, *, of_whole_list: bool = False) -> Section:
    """Return what one title says by itself: 二、第一党支部预备党员（3 人）.

    Of a whole list 第一党支部党员花名册 tells who made it; only 第一党支部 tells whose people they are.
    """
    key = _COUNT.sub("", _LED_BY.sub("", _BEFORE.sub("", closed(text))))
    bare = _LIST.sub("", key)
    for words in (bare, _MEMBERS.sub("", bare)):
        if standing := _standing(words):
            return Section(standing=standing)
        if _BRANCH.fullmatch(words) and (words == key or not of_whole_list):
            return Section(branch=words)
    both = _WITH_BRANCH.fullmatch(bare)
    standing = _standing(both[2]) if both else ""
    return Section(both[1], standing) if both and standing else NOWHERE


class Sections:
    """The titles of one sheet, from its name down."""

    def __init__(self, sheet: str, skipped: Iterable[Skipped]) -> None:
        titles = sorted(
            (each.row, each.text, each.reason == BLOCK)
            for each in skipped
            if each.sheet == sheet and each.reason in (TITLE, BLOCK)
        )
        self._rows = [row for row, _, _ in titles]
        # Blocks that are each called a list: then the first of them is, too.
        in_blocks = any(
            is_block and section_of(text).branch and not section_of(text, of_whole_list=True).branch
            for _, text, is_block in titles
        )
        self._sections = [section_of(sheet)]
        outer = _first_told(self._sections[0])
        for _, text, is_block in titles:
            told, before = section_of(text, of_whole_list=not in_blocks), self._sections[-1]
            outer = outer or _first_told(told)
            self._sections.append(
                _below(before, told, outer, elsewhere=is_block and bool(_ELSEWHERE.search(text)))
            )

    def over(self, row: int) -> Section:
        """Return what the titles above a row say."""
        return self._sections[bisect_right(self._rows, row)]


def _below(before: Section, told: Section, outer: str, *, elsewhere: bool) -> Section:
    """Return what holds below one more title: a new outer one ends the inner, one of some other unit ends both."""
    if told == NOWHERE:
        return NOWHERE if elsewhere else before
    if told.branch and told.standing:
        return told
    if told.branch:
        return Section(told.branch, "" if outer == "branch" else before.standing)
    return Section("" if outer == "standing" else before.branch, told.standing)


def _first_told(section: Section) -> str:
    return "branch" if section.branch else "standing" if section.standing else ""


def _standing(words: str) -> str:
    return "" if words in _TOO_SHORT else STANDING.table.find(words) or ""
