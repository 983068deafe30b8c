"""Sealed files: named by content under a key, whole or not there, noticed when a byte of them is another."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from typing import TYPE_CHECKING

import pytest
from file_operations import FileOperations

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import attachments, troubles
from wuling_desktop.storage.attachments import Needed, Store

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = bytes(range(32)), bytes(32)
CHUNK = 2**20
CANARY = "韦清和的入党申请书".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "attachments", KEY)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_content_comes_back_as_it_was(store: Store, size: int) -> None:
    content = os.urandom(size)
    assert store.content(store.keep(content)) == content


def test_the_file_tells_nothing(store: Store) -> None:
    sha256 = store.keep(CANARY * 1000)
    (path,) = store.folder.iterdir()
    assert CANARY not in path.read_bytes()
    assert path.name not in (sha256, hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(path.name) == 64
    assert Store(store.folder, OTHER).path(sha256) != path


def test_equal_contents_are_kept_once_and_never_written_again(store: Store) -> None:
    sha256 = store.keep(CANARY)
    before = store.path(sha256).read_bytes()
    assert store.keep(CANARY) == sha256
    assert store.path(sha256).read_bytes() == before
    assert len(list(store.folder.iterdir())) == 1


def test_every_changed_byte_and_every_cut_is_noticed(store: Store) -> None:
    sha256 = store.keep(os.urandom(2 * CHUNK + 5))
    path = store.path(sha256)
    sealed = path.read_bytes()
    for at in (0, 8, 9, 40, 41, 500, CHUNK + 60, len(sealed) - 1):
        path.write_bytes(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
        with pytest.raises(troubles.Damaged):
            store.content(sha256)
    head = 9 + 32
    for length in (0, 9, head, head + 16, head + CHUNK + 16, head + 2 * (CHUNK + 16), len(sealed) - 1):
        path.write_bytes(sealed[:length])
        with pytest.raises(troubles.Damaged):
            store.content(sha256)
    first, second = sealed[head : head + CHUNK + 16], sealed[head + CHUNK + 16 : head + 2 * (CHUNK + 16)]
    path.write_bytes(sealed[:head] + second + first + sealed[head + 2 * (CHUNK + 16) :])
    assert store.fault(sha256) == "读不出来"


def test_another_files_content_under_its_name_is_noticed(store: Store) -> None:
    one, other = store.keep(b"one"), store.keep(b"other")
    store.path(one).write_bytes(store.path(other).read_bytes())
    with pytest.raises(troubles.Damaged):
        store.content(one)


def test_a_damaged_file_is_replaced_when_its_content_comes_again(store: Store) -> None:
    sha256 = store.keep(CANARY)
    store.path(sha256).write_bytes(b"")
    store.keep(CANARY)
    assert store.content(sha256) == CANARY


def test_a_missing_and_a_damaged_file_are_named(store: Store) -> None:
    gone, hurt, sound = store.keep(b"a"), store.keep(b"b"), store.keep(b"c")
    store.path(gone).unlink()
    store.path(hurt).write_bytes(b"x")
    found = store.faults([Needed(gone, "申请书.pdf"), Needed(hurt, "照片.jpg"), Needed(sound, "记录.docx")])
    assert found == ["附件“申请书.pdf”的内容找不到了。", "附件“照片.jpg”的内容读不出来。"]


def test_a_full_disk_at_any_step_leaves_what_was(store: Store) -> None:
    earlier = store.keep(b"earlier")

    def full() -> None:
        raise OSError(errno.ENOSPC, "no space", "x")

    at, steps = 0, FileOperations()
    while steps.count >= at:
        at += 1
        store.path(hashlib.sha256(CANARY).hexdigest()).unlink(missing_ok=True)
        steps = FileOperations(at, full)
        try:
            with steps.counted():
                sha256 = store.keep(CANARY)
        except Problem as problem:
            assert "磁盘已满" in problem.what
        assert store.content(earlier) == b"earlier"
        assert [path.name for path in store.folder.glob(".*")] == []
    assert at > 3
    assert store.content(sha256) == CANARY


def test_what_nothing_needs_goes_after_sixty_days(store: Store) -> None:
    needed, fresh, old = store.keep(b"needed"), store.keep(b"fresh"), store.keep(b"old")
    long_ago = time.time() - 61 * 24 * 3600
    for sha256 in (needed, old):
        os.utime(store.path(sha256), (long_ago, long_ago))
    (store.folder / ".x.1.part").write_bytes(b"half")
    (store.folder / "readme.txt").write_bytes(b"somebody else's")
    store.sweep({needed})
    assert [store.has(sha256) for sha256 in (needed, fresh, old)] == [True, True, False]
    assert sorted(path.name for path in store.folder.iterdir() if len(path.name) < 64) == ["readme.txt"]


def test_nothing_goes_while_a_damaged_data_file_is_kept(store: Store) -> None:
    old = store.keep(b"old")
    os.utime(store.path(old), (0, 0))
    kept = store.folder.parent / "wuling.db.replaced-1"
    kept.write_bytes(b"")
    store.sweep(set())
    assert store.has(old)
    kept.unlink()
    store.sweep(set())
    assert not store.has(old)


@pytest.mark.parametrize("size", [0, attachments.MOST_BYTES + 1])
def test_empty_and_too_large_files_are_not_taken(tmp_path: Path, size: int) -> None:
    path = tmp_path / "扫描件.pdf"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(Problem, match=r"扫描件\.pdf"):
        attachments.size_of(path)
    with pytest.raises(Problem, match="文件夹"):
        attachments.size_of(tmp_path)
