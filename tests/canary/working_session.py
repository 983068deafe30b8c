"""A day's work in a process of its own, one act at a time: it says which is done and waits to be looked at.

Started with its own HOME and folders for passing files; `argv` names the folder of what the user wrote on purpose, which
nobody looks into.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canaries import ADDRESS, CANARIES, ID_NUMBER, NAME, NOTE, PHONE
from openpyxl import Workbook

from wuling_desktop import app, paths
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.paint import pdf
from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.desk import Desk

PASSWORD, NEW_PASSWORD = "测试口令 2026", "新的口令 2027"
PERSON = {
    "person.name": NAME,
    "person.id_number": ID_NUMBER,
    "person.phone": PHONE,
    "person.address": ADDRESS,
    "person.standing": "正式党员",
}


class Session:
    """The desk, and where the user writes on purpose."""

    def __init__(self, chosen: Path) -> None:
        self.chosen = chosen
        self.desk, _ = DataFiles(paths.default_data_folder()).create(
            PASSWORD, unit="青江市教科所", branch="第一党支部", clerk=NAME
        )
        self.stick = Path.home() / "U 盘"
        self.stick.mkdir()

    def add_people(self) -> None:
        self.person = self.desk.people.add(PERSON).id
        self.desk.people.change(self.person, {"person.native_place": ADDRESS[:3], "person.note": NOTE})
        with suppress(Problem):  # the same number twice is refused by the database
            self.desk.people.add({**PERSON, "person.name": NAME[:2]})
        visit = self.desk.ledgers.add(
            "visit", {"day": "2026-11-2", "person": NAME, "occasion": "节日慰问", "account": NOTE}
        ).id
        self.desk.ledgers.change("visit", visit, {"account": NOTE * 40})

    def draft(self) -> None:
        self.desk.drafts.keep("members", PERSON)

    def take_in(self) -> None:
        book = Workbook()
        book.active.append(["姓名", "身份证号", "手机", "家庭住址", "党员类别"])
        for number in range(50):
            book.active.append([f"{NAME[0]}{'清知若明思'[number % 5]}{'远衡齐雅宁安同岚汐舟'[number // 5]}",
                                None, PHONE, ADDRESS, "正式党员"])  # fmt: skip
        book.save(self.chosen / f"{NAME}.xlsx")
        self.desk.importing.commit(self.desk.importing.preview(self.chosen / f"{NAME}.xlsx"))
        (self.chosen / f"{NAME}坏.xlsx").write_bytes((self.chosen / f"{NAME}.xlsx").read_bytes()[:3000])
        with suppress(Problem):
            self.desk.importing.preview(self.chosen / f"{NAME}坏.xlsx")

    def attach(self) -> None:
        paper = self.chosen / f"{NAME}.txt"
        paper.write_text(NOTE * 400, encoding="utf-8")
        self.desk.attachments.add("person", self.person, [paper])
        self.desk.attachments.write_note(self.desk.attachments.of("person", self.person)[0].id, NOTE)
        self.desk.attachments.set_photo(self.person, b"\xff\xd8\xff" + NOTE.encode() * 9)

    def show(self) -> None:
        (one, *_) = self.desk.attachments.of("person", self.person)
        self.desk.attachments.opened(one.id)  # for another program: plain, as long as the data are open
        self.desk.attachments.forget_opened()

    def look_for(self) -> None:
        for word in (NAME, "wlx", PHONE, ID_NUMBER[-4:], ADDRESS):
            self.desk.finding.find(word, ())

    def back_up(self) -> None:
        made = self.desk.backups.make()
        self.desk.backups.make_outside(self.stick)
        self.desk.backups.verify(made.path)
        self.desk.backups.verify()

    def put_on_paper(self) -> None:
        today = self.desk.unit.today()
        self.desk.exporting.write("roster_general", self.chosen / "花名册.xlsx", as_of=today)
        self.desk.exporting.write_ledger(self.chosen / "走访.xlsx", "visit")
        filled = self.desk.exporting.fill("member_form", as_of=today, people=[self.person])
        pdf.write_pdf(filled, self.chosen / "采集表.pdf")
        assert list(pdf.pictures(filled, 50))
        self.desk.backups.dump(self.chosen / "全部.json")

    def fail(self) -> None:
        log = logging.getLogger("wuling_desktop.trial")
        for fault in (self._no_such_column, self._raise_with_a_name, self._no_such_kind):
            try:
                fault()
            except Problem as problem:
                log.warning("%s", type(problem).__name__)
            except Exception as error:  # noqa: BLE001 - whatever it is, this is how it is logged
                problems.of_fault(error, log)
        with suppress(Problem):
            self.desk.exporting.write_ledger(self.chosen / NAME / "没有.xlsx", "visit")

    def _no_such_column(self) -> None:
        with self.desk.backups._database.writing() as connection:
            connection.exec_driver_sql("UPDATE person SET nothing = ? WHERE name = ?", (PHONE, NAME))

    def _raise_with_a_name(self) -> None:
        raise ValueError(" ".join(CANARIES))

    def _no_such_kind(self) -> None:
        self.desk.importing.preview(self.chosen / f"{NAME}.xlsx", kind=NAME)

    def take_back(self) -> None:
        self.desk.history.undo()
        self.desk.people.withdraw([self.person])
        self.desk.history.undo()

    def put_back(self) -> None:
        self.desk.backups.restore(self.desk.backups.listing()[-1].path)

    def change_password(self) -> None:
        self.desk.change_password(PASSWORD, NEW_PASSWORD)

    def begin_anew(self) -> None:
        folder = self.desk.folder
        self.desk.close()
        self.desk: Desk = DataFiles(folder).unlock(NEW_PASSWORD)
        assert self.desk.people.counts(self.desk.unit.today())["all"]
        assert self.desk.drafts.kept()

    def salvage(self) -> None:
        folder = self.desk.folder
        self.desk.close()
        DataFiles(folder).salvage(self.chosen / "能读的.json", NEW_PASSWORD)
        self.desk = DataFiles(folder).unlock(NEW_PASSWORD)

    def be_killed(self) -> None:
        """Stand in the middle of everything at once; whoever looks then kills this process."""
        self.desk.drafts.keep("members", PERSON)
        rows = [{"name": NAME, "phone": PHONE, "address": ADDRESS} for _ in range(5000)]
        self._open: Any = self.desk.backups._database.writing()
        connection = self._open.__enter__()
        connection.exec_driver_sql("PRAGMA cache_size = 10")  # so that it goes to the disk before its end
        connection.exec_driver_sql("CREATE TABLE spill (name, phone, address)")
        for row in rows:
            connection.exec_driver_sql("INSERT INTO spill VALUES (?, ?, ?)", tuple(row.values()))
        connection.exec_driver_sql("SELECT * FROM spill ORDER BY address, phone").fetchall()

    acts: tuple[Callable[[Session], None], ...] = (
        add_people, draft, take_in, attach, show, look_for, back_up, put_on_paper, fail, take_back, put_back, change_password,
        begin_anew, salvage, be_killed,
    )  # fmt: skip


def main() -> None:
    """Work, telling each act."""
    app._start_log()
    session = Session(Path(sys.argv[1]))
    for act in session.acts:
        act(session)
        sys.stdout.write(f"{act.__name__}\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main()
