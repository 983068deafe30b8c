"""Composition root: a double-click opens the window, a verb on the command line runs without one."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wuling_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOG_BYTES = 1_000_000
_LOG_FILES = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if getattr(sys, "frozen", False):
        from wuling_desktop.exchange import pdf_pages  # noqa: PLC0415 - else Python itself starts the child
        from wuling_desktop.exchange.reading import child  # noqa: PLC0415 - the same

        children: dict[str, Callable[..., None]] = {
            child.FROZEN_VERB: child.main,
            pdf_pages.FROZEN_VERB: pdf_pages.main,
        }
        if given and given[0] in children:
            children[given[0]](*given[1:])
            return 0
    _start_log()
    folder = _window_folder(given)
    if folder is not None:
        gc.disable()  # until all is loaded: nothing of it is garbage; see `process.run`
        from wuling_desktop.ui import process  # noqa: PLC0415 - the headless verbs never load Qt

        return process.run(folder)
    if given[0] == "tour":
        from wuling_desktop import tour  # noqa: PLC0415 - run by run.py where there is no screen

        return tour.main(given[1:])
    from wuling_desktop.cli.main import main as run_verb  # noqa: PLC0415 - the first frame needs no services

    return run_verb(given)


def _window_folder(given: Sequence[str]) -> Path | None:
    """Return the data folder of the window, or None where a verb was given."""
    if not given:
        return paths.default_data_folder()
    if given[0] == "--data" and len(given) == 2:
        return Path(given[1])
    return None


def _start_log() -> None:
    """Log to rotating files; they hold record ids, never names or numbers."""
    logging.basicConfig(
        level=logging.INFO, handlers=[_Log()], format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )


class _Log(logging.Handler):
    """Opens the rotating files at the first line: what they need is not loaded before the first frame."""

    def __init__(self) -> None:
        super().__init__()
        self._files: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        if self._files is None:
            self._files = _log_files()
            self._files.setFormatter(self.formatter)
        self._files.emit(record)

    def close(self) -> None:
        """Close the files."""
        if self._files is not None:
            self._files.close()
        super().close()


def _log_files() -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - brings sockets and pickling with it

    folder = paths.log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            folder / "wuling.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
    except OSError:
        return logging.NullHandler()  # no place to write a log is no reason not to work
