"""The headless verbs: the services of the window, for an administrator, batch work and acceptance checks."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wuling_desktop import paths
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.import_report import answer
from wuling_desktop.services.importing import PEOPLE
from wuling_desktop.services.people import Who
from wuling_desktop.services.unit import DEFAULT_CLERK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from wuling_desktop.services.desk import Desk

_FILE = click.Path(path_type=Path)


@dataclass(slots=True)
class Session:
    """What stood before the verb."""

    folder: Path
    password_file: Path | None
    today: dt.date | None
    as_json: bool

    def password(self, *, new: bool = False) -> str:
        """Return the password from its file, else asked on the terminal; never from the command line."""
        if self.password_file is not None:
            try:
                return self.password_file.read_text("utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise Problem(
                    f"读不到密码文件 {self.password_file.name}。",
                    "文件不在，或不是文本文件；数据没有动。",
                    "请核对 --password-file 后面的路径。",
                ) from error
        if not sys.stdin.isatty():
            raise Problem(
                "没有给出密码。",
                "这里没有可以输入密码的终端；数据没有动。",
                "请用 --password-file 指定密码文件。",
            )
        return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输一次" if new else False))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the data file for one verb."""
        desk = DataFiles(self.folder).unlock(self.password())
        try:
            desk.unit.stands_at = self.today
            yield desk
        finally:
            desk.close()

    def say(self, content: dict[str, Any], text: str) -> None:
        """Answer: a text for people, or one JSON object as the last line."""
        click.echo(json.dumps(content, ensure_ascii=False) if self.as_json else text)


@click.group(help="党建工作台：不带动词时打开窗口；带动词时在命令行办同样的事。")
@click.option("--data", "folder", type=_FILE, default=None, help="数据文件夹，默认是用户自己的数据文件夹。")
@click.option("--password-file", type=_FILE, default=None, help="密码所在的文本文件；不给则在终端询问。")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="按这一天计算，写成 2026-11-24。"
)
@click.option("--json", "as_json", is_flag=True, help="最后一行输出一个 JSON 对象。")
@click.pass_context
def verbs(
    context: click.Context,
    folder: Path | None,
    password_file: Path | None,
    today: dt.datetime | None,
    *,
    as_json: bool,
) -> None:
    """Hold what stands before the verb."""
    day = today.date() if today else None
    context.obj = Session(folder or paths.default_data_folder(), password_file, day, as_json)


@verbs.command("init", help="新建加密的数据文件；恢复码只显示这一次。")
@click.option("--unit", required=True, help="单位名称")
@click.option("--branch", required=True, help="党组织名称")
@click.option("--clerk", default=DEFAULT_CLERK, help="经办人")
@click.pass_obj
def init(session: Session, unit: str, branch: str, clerk: str) -> None:
    """Make a new encrypted data file."""
    files = DataFiles(session.folder)
    desk, recovery_key = files.create(session.password(new=True), unit=unit, branch=branch, clerk=clerk)
    desk.close()
    text = f"已建立数据文件：{session.folder}\n恢复码（请打印后锁好，只显示这一次）：{recovery_key}"
    session.say({"data": str(session.folder), "recovery_key": recovery_key}, text)


@verbs.command("demo", help="往空的数据文件里装入演示支部。")
@click.pass_obj
def demo(session: Session) -> None:
    """Fill the demo branch."""
    with session.desk() as desk:
        counts = desk.demo.fill()
    session.say(
        {"records": counts}, f"已装入演示支部：人员 {counts['person']} 人，党籍 {counts['membership']} 份。"
    )


