"""附件: files that belong to a row of any ledger, and the 一寸照片 of a person; every change is one named operation."""

from __future__ import annotations

import re
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain import media
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.domain.texts import readable_name
from wuling_desktop.exchange.reading.first_words import first_words
from wuling_desktop.exchange.reading.secrecy import is_marked
from wuling_desktop.exchange.saving import saved
from wuling_desktop.records import BY_NAME, Attachment, Person
from wuling_desktop.records.base import field_of, table_of
from wuling_desktop.services.changes import Changes, changes_of
from wuling_desktop.storage import attachments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.attachments import Contents
    from wuling_desktop.storage.operations import Operations

__all__ = ["Attached", "Attachments"]

OPENED = "opened"  # the folder of plain copies given to other programs while the data file is open
_PHOTO_NAME = "一寸照片.jpg"
_NOT_KEPT = re.compile("政审|政治审查|函调|外调")


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment in a list."""

    id: int
    name: str
    media: str
    size: int
    added_on: str
    note: str

    @property
    def kind(self) -> str:
        """What the user calls files of this kind."""
        return media.in_words(self.media)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as it is."""
        return self.media in media.PICTURES

    @property
    def is_pdf(self) -> bool:
        """Whether it can be shown page by page."""
        return self.media == media.PDF


