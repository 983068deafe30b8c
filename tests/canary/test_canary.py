"""Canary people through a whole day's work: nothing of them can be read in data, backups, drafts, logs or passing files."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from canaries import CANARIES, NAME, PHONE, hits

from wuling_desktop.services.data_files import DataFiles

HERE = Path(__file__).parent
FOLDERS = ("home", "tmp", "data")


@pytest.mark.timeout(300)
def test_a_working_day_leaves_nothing_readable(tmp_path: Path) -> None:
    looked_at = [tmp_path / name for name in FOLDERS]
    chosen = tmp_path / "chosen"
    for folder in (*looked_at, chosen):
        folder.mkdir()
    own = {"HOME": "home", "TMPDIR": "tmp", "WULING_DATA": "data"}
    own |= {
        name: f"home/{name}"
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    environment = {**os.environ, **{name: str(tmp_path / place) for name, place in own.items()}}
    environment |= {
        "PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[1], HERE))),
        "QT_QPA_PLATFORM": "offscreen",
    }
    acts = []
    with subprocess.Popen(
        [sys.executable, str(HERE / "working_session.py"), str(chosen)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as session:
        assert session.stdin
        assert session.stdout
        for act in session.stdout:
            acts.append(act.strip())
            assert list(hits(*looked_at)) == [], act
            if acts[-1] == "be_killed":
                session.kill()
            else:
                session.stdin.write("\n")
                session.stdin.flush()
    assert acts[-1] == "be_killed", acts
    assert list(hits(*looked_at)) == []
    log = tmp_path / "home/XDG_STATE_HOME/wuling_desktop/log/wuling.log"
    assert "OperationalError" in log.read_text("utf-8"), (
        "faults were logged, so that there was something to find"
    )
    DataFiles(tmp_path / "data").unlock("新的口令 2027").close()
    assert list(hits(*looked_at)) == []
    assert {path.name for path in (tmp_path / "tmp").rglob("*") if path.is_file()} == set()
    assert list(hits(chosen)), "what was written on purpose is there"


@pytest.mark.parametrize("way", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "unicode_escape"])
@pytest.mark.parametrize("canary", CANARIES)
def test_a_planted_one_is_found(tmp_path: Path, canary: str, way: str) -> None:
    (tmp_path / "sealed").write_bytes(os.urandom(5000))
    assert list(hits(tmp_path)) == []
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/log.1").write_bytes(os.urandom(5001) + canary.encode(way) + os.urandom(99))
    assert any(canary in hit for hit in hits(tmp_path))


def test_one_in_a_package_or_in_a_name_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "passing.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet1.xml", f"<c>{PHONE}</c>" * 50)
    assert [hit.partition("!")[2] for hit in hits(tmp_path)] == [f"sheet1.xml: {PHONE}"]
    (tmp_path / f"{NAME}.tmp").touch()
    assert len(list(hits(tmp_path))) == 2
