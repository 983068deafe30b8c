"""Colours and sizes: every text is legible on its ground in both themes, and tokens are the only place they come from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from wuling_desktop.ui import theme, tokens
from wuling_desktop.ui.tokens import THEMES, TYPE, Colours, Tokens

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "resources" / "style.qss.in").read_text("utf-8")
TEXT, MARK = 4.5, 3.0  # WCAG 2.1: 1.4.3 for text, 1.4.11 for the edge of a field
SCALES = (100, 115, 130, 150)

# What delegates paint with a pen, on the grounds they fill: (text, ground).
_LETTERS = ("text", "text2", "text3", "red", "blue", "ok", "due", "over", "vio")
_GROUNDS = ("surface", "red_bg")  # a table, its chosen rows
PAINTED = {
    *((letters, ground) for letters in _LETTERS for ground in _GROUNDS),
    ("text", "blue_bg"),  # what is chosen in a sheet
    ("text2", "mute_bg"),  # tags
    ("blue", "blue_bg"),
    ("due", "due_bg"),
    ("red", "red_bg"),  # the tile of a photograph
    ("on_red", "red_fill"),  # a tick
}
_WORDLESS = ("::handle", "::chunk", 'QFrame[kind="line"]')
# What stands on the ground of a page, without one of its own.
ON_PAGES = {(letters, ground) for letters in _LETTERS for ground in ("bg", "surface", "nav")}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),  # the grey that just fails
        ("#767676", "#FFFFFF", 4.54),  # and the one that just passes
        ("#FF0000", "#FFFFFF", 4.0),
        ("#0000FF", "#FFFFFF", 8.59),
    ],
)
def test_the_ratio_is_the_published_one(one: str, other: str, published: float) -> None:
    assert contrast(one, other) == pytest.approx(published, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


class Rule(NamedTuple):
    """What the style sheet says of one selector."""

    selector: str
    said: dict[str, str]


def rules(sheet: str) -> list[Rule]:
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        said = dict(part.strip().split(":", 1) for part in body.split(";") if part.strip())
        found += [
            Rule(one.strip(), {key.strip(): value.strip() for key, value in said.items()})
            for one in selectors.split(",")
        ]
    return found


def pairs(sheet: str) -> set[tuple[str, str]]:
    """Return every (text, ground) of the sheet; what has no ground of its own stands on a page."""
    known: dict[str, dict[str, str]] = {}
    for rule in rules(sheet):
        known.setdefault(rule.selector, {}).update(rule.said)
    found: set[tuple[str, str]] = set()
    for selector, rule in known.items():
        if ":disabled" in selector or any(each in selector for each in _WORDLESS):
            continue  # WCAG asks nothing of what cannot be used; see the test below
        letters, ground = said_of(known, selector, "color"), said_of(known, selector, "background")
        if selector == 'QFrame[kind="toast"]':
            continue  # its words have rules of their own, on the same ground
        if "color" in rule or "background" in rule:
            grounds = (ground,) if ground else on_page(selector)
            found |= {(letters or "text", each) for each in grounds}
    return found


def on_page(selector: str) -> tuple[str, ...]:
    if "toast" in selector:
        return ("toast",)
    return ("nav",) if '"nav"' in selector else ("bg", "surface")


def said_of(known: dict[str, dict[str, str]], selector: str, what: str) -> str:
    """Return the token a selector has for `color` or `background`, its own or the one of what it narrows."""
    plain = re.sub(r"(?<!:):(?!:)[\w-]+", "", selector)
    wider = [
        selector,
        plain,
        re.sub(r"\[low=[^]]*\]|\[hot=[^]]*\]", "", plain),
        re.sub(r"\[[^]]*\]", "", plain),
    ]
    for each in wider:
        value = known.get(each, {}).get(what)
        if value is not None:
            return value.removeprefix("$") if value.startswith("$") else ""
    return ""


@pytest.mark.parametrize("name", THEMES)
def test_every_text_is_legible_on_its_ground(name: str) -> None:
    colours = THEMES[name]._asdict()
    used = pairs(SHEET) | PAINTED | ON_PAGES
    assert len(used) > 40
    pale = {pair: round(ratio, 2) for pair in used if (ratio := contrast(*map(colours.get, pair))) < TEXT}
    assert pale == {}


def test_a_planted_pale_text_is_found() -> None:
    planted = pairs(SHEET + 'QLabel[tone="pale"] { color: $field_line; }')
    colours = THEMES["light"]._asdict()
    assert ("field_line", "surface") in planted
    assert contrast(colours["field_line"], colours["surface"]) < TEXT


@pytest.mark.parametrize("name", THEMES)
def test_what_cannot_be_used_can_still_be_read(name: str) -> None:
    colours = THEMES[name]
    for ground in (colours.bg, colours.surface, colours.mute_bg, colours.line2):
        assert contrast(colours.text3, ground) >= MARK


@pytest.mark.parametrize("name", THEMES)
def test_a_field_has_an_edge_one_can_see(name: str) -> None:
    colours = THEMES[name]
    for edge in (colours.field_line, colours.blue, colours.over):
        assert contrast(edge, colours.surface) >= MARK
    assert contrast(colours.blue, colours.bg) >= MARK  # the ring of the keyboard


@pytest.mark.parametrize("scale", SCALES)
def test_no_letter_is_smaller_than_twelve_pixels(scale: int) -> None:
    sizes = [Tokens("light", scale).px(size) for size in TYPE]
    assert min(sizes) >= 12
    assert min(sizes) == pytest.approx(TYPE.caption * scale / 100, abs=0.5)


def test_fonts_are_not_set_by_numbers_below_the_smallest() -> None:
    for path in (ROOT / "wuling_desktop" / "ui").rglob("*.py"):
        for size in re.findall(r"\.font\(\s*(\d+)", path.read_text("utf-8")):
            assert int(size) >= TYPE.caption, path.name


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    plain = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
    named = re.findall(r"\$(\w+)", plain)
    assert set(named) <= set(Colours._fields)
    values = re.findall(r"(?:color|background|border[\w-]*):\s*([^;}]+)", plain)
    allowed = re.compile(r"(\$\w+|transparent|solid|dashed|none|0|\d+(px|u)|left|\s)*")
    strange = [value for value in values if not allowed.fullmatch(value)]
    assert strange == []
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(", plain)
    assert not re.search(r"\bfont", plain)  # fonts are set in theme.py, and grow with the letters chosen


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", SCALES)
def test_the_made_sheet_is_complete(name: str, scale: int) -> None:
    made = theme.style_sheet(Tokens(name, scale))
    assert "$" not in re.sub(r"/\*.*?\*/", "", made, flags=re.DOTALL)
    assert not re.search(r"\b\d+u\b", re.sub(r"/\*.*?\*/", "", made, flags=re.DOTALL))


def test_every_token_is_used() -> None:
    """A colour nobody uses is a colour nobody checks."""
    sources = [path for path in (ROOT / "wuling_desktop" / "ui").rglob("*.py") if path.name != "tokens.py"]
    text = SHEET + "\n".join(path.read_text("utf-8") for path in sources)
    unused = [name for name in Colours._fields if not re.search(rf"[$.\"']{name}\b", text)]
    assert unused == []


def test_both_themes_say_the_same_names() -> None:
    assert tokens.LIGHT != tokens.DARK
    for colours in THEMES.values():
        assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for value in colours)


@pytest.mark.parametrize("scale", SCALES)
def test_a_pill_is_round_at_every_scale(scale: int) -> None:
    """Qt draws square corners where two radii are higher than the box."""
    sheet = theme.style_sheet(Tokens("light", scale))
    rule = next(line for line in sheet.splitlines() if line.startswith('QPushButton[kind="chip"] {'))
    radius, height = (int(re.search(rf"{name}: (\d+)px", rule)[1]) for name in ("radius", "min-height"))
    assert height <= 2 * radius <= height + 2  # with the line round it