class Attachments:
    """Keeps files sealed beside the data; a content is read only when it is asked for."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def of(self, owner: str, owner_id: int) -> list[Attached]:
        """Return the attachments of a row, newest first, without the photograph."""
        rows = self._rows(_of(owner, owner_id), table_of(Attachment).c.is_photo.isnot(True))
        return [_attached(row) for row in reversed(rows)]

    def add(self, owner: str, owner_id: int, paths: Sequence[Path]) -> Changes:
        """Take files in, all of them or none; one operation."""
        for path in paths:
            attachments.size_of(path)
        return self._add(owner, owner_id, [(path.name, _read(path)) for path in paths])

    def add_content(self, owner: str, owner_id: int, name: str, content: bytes) -> Changes:
        """Take in what is no file of the user's, such as a picture from the clipboard."""
        attachments.require_size(name, len(content))
        return self._add(owner, owner_id, [(name, content)])

    def rename(self, id_: int, name: str) -> Changes:
        """Give an attachment another name; its ending stays what it is."""
        row = self._row(id_)
        ending = media.ending_of(row["name"])
        new = media.safe_name(name if media.ending_of(name) == ending else f"{name}{ending}")
        _refuse_name(new)
        with self._operations.begin(f"把附件 {row['name']} 改名为 {new}") as (operation, outcome):
            operation.change(Attachment, id_, {"name": new})
        return changes_of(outcome.written)

    def write_note(self, id_: int, note: str) -> Changes:
        """Say something about an attachment; an empty text takes away what was said."""
        row = self._row(id_)
        said = field_of(Attachment, "note").read(note, self._unit.today()).value
        name = f"给附件 {row['name']} 写说明" if said else f"去掉附件 {row['name']} 的说明"
        with self._operations.begin(name) as (operation, outcome):
            operation.change(Attachment, id_, {"note": said})
        return changes_of(outcome.written)

    def remove(self, ids: Sequence[int]) -> Changes:
        """撤销: take attachments off their row; their contents are kept as long as this can be taken back."""
        names = [self._row(id_)["name"] for id_ in ids]
        what = names[0] if len(names) == 1 else f"{len(names)} 个"
        with self._operations.begin(f"撤销附件 {what}") as (operation, outcome):
            operation.remove(Attachment, ids)
        return changes_of(outcome.written)

    def content(self, id_: int) -> bytes:
        """Return the content of an attachment; Problem where it is missing or damaged."""
        return self._store.content(self._row(id_)["sha256"])

    def export(self, id_: int, path: Path) -> None:
        """Write an attachment as a plain file of the user's."""
        content = self.content(id_)
        with saved(path) as file:
            file.write(content)

    def opened(self, id_: int) -> Path:
        """Return a plain copy for another program, not to be written to; it is gone when the data file is closed."""
        row = self._row(id_)
        if not media.may_be_opened(row["media"], row["name"]):
            raise Problem(
                f"没有打开 {row['name']}。",
                "只打开图片、PDF 和办公文件；这个文件不是这几种，或它的内容与文件名的结尾不一致。附件没有动。",
                "请用“另存…”存到自己的文件夹，确认来历后再打开。",
            )
        content = self._store.content(row["sha256"])
        place = self._folder / str(id_)
        copy = place / str(row["name"])
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            if not (copy.exists() and copy.read_bytes() == content):
                _remove_tree(place)
                place.mkdir(mode=0o700)
                copy.write_bytes(content)
                copy.chmod(stat.S_IRUSR)  # what is changed in it would not come back
        except OSError as error:
            raise of_os_error(error, f"打开 {row['name']} ") from error
        return copy

    @staticmethod
    def read(path: Path) -> bytes:
        """Return the content of a file of the user's that is to be taken in; Problem where it cannot be."""
        attachments.size_of(path)
        return _read(path)

    def photo(self, person: int) -> bytes | None:
        """Return the 一寸照片 of a person as a JPEG, or None where there is none that can be read."""
        rows = self._photos(person)
        if not rows:
            return None
        with suppress(
            Problem
        ):  # a lost picture does not keep a page or a form from being made; `verify` names it
            return self._store.content(rows[-1]["sha256"])
        return None

    def set_photo(self, person: int, jpeg: bytes) -> Changes:
        """Take a picture, ready at its size, in the place of the one there is."""
        attachments.require_size(_PHOTO_NAME, len(jpeg))
        earlier = [row["id"] for row in self._photos(person)]
        row = self._kept("person", person, _PHOTO_NAME, jpeg) | {"is_photo": True}
        with self._operations.begin(
            f"{'更换' if earlier else '设置'} {self._called('person', person)} 的一寸照片"
        ) as (
            operation,
            outcome,
        ):
            operation.remove(Attachment, earlier)
            operation.add(Attachment, [row])
        return changes_of(outcome.written)

    def remove_photo(self, person: int) -> Changes:
        """撤销 the photograph."""
        earlier = [row["id"] for row in self._photos(person)]
        with self._operations.begin(f"撤销 {self._called('person', person)} 的一寸照片") as (
            operation,
            outcome,
        ):
            operation.remove(Attachment, earlier)
        return changes_of(outcome.written)

    def tidy(self) -> None:
        """Remove plain copies, and sealed files that nothing needs any longer; at the start and the end of a session."""
        self.forget_opened()
        with self._operations.database.reading() as connection:
            needed = attachments.needed(connection)
        self._store.sweep({each.sha256 for each in needed})

    def forget_opened(self) -> None:
        """Remove the plain copies; one that another program holds open goes at the next start."""
        with suppress(OSError):
            _remove_tree(self._folder)

    @property
    def _store(self) -> Contents:
        return self._operations.database.contents()

    @property
    def _folder(self) -> Path:
        return self._operations.database.folder / OPENED

    def _add(self, owner: str, owner_id: int, given: Sequence[tuple[str, bytes]]) -> Changes:
        named = [(readable_name(name), content) for name, content in given]
        for name, content in named:
            _refuse_name(name)
            if is_marked(first_words(content, name)):
                raise Problem(
                    f"没有加入：“{name}”标有密级。",
                    "本程序不得存储、处理涉密文件和工作秘密；文件内容没有保存，程序里的数据没有动。",
                    "请按保密规定保管和处理这个文件；如果密级是误标，请核实更正后再加入。",
                )
        rows = [self._kept(owner, owner_id, media.safe_name(name), content) for name, content in named]
        what = rows[0]["name"] if len(rows) == 1 else f"{len(rows)} 个"
        with self._operations.begin(f"给 {self._called(owner, owner_id)} 加附件 {what}") as (
            operation,
            outcome,
        ):
            operation.add(Attachment, rows)
        return changes_of(outcome.written)

    def _kept(self, owner: str, owner_id: int, name: str, content: bytes) -> dict[str, Any]:
        """Seal a content and return the row that speaks of it."""
        return {
            "owner": owner,
            "owner_id": owner_id,
            "name": name,
            "media": media.media_of(content, name),
            "size": len(content),
            "sha256": self._store.keep(content),
            "added_on": PartialDate.of(self._unit.today()),
        }

    def _called(self, owner: str, owner_id: int) -> str:
        record = BY_NAME[owner]
        table = table_of(record)
        if record is Person:
            with self._operations.database.reading() as connection:
                name = connection.execute(sa.select(table.c.name).where(table.c.id == owner_id)).scalar()
            return str(name or record.noun)
        return record.noun

    def _photos(self, person: int) -> list[Mapping[str, Any]]:
        return self._rows(_of("person", person), table_of(Attachment).c.is_photo.is_(True))

    def _row(self, id_: int) -> Mapping[str, Any]:
        for row in self._rows(table_of(Attachment).c.id == id_):
            return row
        raise Problem("找不到这个附件。", "它已经撤销，或在别的数据文件里。", "请回到列表里重新选一个。")

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> list[Mapping[str, Any]]:
        table = table_of(Attachment)
        query = sa.select(table).where(table.c.removed_at.is_(None), *conditions).order_by(table.c.id)
        with self._operations.database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _of(owner: str, owner_id: int) -> sa.ColumnElement[bool]:
    table = table_of(Attachment)
    return sa.and_(table.c.owner == owner, table.c.owner_id == owner_id)


def _attached(row: Mapping[str, Any]) -> Attached:
    return Attached(
        row["id"], row["name"], row["media"], row["size"], str(row["added_on"]), row["note"] or ""
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise of_os_error(error, f"读 {path.name} ") from error


def _refuse_name(name: str) -> None:
    """Raise a Problem for papers that lie in one copy in the personnel file and nowhere else."""
    if _NOT_KEPT.search(name):
        raise Problem(
            f"没有加入：“{name}”像是政审或函调材料。",
            "这类材料涉及亲属隐私，只在档案里留一份，本程序不存扫描件；什么也没有保存。",
            "请在发展环节里记下函调日、结论和原件放在哪里；如果名字起错了，请改名后再加入。",
        )


def _remove_tree(folder: Path) -> None:
    if folder.exists():
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows does not delete what cannot be written to
        shutil.rmtree(folder)
