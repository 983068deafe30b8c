"""设置与备份: backups, unit, password and recovery key, appearance, the log of operations, what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from wuling_desktop.ui.pages.desk_settings.about import AboutSection
from wuling_desktop.ui.pages.desk_settings.appearance import AppearanceSection
from wuling_desktop.ui.pages.desk_settings.backups import BackupSection
from wuling_desktop.ui.pages.desk_settings.log import LogSection
from wuling_desktop.ui.pages.desk_settings.safety import SafetySection
from wuling_desktop.ui.pages.desk_settings.unit import UnitSection
from wuling_desktop.ui.pages.desk_settings.withdrawn import WithdrawnSection
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.widgets.basics import Button, column
from wuling_desktop.ui.widgets.flow import Flow
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wuling_desktop.services.backing_up import Backups
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.history import History
    from wuling_desktop.services.organisations import Organisations
    from wuling_desktop.services.recovery import Recovery
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.services.withdrawn import WithdrawnEntries
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.pages.desk_settings.section import Section
    from wuling_desktop.ui.theme import Look

NAMES = ("backups", "unit", "safety", "appearance", "log", "withdrawn", "about")


class SettingsPage(Page):
    """One section at a time."""

    title = "设置与备份"
    restored = Signal()
    backed_up = Signal()
    projector_asked = Signal()

    def __init__(  # noqa: PLR0913 - the services its sections use, all by name
        self,
        look: Look,
        *,
        backups: Backups,
        history: History,
        withdrawn: WithdrawnEntries,
        unit: Unit,
        organisations: Organisations,
        folder: Path,
        change_password: Callable[[str, str], None],
        recovery: Recovery,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(look)
        kept = BackupSection(look, backups, background, file_choice)
        kept.restored.connect(self.restored)
        kept.made.connect(self.backed_up)
        seen = AppearanceSection(look, file_choice)
        seen.projector_asked.connect(self.projector_asked)
        safety = SafetySection(look, unit, change_password, recovery, background, file_choice)
        log, gone = (
            LogSection(look, history, background),
            WithdrawnSection(look, withdrawn, background),
        )
        names, about = UnitSection(look, unit, organisations), AboutSection(look, folder, background)
        sections = (kept, names, safety, seen, log, gone, about)
        self._sections: dict[str, Section] = dict(zip(NAMES, sections, strict=True))
        self._stack = QStackedWidget()
        self._tabs = OneOf(self)
        line = Flow(look)
        for number, (name, section) in enumerate(self._sections.items()):
            section.trouble.connect(self.trouble)
            section.said.connect(self.said)
            section.wrote.connect(self.wrote)
            section.changed.connect(self.changed)
            tab = Button(look, section.title, lambda name=name: self._go(name), kind="chip")  # type: ignore[misc]
            tab.setCheckable(True)
            self._tabs.add(tab, number)
            line.addWidget(tab)
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            section.setProperty("ground", "bg")
            scroll.setWidget(section)
            self._stack.addWidget(scroll)
        outer = column(self, look, gap=12)
        outer.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        outer.addLayout(line)
        outer.addWidget(self._stack, 1)
        self._tabs.button(0).setChecked(True)

    def enter(self, what: Any = None) -> None:
        """Show the section asked for."""
        self._go(what if what in NAMES else NAMES[max(self._tabs.checkedId(), 0)])
        self.scope.emit("")

    @property
    def within(self) -> str:
        """The section shown."""
        return NAMES[self._stack.currentIndex()]

    def reload(self, changes: Changes | None) -> None:  # noqa: ARG002 - the section reads all it shows
        """Read the section again."""
        self._sections[self.within].enter()

    def focus(self) -> None:
        """Begin in the section."""
        self._sections[self.within].focus()

    def _go(self, name: str) -> None:
        place = NAMES.index(name)
        self._tabs.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        self._sections[name].enter()
