"""Slots: each way in opens the same key, nothing else does, and one damaged copy is mended."""

from __future__ import annotations

import errno
import json
import re
import time
from typing import TYPE_CHECKING

import pytest
from file_operations import FileOperations
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import keys
from wuling_desktop.storage.keys import COPY, NAME, SlotFile

if TYPE_CHECKING:
    from pathlib import Path

KEY = keys.new_data_key()


def made(password: str = "口令 a1") -> tuple[SlotFile, str]:
    return SlotFile.new(KEY, password)


def test_both_ways_open_the_same_key() -> None:
    slots, printed = made()
    assert len(KEY) == 32
    assert slots.unlock_with_password("口令 a1") == KEY
    assert slots.unlock_with_recovery_key(printed.lower()) == KEY


@pytest.mark.parametrize("typed", ["口令 ａ１", "口令　a1"])
def test_full_width_typing_is_the_same_password(typed: str) -> None:
    assert made()[0].unlock_with_password(typed) == KEY


@pytest.mark.parametrize("typed", ["", "口令 A1", "口令 a1 ", "口令a1"])
def test_another_password_opens_nothing(typed: str) -> None:
    with pytest.raises(Problem, match="密码不对"):
        made()[0].unlock_with_password(typed)


def test_anothers_recovery_key_opens_nothing() -> None:
    with pytest.raises(Problem, match="这个恢复码打不开"):
        made()[0].unlock_with_recovery_key(made()[1])


def test_no_password_is_refused() -> None:
    with pytest.raises(Problem, match="密码是空的"):
        made("")


def test_changes_touch_one_slot_only() -> None:
    slots, printed = made()
    changed = slots.with_password(KEY, "新口令")
    assert changed.unlock_with_password("新口令") == KEY
    assert changed.unlock_with_recovery_key(printed) == KEY
    with pytest.raises(Problem):
        changed.unlock_with_password("口令 a1")
    renewed, other = changed.with_recovery_key(KEY)
    assert renewed.unlock_with_recovery_key(other) == KEY
    with pytest.raises(Problem):
        renewed.unlock_with_recovery_key(printed)


def test_sealed_keys_cannot_change_places() -> None:
    slots, _ = made()
    other, _ = made()
    moved = SlotFile(slots.file_id, {"password": other.slots["password"]})
    with pytest.raises(Problem, match="密码不对"):
        moved.unlock_with_password("口令 a1")


def test_guessing_costs_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SCRYPT_COST", 2**17)
    slots, _ = made()
    assert slots.slots["password"].cost * 8 * 128 >= 64 * 2**20
    start = time.perf_counter()
    slots.unlock_with_password("口令 a1")
    assert time.perf_counter() - start > 0.05


@pytest.mark.parametrize("worn", [NAME, COPY])
@pytest.mark.parametrize("how", ["missing", "empty", "garbled", "older"])
def test_one_worn_copy_is_mended_and_said(tmp_path: Path, worn: str, how: str) -> None:
    slots, _ = made()
    slots.write(tmp_path, "试")
    newest = slots.with_password(KEY, "新口令").write(tmp_path, "试")
    path = tmp_path / worn
    if how == "missing":
        path.unlink()
    else:
        garbled = newest.content().replace(b'"sealed": "', b'"sealed": "A')
        path.write_bytes({"empty": b"", "garbled": garbled, "older": slots.content()}[how])
    read = SlotFile.read(tmp_path)
    assert worn in read.note
    assert read.unlock_with_password("新口令") == KEY
    assert (tmp_path / NAME).read_bytes() == (tmp_path / COPY).read_bytes() == newest.content()
    assert SlotFile.read(tmp_path).note == ""


def test_keys_of_two_data_files_are_left_alone(tmp_path: Path) -> None:
    ours, theirs = made()[0], made()[0].with_password(KEY, "x")
    (tmp_path / NAME).write_bytes(ours.content())
    (tmp_path / COPY).write_bytes(theirs.content())
    assert SlotFile.read(tmp_path).file_id == ours.file_id
    assert (tmp_path / COPY).read_bytes() == theirs.content()


def test_missing_damaged_and_newer_keys_are_three_problems(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="找不到钥匙文件"):
        SlotFile.read(tmp_path)
    (tmp_path / NAME).write_bytes(b"{}")
    with pytest.raises(Problem, match="钥匙文件坏了"):
        SlotFile.read(tmp_path)
    newer = {**json.loads(made()[0].content()), "format": 2}
    (tmp_path / NAME).write_text(json.dumps(newer))
    with pytest.raises(Problem, match="更新版本的程序"):
        SlotFile.read(tmp_path)


@given(st.one_of(st.binary(max_size=200), st.integers(1, 500).map(lambda cut: made()[0].content()[:-cut])))
def test_strange_bytes_are_only_damaged(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        SlotFile.of_content(content)


def test_a_slot_that_asks_for_too_much_memory_is_damaged() -> None:
    for cost in (2**19, 2**30):
        with pytest.raises(ValueError, match=str(cost)):
            SlotFile.of_content(_with_cost(cost))
    assert SlotFile.of_content(_with_cost(2**17)).slots["password"].cost == 2**17  # what we make ourselves


@pytest.mark.parametrize("cost", [0, 1, 1000])
def test_a_slot_with_a_cost_scrypt_does_not_know_is_damaged(cost: int) -> None:
    with pytest.raises(ValueError, match=str(cost)):
        SlotFile.of_content(_with_cost(cost))


@pytest.mark.parametrize("file_id", ["../../x", "a/b", "a\\b", "", "甲", "C:"])
def test_keys_of_a_name_that_is_no_folders_are_damaged(file_id: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(file_id)}$"):
        SlotFile.of_content(_saying(file_id=file_id))


def test_keys_without_end_are_not_read_whole(tmp_path: Path) -> None:
    slots, _ = made()
    slots.write(tmp_path, "试")
    (tmp_path / NAME).write_bytes(b" " * 2**17 + slots.content())
    assert SlotFile.read(tmp_path).note  # mended from the copy
    assert (tmp_path / NAME).read_bytes() == slots.content()


def _with_cost(cost: int) -> bytes:
    slots = json.loads(made()[0].content())["slots"]
    slots[0]["cost"] = cost
    return _saying(slots=slots)


def _saying(**changes: object) -> bytes:
    plain = json.loads(made()[0].content()) | changes
    plain.pop("sha256")
    plain["sha256"] = keys._sum(plain)
    return json.dumps(plain).encode()


def test_keys_the_disk_does_not_give_are_not_called_damaged(tmp_path: Path) -> None:
    for name in (NAME, COPY):
        (tmp_path / name).mkdir()  # the one thing that nobody, not even root, can read as a file
    with pytest.raises(Problem, match="读钥匙文件没有做成"):
        SlotFile.read(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_change_is_whole_or_was_not(tmp_path: Path, code: int) -> None:
    old = made()[0].write(tmp_path, "试")

    def fail() -> None:
        raise OSError(code, "planted", "wuling.keys")

    for place in range(1, 100):
        with FileOperations(place, fail).counted() as operations:
            try:
                old.with_password(KEY, "新口令").write(tmp_path, "修改密码")
                changed = True
            except Problem as problem:
                changed = False
                assert problem.what.startswith("修改密码没有做成")
        now = SlotFile.read(tmp_path)
        assert now.unlock_with_password("新口令" if changed else "口令 a1") == KEY
        assert {path.name for path in tmp_path.iterdir()} == {NAME, COPY}
        old.write(tmp_path, "试")
        if operations.count < place:
            break
    assert place > 5
