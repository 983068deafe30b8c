"""Files as the window speaks of them: where a dialog begins, and where something was saved."""

from __future__ import annotations

from pathlib import Path

from wuling_desktop.ui.file_choice import documents, with_folder


def test_a_saved_file_is_named_with_its_folder() -> None:
    assert with_folder(Path("/家/文档/花名册.pdf")) == "“文档”里的 花名册.pdf"
    assert with_folder(Path("/花名册.pdf")) == "“/”里的 花名册.pdf"


def test_a_dialog_begins_where_people_keep_their_files(tmp_path: Path) -> None:
    assert documents() == tmp_path / "home"  # where there is no folder of documents
