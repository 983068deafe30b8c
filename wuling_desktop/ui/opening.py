"""Whether the last start came to its end: a mark that stands only while the desk is being opened."""

from __future__ import annotations

import logging

from wuling_desktop import paths

_NAME = "opening"
_log = logging.getLogger(__name__)


class Opening:
    """A start that was cut off leaves its mark; the next one then shows a plain page before any other."""

    def __init__(self) -> None:
        self._mark = paths.log_folder() / _NAME
        self.was_cut_off = self._mark.exists()

    def begin(self) -> None:
        """Set the mark."""
        try:
            self._mark.parent.mkdir(parents=True, exist_ok=True)
            self._mark.touch()
        except OSError:
            _log.warning("no place to mark a start")

    def end(self) -> None:
        """Take the mark away: the desk stands, or was closed as it should be."""
        self.was_cut_off = False
        try:
            self._mark.unlink(missing_ok=True)
        except OSError:
            _log.warning("the mark of a start stays")
