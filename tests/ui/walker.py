"""A walk through the whole window: every place and what opens there, and every button pressed once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from wuling_desktop.ui.pages.list_page import ListPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from person_at_the_desk import Person

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "demo" / "sample_roster.xlsx"
_LEFT = Qt.MouseButton.LeftButton
_EVERYWHERE = {"palette": "Ctrl+K", "keys": "F12", "help": "F1"}


class Walker:
    """Goes from place to place as somebody who wants to have seen everything."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def main(self) -> QWidget:
        """The desk; a new one after the look was changed."""
        main = self.person.program._main
        assert main is not None
        return main

    def names(self) -> list[str]:
        """The places of the navigation, and the rooms that have none."""
        places = [place.name for place in self.main._rooms.places()]
        return [name for name in dict.fromkeys((*places, *sorted(self.main._rooms.names))) if name != "lock"]

    def go(self, name: str, what: object = None) -> None:
        """Come to a place."""
        self.close_what_opened()
        self.main.go(name, self._usual(name) if what is None else what)
        self.person.rest()

    def _usual(self, name: str) -> object:
        """Return what one comes to a place for that has no place in the navigation."""
        if name == "preview":
            return "roster_general"
        return self.main._desk.people.choices("person")[0].id if name == "person" else None

    def states(self) -> Iterator[str]:
        """Show one state after the other and say which."""
        for name in self.names():
            self.go(name)
            yield name
            page = self.person.page
            if isinstance(page, ListPage):
                yield from (f"{name} · {state}" for state in self._list_states(page))
            for keys in self.chips():
                self.person.click(keys)
                self.person.rest()
                yield f"{name} · {keys}"
        yield from self._import_states()
        self.go(self.names()[0])
        for name, keys in _EVERYWHERE.items():
            self.person.press(keys)
            self.person.rest()
            yield name
            self.close_what_opened()

    def chips(self) -> list[str]:
        """Return the sections of the page."""
        chips = [
            each for each in self.person.page.findChildren(QAbstractButton) if each.property("kind") == "chip"
        ]
        return [each.text() for each in chips if each.isVisible() and each.isEnabled() and each.isCheckable()]

    def press_everything(self, name: str, look: Callable[[QWidget, str], None]) -> None:
        """Press every button of a place once, and show `look` whatever opens."""
        self.go(name)
        for each in self._buttons():
            with Watching(look, f"{name} · {each}"):
                self.go(name)
                buttons = self._buttons()
                if each not in buttons:
                    continue  # something pressed before has changed what is offered
                button = buttons[each]
                QTest.mouseClick(button, _LEFT, pos=button.rect().center())
                self.person.rest()
                for window in self.windows():
                    look(window, f"{name} · {each}")
                self.close_what_opened()
                self._bring_the_branch_back()

    def _bring_the_branch_back(self) -> None:
        """Do the branch's arrival again, if what was pressed has taken it back: the other places need people."""
        if not self.main._desk.people.choices("person"):
            self.main.redo()
            self.person.rest()

    def ask_everything_for_its_menu(self, name: str, look: Callable[[QWidget, str], None]) -> None:
        """Ask every field and table of a place for its context menu."""
        for each in self.main.findChildren(QWidget):
            if not isinstance(each, (QLineEdit, QPlainTextEdit, QAbstractItemView)) or not each.isVisible():
                continue
            with Watching(look, f"{name} · menu of {each.accessibleName()}"):
                target = each.viewport() if isinstance(each, (QAbstractItemView, QPlainTextEdit)) else each
                at = QPoint(target.width() // 4, min(40, target.height() // 2))
                event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, target.mapToGlobal(at))
                QApplication.sendEvent(target, event)
                self.person.rest()
                self.close_what_opened()

    def windows(self) -> list[QWidget]:
        """Return all windows in view: ours, menus, dialogs."""
        return [each for each in QApplication.topLevelWidgets() if each.isVisible()]

    def close_what_opened(self) -> None:
        """Close popups and dialogs, and leave panels."""
        for _ in range(8):
            opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if opened is None:
                break
            opened.close()
            QApplication.processEvents()
        self.person.press("Escape")

    def _buttons(self) -> dict[str, QAbstractButton]:
        found: dict[str, QAbstractButton] = {}
        for each in (
            *self.person.page.findChildren(QAbstractButton),
            *self.main._top.findChildren(QAbstractButton),
        ):
            if each.isVisible() and each.isEnabled():
                found.setdefault(each.accessibleName() or each.text(), each)
        return found

    def _list_states(self, page: ListPage) -> Iterator[str]:
        model, chosen = page.table.model(), page.table.selectionModel()
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        for number, state in enumerate(("one", "several")):
            if model.rowCount() > number:
                chosen.select(model.index(number, 0), rows)
                self.person.rest()
                yield state
        self.person.press("Ctrl+N")
        self.person.rest()
        yield "new"
        self.person.press("Escape")
        page.table.clearSelection()
        page.search.setText("没有这样的")
        self.person.qtbot.wait(200)
        self.person.rest()
        yield "nothing found"
        page.search.clear()
        self.person.qtbot.wait(200)
        self.person.rest()

    def _import_states(self) -> Iterator[str]:
        self.go("import", SAMPLE)
        for number in range(4):
            self.person.page._go(number)
            self.person.rest()
            yield f"import · step {number + 1}"
        self.person.page._commit()
        self.person.rest()
        yield "import · done"


class Watching(QObject):
    """Looks at menus and dialogs that wait for an answer, and closes them."""

    def __init__(self, look: Callable[[QWidget, str], None], where: str) -> None:
        super().__init__()
        self._look, self._where = look, where
        self._timer = QTimer(self)
        self._timer.setInterval(15)
        self._timer.timeout.connect(self._see)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()

    def _see(self) -> None:
        opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if opened is None:
            return
        self._look(opened, self._where)
        if isinstance(opened, QMenu):
            for entry in opened.actions():
                if (inner := entry.menu()) is not None:
                    self._look(inner, self._where)
        if isinstance(opened, QDialog):
            opened.reject()
        else:
            opened.close()
