"""The desk on a server: who does what is said in its place, and what another desk wrote first is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.people import Who
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engines import ServerEngine
    from person_at_the_desk import Person


@pytest.fixture
def clerk(server: ServerEngine, open_program: Callable[..., Person], tmp_path: Path) -> Person:
    """Somebody at a desk of the unit's server."""
    desk = server.open(tmp_path / "data")
    known = {"person.standing": "正式党员", "branch.name": "第一党支部", "person.position": "教研员"}
    desk.people.add({"person.name": "韦清和", **known})
    desk.close()
    return open_program()


def test_the_door_asks_for_the_servers_password_alone(clerk: Person) -> None:
    clerk.reads("服务器密码")
    assert "看演示支部" in clerk.text()
    assert "恢复" not in clerk.text()


def test_settings_say_who_backs_up_and_who_knows_the_password(clerk: Person) -> None:
    clerk.write("服务器密码", "随便")
    clerk.press("Return")
    clerk.reads("数据在服务器上")
    clerk.go("设置与备份")
    clerk.reads("备份和恢复由服务器管理员做")
    assert not clerk.seen(Button, "立即备份")
    clerk.click("密码与恢复码")
    clerk.reads("登录用服务器的账户和密码，没有恢复码")
    assert not clerk.seen(Button, "换密码")


def test_what_another_desk_wrote_first_is_told_and_shown(clerk: Person, tmp_path: Path) -> None:
    clerk.write("服务器密码", "随便")
    clerk.press("Return")
    clerk.reads("党员 1 人")
    clerk.rest()
    other = DataFiles(tmp_path / "data").unlock("")
    other.people.change(1, {"person.position": "主任"})
    table = clerk.page.findChild(Table)
    model = table.rows
    datum = next(each for each in model.rows.datums if each.name == "person.position")
    place = model.index(model.place_of(1), model.rows.datums.index(datum))
    assert model.data(place) == "教研员"
    model.setData(place, "副主任")
    clerk.reads("别处刚刚改过它")
    clerk.qtbot.waitUntil(lambda: model.data(place) == "主任", timeout=5000)
    (facts,) = other.people.facts(Who("all"), other.unit.today())
    assert facts["person.position"] == "主任"
    other.close()
