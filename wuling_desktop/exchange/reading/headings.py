"""Which datum a column heading means: by the words of the data descriptions, and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import ne
from typing import TYPE_CHECKING

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.readings import State
from wuling_desktop.domain.texts import closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from wuling_desktop.domain.fields import Datum

LONGEST = 90  # characters; a longer text is a note, not a heading
_BRACKETS = re.compile(r"[(\[【〔<《](.*?)(?:[)\]】〕>》]|$)")
_MARKS = "*★☆▲△√:;,、.。_-#"
_REQUIRED = re.compile(r"[(\[【]?(?:必填项?|选填|非必填)[)\]】]?")
# What stands in brackets only to say how a cell is to be filled.
_HINT = re.compile(
    r"yyyy|mm|dd|\d{4}|年月|[岁元%√]|填|写|选|如|例|格式|请|勿|不要|不得|必须|一致|单位:|全称|简称|数字|文本|日期|\d+位|"
    r"是.?否|有.?无|男.?女|党员或|员或|包括|默认|下拉|可|含|同|附",
    re.IGNORECASE,
)
# A heading about somebody else than the row's person.
_OTHERS = re.compile(
    r"家长|家庭(?:主要)?成员|社会关系|父|母|配偶|爱人|子女|紧急|亲属|监护|介绍人|联系人|培养人|谈话人|主持|记录人|负责人|经办人|填表|审核"
)
_MODIFIERS = re.compile(
    r"^(?:党员|本人|个人|教职工|职工|教师|员工|学员|学生|申请人|申请者|同志|现任?|目前|当前|所在|所属|最高|其|的)+"
)
# What counts the columns before their words: 15.支部大会讨论, （3）, 步骤7：, 材料6-1. Not 第一党支部: that is a name.
_NUMBER = r"(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})"
_ORDINAL = re.compile(
    rf"((?:(?:材料|附件|步骤|环节)\(?{_NUMBER}\)?|第\(?{_NUMBER}\)?[步项]|\({_NUMBER}\))[.、:\-]?"
    rf"|{_NUMBER}[.、:\-]|\d{{1,2}})(?=[^\d.、:)-])"
)
_GROUP_TAIL = re.compile(r"(?:教育|情况|信息|阶段|方面)$")
_DAY_WORD = re.compile(r"(?:年月日|日期|时间|年月)$")
_FILLERS = re.compile(r"入党|中共|党员|本人|个人|的|为|成|被|号码|号|码")
_NOT_FAR = 12  # steps between two neighbours of a register; farther on the title may mean another thing
_OPPOSITE = frozenset("入出正预起止始终男女前后上下父母开结转编")
_CLOSE = 0.8
INDEX = frozenset({"序号", "序", "编号", "行号", "顺序号", "no", "no.", "#"})


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading may mean: several data only where they share the same words."""

    data: tuple[Datum, ...] = ()
    state: State = State.REFUSED
    note: str = ""
    by_stage: bool = False  # told by the head above it, so that no column beside it is asked


_NONE = Match()


def heading_key(text: str) -> str:
    """Return the form in which headings are compared: no blanks, one width, no marks that say 必填."""
    return _REQUIRED.sub("", closed(text)).strip(_MARKS).casefold()


def bare_key(text: str) -> str:
    """Return the key without what stands in brackets."""
    return _BRACKETS.sub("", heading_key(text)).strip(_MARKS)


