"""What one datum is; knows neither SQL nor Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from wuling_desktop.domain.readings import Complaint, Reading, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from wuling_desktop.domain.kinds import Kind


class Private(Enum):
    """How a datum is hidden: on screen the tail is shown, in a masked file less."""

    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"


class Datum(Protocol):
    """Anything that can be shown, sought or printed about a subject."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the full name, `record.name`
    @property
    def label(self) -> str: ...  # noqa: D102 - column title, form label, caption on paper
    @property
    def kind(self) -> Kind: ...  # noqa: D102 - how values are read and shown
    @property
    def headings(self) -> tuple[str, ...]: ...  # noqa: D102 - other titles met in workbooks we are sent
    @property
    def private(self) -> Private | None: ...  # noqa: D102 - how it is masked
    def show(self, value: Any) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A stored datum of a record."""

    record: str  # table name of the record it stands on
    key: str  # attribute on the record
    label: str
    kind: Kind
    required: bool = False
    headings: tuple[str, ...] = ()
    # Titles that mean this only in company: (title, pattern of the group head above it), and (title, full name of
    # another datum of the same list; a name after "!" must not be there).
    under: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    searched: bool = False
    private: Private | None = None
    expected: bool = False  # counts for 信息完整度
    rule: Callable[[Any, dt.date], Complaint | None] | None = None  # about this one value, on a stated day

    @property
    def name(self) -> str:
        """The full name, used in form tokens, mappings and dumps."""
        return f"{self.record}.{self.key}"

    def show(self, value: Any) -> str:
        """Return the text shown for a stored value; empty for the unknown."""
        return "" if value is None else self.kind.show(value)

    def read(self, raw: object, today: dt.date) -> Reading:
        """Return what typed text or a cell means here, with this field's own rule applied."""
        reading = self.kind.read(raw, today)
        if reading.value is None:
            if reading.taken and self.required:
                return Reading(None, State.REFUSED, f"{self.label}不能为空")
            return reading
        complaint = self.rule(reading.value, today) if self.rule else None
        if complaint is None:
            return reading
        if complaint.refuses:
            return Reading(None, State.REFUSED, complaint.text)
        note = "；".join(filter(None, (reading.note, complaint.text)))
        return Reading(reading.value, State.LIKELY, note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A computed datum: never stored, made of a subject's facts for a stated day."""

    record: str
    key: str
    label: str
    kind: Kind
    of: Callable[[Mapping[str, Any], dt.date], Any]  # facts by full name, as_of
    headings: tuple[str, ...] = ()
    private: Private | None = None
    made_of: tuple[str, ...] = ()  # the stored data to correct where this is wrong, by full name

    @property
    def name(self) -> str:
        """The full name, used in form tokens."""
        return f"{self.record}.{self.key}"

    def show(self, value: Any) -> str:
        """Return the text shown for a computed value; empty for the unknown."""
        return "" if value is None else self.kind.show(value)
