"""People taken back earlier (撤销误录) who stand in a file again: offered back, neither doubled nor revived in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.same_person import NUMBER, Likeness, likeness, number_key
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.records import Person
from wuling_desktop.services.import_plan import RowProblem, told_apart
from wuling_desktop.services.import_twins import NEW_PERSON
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.services.withdrawn import people_gone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    import sqlalchemy as sa

    from wuling_desktop.services.import_plan import RowDiff
    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.services.withdrawn import Withdrawn

BRING_BACK, LEAVE_OUT = "恢复并更新", "仍不要"


def gone(connection: sa.Connection, today: dt.date) -> list[tuple[Withdrawn, Facts]]:
    """Return the people taken back, with what was known of them."""
    found = people_gone(connection)
    back: dict[str, list[int]] = {Person.__tablename__: [entry.id for entry, _ in found]}
    for _, along in found:
        for record, ids in along.items():
            back.setdefault(record, []).extend(ids)
    facts = facts_of(connection, today, ids=back[Person.__tablename__], back=back) if found else {}
    return [(entry, facts[entry.id]) for entry, _ in found]


class Gone:
    """Asks of each row that nobody living is meant by whether it is one of those."""

    def __init__(
        self, people: Iterable[tuple[Withdrawn, Facts]], answers: Mapping[str, str], today: dt.date
    ) -> None:
        self.questions: list[Question] = []
        self._people = list(people)
        self._answers = answers
        self._today = today

    def settle(self, row: RowDiff) -> None:
        """Give the row the person to be brought back, or hold it back, as the user says."""
        meant = [(entry, facts) for entry, facts in self._people if self._is_like(row, facts)]
        if not meant:
            return
        labels = {BRING_BACK: meant[0][1]}
        if len(meant) > 1:
            labels = {f"{BRING_BACK}：{told_apart(facts)}": facts for _, facts in meant}
        surely = any(_same_number(row, facts) for _, facts in meant)
        choices = (*labels, LEAVE_OUT, *(() if surely else (NEW_PERSON,)))
        id_ = f"gone:{row.place.sheet}:{row.place.row}"
        answer = self._answers.get(id_)
        if answer in labels:
            row.facts, row.returns = labels[answer], True
            row.subject = row.facts["person.id"]
        elif answer == LEAVE_OUT:
            row.verdict = "held"
            told = "以前撤销过，按您的回答仍不要"
            row.problems.append(RowProblem(row.place, "", None, row.title, told, blocking=True))
        elif answer != NEW_PERSON:
            entry, _ = meant[0]
            text = (
                f"“{row.place.sheet}”第 {row.place.row} 行的“{row.title}”，"
                f"{entry.at:%Y-%m-%d} 由{entry.clerk}撤销过录入。这次怎么办？"
            )
            self.questions.append(Question(id_, "person", text, choices))

    def _is_like(self, row: RowDiff, facts: Facts) -> bool:
        if _same_number(row, facts):
            return True
        named = facts["person.name"] == row.title
        return named and likeness(facts, row.values, self._today) is not Likeness.NO


def _same_number(row: RowDiff, facts: Facts) -> bool:
    number = number_key(row.values.get(NUMBER))
    return bool(number) and number == number_key(facts[NUMBER])
