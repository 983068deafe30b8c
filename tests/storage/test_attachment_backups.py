"""Backups with attachments when every file operation in turn fails: a backup that counts has all it needs."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

from file_operations import FileOperations

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import backup, backup_file

if TYPE_CHECKING:
    from pathlib import Path

    from storage_trials import Nursery

    from wuling_desktop.services.desk import Desk

PASSWORD = "测试口令 2026"


def full() -> None:
    raise OSError(errno.ENOSPC, "no space", "x")


def test_a_full_stick_at_any_step(desk: Desk, tmp_path: Path) -> None:
    person = desk.people.add({"person.name": "韦清和"}).id
    for number in range(2):
        desk.attachments.add_content("person", person, f"第{number}份.pdf", b"%PDF-1.7 " + bytes([number]))
    at, steps, failed = 0, FileOperations(), 0
    while steps.count >= at:
        at += 1
        stick = tmp_path / f"U 盘 {at}"
        steps = FileOperations(at, full)
        try:
            with steps.counted():
                desk.backups.make(stick)
        except Problem as problem:
            failed += 1
            assert "磁盘已满" in problem.what
        for made in backup.listing(stick):
            assert desk.backups.verify(made.path).ok
    assert failed > 8
    assert desk.backups.verify().ok


def test_a_failed_restore_leaves_what_was(desk: Desk, tmp_path: Path) -> None:
    person = desk.people.add({"person.name": "韦清和"}).id
    desk.attachments.add_content("person", person, "申请书.pdf", b"%PDF-1.7 invented")
    made = desk.backups.make(tmp_path / "U 盘")
    at, steps, done = 0, FileOperations(), 0
    while steps.count >= at:
        at += 1
        there = DataFiles(tmp_path / f"新电脑 {at}")
        steps = FileOperations(at, full)
        try:
            with steps.counted():
                there.restore(made.path, PASSWORD)
            done += 1
        except Problem:
            if not there.exists():
                continue
        opened = there.unlock(PASSWORD)
        assert opened.backups.verify().ok
        opened.close()
    assert 0 < done < at


def test_an_older_backup_without_a_list_is_one(desk: Desk, tmp_path: Path) -> None:
    made = desk.backups.make(tmp_path)
    assert backup_file.BackupFile.read(made.path).attachments() == frozenset()
    assert list(tmp_path.glob("*附件*")) == []


def test_stopped_dead_at_any_step_a_file_is_there_whole_or_not_at_all(
    desk: Desk, nursery: Nursery, tmp_path: Path
) -> None:
    desk.people.add({"person.name": "韦清和"})
    folder = desk._database.folder
    desk.close()
    paper = tmp_path / "申请书.pdf"
    paper.write_bytes(b"%PDF-1.7 invented")
    results = []
    for place in range(1, 200):
        copy = tmp_path / f"stop {place}"
        shutil.copytree(folder, copy)
        status = nursery.run("attach", copy, stop_at=place, file=str(paper))
        again = DataFiles(copy).unlock(PASSWORD)
        assert again.backups.verify().ok
        found = again.attachments.of("person", 1)
        assert [again.attachments.content(each.id) for each in found] in ([], [paper.read_bytes()])
        assert not list((copy / "attachments").glob(".*"))
        results.append(len(found))
        again.close()
        shutil.rmtree(copy)
        if status == 0:
            break
    assert place > 5
    assert results == sorted(results), "once added, never gone again"
    assert results[-1] == 1


def test_half_a_copied_content_goes_with_the_next_backup_and_the_next_start(
    desk: Desk, tmp_path: Path
) -> None:
    """What a crash leaves while attachments are copied beside the backups, here and on a stick."""
    person = desk.people.add({"person.name": "韦清和"}).id
    desk.attachments.add_content("person", person, "申请书.pdf", b"%PDF-1.7 invented")
    halves = []
    for made in (desk.backups.make(), desk.backups.make(tmp_path / "U 盘")):
        beside = backup_file.attachments_folder(made.path.parent, made.file_id)
        halves.append(beside / f".{'0' * 64}.123.part")
        halves[-1].write_bytes(b"half")
    desk.backups.make(tmp_path / "U 盘")
    assert [half.exists() for half in halves] == [True, False]
    desk.close()
    DataFiles(desk.folder).unlock(PASSWORD).close()
    assert not halves[0].exists()
