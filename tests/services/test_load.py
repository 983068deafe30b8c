"""Loading a dump: what none of ours would hold is refused whole, on either engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from engines import PASSWORD

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


@pytest.mark.parametrize("value", [["甲"], 10**30, {"a": 1}], ids=["list", "number beyond all", "object"])
def test_a_dump_with_a_value_of_another_type_is_none(desk: Desk, tmp_path: Path, value: object) -> None:
    path = tmp_path / "数据.json"
    DataFiles(tmp_path / "另一份").create(PASSWORD, unit="甲", branch="乙支部", clerk="试用")[0].close()
    other = DataFiles(tmp_path / "另一份").unlock(PASSWORD)
    other.people.add({"person.name": "韦清和"})
    other.backups.dump(path)
    other.close()
    content = json.loads(path.read_bytes())
    for row in content["records"]["person"].values():
        row["note"] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Problem, match="没有装入"):
        desk.backups.load(path)
    assert desk.people.facts(Who("all"), desk.unit.today()) == []
