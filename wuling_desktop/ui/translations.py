"""Chinese for the standard dialogs: Qt's own translation, and a table for the few strings it lacks."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from wuling_desktop import paths

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


class Supplement(QTranslator):
    """Answers for strings that Qt's Chinese translation leaves in English."""

    def __init__(self, parent: QCoreApplication) -> None:
        super().__init__(parent)
        with (paths.resources() / "translations" / "qt_supplement.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            self._texts = {(row["context"], row["source"]): row["text"] for row in csv.DictReader(file)}

    def isEmpty(self) -> bool:
        """Say that there is something to ask."""
        return False

    def translate(  # type: ignore[override]  # Qt takes None for a text that is not known here
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002 - the same
    ) -> str | None:
        """Return the Chinese text, or None where Qt has its own.

        An empty text would stand for Qt's: a paper size without its name counts as none, and PDF pages have no size.
        """
        return self._texts.get((context, source)) or self._texts.get(("", source))


def install(application: QCoreApplication) -> None:
    """Make the standard texts Chinese; to be called before the first widget."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    base = QTranslator(application)
    if base.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(base)
    application.installTranslator(Supplement(application))
