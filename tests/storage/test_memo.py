"""What the desk remembers for itself: enciphered, kept by a backup, in no dump and no log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

pytestmark = pytest.mark.both_engines
WORD = "只记在便条里的话"


def test_the_latest_word_under_a_key_is_kept(desk: Desk) -> None:
    database = desk._database
    memo.keep(database, "draft:person", {"person.name": "韦清"})
    memo.keep(database, "draft:person", {"person.name": "韦清和"})
    memo.keep(database, "other", 1)
    (kept,) = memo.under(database, "draft:")
    assert (kept.key, kept.content) == ("draft:person", {"person.name": "韦清和"})
    memo.forget(database, "draft:person")
    assert memo.under(database, "draft:") == []
    assert [each.content for each in memo.under(database, "other")] == [1]


@pytest.mark.own_to_the_file
def test_it_is_in_the_backup_and_in_no_dump_and_no_log(desk: Desk, tmp_path: Path) -> None:
    before = desk.history.entries()
    memo.keep(desk._database, "draft:person", WORD)
    assert desk.history.entries() == before
    desk.backups.dump(tmp_path / "all.json")
    assert WORD not in json.dumps(json.loads((tmp_path / "all.json").read_text("utf-8")), ensure_ascii=False)
    backup = desk.backups.make()
    assert WORD.encode() not in backup.path.read_bytes()
    memo.forget(desk._database, "draft:person")
    desk.backups.restore(backup.path)
    assert [each.content for each in memo.under(desk._database, "draft:")] == [WORD]
