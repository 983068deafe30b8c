"""Keeps what is typed into a form for something new: every three seconds, and when the form is left."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wuling_desktop.services.drafts import Drafts
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.record.form import Form

_PAUSE = 3000  # milliseconds
_log = logging.getLogger(__name__)


class DraftKeeper(QObject):
    """One form, one draft; it watches from `begin` to `done`."""

    def __init__(
        self, page: QObject, form: Callable[[], Form], name: str, drafts: Drafts, background: Background
    ) -> None:
        super().__init__(page)
        self._made, self._name, self._drafts, self._background = form, name, drafts, background
        self._kept: Mapping[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._keep)

    @property
    def _form(self) -> Form:
        """The form, which is made when it is first needed."""
        return self._made()

    def begin(self) -> None:
        """Watch the form: something new is being typed."""
        self._kept = self._form.typed()
        self._timer.start()

    def resume(self) -> None:
        """Fill in what was typed earlier and go on watching."""
        kept = next((draft for draft in self._drafts.kept() if draft.form == self._name), None)
        if kept is not None:
            self._form.put_typed(kept.values)
        self.begin()

    def keep_row(self, typed: Mapping[str, Any]) -> None:
        """Keep what was typed elsewhere for the same kind of thing, unless the form itself is being filled in."""
        if not self._timer.isActive():
            self._kept = dict(typed)
            self._background.run(self, self._write, _nothing, _nothing)

    def done(self) -> None:
        """Let the draft go: it was added or given up."""
        self._timer.stop()
        self._background.run(self, partial(self._drafts.forget, self._name), _nothing, _nothing)

    def rest(self) -> None:
        """Keep the draft and watch no longer: the form is about to show something else."""
        self.keep_now()
        self._timer.stop()

    def keep_now(self) -> None:
        """Keep the draft at once: the page is left, and perhaps no worker will have its turn any more."""
        if self._timer.isActive() and self._form.typed() != self._kept:
            self._kept = self._form.typed()
            self._write()

    def _keep(self) -> None:
        typed = self._form.typed()
        if typed != self._kept:
            self._kept = typed
            self._background.run(self, self._write, _nothing, _nothing)

    def _write(self) -> None:
        try:
            self._drafts.keep(self._name, self._kept)
        except Problem:
            _log.warning("a draft was not kept")  # the form itself will say so when it is to be saved


def _nothing(_answer: object) -> None:
    """A draft is kept and let go in silence."""
