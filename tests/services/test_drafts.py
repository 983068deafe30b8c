"""A half-typed form is kept as it was typed and let go when it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.kinds import Link
from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

PASSWORD = "测试口令 2026"


def test_a_draft_comes_back_as_it_was_typed(desk: Desk, tmp_path: Path) -> None:
    desk.drafts.keep(
        "ledger:visit", {"visit.person": Link(1, "韦清和"), "visit.amount": "50", "visit.note": ""}
    )
    desk.close()
    again = DataFiles(tmp_path / "data").unlock(PASSWORD)
    (draft,) = again.drafts.kept()
    assert draft.form == "ledger:visit"
    assert draft.values == {"visit.person": Link(1, "韦清和"), "visit.amount": "50"}
    again.close()


def test_nothing_typed_is_no_draft(desk: Desk) -> None:
    desk.drafts.keep("person", {"person.name": "韦"})
    desk.drafts.keep("person", {"person.name": "", "membership.away_fixed": None})
    assert desk.drafts.kept() == []


def test_a_draft_let_go_is_gone_and_the_others_stay(desk: Desk) -> None:
    desk.drafts.keep("person", {"person.name": "韦"})
    desk.drafts.keep("ledger:visit", {"visit.amount": "50"})
    desk.drafts.forget("person")
    assert [draft.form for draft in desk.drafts.kept()] == ["ledger:visit"]
