"""Every place on small and usual screens, with small and large letters: nothing cut, nothing over anything, no colour alone."""

from __future__ import annotations

import dataclasses
from statistics import median
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import clipped, overlapping, place_in
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QScrollArea
from walker import Walker

from wuling_desktop.domain.codes import Standing
from wuling_desktop.ui.messages import _TONE_ICONS
from wuling_desktop.ui.record.standing_tag import StandingTag

if TYPE_CHECKING:
    from person_at_the_desk import Person

SIZES = ((1024, 700), (1093, 560), (1366, 697), (1440, 860))


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_or_covered(demo_desk: Person, size: tuple[int, int], scale: int) -> None:
    program = demo_desk.program
    program.restyle(dataclasses.replace(program._preferences, scale=scale))
    demo_desk.rest()
    program.window.resize(*size)
    demo_desk.rest()
    walker = Walker(demo_desk)
    found = []
    for name in walker.names():
        walker.go(name)
        if faults(demo_desk):
            # Of a moment only, if an answer has just rebuilt the page: what the eye sees stays.
            demo_desk.qtbot.wait(200)
            demo_desk.rest()
        found += [f"{name}: {each}" for each in faults(demo_desk)]
    assert (program.window.width(), program.window.height()) == size
    assert found == []


def faults(person: Person) -> list[str]:
    """Return what is wrong with the page as it lies there now."""
    program = person.program
    assert program._main is not None
    return [
        *(f"cut {each}" for each in clipped(program.window)),
        *(f"over each other {each}" for each in overlapping(program._main)),
        *(f"out of sight {each}" for each in main_buttons_out_of_sight(person)),
    ]


def main_buttons_out_of_sight(person: Person) -> list[str]:
    """Return the main buttons of the page that do not lie wholly in the window."""
    window, found = person.program.window, []
    for each in person.page.findChildren(QAbstractButton):
        if each.property("kind") != "primary" or not each.isVisible() or is_scrolled(each):
            continue
        if not window.rect().contains(place_in(window, each)):
            found.append(each.text())
    return found


def is_scrolled(button: QAbstractButton) -> bool:
    parent = button.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


def test_a_button_out_of_sight_is_found(demo_desk: Person) -> None:
    button = next(
        each for each in demo_desk.page.findChildren(QAbstractButton) if each.property("kind") == "primary"
    )
    assert main_buttons_out_of_sight(demo_desk) == []
    button.move(5000, 10)
    assert main_buttons_out_of_sight(demo_desk) == [button.text()]


def test_a_standing_is_told_without_its_colour(demo_desk: Person) -> None:
    """Printed in greys, or seen by eyes that do not tell red from green: the shape of the letters differs."""
    tag = StandingTag(demo_desk.program._look)
    demo_desk.qtbot.addWidget(tag)
    shapes = set()
    for standing in Standing:
        tag.say(standing.text)
        shapes.add(letters(tag))
    assert len(shapes) == len(Standing)


def letters(tag: StandingTag) -> bytes:
    """Return which dots of a tag are ink, with the ground and the tone of the ink taken away."""
    tag.adjustSize()
    grey = tag.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8).scaled(120, 24)
    tones = bytes(grey.constBits())
    ground = int(median(tones))
    return bytes(abs(tone - ground) > 60 for tone in tones)


def test_a_notice_has_a_sign_beside_its_colour() -> None:
    by_tone = {tone: sign for tone, sign in _TONE_ICONS.items() if tone != "vio"}
    assert len(set(by_tone.values())) == len(by_tone)
