"""附件: the files that belong to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.ui.pages.attachments import AttachmentList
from wuling_desktop.ui.pages.person_facets.facet import Facet
from wuling_desktop.ui.widgets.basics import column

if TYPE_CHECKING:
    from wuling_desktop.services.attachments import Attachments
    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look


class FilesFacet(Facet):
    """Scans and papers of one person, dropped here."""

    title = "附件"

    def __init__(
        self, look: Look, attachments: Attachments, background: Background, file_choice: FileChoice
    ) -> None:
        super().__init__(look)
        self.files = AttachmentList(look, attachments, background, file_choice)
        self.files.changed.connect(self.changed)
        self.files.trouble.connect(self.trouble)
        self.files.wrote.connect(self.wrote)
        column(self, look).addWidget(self.files)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        self.files.put("person", file.card.id)

    @staticmethod
    def count(file: PersonFile) -> int:
        """Return how many there are."""
        return file.files
