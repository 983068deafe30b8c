"""党籍: from joining to where the relation lies now, moves, absence and contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from wuling_desktop.services import person_data
from wuling_desktop.ui.pages.person_facets.facet import Cards, Facet, shown_doubts
from wuling_desktop.ui.pages.person_facets.transfer_card import TransferCard, letter_button
from wuling_desktop.ui.pages.printing import TRANSFER_LETTER
from wuling_desktop.ui.record.form import Form
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import clear, column, fill, label, row

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.services.transfers import Transfers
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_OWN = (
    "person.standing branch.name step_fact.assembly_on membership.full_from membership.state committee_member.post "
    "step_note.introducers_on membership.dues_paid_until membership.in_on membership.in_from "
    "membership.stopped_on membership.ended_on membership.note"
)
_ABSENCE = (
    "membership.away_from membership.away_place membership.away_fixed membership.away_registered_on "
    "membership.abroad_from membership.last_contact membership.search_log"
)
_LETTER = (
    "membership.letter_number membership.letter_issued_on membership.letter_valid_until membership.receipt_on"
)


class MembershipFacet(Facet):
    """The membership as it stands, and the ones that are over."""

    title = "党籍"

    def __init__(self, look: Look, choices: Choices, today: dt.date, transfers: Transfers) -> None:
        super().__init__(look)
        self._cards = Cards(look)
        inside = self._cards.card("党籍")
        self._state = label(look, "", TYPE.body, 500, wrap=True)
        inside.addWidget(self._state)
        self._earlier = column(None, look, gap=4)
        inside.addLayout(self._earlier)
        self._forms: list[Form] = []
        inside.addWidget(self._form(look, _OWN, choices, today))
        self.moves = TransferCard(look, transfers, choices, today)
        self.moves.changed.connect(self.changed)
        self.moves.trouble.connect(self.trouble)
        self.moves.letter_asked.connect(self._print_letter)
        self._cards.add(self.moves)
        self._cards.card("流动与联系").addWidget(self._form(look, _ABSENCE, choices, today))
        inside = self._cards.card("介绍信（不能在系统上转时用）")
        inside.addWidget(self._form(look, _LETTER, choices, today))
        self._letter = letter_button(look, self._print_letter)
        line = row(None, look)
        fill(line, (self._letter, None))
        inside.addLayout(line)
        column(self, look).addWidget(self._cards)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        for form in self._forms:
            form.put(file.values, shown_doubts(file))
        self.moves.put(file)
        self._letter.setEnabled(bool(file.values.get("membership.open")))
        self._state.setText(way(file))
        clear(self._earlier)
        for each in file.earlier:
            since = f"{each.since} 起，" if each.since is not None else ""
            text = f"以前：{each.branch or '（支部未填）'}，{since}{each.until} {each.how}"
            self._earlier.addWidget(label(self.look, text, TYPE.table, tone="muted", wrap=True))

    def fill_in(self, name: str) -> bool:
        """Put the cursor into a field."""
        if name in ("membership.receipt_on", "membership.out_on"):
            self.transfer()
            return True
        form = next((each for each in self._forms if any(f.name == name for f in each.fields)), None)
        if form is None:
            return False
        form.focus_on(name)
        self._cards.ensureWidgetVisible(form.editor(name))
        return True

    def transfer(self) -> None:
        """Begin a transfer, or go to the one under way."""
        self.moves.begin()
        # Only after the form has its place.
        QTimer.singleShot(0, self, lambda: self._cards.ensureWidgetVisible(self.moves))

    def _print_letter(self) -> None:
        self.wanted.emit("form", TRANSFER_LETTER)

    def focus(self) -> None:
        """Begin in the first field."""
        self._forms[0].focus_first()

    def _form(self, look: Look, names: str, choices: Choices, today: dt.date) -> Form:
        form = Form(look, [person_data.named(name) for name in names.split()], choices, today, columns=2)
        form.edited.connect(self.edited)
        self._forms.append(form)
        return form


def way(file: PersonFile) -> str:
    """Return the way of a membership in one line: 入党 → 转正 → 转入, and the party age of today."""
    values = file.values
    steps = (
        ("step_fact.assembly_on", "入党"),
        ("membership.full_from", "转正"),
        ("membership.in_on", "转入"),
        ("membership.out_on", "转出"),
        ("membership.ended_on", "党籍终止"),
    )
    told = [f"{values[name]} {word}" for name, word in steps if values.get(name) is not None]
    text = " → ".join(told) or "入党和转正日期都还没有填"
    years = values.get("membership.party_age")
    if years is not None:
        text += f"　党龄 {years} 年（从转正之日算起）"
    birthday = values.get("membership.political_birthday")
    return f"{text}　政治生日 {birthday}" if birthday else text
