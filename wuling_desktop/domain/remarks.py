"""What a remark in a roster says has happened to a person: 2024年3月转出, 退休, 病故; found to be proposed, never acted on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from wuling_desktop.domain import date_text
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.texts import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


class Event(Enum):
    """What may stand in a remark; the value names it in a question."""

    MOVED = "转出"
    DIED = "去世"
    ABROAD = "出国（境）"
    STOPPED = "停止党籍"
    RETIRED = "退休"
    ENDED = "党籍变动"  # told and never proposed: that is written in a file opened after a meeting


@dataclass(frozen=True, slots=True)
class Remark:
    """One event with the day and the place told, and the words that tell it."""

    event: Event
    words: str
    day: PartialDate | None = None
    place: str = ""


_WORDS = {
    Event.ENDED: r"除名|开除党籍|劝退|退党|脱党|取消预备党员资格|取消资格",
    Event.STOPPED: r"停止党籍",
    Event.DIED: r"去世|逝世|病故|亡故|死亡|身故|过世|病逝|离世|牺牲",
    Event.MOVED: r"转出|转往|转(?:至|到|去)(?=[^,，]*(?:党|支部))|(?<=关系)(?:已)?转(?:至|到|去)",
    Event.ABROAD: r"出国|出境|赴[^,，。;；]{1,8}(?:留学|定居)|国外定居|境外定居",
    Event.RETIRED: r"退休|离休",
}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
_SENTENCES = re.compile(r"[。;；\n]+")
_DAY = re.compile(
    r"(?:19|20)\d{2}(?:\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2})?\s*[日号月]?|\s*年|\d{4}(?:\d{2})?)?"
)
_PLACE = re.compile(r"(?:转往|转至|转到|转去|转出至|转出到|转出往)\s*([^,，、()（）\s]{2,30})")
# What has not happened (yet), was taken back, or happened to somebody else.
_NOT_SO = re.compile(
    r"(?:未|没有?|不|拟|准备|计划|申请|打算|将|待|暂缓|延迟|延期|推迟|临近|即将|取消|如|若)[^,，]{0,8}$"
)
_UNDONE = re.compile(r"^[^,，。]{0,4}(?:未成|手续未|中$|申请|审批中|办理中)|转回|未办|后又转入")
_OTHERS = re.compile(
    r"(?:父|母|妻|夫|配偶|爱人|子女|儿子|女儿|家属|家人|亲属|亲人|老伴|岳|公婆|婆婆|哥|姐|弟|妹)[^,，]{0,6}$"
)


def read(text: str, today: dt.date) -> list[Remark]:
    """Return what a remark tells, each event once; what is only planned, denied or of a relative is left out."""
    found: dict[Event, Remark] = {}
    for sentence in _SENTENCES.split(visible(text).translate(_HALF_WIDTH)):
        for remark in _in_sentence(sentence, today):
            found.setdefault(remark.event, remark)
    return list(found.values())


def _in_sentence(sentence: str, today: dt.date) -> Iterator[Remark]:
    for event, words in _WORDS.items():
        for match in re.finditer(words, sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            if _NOT_SO.search(_undated(before)) or _OTHERS.search(_undated(before)) or _UNDONE.search(after):
                continue
            day = _day(before, after, today)
            if day is not None and day.first > today:
                continue
            place = _PLACE.search(sentence, match.start())
            said = place[1] if place is not None and event is Event.MOVED else ""
            yield Remark(event, _told(sentence), day, said)
            break


def _undated(text: str) -> str:
    """Return the words without their days: 将于2027年3月退休 is a plan as much as 将退休."""
    return _DAY.sub("", text)


def _day(before: str, after: str, today: dt.date) -> PartialDate | None:
    """Return the day nearest before the event, else the one right after it."""
    days = [match[0] for match in _DAY.finditer(before)][-1:] or [
        match[0] for match in _DAY.finditer(after) if match.start() <= 3
    ][:1]
    value = date_text.read(days[0], today).value if days else None
    return value if isinstance(value, PartialDate) else None


def _told(sentence: str) -> str:
    return sentence.strip(" ,，")[:30]
