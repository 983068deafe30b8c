"""Where one can go and what one can do, as the panel of Ctrl+K offers it: every place and action said once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wuling_desktop.ui.actions import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from wuling_desktop.services.exporting import FormInfo
    from wuling_desktop.services.ledgers import Ledger
    from wuling_desktop.ui.navigation import Place
    from wuling_desktop.ui.pages.page import Page

    Go = Callable[..., Page | None]  # to a place by its name, with something to show there

_SETTINGS = (
    ("backups", "备份与恢复", "shield-check"),
    ("log", "操作记录", "clock-counter-clockwise"),
    ("unit", "单位与组织", "gear-six"),
    ("safety", "密码与恢复码", "key"),
    ("appearance", "外观与字号", "eye"),
    ("withdrawn", "已撤销的录入", "arrow-u-up-left"),
    ("about", "关于", "info"),
)


def ways(
    go: Go,
    places: Sequence[Place],
    ledgers: Sequence[Ledger],
    forms: Sequence[FormInfo],
    help_: Sequence[Action],
) -> Mapping[str, Action]:
    """Return actions by a name that stays the same from day to day."""
    found: dict[str, Action] = {}
    numbered = [place.name for place in places if not place.foot and place.name != "import"][:9]
    for place in places:
        keys = f"Ctrl+{numbered.index(place.name) + 1}" if place.name in numbered else ""
        keys = {"lock": "Ctrl+L", "import": "Ctrl+I", "settings": "Ctrl+,"}.get(place.name, keys)
        found[f"place:{place.name}"] = Action(place.text, partial(go, place.name), place.icon, keys)
    found["add:person"] = Action("新增人员", partial(_add, go, "members"), "user-plus")
    for ledger in ledgers:
        name = f"ledger:{ledger.noun}"
        found[f"add:{ledger.name}"] = Action(f"新增{ledger.noun}", partial(_add, go, name), "plus")
    found["import:person"] = Action("导入花名册", partial(go, "import", None), "upload-simple")
    for ledger in ledgers:
        run = partial(go, "import", ledger.noun)
        found[f"import:{ledger.name}"] = Action(f"导入{ledger.noun}", run, "upload-simple")
    for form in forms:
        run = partial(go, "preview", form.name)
        found[f"form:{form.name}"] = Action(f"导出或打印{form.title}", run, "printer")
    found["place:duplicates"] = Action("可能重复的人", partial(go, "duplicates"), "users")
    for name, text, icon in _SETTINGS:
        found[f"settings:{name}"] = Action(text, partial(go, "settings", name), icon)
    found |= {f"help:{action.keys}": action for action in help_}
    return found


def _add(go: Go, name: str) -> None:
    page: Any = go(name)
    page.add()
