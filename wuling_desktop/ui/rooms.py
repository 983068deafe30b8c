"""The rooms of the desk: their places in the navigation, and each page with exactly the services it uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wuling_desktop.ui.navigation import Place
from wuling_desktop.ui.pages.duplicates import DuplicatesPage
from wuling_desktop.ui.pages.forms import FormsPage
from wuling_desktop.ui.pages.importing import ImportPage
from wuling_desktop.ui.pages.list_page import ListPage
from wuling_desktop.ui.pages.members import MembersPage
from wuling_desktop.ui.pages.person_file import PersonFilePage
from wuling_desktop.ui.pages.photo_tile import PhotoTile
from wuling_desktop.ui.pages.preview import PreviewPage
from wuling_desktop.ui.pages.settings import SettingsPage
from wuling_desktop.ui.record.draft_keeper import DraftKeeper
from wuling_desktop.ui.record.page import LedgerPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.ledgers import Ledger
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.pages.page import Page
    from wuling_desktop.ui.theme import Look


class Rooms:
    """Makes pages when they are first asked for."""

    def __init__(self, look: Look, desk: Desk, background: Background, file_choice: FileChoice) -> None:
        self._look, self._desk, self._background, self._file_choice = look, desk, background, file_choice
        self._makers: dict[str, Callable[[], Page]] = {
            "members": self._members,
            "person": self._person,
            "duplicates": self._duplicates,
            "import": self._import,
            "forms": self._forms,
            "preview": self._preview,
            "settings": self._settings,
            **{f"ledger:{each.noun}": partial(self._ledger, each) for each in desk.ledgers.ledgers()},
        }

    @property
    def names(self) -> frozenset[str]:
        """The names of all rooms."""
        return frozenset(self._makers)

    def make(self, name: str) -> Page:
        """Return a new page."""
        page = self._makers[name]()
        page.help = name.partition(":")[0]
        if isinstance(page, ListPage):
            page.drafts = DraftKeeper(page, page.new_form, name, self._desk.drafts, self._background)
        return page

    def places(self) -> list[Place]:
        """Return the places of the navigation in their order."""
        ledgers = self._desk.ledgers.ledgers()
        demo = self._desk.unit.is_demo()
        return [
            Place("members", "党员信息", "users", "党员队伍"),
            Place("import", "导入", "upload-simple", "党员队伍"),
            *(Place(f"ledger:{each.noun}", each.noun, each.icon, "台账") for each in ledgers),
            Place("forms", "报表与打印", "file-text", "资料"),
            Place("settings", "设置与备份", "gear-six", foot=True),
            Place("lock", *(("离开演示", "sign-out") if demo else ("锁定", "lock-simple")), foot=True),
        ]

    def _members(self) -> MembersPage:
        desk = self._desk
        return MembersPage(
            self._look,
            desk.people,
            desk.exporting,
            desk.unit,
            desk.column_sets,
            self._photo(),
            self._background,
            self._file_choice,
            findings=desk.findings,
            duplicates=desk.duplicates,
            batch=desk.batch,
        )

    def _photo(self) -> PhotoTile:
        return PhotoTile(self._look, self._desk.attachments, self._background, self._file_choice)

    def _person(self) -> PersonFilePage:
        desk = self._desk
        return PersonFilePage(
            self._look,
            files=desk.person_files,
            people=desk.people,
            ledgers=desk.ledgers,
            transfers=desk.transfers,
            history=desk.person_history,
            attachments=desk.attachments,
            exporting=desk.exporting,
            unit=desk.unit,
            background=self._background,
            file_choice=self._file_choice,
        )

    def _duplicates(self) -> DuplicatesPage:
        return DuplicatesPage(self._look, self._desk.duplicates, self._background)

    def _import(self) -> ImportPage:
        desk = self._desk
        return ImportPage(self._look, desk.importing, desk.history, self._background, self._file_choice)

    def _forms(self) -> FormsPage:
        return FormsPage(
            self._look, self._desk.exporting, self._desk.people, self._desk.unit, self._background
        )

    def _preview(self) -> PreviewPage:
        return PreviewPage(
            self._look, self._desk.exporting, self._desk.unit, self._background, self._file_choice
        )

    def _ledger(self, ledger: Ledger) -> LedgerPage:
        desk = self._desk
        return LedgerPage(
            self._look,
            ledger,
            desk.ledgers,
            desk.exporting,
            desk.unit,
            desk.column_sets,
            self._background,
            self._file_choice,
        )

    def _settings(self) -> SettingsPage:
        desk = self._desk
        return SettingsPage(
            self._look,
            backups=desk.backups,
            history=desk.history,
            withdrawn=desk.withdrawn,
            unit=desk.unit,
            organisations=desk.organisations,
            folder=desk.folder,
            change_password=desk.change_password,
            recovery=desk.recovery,
            background=self._background,
            file_choice=self._file_choice,
        )
