"""The caps of the child on Windows: the layouts that the system expects, and there the job itself."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from wuling_desktop.exchange.reading import limits, windows_caps
from wuling_desktop.exchange.reading.windows_caps import BasicLimits, ExtendedLimits


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_size_t) != 8, reason="the figures are those of 64 bits")
def test_what_is_handed_to_windows_lies_where_windows_looks_for_it() -> None:
    """By `winnt.h`, as the compiler of Windows lays it out on 64 bits."""
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert {
        name: getattr(BasicLimits, name).offset for name in ("LimitFlags", "ActiveProcessLimit", "Affinity")
    } == {
        "LimitFlags": 16,
        "ActiveProcessLimit": 40,
        "Affinity": 48,
    }
    assert (ExtendedLimits.IoInfo.offset, ExtendedLimits.ProcessMemoryLimit.offset) == (64, 112)


def test_the_job_asks_for_memory_one_process_and_a_quiet_end() -> None:
    raw = bytes(windows_caps.limits_of(limits.MEMORY_BYTES))
    assert int.from_bytes(raw[16:20], "little") == 0x508
    assert int.from_bytes(raw[40:44], "little") == 1
    assert int.from_bytes(raw[112:120], "little") == limits.MEMORY_BYTES


@pytest.mark.skipif(sys.platform != "win32", reason="jobs are of Windows")
@pytest.mark.parametrize("act", ["bytearray(500 * 2**20)", "__import__('subprocess').run(['whoami'])"])
def test_a_capped_process_gets_no_more_and_starts_nothing(act: str) -> None:
    code = f"from wuling_desktop.exchange.reading import child; child.cap(); bytearray(50 * 2**20); {act}"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "MemoryError" in done.stderr or "OSError" in done.stderr
