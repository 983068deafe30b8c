"""Writing people from values under full names: each value goes to the one row where it lives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop import progress
from wuling_desktop.domain.codes import MemberKind, MemberState, OrganisationKind, Standing
from wuling_desktop.domain.development import MANY
from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.records import (
    Committee,
    CommitteeMember,
    Department,
    Membership,
    Organisation,
    Person,
    StepFact,
    Term,
)
from wuling_desktop.records.base import Record, table_of
from wuling_desktop.services.unit import organisation_key, organisation_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.storage.operations import Operation

_AT_ONCE = 500  # people written in one go, between two tellings of how far it has come
_KINDS = {Standing.FULL: MemberKind.FULL, Standing.PROBATIONARY: MemberKind.PROBATIONARY}
_STAGE_CODES = {
    Standing.APPLICANT: "applied_on",
    Standing.ACTIVIST: "activist_on",
    Standing.OBJECT: "object_on",
}


@dataclass(slots=True)
class Draft:
    """Values meant for one person, new (`facts` None) or known; `member` says that a membership belongs to it."""

    values: Mapping[str, Any]
    facts: Facts | None = None
    member: bool = False
    source: str | None = None


@dataclass(slots=True)
class _Parts:
    person: dict[str, Any] = field(default_factory=dict)
    membership: dict[str, Any] = field(default_factory=dict)
    days: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    post: str | None = None
    branch: Any = None
    standing: str | None = None
    clears_post: bool = False


class PersonWriter:
    """Writes drafts inside one open operation; branches and departments named for the first time are made."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._terms: dict[int, int] = {}

    @cached_property
    def _organisations(self) -> dict[str, int]:
        """The organisations by the key of their names; asked for by the first that is named, most edits name none."""
        return self._known(Organisation, organisation_key)

    @cached_property
    def _departments(self) -> dict[str, int]:
        """The departments by their names."""
        return self._known(Department, str)

    def add(self, drafts: Sequence[Draft]) -> list[int]:
        """Add new people and return their ids."""
        ids: list[int] = []
        for start in range(0, len(drafts), _AT_ONCE):
            progress.tell("已写入", start, len(drafts), "人")
            ids += self._add_some(drafts[start : start + _AT_ONCE])
        return ids

    def _add_some(self, drafts: Sequence[Draft]) -> list[int]:
        parts = [self._split(draft.values) for draft in drafts]
        for draft, part in zip(drafts, parts, strict=True):
            if not self._is_member(draft, part):
                part.person["contact_branch"] = part.branch
        ids = self._operation.add(Person, [part.person for part in parts])
        memberships, steps = [], []
        for id_, draft, part in zip(ids, drafts, parts, strict=True):
            if self._is_member(draft, part):
                memberships.append(self._new_membership(id_, part))
            steps.extend(self._new_steps(id_, part, {}, draft.source))
        self._operation.add(Membership, memberships)
        self._operation.add(StepFact, steps)
        for id_, part in zip(ids, parts, strict=True):
            if part.post is not None:
                self._set_post(id_, part, None)
        return ids

    def change(self, draft: Draft) -> None:
        """Write what differs for a known person."""
        facts = draft.facts or {}
        id_ = facts["person.id"]
        part = self._split(draft.values)
        if facts["membership.id"] is None and self._is_member(draft, part):
            self._operation.add(Membership, [self._new_membership(id_, part, facts)])
        elif facts["membership.id"] is not None:
            values = dict(part.membership)
            if "branch.name" in draft.values:
                values["branch"] = part.branch
            if part.standing in _KINDS:
                values["kind"] = _KINDS[Standing(part.standing)]
            self._operation.change(Membership, facts["membership.id"], values)
        elif "branch.name" in draft.values:
            part.person["contact_branch"] = part.branch
        self._operation.change(Person, id_, part.person)
        self._change_steps(id_, part, facts["steps"], draft.source)
        if part.post is not None or part.clears_post:
            self._set_post(id_, part, facts)

    def _split(self, values: Mapping[str, Any]) -> _Parts:
        part = _Parts()
        for name, value in values.items():
            record, _, key = name.partition(".")
            if name == "person.standing":
                part.standing = value
            elif name == "branch.name":
                part.branch = self._organisation(value)
            elif name == "committee_member.post":
                part.post, part.clears_post = value, value is None
            elif name == "person.department":
                part.person[key] = self._department(value)
            elif record == "person":
                part.person[key] = value
            elif record == "membership":
                part.membership[key] = value
            elif record == "step_fact":
                part.days[key] = value
            elif record == "step_note":
                part.notes[key] = value
        return part

    @staticmethod
    def _is_member(draft: Draft, part: _Parts) -> bool:
        if part.standing is not None:
            return part.standing in _KINDS
        told = any(value is not None for value in part.membership.values())
        return draft.member or told or part.days.get("assembly_on") is not None

    def _new_membership(self, id_: int, part: _Parts, facts: Facts | None = None) -> dict[str, Any]:
        branch = part.branch
        if branch is None and facts and facts.get("person.contact_branch"):
            branch = facts["person.contact_branch"].id
        kind = _KINDS.get(Standing(part.standing)) if part.standing else None
        row = {"state": MemberState.NORMAL, **{k: v for k, v in part.membership.items() if v is not None}}
        return {**row, "person": id_, "kind": row.get("kind", kind), "branch": branch or self._only_branch()}

    def _only_branch(self) -> int | None:
        """Return the one organisation a member can belong to, where there is only one."""
        table = table_of(Organisation)
        query = sa.select(table.c.id, table.c.kind).where(table.c.removed_at.is_(None))
        rows = self._operation.connection.execute(query).all()
        branches = [int(row.id) for row in rows if row.kind == OrganisationKind.BRANCH]
        if len(branches) == 1:
            return branches[0]
        return int(rows[0].id) if len(rows) == 1 else None

    def _new_steps(
        self, id_: int, part: _Parts, known: Mapping[str, Any], source: str | None
    ) -> list[dict[str, Any]]:
        codes = dict.fromkeys([*part.days, *part.notes])
        rows = [
            {
                "person": id_,
                "code": code,
                "on": part.days.get(code),
                "note": part.notes.get(code),
                "source": source,
            }
            for code in codes
            if code not in known and (part.days.get(code) is not None or part.notes.get(code) is not None)
        ]
        stage = _STAGE_CODES.get(Standing(part.standing)) if part.standing else None
        if stage and stage not in known and not any(row["code"] == stage for row in rows):
            # The stage is told and its day is not: the step happened, its day is unknown.
            rows.append({"person": id_, "code": stage, "on": None, "note": None, "source": source})
        return rows

    def _change_steps(self, id_: int, part: _Parts, known: Mapping[str, Any], source: str | None) -> None:
        if source is not None:  # a file tells of one more check; at the desk the one seen is put right
            known = {code: fact for code, fact in known.items() if code not in MANY or code not in part.days}
        self._operation.add(StepFact, self._new_steps(id_, part, known, source))
        for code in dict.fromkeys([*part.days, *part.notes]):
            if code not in known:
                continue
            fact, on, note = known[code]
            values = {"on": part.days.get(code, on), "note": part.notes.get(code, note)}
            if values["on"] is None and values["note"] is None:
                self._operation.remove(StepFact, [fact])
            else:
                self._operation.change(StepFact, fact, values)

    def _set_post(self, id_: int, part: _Parts, facts: Facts | None) -> None:
        """Record a Party post in the running term of the person's organisation; an unknown term is begun."""
        held = facts.get("committee_member.id") if facts else None
        if held is not None:
            if part.post is None:
                self._operation.remove(CommitteeMember, [held])
            else:
                self._operation.change(CommitteeMember, held, {"post": part.post})
            return
        organisation = part.branch or self._branch_of(id_)
        if organisation is None or part.post is None:
            return
        row = {"term": self._term(organisation), "person": id_, "post": part.post}
        self._operation.add(CommitteeMember, [row])

    def _branch_of(self, id_: int) -> int | None:
        table = table_of(Membership)
        query = sa.select(table.c.branch).where(table.c.person == id_, table.c.removed_at.is_(None))
        branches: list[int | None] = list(
            self._operation.connection.execute(query.order_by(table.c.id.desc())).scalars()
        )
        return branches[0] if branches else None

    def _term(self, organisation: int) -> int:
        if organisation not in self._terms:
            committee, term = table_of(Committee), table_of(Term)
            query = sa.select(committee.c.id).where(
                committee.c.organisation == organisation, committee.c.removed_at.is_(None)
            )
            found = self._operation.connection.execute(query).scalar()
            committee_id = found or self._operation.add(Committee, [{"organisation": organisation}])[0]
            running = sa.select(term.c.id).where(
                term.c.committee == committee_id, term.c.ended_on.is_(None), term.c.removed_at.is_(None)
            )
            term_id = self._operation.connection.execute(running.order_by(term.c.id.desc())).scalars().first()
            self._terms[organisation] = term_id or self._operation.add(Term, [{"committee": committee_id}])[0]
        return self._terms[organisation]

    def _organisation(self, value: Any) -> int | None:
        if not isinstance(value, Mention):
            return value.id if isinstance(value, Link) else value
        key = organisation_key(value.text)
        if key not in self._organisations:
            top = table_of(Organisation)
            query = sa.select(top.c.id).where(
                top.c.kind.in_((OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH))
            )
            parent = (
                self._operation.connection.execute(query.where(top.c.removed_at.is_(None))).scalars().first()
            )
            row = {"name": value.text, "kind": organisation_kind(value.text), "parent": parent}
            self._organisations[key] = self._operation.add(Organisation, [row])[0]
        return self._organisations[key]

    def _department(self, value: Any) -> int | None:
        if not isinstance(value, Mention):
            return value.id if isinstance(value, Link) else value
        if value.text not in self._departments:
            self._departments[value.text] = self._operation.add(Department, [{"name": value.text}])[0]
        return self._departments[value.text]

    def _known(self, record: type[Record], key: Any) -> dict[str, int]:
        table = table_of(record)
        query = sa.select(table.c.id, table.c.name).where(table.c.removed_at.is_(None))
        found: dict[str, int] = defaultdict(int)
        for row in self._operation.connection.execute(query):
            found[key(row.name)] = row.id
        return dict(found)
