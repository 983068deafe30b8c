"""What this computer needs before a password is known: look, place of the window, last data folder."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop import files, paths

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("system", "light", "dark")
SCALES = (100, 115, 130, 150)  # 字号, percent
LAST_OPENED = 24  # of all data files of this computer
LOCK_AFTER = (5, 10, 20, 30)  # minutes
ROWS = ("compact", "standard", "roomy")  # 行高

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Choices of this computer; nothing of the data is among them."""

    theme: str = "system"
    scale: int = 100
    rows: str = "standard"
    panel: bool = True  # whether the side panel stands beside a table where there is room
    lock_after: int = 10  # minutes without a sign of life
    data: str = ""  # the data folder opened last
    window: tuple[int, int, int, int] | None = None  # x, y, width, height in logical pixels
    print_shift: tuple[float, float] = (0.0, 0.0)  # to the right and down on the paper, in millimetres
    last_folders: tuple[tuple[str, str], ...] = ()  # (purpose, folder) of file dialogs
    # What was opened last, newest first: (data file, kind, id); ids only, a name is never among them.
    opened: tuple[tuple[str, str, str], ...] = ()

    def folder_for(self, purpose: str) -> str:
        """Return the folder last used for a purpose such as 导入, or an empty text."""
        return dict(self.last_folders).get(purpose, "")

    def with_folder(self, purpose: str, folder: str) -> Preferences:
        """Return the preferences that remember a folder."""
        folders = {**dict(self.last_folders), purpose: folder}
        return dataclasses.replace(self, last_folders=tuple(folders.items()))

    def opened_in(self, file_id: str) -> list[tuple[str, str]]:
        """Return what was opened last in a data file, newest first, as (kind, id)."""
        return [(kind, ref) for file, kind, ref in self.opened if file == file_id]

    def with_opened(self, file_id: str, key: tuple[str, str]) -> Preferences:
        """Return the preferences that remember what was opened."""
        newest = (file_id, *key)
        kept = [newest, *(each for each in self.opened if each != newest)]
        return dataclasses.replace(self, opened=tuple(kept[:LAST_OPENED]))


def load(file: Path | None = None) -> Preferences:
    """Return the preferences kept; what is missing or spoilt falls back to its default."""
    try:
        kept = json.loads((file or paths.preferences_file()).read_bytes())
    except (OSError, ValueError):
        return Preferences()
    return _valid(kept) if isinstance(kept, dict) else Preferences()


def save(preferences: Preferences, file: Path | None = None) -> None:
    """Keep the preferences; a place that cannot be written is logged and nothing else."""
    target = file or paths.preferences_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.whole(target) as opened:
            opened.write(json.dumps(dataclasses.asdict(preferences), ensure_ascii=False).encode())
    except OSError as error:
        _log.warning("preferences not kept: %s", error.strerror)


def _valid(kept: dict[str, Any]) -> Preferences:
    preferences = Preferences()
    if kept.get("theme") in THEMES:
        preferences = dataclasses.replace(preferences, theme=kept["theme"])
    if kept.get("scale") in SCALES:
        preferences = dataclasses.replace(preferences, scale=kept["scale"])
    if kept.get("rows") in ROWS:
        preferences = dataclasses.replace(preferences, rows=kept["rows"])
    if isinstance(kept.get("panel"), bool):
        preferences = dataclasses.replace(preferences, panel=kept["panel"])
    if kept.get("lock_after") in LOCK_AFTER:
        preferences = dataclasses.replace(preferences, lock_after=kept["lock_after"])
    if isinstance(kept.get("data"), str):
        preferences = dataclasses.replace(preferences, data=kept["data"])
    window = kept.get("window")
    if isinstance(window, list) and len(window) == 4 and all(isinstance(side, int) for side in window):
        preferences = dataclasses.replace(preferences, window=tuple(window))
    shift = kept.get("print_shift")
    if isinstance(shift, list) and len(shift) == 2 and all(type(side) in (int, float) for side in shift):
        preferences = dataclasses.replace(preferences, print_shift=tuple(shift))
    for pair in kept.get("last_folders") or ():
        if _texts(pair, 2):
            preferences = preferences.with_folder(*pair)
    opened = tuple(tuple(each) for each in kept.get("opened") or () if _texts(each, 3))
    return dataclasses.replace(preferences, opened=opened[:LAST_OPENED])


def _texts(kept: Any, count: int) -> bool:
    return isinstance(kept, list) and len(kept) == count and all(isinstance(part, str) for part in kept)