@verbs.command("import", help="导入花名册等表格；--dry-run 只预览，不写入。")
@click.argument("file", type=_FILE)
@click.option("--as", "kind", default=PEOPLE, help="党员、走访慰问 ……")
@click.option("--dry-run", is_flag=True, help="只预览")
@click.option("--answers", type=_FILE, default=None, help="问题的回答：{问题 id: 选择} 的 JSON 文件")
@click.pass_obj
def import_(session: Session, file: Path, kind: str, answers: Path | None, *, dry_run: bool) -> None:
    """Take a workbook in as a difference."""
    with session.desk() as desk:
        preview = desk.importing.preview(file, kind, _answers(answers))
        imported = None
        if not dry_run and preview.outcome in ("imported", "partial"):
            imported = desk.importing.commit(preview)
    content = answer(preview, imported)
    if not dry_run:
        content.pop("records", None)
    lines = [content["message"]]
    lines += [
        f"  {each['sheet']} 第 {each['row']} 行 {each['column']} {each['message']}"
        for each in content["problems"]
    ]
    session.say(content, "\n".join(lines))


@verbs.command("undo", help="撤销最近一次操作。")
@click.pass_obj
def undo(session: Session) -> None:
    """Take back the latest operation."""
    with session.desk() as desk:
        undone = desk.history.undo()
    kept = [
        {
            "record": k.record,
            "id": k.id,
            "field": k.field,
            "before": k.before,
            "written": k.written,
            "now": k.now,
        }
        for k in undone.kept
    ]
    name = undone.changes.name.removeprefix("撤销：")
    text = f"已撤销：{name}" + (f"；有 {len(kept)} 处后来又改过，保留现在的值" if kept else "")
    session.say({"operation": name, "rows": undone.changes.rows, "kept": kept}, text)


@verbs.command("forms", help="列出内置的表。")
@click.pass_obj
def forms(session: Session) -> None:
    """List the built-in forms."""
    with session.desk() as desk:
        found = [{"name": f.name, "title": f.title, "scope": f.scope} for f in desk.exporting.forms()]
    session.say({"forms": found}, "\n".join(f"{each['name']}  {each['title']}" for each in found))


def _output(verb: Any) -> Any:
    """Add what `export` and `print` share."""
    for option in (
        click.option("--mask", is_flag=True, help="身份证号、电话打码"),
        click.option("--person", "people", multiple=True, help="只要这些人：姓名或身份证号，可重复"),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="截止日期"),
        click.option("--to", type=_FILE, required=True, help="写到哪个文件"),
        click.argument("form"),
    ):
        verb = option(verb)
    return verb


@verbs.command("export", help="把内置的表填好，存成 Excel。")
@_output
@click.pass_obj
def export(
    session: Session, form: str, to: Path, as_of: dt.datetime | None, people: tuple[str, ...], *, mask: bool
) -> None:
    """Write a filled form as a workbook."""
    with session.desk() as desk:
        day = as_of.date() if as_of else desk.unit.today()
        rows = desk.exporting.write(form, to, as_of=day, people=_people(desk, people, day), mask=mask)
    session.say({"form": form, "rows": rows, "pages": None, "to": str(to)}, f"已写好 {to.name}，{rows} 行。")


@verbs.command("print", help="把内置的表填好，存成 PDF。")
@_output
@click.pass_obj
def print_(
    session: Session, form: str, to: Path, as_of: dt.datetime | None, people: tuple[str, ...], *, mask: bool
) -> None:
    """Write a filled form as pages."""
    from wuling_desktop.paint import pdf  # noqa: PLC0415 - only this verb loads Qt

    with session.desk() as desk:
        day = as_of.date() if as_of else desk.unit.today()
        filled = desk.exporting.fill(form, as_of=day, people=_people(desk, people, day), mask=mask)
    pages = pdf.write_pdf(filled, to)
    content = {"form": form, "rows": filled.rows, "pages": pages, "to": str(to)}
    session.say(content, f"已写好 {to.name}，{filled.rows} 行，{pages} 页。")


