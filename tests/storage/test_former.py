"""Old names and numbers: read from the log where the change stands, and from the record that a merge left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.storage.former import Former, former

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk

NUMBER, OTHER = "450199199108050248", "450199198002290011"


def called_before(desk: Desk) -> dict[int, Former]:
    with desk.people._operations.database.reading() as connection:
        return former(connection)


def test_what_was_changed_is_known_until_it_is_taken_back(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦青和", "person.id_number": OTHER}).id
    assert called_before(desk) == {}
    desk.people.change(id_, {"person.name": "韦清和"})
    desk.people.change(id_, {"person.id_number": NUMBER})
    assert called_before(desk) == {id_: Former(("韦青和",), (OTHER,))}
    desk.history.undo()
    assert called_before(desk) == {id_: Former(("韦青和",), ())}
    desk.history.redo()
    desk.people.change(id_, {"person.name": "韦青和"})  # back again by hand: both are his
    assert called_before(desk) == {id_: Former(("韦清和",), (OTHER,))}


def test_of_two_records_made_one_the_other_name_stays_known(desk: Desk) -> None:
    first, second, third = (desk.people.add({"person.name": name}).id for name in ("韦一", "韦二", "韦三"))
    desk.people.change(second, {"person.id_number": NUMBER})
    desk.duplicates.merge(second, first)
    desk.duplicates.merge(third, second, ())
    assert called_before(desk) == {third: Former(("韦一", "韦二"), (NUMBER,))}
    desk.history.undo()
    assert called_before(desk) == {second: Former(("韦一",), ())}


def test_nobody_who_was_taken_back_is_called_anything(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦青和"}).id
    desk.people.change(id_, {"person.name": "韦清和"})
    desk.people.withdraw([id_])
    assert called_before(desk) == {}
