"""Backups with attachments when every file operation in turn fails: a backup that counts has all it needs."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from storage_trials import FileOperations

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import backup, backup_file

if TYPE_CHECKING:
    from pathlib import Path

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
