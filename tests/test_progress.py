"""How far work has come is heard, wherever it is told; told to stop, it stops at its next word."""

from __future__ import annotations

import threading

import pytest

from wuling_desktop.progress import Progress, Stopped, Told, counted, heard_by, pause, tell


def test_work_that_nobody_hears_tells_nothing_and_goes_on() -> None:
    tell("已读", 3, None, "行")
    pause()
    assert list(counted("已写入", range(7), "人")) == list(range(7))


def test_what_is_told_is_heard() -> None:
    progress = Progress()
    with heard_by(progress):
        tell("已读", 3, None, "行")
        assert str(progress.told) == "已读 3 行"
        for number in counted("已写入", range(120), "人"):
            assert progress.told == Told("已写入", number - number % 50, 120, "人")
    assert str(progress.told) == "已写入 120 / 120 人"
    tell("已读", 9, None, "行")
    assert str(progress.told) == "已写入 120 / 120 人"  # it was heard only inside


def test_another_thread_hears_of_its_own_work_only() -> None:
    ours, theirs = Progress(), Progress()
    theirs.stop()
    ended = []

    def work() -> None:
        with pytest.raises(Stopped), heard_by(theirs):
            tell("已读", 1, None, "行")
        ended.append(True)

    with heard_by(ours):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        pause()
    assert ended == [True]
    assert ours.told is None


def test_work_told_to_stop_stops_at_its_next_word() -> None:
    progress, done = Progress(), []
    with pytest.raises(Stopped), heard_by(progress):
        for number in counted("已写入", range(1000), "人"):
            done.append(number)
            if number == 60:
                progress.stop()
    assert done == list(range(100))
    assert progress.stopped
