"""What only the user can say before a file is taken in."""

from __future__ import annotations

from dataclasses import dataclass

TAKE, LEAVE = "一起导入", "不导入"


@dataclass(frozen=True, slots=True)
class Question:
    """One open question: an answer is one of `choices`, given under `id`; `kind` groups them for the screen.

    Kinds: header, column, hidden_sheet, hidden_rows, struck_rows, person, remark; those of what is concealed are their own
    ids. With a `default` it may stay open.
    """

    id: str
    kind: str
    text: str
    choices: tuple[str, ...]
    default: str = ""