class Vocabulary:
    """All words that mean a datum."""

    def __init__(self, data: Iterable[Datum]) -> None:
        self._exact: dict[str, tuple[Datum, ...]] = {}
        self._bones: dict[str, set[str]] = {}
        self._under: dict[str, list[tuple[str, Datum]]] = {}
        self._beside: dict[str, list[tuple[str, Datum]]] = {}
        self._order: dict[str, int] = {}
        self._of_length: dict[int, list[str]] = {}
        self._stepped: set[str] = set()  # records of data that share their titles
        for datum in data:
            self._order[datum.name] = len(self._order)
            if isinstance(datum, Field):
                if datum.under:
                    self._stepped.add(datum.record)
                for writing, stage in datum.under:
                    self._under.setdefault(heading_key(writing), []).append((stage, datum))
                for writing, other in datum.beside:
                    self._beside.setdefault(heading_key(writing), []).append((other, datum))
            for writing in (datum.label, *datum.headings):
                key = heading_key(writing)
                if key not in self._exact:
                    self._of_length.setdefault(len(key), []).append(key)
                if datum not in self._exact.get(key, ()):
                    self._exact[key] = (*self._exact.get(key, ()), datum)
                self._bones.setdefault(_bones(key), set()).add(key)

    def match(self, heading: str, groups: Sequence[str] = ()) -> Match:
        """Return what a heading means under the group heads above it."""
        key = heading_key(heading)
        if not key or len(key) > LONGEST or key in INDEX:
            return _NONE
        heading, ordinal = self._uncounted(heading)
        key, bare = heading_key(heading), bare_key(heading)
        hints = [hint for hint in _BRACKETS.findall(key) if hint]
        if meant := self._in_stage((key, bare), (*groups, *ordinal, *hints)):
            return meant
        for words in (*_joined(groups, (key, bare)), key):
            if words in self._exact and not (words == key and self._of_another(key, groups)):
                return Match(self._exact[words], State.SURE)
        if any(_OTHERS.search(words) for words in (*map(heading_key, groups), *hints)):
            return _NONE
        if bare in self._exact:
            return self._in_brackets(bare, hints)
        return (
            _NONE if bare in self._under else self._like(bare)
        )  # what several steps share is like none of them

    def _of_another(self, key: str, groups: Sequence[str]) -> bool:
        """Whether a heading such as 电话 stands under somebody else than the row's person: 培养联系人, 家庭成员."""
        own = all(datum.name.startswith("person.") for datum in self._exact[key])
        return own and any(_OTHERS.search(heading_key(group)) for group in groups)

    def in_company(self, heading: str, names: AbstractSet[str]) -> Match:
        """Return what a heading that says too little by itself means in a list that also holds `names`."""
        claims = self._beside.get(bare_key(heading), ())
        meant = {
            datum.name: datum
            for other, datum in claims
            if datum.name not in names and ((other in names) if other[0] != "!" else (other[1:] not in names))
        }
        if len(meant) == 1:
            return Match((*meant.values(),), State.SURE)
        return Match(note="单看这个列名说不清指什么，没有取") if claims else _NONE

    def in_order(self, heading: str, left: Iterable[tuple[str, Datum | None]]) -> Match:
        """Return what a title that several steps share means by the step told nearest on its left.

        `left` are the heads on that side with what they mean, the nearest first. A head of the same stage tells it;
        else, of two steps that share the title, the one that comes next is meant.
        """
        heading, _ = self._uncounted(heading)
        keys = (heading_key(heading), bare_key(heading))
        shared = [(stage, datum) for key in keys for stage, datum in self._under.get(key, ())]
        exact = [datum for key in keys for datum in self._exact.get(key, ())] if shared else []
        claims = {datum.name: datum for datum in (*(datum for _, datum in shared), *exact)}
        if len(claims) < 2:
            return _NONE
        stages = {datum.name: stage for stage, datum in shared}
        for words, datum in left:
            fitting = [name for name, stage in stages.items() if re.search(stage, heading_key(words))]
            if datum is None or not (fitting or self.is_step(datum)):
                continue
            if len(fitting) != 1:
                ahead = {name: self._order[name] - self._order[datum.name] for name in claims}
                later = (name for name in ahead if 0 < ahead[name] <= _NOT_FAR)
                fitting = sorted(later, key=ahead.__getitem__)[:1]
            note = f"几个环节都有这个列名，按左边的“{''.join(words.split())}”取，请看一眼"
            return Match((claims[fitting[0]],), State.LIKELY, note) if fitting else _NONE
        return _NONE

    def is_step(self, datum: Datum) -> bool:
        """Whether a datum is one of those that share titles, which stand in the order of their steps."""
        return datum.name.partition(".")[0] in self._stepped

    def _uncounted(self, heading: str) -> tuple[str, tuple[str, ...]]:
        """Return a heading without the number that counts its column, and that number."""
        key = heading_key(heading)
        ordinal = _ORDINAL.match(key)
        if ordinal is None or self._is_known(key):
            return heading, ()
        words = key[ordinal.end() :]
        if not self._is_known(words) and not self._is_known(bare_key(words)):
            return heading, ()
        return words, (ordinal[1],)

    def _is_known(self, key: str) -> bool:
        return key in self._exact or key in self._under

    def _in_stage(self, keys: Iterable[str], groups: Sequence[str]) -> Match | None:
        """Return what a title that several stages share means under its stage; two stages in one head tell nothing."""
        heads = [heading_key(group) for group in groups] or [""]
        meant = {
            datum.name: datum
            for key in keys
            for stage, datum in self._under.get(key, ())
            if any(re.search(stage, head) for head in heads)
        }
        return Match((*meant.values(),), State.SURE, by_stage=True) if len(meant) == 1 else None

    def knows(self, text: str) -> bool:
        """Whether the text by itself is exactly the words of a datum, but for a hint in brackets."""
        return heading_key(text) in self._exact or bare_key(text) in self._exact

    def _in_brackets(self, bare: str, hints: list[str]) -> Match:
        for hint in hints:
            for words in (hint + bare, bare + hint):
                if words in self._exact:
                    return Match(self._exact[words], State.SURE)
        told = [hint for hint in hints if not _HINT.search(hint)]
        if told:
            return Match(
                self._exact[bare], State.LIKELY, f"按“{self._said(bare)}”读，括号里写着“{'，'.join(told)}”"
            )
        return Match(self._exact[bare], State.SURE)

    def _said(self, key: str) -> str:
        return self._exact[key][0].label

    def _like(self, bare: str) -> Match:
        """What differs by a harmless word or by one wrong character; never what only contains a known word."""
        without = _MODIFIERS.sub("", bare)
        for words in (without, *self._same_bones(bare), *self._one_off(bare)):
            if words in self._exact:
                return Match(self._exact[words], State.LIKELY, f"像是“{self._said(words)}”，请看一眼")
        return _NONE

    def _same_bones(self, bare: str) -> Iterator[str]:
        found = self._bones.get(_bones(bare), set())
        data = {self._exact[key] for key in found}
        if len(data) == 1:
            yield from sorted(found)[:1]

    def _one_off(self, bare: str) -> Iterator[str]:
        if len(bare) < 5:
            return
        for key in self._of_length.get(len(bare), ()):
            if sum(map(ne, key, bare)) == 1:
                wrong = next(pair for pair in zip(key, bare, strict=True) if pair[0] != pair[1])
                if not _OPPOSITE.intersection(wrong) and SequenceMatcher(None, key, bare).ratio() >= _CLOSE:
                    yield key


def _bones(key: str) -> str:
    """Return the heading without words that do not tell data apart; a short one is left whole."""
    bones = _DAY_WORD.sub("时间", key)
    bare = _FILLERS.sub("", bones)
    return bare if len(bare) >= 4 else bones


def _joined(groups: Sequence[str], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the heading with its group heads before it: 全日制教育 + 学历, 全日制 + 学历."""
    heads = [bare_key(group) for group in groups]
    for key in keys:
        if len(heads) > 1:
            yield "".join(heads) + key
        for head in heads:
            yield head + key
            yield _GROUP_TAIL.sub("", head) + key
