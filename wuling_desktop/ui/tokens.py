"""Colours, type and measures of the screen: the only place with a colour or a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# Families in the order of preference; the first one installed is used.
FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "HarmonyOS Sans SC",
)


class Colours(NamedTuple):
    """One theme. `x` is a foreground, `x_bg` the ground it is read on; printing always uses LIGHT."""

    bg: str
    surface: str
    nav: str
    line: str
    line2: str
    field_line: str
    text: str
    text2: str
    text3: str
    red: str
    red_bg: str
    red_fill: str
    red_fill_hover: str
    on_red: str
    blue: str
    blue_bg: str
    ok: str
    ok_bg: str
    due: str
    due_bg: str
    due_line: str
    over: str
    over_bg: str
    vio: str
    vio_bg: str
    mute_bg: str
    pressed: str
    fill_ok: str
    toast: str
    on_toast: str
    toast_link: str


LIGHT = Colours(
    bg="#F4F5F7",
    surface="#FFFFFF",
    nav="#FBFBFA",
    line="#E4E6EA",
    line2="#EEF0F3",
    field_line="#8B95A5",
    text="#1F2329",
    text2="#5A6270",
    text3="#626C80",
    red="#B3161B",
    red_bg="#FBEDEC",
    red_fill="#B3161B",
    red_fill_hover="#9A1217",
    on_red="#FFFFFF",
    blue="#1D5FBF",
    blue_bg="#EAF1FB",
    ok="#1F7A4D",
    ok_bg="#E7F4EC",
    due="#9A5B00",
    due_bg="#FFF4DF",
    due_line="#E0A33A",
    over="#C2410C",
    over_bg="#FFEDE3",
    vio="#6B1B4A",
    vio_bg="#F6E8F0",
    mute_bg="#E9EBEF",
    pressed="#E0E3E8",
    fill_ok="#8FC3A5",
    toast="#2B3038",
    on_toast="#FFFFFF",
    toast_link="#9CC3FA",
)
DARK = Colours(
    bg="#17181B",
    surface="#202226",
    nav="#1B1C1F",
    line="#33363C",
    line2="#2A2D32",
    field_line="#6E7683",
    text="#E7E9EC",
    text2="#B3B9C2",
    text3="#9BA2AC",
    red="#F0676B",
    red_bg="#3A2224",
    red_fill="#C4373C",
    red_fill_hover="#B02F34",
    on_red="#FFFFFF",
    blue="#7FB0F5",
    blue_bg="#22314A",
    ok="#6CC495",
    ok_bg="#1D3327",
    due="#E5B25A",
    due_bg="#3A2F1B",
    due_line="#B98A3B",
    over="#FF9363",
    over_bg="#3E261B",
    vio="#D998BE",
    vio_bg="#3A2231",
    mute_bg="#30343A",
    pressed="#3A3E45",
    fill_ok="#3F7F5F",
    toast="#3A3F47",
    on_toast="#FFFFFF",
    toast_link="#9CC3FA",
)
THEMES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A theme at a scale; every size on the screen is asked of `px`."""

    theme: str
    scale: int  # 字号, percent

    @property
    def colours(self) -> Colours:
        """The colours of the theme."""
        return THEMES[self.theme]

    def px(self, size: float) -> int:
        """Return a length of the design in logical pixels at this scale."""
        return max(1, round(size * self.scale / 100))


class Sizes(NamedTuple):
    """Lengths of the design at 100 %."""

    nav: int = 196
    rail: int = 56
    top: int = 54
    row: int = 32
    header: int = 34
    panel: int = 350
    panel_narrow: int = 320
    palette: int = 640
    palette_list: int = 540
    find: int = 324
    find_least: int = 96
    icon: int = 18
    small_icon: int = 16
    margin: int = 20
    gap: int = 12
    control: int = 32
    # Breakpoints of the window; larger letters need the narrow arrangement earlier.
    narrow: int = 1280
    rail_below: int = 1180
    overlay_below: int = 1100
    low: int = 760


SIZES = Sizes()
ROW_HEIGHTS = {"compact": 28, "standard": SIZES.row, "roomy": 40}  # 行高


class Type(NamedTuple):
    """Letter sizes at 100 %; weights are 400, 500 and 600 only."""

    page_title: int = 20
    person: int = 16
    card_title: int = 15
    body: int = 14
    table: int = 13
    caption: int = 12


TYPE = Type()
