"""The verbs, one function each: what it asks of the services and what it answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wuling_desktop import paths
from wuling_desktop.cli.chinese import Verbs
from wuling_desktop.cli.session import Session
from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import closed
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.import_report import answer, refused
from wuling_desktop.services.importing import PEOPLE, Refused
from wuling_desktop.services.people import Who
from wuling_desktop.services.unit import DEFAULT_CLERK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from wuling_desktop.services.desk import Desk

_FILE = click.Path(path_type=Path, readable=False)  # what cannot be read is a problem, not wrong usage
_FILE.name = "路径"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    cls=Verbs,
    subcommand_metavar="动词 …",
    help="党建工作台：不带动词时打开窗口；带动词时在命令行办同样的事。",
)
@click.option("--data", "folder", type=_FILE, default=None, help="数据文件夹，默认是用户自己的数据文件夹。")
@click.option("--password-file", type=_FILE, default=None, help="密码所在的文本文件；不给则在终端询问。")
@click.option("--today", type=_DAY, metavar="日期", default=None, help="按这一天计算，写成 2026-11-24。")
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


@verbs.command("init", help="新建加密的数据文件；恢复码只显示这一次。数据在单位服务器上的，在那里新建。")
@click.option("--unit", metavar="名称", required=True, help="单位名称")
@click.option("--branch", metavar="名称", required=True, help="党组织名称")
@click.option("--clerk", metavar="姓名", default=DEFAULT_CLERK, help="经办人")
@click.pass_obj
def init(session: Session, unit: str, branch: str, clerk: str) -> None:
    """Make a new encrypted data file."""
    files = DataFiles(session.folder)
    desk, recovery_key = files.create(session.password(new=True), unit=unit, branch=branch, clerk=clerk)
    desk.close()
    if files.on_server:
        text = "已在服务器上建立数据；备份由服务器管理员做。"
    else:
        text = f"已建立数据文件：{session.folder}\n恢复码（请打印后锁好，只显示这一次）：{recovery_key}"
    session.say({"data": str(session.folder), "recovery_key": recovery_key or None}, text)


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
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--as", "kind", metavar="台账", default=PEOPLE, help="党员、走访慰问 ……")
@click.option("--dry-run", is_flag=True, help="只预览")
@click.option("--answers", type=_FILE, default=None, help="问题的回答：{问题 id: 选择} 的 JSON 文件")
@click.pass_obj
def import_(session: Session, file: Path, kind: str, answers: Path | None, *, dry_run: bool) -> None:
    """Take a workbook in as a difference."""
    with session.desk() as desk:
        try:
            preview = desk.importing.preview(file, kind, _answers(answers))
            imported = None
            if not dry_run and preview.outcome in ("imported", "partial"):
                imported = desk.importing.commit(preview)
            content = answer(preview, imported)
        except Refused as refusal:
            content = refused(refusal)
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
        click.option(
            "--person", "people", metavar="人", multiple=True, help="只要这些人：姓名或身份证号，可重复"
        ),
        click.option("--as-of", type=_DAY, metavar="日期", default=None, help="截止日期"),
        click.option("--to", type=_FILE, required=True, help="写到哪个文件"),
        click.argument("form", metavar="表"),
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
        rows = desk.exporting.write(
            form, session.output(to), as_of=day, people=_people(desk, people, day), mask=mask
        )
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
    pages = pdf.write_pdf(filled, session.output(to))
    content = {"form": form, "rows": filled.rows, "pages": pages, "to": str(to)}
    session.say(content, f"已写好 {to.name}，{filled.rows} 行，{pages} 页。")


@verbs.command("dump", help="把全部数据写成一个 JSON 文件（明文，请妥善保管）。")
@click.option("--to", type=_FILE, required=True, help="写到哪个文件")
@click.option("--records-only", is_flag=True, help="不带已撤销的录入、操作记录和附件")
@click.pass_obj
def dump(session: Session, to: Path, *, records_only: bool) -> None:
    """Write everything as JSON."""
    with session.desk() as desk:
        counts = desk.backups.dump(session.output(to), records_only=records_only)
    session.say({"to": str(to), "records": counts}, f"已写好 {to.name}。文件没有加密，请妥善保管。")


@verbs.command("load", help="把 dump 写出的文件装入空的数据文件。")
@click.argument("file", type=_FILE, metavar="文件")
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
    session.say(content, "\n".join((f"已备份到 {made.path}，{made.people} 人。", *made.faults)))


@verbs.command("verify", help="检查数据文件，或一份备份。")
@click.argument("file", type=_FILE, metavar="[文件]", required=False)
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
@click.argument("file", type=_FILE, metavar="文件")
@click.pass_obj
def restore(session: Session, file: Path) -> None:
    """Put a backup in the place of the data."""
    done = DataFiles(session.folder).restore(file, session.password())
    content = {"from": str(file), "before": done.before, "after": done.after}
    had = "原来的数据没有或打不开" if done.before is None else f"原有 {done.before} 人"
    session.say(content, "\n".join((f"已恢复：{had}，现有 {done.after} 人。", *done.faults)))


def _answers(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        return {str(key): str(value) for key, value in json.loads(file.read_bytes()).items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise Problem(
            f"“{file.name}”不是回答文件。",
            "它不是 {问题 id: 选择} 的 JSON；没有写进任何东西。",
            "请照预览里的问题写一份。",
        ) from error


def _people(desk: Desk, named: Sequence[str], as_of: dt.date) -> list[int] | None:
    """Return the ids of the people named by name or identity number; None means all members."""
    if not named:
        return None
    everyone = desk.people.facts(Who("all"), as_of)
    ids = []
    for name in named:
        meant = closed(name).upper()
        found = [
            facts["person.id"]
            for facts in everyone
            if meant in (closed(facts["person.name"]).upper(), facts["person.id_number"])
        ]
        if len(found) != 1:
            why = f"有 {len(found)} 个同名的人" if found else "名单里没有这个人"
            raise Problem(
                f"“{name}”对不上一个人。", f"{why}；没有写任何文件。", "请改用身份证号，或先核对姓名。"
            )
        ids.extend(found)
    return ids
