"""Attachments as the desk uses them: added, undone, opened, backed up, dumped; no plain byte stays on the disk."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.attachments import OPENED
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import attachments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engines import Engine

    from wuling_desktop.services.desk import Desk

PASSWORD = "测试口令 2026"
PDF = b"%PDF-1.7\n" + "金丝雀的内容".encode() * 50
JPEG = b"\xff\xd8\xff\xe0" + "金丝雀的照片".encode() * 50 + b"\xff\xd9"
CANARIES = ("金丝雀的内容".encode(), "金丝雀的照片".encode(), "韦清和".encode())


@pytest.fixture
def person(desk: Desk) -> int:
    return desk.people.add({"person.name": "韦清和"}).id


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "外面" / "入党申请书.pdf"
    path.parent.mkdir()
    path.write_bytes(PDF)
    return path


def names(desk: Desk, person: int) -> list[str]:
    return [each.name for each in desk.attachments.of("person", person)]


def folder_of(desk: Desk) -> Path:
    return desk._database.folder


def bytes_under(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def reopened(desk: Desk) -> Desk:
    folder = folder_of(desk)
    desk.close()
    return DataFiles(folder).unlock(PASSWORD)


def test_a_note_is_written_changed_and_taken_away_each_undone(desk: Desk, person: int, pdf: Path) -> None:
    desk.attachments.add("person", person, [pdf])

    def note() -> str:
        (one,) = desk.attachments.of("person", person)
        return one.note

    (one,) = desk.attachments.of("person", person)
    changes = desk.attachments.write_note(one.id, "  原件在档案柜 3 号  ")
    assert (changes.name, changes.records) == ("给附件 入党申请书.pdf 写说明", {"attachment"})
    assert note() == "原件在档案柜 3 号"
    desk.attachments.write_note(one.id, "原件在组织部")
    assert desk.attachments.write_note(one.id, " ").name == "去掉附件 入党申请书.pdf 的说明"
    assert note() == ""
    for expected in ("原件在组织部", "原件在档案柜 3 号", ""):
        desk.history.undo()
        assert note() == expected


def test_added_listed_renamed_removed_each_undone(desk: Desk, person: int, pdf: Path) -> None:
    changes = desk.attachments.add("person", person, [pdf])
    assert changes.name == "给 韦清和 加附件 入党申请书.pdf"
    assert changes.records == {"attachment"}
    (one,) = desk.attachments.of("person", person)
    assert (one.name, one.kind, one.size, one.added_on) == ("入党申请书.pdf", "PDF", len(PDF), "2026-11-24")
    assert desk.attachments.content(one.id) == PDF

    desk.attachments.rename(one.id, "申请书（2019）")
    assert names(desk, person) == ["申请书（2019）.pdf"]
    desk.attachments.remove([one.id])
    assert names(desk, person) == []
    for expected in (["申请书（2019）.pdf"], ["入党申请书.pdf"], []):
        desk.history.undo()
        assert names(desk, person) == expected
    for _ in range(2):
        desk.history.redo()
    assert names(desk, person) == ["申请书（2019）.pdf"]
    assert desk.attachments.content(one.id) == PDF


def test_undone_and_done_again_after_a_restart(tmp_path: Path, desk: Desk, person: int, pdf: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    again = reopened(desk)
    again.history.undo()
    third = reopened(again)
    assert names(third, person) == []
    third.history.redo()
    (one,) = third.attachments.of("person", person)
    assert third.attachments.content(one.id) == PDF
    third.close()


def test_several_files_are_one_operation_and_all_or_none(
    desk: Desk, person: int, pdf: Path, tmp_path: Path
) -> None:
    other = tmp_path / "思想汇报.txt"
    other.write_text("第一季度", "utf-8")
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    with pytest.raises(Problem, match="是空的"):
        desk.attachments.add("person", person, [pdf, empty])
    assert names(desk, person) == []
    assert desk.attachments.add("person", person, [pdf, other]).name == "给 韦清和 加附件 2 个"
    assert names(desk, person) == ["思想汇报.txt", "入党申请书.pdf"]
    desk.history.undo()
    assert names(desk, person) == []


@pytest.mark.own_to_the_file
def test_a_change_of_password_leaves_them_alone(desk: Desk, person: int, pdf: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    before = dict(bytes_under(folder_of(desk) / attachments.FOLDER))
    desk.change_password(PASSWORD, "另一个口令 2026")
    assert dict(bytes_under(folder_of(desk) / attachments.FOLDER)) == before
    (one,) = desk.attachments.of("person", person)
    assert desk.attachments.content(one.id) == PDF


def docx(*lines: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        package.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("文件.docx", docx("机密★1年", "关于某事的通知")),
        ("文件.txt", "秘密★\n关于某事的通知".encode("gb18030")),
        ("机密★3年.pdf", PDF),
        (
            "文件.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "绝密★长期\r通知".encode("utf-16-le"),
        ),
    ],
)
def test_papers_marked_secret_are_refused(desk: Desk, person: int, name: str, content: bytes) -> None:
    with pytest.raises(Problem, match="密级"):
        desk.attachments.add_content("person", person, name, content)
    assert not (folder_of(desk) / attachments.FOLDER).exists()


def test_the_oath_is_no_mark(desk: Desk, person: int) -> None:
    desk.attachments.add_content(
        "person", person, "志愿书.docx", docx("严守党的纪律，保守党的秘密", "2019年")
    )
    assert names(desk, person) == ["志愿书.docx"]


@pytest.mark.parametrize("name", ["政审报告.pdf", "外调函.jpg", "函调回函.pdf"])
def test_political_examination_is_not_kept(desk: Desk, person: int, pdf: Path, name: str) -> None:
    with pytest.raises(Problem, match="政审"):
        desk.attachments.add_content("person", person, name, PDF)
    desk.attachments.add("person", person, [pdf])
    (one,) = desk.attachments.of("person", person)
    with pytest.raises(Problem, match="政审"):
        desk.attachments.rename(one.id, name)


def test_a_copy_for_another_program_goes_with_the_session(desk: Desk, person: int, pdf: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    (one,) = desk.attachments.of("person", person)
    copy = desk.attachments.opened(one.id)
    assert (copy.name, copy.read_bytes()) == ("入党申请书.pdf", PDF)
    assert desk.attachments.opened(one.id) == copy
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o400
        assert (folder_of(desk) / OPENED).stat().st_mode & 0o777 == 0o700
    folder = folder_of(desk)
    desk.close()
    assert not (folder / OPENED).exists()


def test_a_copy_left_by_a_crash_goes_at_the_next_start(desk: Desk, person: int) -> None:
    left = folder_of(desk) / OPENED / "7" / "申请书.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(PDF)
    left.chmod(0o400)
    again = reopened(desk)
    assert not left.exists()
    again.close()


def test_programs_and_disguised_files_are_not_opened(desk: Desk, person: int) -> None:
    for name, content in (
        ("工具.exe", b"MZ\x90"),
        ("申请书.pdf", b"MZ\x90"),
        ("包.zip", b"PK\x03\x04" + b"x" * 9),
    ):
        desk.attachments.add_content("person", person, name, content)
    for each in desk.attachments.of("person", person):
        with pytest.raises(Problem, match="没有打开"):
            desk.attachments.opened(each.id)
    assert not (folder_of(desk) / OPENED).exists()


def test_exported_whole(desk: Desk, person: int, pdf: Path, tmp_path: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    (one,) = desk.attachments.of("person", person)
    desk.attachments.export(one.id, tmp_path / "存出.pdf")
    assert (tmp_path / "存出.pdf").read_bytes() == PDF


def test_a_photo_is_set_replaced_and_taken_off(desk: Desk, person: int) -> None:
    assert desk.attachments.photo(person) is None
    assert desk.attachments.set_photo(person, JPEG).name == "设置 韦清和 的一寸照片"
    assert desk.attachments.set_photo(person, JPEG + b"2").name == "更换 韦清和 的一寸照片"
    assert desk.attachments.photo(person) == JPEG + b"2"
    assert names(desk, person) == []
    desk.history.undo()
    assert desk.attachments.photo(person) == JPEG
    desk.history.redo()
    assert desk.attachments.photo(person) == JPEG + b"2"
    desk.attachments.remove_photo(person)
    assert desk.attachments.photo(person) is None
    desk.history.undo()
    assert desk.attachments.photo(person) == JPEG + b"2"


@pytest.mark.own_to_the_file
def test_no_plain_byte_lies_in_the_data_folder(desk: Desk, person: int, pdf: Path, tmp_path: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.attachments.set_photo(person, JPEG)
    (one,) = desk.attachments.of("person", person)
    desk.attachments.opened(one.id)
    desk.backups.make()
    desk.backups.make(tmp_path / "U 盘")
    folder = folder_of(desk)
    desk.close()
    seen = [*bytes_under(folder), *bytes_under(tmp_path / "U 盘")]
    assert len(seen) > 6
    for path, content in seen:
        for canary in CANARIES:
            assert canary not in content, path
            assert canary not in path.name.encode(), path


@pytest.mark.own_to_the_file
def test_a_backup_takes_each_content_once(desk: Desk, person: int, pdf: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U 盘"
    desk.attachments.add("person", person, [pdf])
    desk.backups.make(stick)
    (kept,) = stick.glob("*附件/*")
    moment = kept.stat().st_mtime_ns
    desk.attachments.add_content("person", person, "同一份.pdf", PDF)
    desk.attachments.set_photo(person, JPEG)
    made = desk.backups.make(stick)
    assert made.faults == ()
    assert len(list(stick.glob("*附件/*"))) == 2
    assert kept.stat().st_mtime_ns == moment
    assert desk.backups.verify(made.path).ok


@pytest.mark.own_to_the_file
def test_verify_names_what_is_missing_or_damaged(desk: Desk, person: int, pdf: Path, tmp_path: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.attachments.set_photo(person, JPEG)
    made = desk.backups.make(tmp_path / "U 盘")
    assert desk.backups.verify().ok
    for path in (tmp_path / "U 盘").glob("*附件/*"):
        path.unlink()
    verdict = desk.backups.verify(made.path)
    assert (verdict.ok, len(verdict.faults)) == (False, 2)
    assert "附件“入党申请书.pdf”的内容找不到了。" in verdict.faults

    for path in (folder_of(desk) / attachments.FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    verdict = desk.backups.verify()
    assert sorted(verdict.faults) == [
        "附件“一寸照片.jpg”的内容读不出来。",
        "附件“入党申请书.pdf”的内容读不出来。",
    ]
    assert len(desk.backups.make(tmp_path / "另一个盘").faults) == 2
    assert desk.attachments.photo(person) is None


@pytest.mark.own_to_the_file
def test_restored_from_a_stick_on_a_new_machine(desk: Desk, person: int, pdf: Path, tmp_path: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    made = desk.backups.make(tmp_path / "U 盘")
    files = DataFiles(tmp_path / "新电脑")
    restored = files.restore(made.path, PASSWORD)
    assert (restored.after, restored.faults) == (1, ())
    there = files.unlock(PASSWORD)
    (one,) = there.attachments.of("person", person)
    assert there.attachments.content(one.id) == PDF
    there.close()

    alone = shutil.copy(made.path, tmp_path / made.path.name)
    without = DataFiles(tmp_path / "第三台").restore(alone, PASSWORD)
    assert without.faults == ("附件“入党申请书.pdf”的内容找不到了。",)


@pytest.mark.own_to_the_file
def test_restoring_brings_back_a_content_lost_meanwhile(desk: Desk, person: int, pdf: Path) -> None:
    desk.attachments.add("person", person, [pdf])
    made = desk.backups.make()
    (one,) = desk.attachments.of("person", person)
    shutil.rmtree(folder_of(desk) / attachments.FOLDER)
    with pytest.raises(Problem, match="找不到"):
        desk.attachments.content(one.id)
    assert desk.backups.restore(made.path).faults == ()
    assert desk.attachments.content(one.id) == PDF


@pytest.mark.own_to_the_file
def test_old_generations_let_their_contents_go(
    desk: Desk, person: int, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.backups.make()
    kept = folder_of(desk) / "backups"
    assert len(list(kept.glob("*附件/*"))) == 1
    monkeypatch.setattr(attachments, "KEPT_DAYS", -1)
    (one,) = desk.attachments.of("person", person)
    desk.attachments.remove([one.id])
    desk.backups.make()
    assert len(list(kept.glob("*附件/*"))) == 1  # the first generation needs it still
    (first, _) = sorted(kept.glob("*.wlbak"))
    first.unlink()
    (kept / "党建数据备份-半份.wlbak").write_bytes(b"unreadable")
    desk.backups.make()
    assert len(list(kept.glob("*附件/*"))) == 1
    (kept / "党建数据备份-半份.wlbak").unlink()
    desk.backups.make()
    assert list(kept.glob("*附件/*")) == []


def test_a_removed_content_stays_as_long_as_it_can_come_back(
    engine: Engine, desk: Desk, person: int, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.attachments.add("person", person, [pdf])
    (one,) = desk.attachments.of("person", person)
    contents = desk._database.contents()
    sha256 = next(each.sha256 for each in needed_by(desk))
    desk.attachments.remove([one.id])
    engine.age_contents(desk)
    desk.attachments.tidy()
    assert contents.has(sha256)
    monkeypatch.setattr(attachments, "KEPT_DAYS", -1)
    desk.attachments.tidy()
    assert not contents.has(sha256)


def test_an_old_content_taken_in_again_is_not_swept_before_a_row_speaks_of_it(
    engine: Engine, desk: Desk, person: int, pdf: Path
) -> None:
    contents = desk._database.contents()
    sha256 = contents.keep(PDF)
    engine.age_contents(desk)
    contents.keep(PDF)
    contents.sweep(())
    assert contents.content(sha256) == PDF
    engine.age_contents(desk)
    contents.sweep(())
    assert not contents.has(sha256)


def test_a_content_lost_or_damaged_is_named_and_mended_by_the_same_file(
    engine: Engine, desk: Desk, person: int, pdf: Path
) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.attachments.set_photo(person, JPEG)
    (one,) = desk.attachments.of("person", person)
    engine.damage_contents(desk)
    assert len(desk.backups.verify().faults) == 2
    assert "附件“入党申请书.pdf”的内容读不出来。" in desk.backups.verify().faults
    with pytest.raises(Problem, match="读不出来"):
        desk.attachments.content(one.id)
    assert desk.attachments.photo(person) is None
    desk.attachments.add("person", person, [pdf])
    assert desk.attachments.content(one.id) == PDF
    engine.lose_contents(desk)
    assert "附件“入党申请书.pdf”的内容找不到了。" in desk.backups.verify().faults
    with pytest.raises(Problem, match="找不到"):
        desk.attachments.content(one.id)


def test_files_of_a_withdrawn_person_go_with_them(
    desk: Desk, person: int, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.people.withdraw([person])
    assert len(needed_by(desk)) == 1
    monkeypatch.setattr(attachments, "KEPT_DAYS", -1)
    assert needed_by(desk) == []
    desk.history.undo()
    assert len(needed_by(desk)) == 1
    assert names(desk, person) == ["入党申请书.pdf"]


def test_files_of_a_ledgers_row(desk: Desk, person: int, pdf: Path) -> None:
    typed = {"day": "2026-01-05", "person": "韦清和", "occasion": "节日慰问"}
    visit = desk.ledgers.add("visit", typed).id
    assert desk.attachments.add("visit", visit, [pdf]).name == "给 走访慰问 加附件 入党申请书.pdf"
    assert [each.name for each in desk.attachments.of("visit", visit)] == ["入党申请书.pdf"]
    assert names(desk, person) == []
    assert len(needed_by(desk)) == 1


def needed_by(desk: Desk) -> list[Any]:
    with desk._database.reading() as connection:
        return attachments.needed(connection)


def test_dumped_loaded_and_dumped_again_is_the_same_byte_for_byte(
    engine: Engine, desk: Desk, person: int, pdf: Path, tmp_path: Path
) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.attachments.set_photo(person, JPEG)
    desk.attachments.set_photo(person, JPEG + b"2")
    desk.backups.dump(tmp_path / "一.json")
    content = json.loads((tmp_path / "一.json").read_bytes())
    assert (tmp_path / "一.json").read_text("utf-8") == json.dumps(
        content, ensure_ascii=False, indent=1
    ) + "\n"
    assert [set(each) for each in content["attachments"]] == [{"name", "sha256", "content"}] * 3
    assert len(content["records"]["attachment"]) == 2

    other = engine.open(tmp_path / "另一份")
    other.backups.load(tmp_path / "一.json")
    other.backups.dump(tmp_path / "二.json")
    assert (tmp_path / "二.json").read_bytes() == (tmp_path / "一.json").read_bytes()
    assert other.attachments.photo(person) == JPEG + b"2"
    other.close()

    desk.backups.dump(tmp_path / "只有记录.json", records_only=True)
    assert "attachments" not in json.loads((tmp_path / "只有记录.json").read_bytes())


def test_a_dump_whose_attachment_was_changed_is_not_loaded(
    engine: Engine, desk: Desk, person: int, pdf: Path, tmp_path: Path
) -> None:
    desk.attachments.add("person", person, [pdf])
    desk.backups.dump(tmp_path / "一.json")
    content = json.loads((tmp_path / "一.json").read_bytes())
    content["attachments"][0]["content"] = "QUJD"
    (tmp_path / "改过.json").write_text(json.dumps(content), "utf-8")
    other = engine.open(tmp_path / "另一份")
    with pytest.raises(Problem, match="校验值不符"):
        other.backups.load(tmp_path / "改过.json")
    assert other.attachments.of("person", person) == []
    other.close()