@verbs.command("dump", help="把全部数据写成一个 JSON 文件（明文，请妥善保管）。")
@click.option("--to", type=_FILE, required=True)
@click.option("--records-only", is_flag=True, help="不带已撤销的录入、操作记录和附件")
@click.pass_obj
def dump(session: Session, to: Path, *, records_only: bool) -> None:
    """Write everything as JSON."""
    with session.desk() as desk:
        counts = desk.backups.dump(to, records_only=records_only)
    session.say({"to": str(to), "records": counts}, f"已写好 {to.name}。文件没有加密，请妥善保管。")


@verbs.command("load", help="把 dump 写出的文件装入空的数据文件。")
@click.argument("file", type=_FILE)
@click.pass_obj
def load(session: Session, file: Path) -> None:
    """Read a dump into an empty data file."""
    with session.desk() as desk:
        counts = desk.backups.load(file)
    session.say(
        {"to": str(session.folder), "records": counts}, f"已装入 {file.name}：人员 {counts['person']} 人。"
    )


@verbs.command("backup", help="备份；每份备份都重新打开核对过才算数。")
@click.option("--to", type=_FILE, default=None, help="备份到这个文件夹")
@click.pass_obj
def backup(session: Session, to: Path | None) -> None:
    """Make a backup."""
    with session.desk() as desk:
        made = desk.backups.make(to)
    content = {"to": str(made.path), "people": made.people, "sha256": made.sha256}
    session.say(content, f"已备份到 {made.path}，{made.people} 人。")


@verbs.command("verify", help="检查数据文件，或一份备份。")
@click.argument("file", type=_FILE, required=False)
@click.pass_obj
def verify(session: Session, file: Path | None) -> None:
    """Check the data file or a backup."""
    with session.desk() as desk:
        verdict = desk.backups.verify(file)
    content = {
        "ok": verdict.ok,
        "schema": verdict.schema,
        "people": verdict.people,
        "faults": list(verdict.faults),
    }
    session.say(content, "完好。" if verdict.ok else "有损坏：" + "；".join(verdict.faults))


@verbs.command("restore", help="用一份备份换回数据；现在的数据先自动备份。")
@click.argument("file", type=_FILE)
@click.pass_obj
def restore(session: Session, file: Path) -> None:
    """Put a backup in the place of the data."""
    done = DataFiles(session.folder).restore(file, session.password())
    content = {"from": str(file), "before": done.before, "after": done.after}
    session.say(content, f"已恢复：原有 {done.before or 0} 人，现有 {done.after} 人。")


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return its exit status: 0 done or declined, 1 a problem, 2 wrong usage."""
    try:
        verbs.main(args=list(arguments), prog_name="wuling", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        click.echo("已取消，没有写进任何东西。", err=True)
        return 1
    except click.UsageError as error:
        usage = error.ctx.get_usage() if error.ctx else ""
        click.echo(f"命令写得不对。\n{usage}\n可用 --help 查看写法。", err=True)
        return 2
    except (Problem, OSError) as error:
        problem = problems.of_os_error(error, "这一步") if isinstance(error, OSError) else error
        click.echo(str(problem), err=True)
        if "--json" in arguments:
            click.echo(json.dumps({"problem": str(problem)}, ensure_ascii=False))
        return 1
    return 0


def _answers(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        content = json.loads(file.read_bytes())
    except ValueError as error:
        raise Problem(
            f"“{file.name}”不是回答文件。", "它不是 JSON；没有写进任何东西。", "请写成 {问题 id: 选择}。"
        ) from error
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def _people(desk: Desk, named: Sequence[str], as_of: dt.date) -> list[int] | None:
    """Return the ids of the people named by name or identity number; None means all members."""
    if not named:
        return None
    everyone = desk.people.facts(Who("all"), as_of)
    ids = []
    for name in named:
        found = [f["person.id"] for f in everyone if name in (f["person.name"], f["person.id_number"])]
        if len(found) != 1:
            why = f"有 {len(found)} 个同名的人" if found else "名单里没有这个人"
            raise Problem(
                f"“{name}”对不上一个人。", f"{why}；没有写任何文件。", "请改用身份证号，或先核对姓名。"
            )
        ids.extend(found)
    return ids
