"""Where the program's own files and the user's data lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "wuling_desktop"


def resources() -> Path:
    """Return the folder of shipped files: in a frozen program, an installed wheel or a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    installed = Path(sys.prefix) / "share" / APP_NAME / "resources"
    beside = Path(__file__).resolve().parent.parent / "resources"
    return beside if beside.is_dir() else installed


def default_data_folder() -> Path:
    """Return the data folder used when none is named: `WULING_DATA`, else the user's own."""
    named = os.environ.get("WULING_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """Return the folder of the rotating logs, which hold record ids and no names."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def preferences_file() -> Path:
    """Return the file of what this computer needs before a password is known."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "preferences.json"
