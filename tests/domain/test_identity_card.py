"""COD-01: the worked cases of the standard, old numbers, and what spreadsheets leave of a number."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import identity_card
from wuling_desktop.domain.readings import State

TODAY = dt.date(2026, 11, 23)
STANDARD = "11010519491231002X"  # the example printed in the standard itself
COUNTY = "450199"  # not assigned to any county: nobody has such a number


def numbered(birth: str, order: str = "001", county: str = COUNTY) -> str:
    """Return a number of nobody, with its right check digit."""
    first17 = county + birth + order
    return first17 + identity_card.check_digit(first17)


BIRTHS = st.dates(dt.date(1930, 1, 1), dt.date(2008, 1, 1))


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        (STANDARD, "1949-12-31", "2"),
        (numbered("19800229"), "1980-02-29", "1"),
        (numbered("19850615", "102"), "1985-06-15", "2"),
    ],
)
def test_a_faultless_number_says_birth_and_sex(number: str, birth: str, sex: str) -> None:
    card = identity_card.parse(number, TODAY)
    assert card is not None
    assert (card.birth.isoformat(), card.sex) == (birth, sex)
    assert identity_card.fault(number, TODAY) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("110105194912310021", "最后一位"),  # F18
        (numbered("20010229", "003"), "不存在"),
        (numbered("19921301"), "不存在"),
        (numbered("20990101"), "今天之后"),
        (STANDARD[:-1], "18 位"),
        ("0" + STANDARD[1:], "18 位"),
        (COUNTY + "17991231" + "0021", "18 位"),
    ],
)
def test_a_fault_is_named(number: str, said: str) -> None:
    assert said in (identity_card.fault(number, TODAY) or "")
    assert identity_card.parse(number, TODAY) is None


def test_fixture_f18_is_kept_and_marked() -> None:
    reading = identity_card.read("110105194912310021", TODAY)
    assert reading.value == "110105194912310021"
    assert reading.state is State.LIKELY
    assert "待核" in reading.note


@given(BIRTHS, st.integers(1, 999), st.integers(0, 17), st.integers(1, 9))
def test_changing_any_digit_is_noticed(birth: dt.date, order: int, place: int, shift: int) -> None:
    number = numbered(f"{birth:%Y%m%d}", f"{order:03d}")
    digit = number[place]
    wrong = "0123456789"[(int(digit) + shift) % 10] if digit.isdigit() else str(shift)
    assert identity_card.fault(number, TODAY) is None
    assert identity_card.fault(number[:place] + wrong + number[place + 1 :], TODAY) is not None


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "'11010519491231002X",
        '="11010519491231002X"',
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u200b19491231002X\u3000",
        "110105-19491231-002X",
    ],
)
def test_widths_blanks_quotes_and_a_small_x_are_folded(written: str) -> None:
    reading = identity_card.read(written, TODAY)
    assert (reading.value, reading.state) == (STANDARD, State.SURE)


@pytest.mark.parametrize("written", ["450199850615002", 450199850615002, 450199850615002.0])
def test_an_old_number_gains_its_century_and_check_digit(written: object) -> None:
    reading = identity_card.read(written, TODAY)
    assert reading.value == numbered("19850615", "002")
    assert reading.state is State.LIKELY
    assert "15 位" in reading.note


def test_the_old_number_of_the_rules_gains_the_check_digit_1() -> None:
    assert identity_card.from_15("450102850615002") == "450102198506150021"


@pytest.mark.parametrize(
    "spoilt", [4.50199198002290e17, 450199198002290016, "4.50199E+17", "4.5E+17", "450199198002290000"]
)
def test_a_number_spoilt_by_a_number_format_is_never_taken(spoilt: object) -> None:
    reading = identity_card.read(spoilt, TODAY)
    assert reading.value is None
    assert reading.state is State.REFUSED
    assert "无法还原" in reading.note


@pytest.mark.parametrize("nothing", [None, "", "无", "—", "/", "NULL", " \u3000"])
def test_nothing_is_nothing(nothing: object) -> None:
    reading = identity_card.read(nothing, TODAY)
    assert (reading.value, reading.state) == (None, State.SURE)


def test_another_document_is_kept_as_written_and_marked() -> None:
    reading = identity_card.read("E12345678", TODAY)
    assert (reading.value, reading.state) == ("E12345678", State.LIKELY)


def test_words_are_refused() -> None:
    assert identity_card.read("见附件", TODAY).state is State.REFUSED


@given(BIRTHS, st.integers(1, 999))
def test_what_is_read_is_read_again_the_same(birth: dt.date, order: int) -> None:
    number = numbered(f"{birth:%Y%m%d}", f"{order:03d}")
    reading = identity_card.read(number, TODAY)
    assert (reading.value, reading.state) == (number, State.SURE)
    card = identity_card.parse(number, TODAY)
    assert card is not None
    assert card.birth == birth
    assert card.sex == ("1" if order % 2 else "2")
