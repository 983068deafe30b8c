"""Real blanks of other systems that list people, filled with invented people and read back through `wuling import`.

Needs a folder with blanks collected from public repositories, under their names there; they are not ours to ship:

    .venv/bin/python tests/by_hand/sample_layouts.py FOLDER [xlsx|ods|page]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from layout_answers import KINDS, Clerk, Faults
from layout_files import write_html
from layout_trials import CLEAN, MANNERS, PAINS, Layout, fill, opened
from ods_trials import write_ods

# By the name of the blank: what its columns mean, read by eye.
LAYOUTS = {
    "支部委员会成员录入样表": Layout(
        "Sheet1", 1, "- - branch - name staff_number party_post -", of="committee", kept=1
    ),
    "党员发展信息录入样表": Layout(
        "Sheet1",
        1,
        "staff_number name - - - branch applied_on activist_on - - - object_on training_from training_to "
        "- - - - join_date regular_date status note",
        of="on_the_way",
        kept=1,
    ),
    "组织关系转入录入样表": Layout(
        "Sheet1",
        1,
        "staff_number name - - branch - - status in_from - - - - dues_paid_until - in_on applied_on activist_on "
        "object_on join_date regular_date -",
        kept=1,
    ),
    "组织关系转出录入样表": Layout(
        "Sheet1", 1, "staff_number name - phone - out_to - - - - - dues_paid_until - - - note", kept=1
    ),
    "历史党员导入样表": Layout(
        "Sheet1",
        1,
        "staff_number name staff_kind sex id_number ethnic_group native_place birth_date - branch status - in_on "
        "applied_on activist_on object_on introducers join_date regular_date title phone email - note",
        box=(4, 14),
    ),
    "党员信息（校内人员）录入样表": Layout(
        "Sheet1",
        1,
        "staff_number name - - - branch status in_on applied_on activist_on object_on introducers join_date - "
        "regular_date - party_post - -",
        kept=1,
        box=(7, 21),
    ),
    "评议结果导入样表": Layout("Sheet1", 1, "staff_number name status -", box=(4, 10)),
    "党费补缴录入样表": Layout("Sheet1", 1, "staff_number name - - - - - note"),
    "party_member_template": Layout(
        "Sheet1", 3, "# party_post name staff_number - - office_phone phone", of="committee", footer=14
    ),
    "成员信息": Layout(
        "Sheet1",
        4,
        "branch staff_number name birth_date sex ethnic_group native_place address phone id_number major - - - - "
        "applied_on talk_on activist_on - - object_committee_on object_on - training_to preexam_on introducers_on "
        "introducers - - join_date superior_talk_on - approved_on oath_on conv_applied_on conv_assembly_on "
        "conv_approved_on archived_on - out_on - out_to note",
        of="on_the_way",
    ),
    "材料18": Layout(
        "Sheet1",
        5,
        "# staff_number name birth_date applied_on activist_on - - - object_on training_to join_date "
        "superior_talk_on -",
        footer=8,
    ),
    "首次组织谈话": Layout(
        "Sheet1", 2, "# branch staff_number name sex birth_date applied_on - phone", of="applicants", kept=1
    ),
    "党员信息表.xls": Layout(
        "Sheet1",
        1,
        "- name sex phone id_number ethnic_group education degree native_place birth_date join_date branch - - - - "
        "address note -",
    ),
    "partyInfo": Layout(
        "Sheet1",
        1,
        "# name status=223_ branch sex birth_date ethnic_group=868_ phone - status=59325_ join_date id_number "
        "join_date",
    ),
}


def tried(clerk: Clerk, blank: Path, layout: Layout, filled: Path, manner: str) -> Faults:
    """Fill a blank, save it as the kind of file that is asked for, import it, and return the faults of the answer."""
    book = opened(blank)
    truth = fill(book, layout, manner)
    if filled.suffix == ".ods":
        write_ods(book, filled)
    elif filled.suffix == ".page":
        write_html(book[layout.sheet], filled)
        truth.sheet = filled.stem
    else:
        book.save(filled)
    return clerk.judged(filled, truth)


def main(folder: Path, kind: str = "xlsx") -> int:
    """Try every blank in the folder; return 1 on any fault, or where fewer than ten layouts were found."""
    said: list[str] = []
    layouts = 0
    print(f"{'cells':>6}{''.join(f'{manner:>20}' for manner in MANNERS)}{'told':>6}  {'blank':10}layout")
    with tempfile.TemporaryDirectory() as place:
        clerk = Clerk(Path(place))
        for blank in sorted(folder.glob("*.xls*")):
            layout = next((layout for part, layout in LAYOUTS.items() if part in blank.name), None)
            cells, told, counts = "", "", [""] * len(MANNERS)
            if layout is not None:
                found = {
                    manner: tried(
                        clerk, blank, layout, Path(place, f"{blank.stem}（{manner}）.{kind}"), manner
                    )
                    for manner in MANNERS
                }
                cells, told = str(found[CLEAN].right), str(found[PAINS].told)
                counts = [
                    " / ".join(str(len(getattr(each, kind))) for kind in KINDS) for each in found.values()
                ]
                said += [
                    f"{blank.name} {manner}: {fault}"
                    for manner, each in found.items()
                    for fault in each.all()
                ]
                layouts += 1
            outcome = clerk.imports(blank)["outcome"]
            if outcome != "rejected":
                said.append(f"{blank.name}: blank {outcome}")
            print(
                f"{cells:>6}{''.join(f'{count:>20}' for count in counts)}{told:>6}  {outcome:10}{blank.stem}"
            )
    print(f"{', '.join(MANNERS)}: {' / '.join(KINDS)}")
    print("cells: right where clean; told: cells with pains that nobody can read, and said so")
    print(f"{layouts} layouts that list people, {len(said)} faults", *said, sep="\n")
    return 1 if said or layouts < 10 else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *sys.argv[2:]))
