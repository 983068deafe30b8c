"""What the acts begin with: the demo branch with attachments, savings of every kind, a roster, the next version."""

from __future__ import annotations

import itertools
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from openpyxl import Workbook

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import backup, schema

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.desk import Desk

SECRET = "测试口令 2026"
_SURNAMES, _GIVEN = "韦莫黄覃蒙农陆梁", "清知若明思远衡齐雅宁安同"


def filled(folder: Path) -> Desk:
    """Return an open desk with the demo branch and a few attachments."""
    desk, _ = DataFiles(folder).create(SECRET, unit="演示", branch="演示党总支", clerk="试用")
    desk.demo.fill()
    for number in (101, 102):
        desk.attachments.add_content("person", number - 100, f"申请书{number}.pdf", pdf(number))
    return desk


def _add(desk: Desk, chance: random.Random) -> Changes:
    name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
    return desk.people.add(
        {"person.name": name, "person.standing": "正式党员", "person.native_place": "广西钦州"}
    ).changes


def _change(desk: Desk, chance: random.Random) -> Changes:
    person = chance.choice(desk.people.choices("person"))
    place = f"广西{chance.choice('南北东西')}{chance.choice('山河')}县"
    return desk.people.change(
        person.id, {"person.native_place": place, "step_fact.talk_on": "2019.7"}
    ).changes


def _visit(desk: Desk, chance: random.Random) -> Changes:
    row = chance.choice(desk.ledgers.rows("visit"))
    return desk.ledgers.change("visit", row.id, {"amount": str(chance.randrange(100, 900))}).changes


def _remove(desk: Desk, chance: random.Random) -> Changes:
    return desk.ledgers.remove("visit", [chance.choice(desk.ledgers.rows("visit")).id])


def _undo(desk: Desk, _chance: random.Random) -> Changes:
    return desk.history.undo().changes


def _attach(desk: Desk, chance: random.Random) -> Changes:
    return desk.attachments.add_content("person", 1, "扫描件.pdf", pdf(chance.randrange(10**6)))


SAVINGS = (_add, _change, _visit, _remove, _undo, _attach)


def some_more(desk: Desk) -> None:
    """Write what the backup does not hold."""
    person = desk.people.choices("person")[0]
    desk.people.change(person.id, {"person.native_place": "广西北海"})
    desk.attachments.add_content("person", person.id, "后来的.pdf", pdf(7))


def pdf(number: int) -> bytes:
    return b"%PDF-1.4\n" + f"{number} ".encode() * 40_000


def write_roster(path: Path, known: Sequence[str]) -> None:
    book = Workbook()
    book.active.append(["姓名", "性别", "出生日期", "籍贯", "手机", "党员类别", "所在党支部"])
    for name in known:
        book.active.append([name, None, None, "广西百色"])
    for number, letters in enumerate(itertools.product(_SURNAMES, _GIVEN, _GIVEN[:3])):
        if number == 260:
            break
        born = f"19{60 + number % 40}-{number % 12 + 1:02}-15"
        phone = f"199{number:08}"
        book.active.append(
            ["".join(letters), "男女"[number % 2], born, "广西河池", phone, "正式党员", "第二党支部"]
        )
    book.save(path)


@contextmanager
def no_thinning() -> Iterator[None]:
    """Let old backups gather, as they do on a machine that was long away from its stick."""
    real = backup._thin_out
    backup._thin_out = lambda _folder, _file_id: None
    try:
        yield
    finally:
        backup._thin_out = real


def forget_removed(desk: Desk) -> None:
    """Make what was just removed look as if that could no longer be taken back."""
    with desk.backups._database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE attachment SET removed_at = '2020-01-01T00:00:00+08:00' WHERE removed_at IS NOT NULL"
        )


def next_version(place: Path) -> None:
    """Write the steps of a version that rebuilds the largest table and adds another."""
    shutil.copytree(schema.VERSIONS, place, ignore=shutil.ignore_patterns("__pycache__"))
    number = schema.number()
    text = _NEXT_STEP.format(new=number + 1, old=number)
    (place / f"v{number + 1:04}_next.py").write_text(text, encoding="utf-8")


_NEXT_STEP = '''"""The next version, for trial."""

import sqlalchemy as sa
from alembic import op

revision = "{new:04}"
down_revision = "{old:04}"


def upgrade():
    op.create_table("trial", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(sa.Column("trial", sa.Text(), nullable=True))
    op.execute("INSERT INTO trial (text) SELECT name FROM person")
'''
