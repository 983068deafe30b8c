"""Hostile layouts: titles, heads of several rows, doubled columns, totals, forms that are no lists."""

from __future__ import annotations

from hostile.pen import ASKED, EIGHT, NAMES, ONE, PARTLY, READ, Hostile, eight, identity, listed, refused

_HEADS = ["序号", "姓名", "性别", "出生日期"]
_ROWS = [[number, name, "女", "1980-03"] for number, name in enumerate(NAMES, 1)]


def _people(first: int) -> dict[str, int]:
    return {name: row for row, name in enumerate(NAMES, first)}


FILES = [
    Hostile(
        "titles above",
        listed(
            ["青江市教科所党员名册"],
            [None],
            ["填报单位：第一党支部", None, None, "2026年11月"],
            _HEADS,
            *_ROWS,
        ),
        READ,
        people=_people(5),
    ),
    Hostile(
        "heads in two rows",
        listed(
            ["序号", "姓名", "基本情况", None],
            [None, None, "性别", "出生日期"],
            *_ROWS,
            merges=("A1:A2", "B1:B2", "C1:D1"),
        ),
        READ,
        people=_people(3),
    ),
    Hostile(
        "heads in three rows",
        listed(
            ["序号", "姓名", "情况", None],
            [None, None, "基本情况", None],
            [None, None, "性别", "出生日期"],
            *_ROWS,
            merges=("A1:A3", "B1:B3", "C1:D1", "C2:D2"),
        ),
        READ,
        people=_people(4),
    ),
    Hostile(
        "heads of two lines in a cell",
        listed(["序\n号", "姓　 名", "性\n别", "出生\n日期"], *_ROWS),
        READ,
        people=EIGHT,
    ),
    Hostile(
        "heads again on every page", listed(_HEADS, *_ROWS[:4], _HEADS, *_ROWS[4:]), READ, "", {**_people(2)}
    ),
    Hostile("heads far down", listed(*[[None, "说明文字"]] * 60, _HEADS, *_ROWS), "", people=_people(62)),
    Hostile(
        "two columns that agree",
        listed(["姓名", "性别", "性别"], *([name, "女", "女"] for name in NAMES)),
        READ,
        people=EIGHT,
    ),
    Hostile(
        "two columns that contradict",
        listed(["姓名", "性别", "性别"], *([name, "女", "男"] for name in NAMES)),
        ASKED,
        "2 列都像是“性别”",
        people=EIGHT,
    ),
    Hostile(
        "two columns of names",
        listed(["姓名", "姓名"], *([name, name[::-1]] for name in NAMES)),
        ASKED,
        "姓名",
        people=EIGHT,
    ),
    Hostile(
        "three hundred columns of one head",
        listed(["姓名", *["性别"] * 299], *([name, *["女"] * 299] for name in NAMES)),
        "",
        people=EIGHT,
    ),
    Hostile(
        "totals between",
        listed(_HEADS, *_ROWS[:4], ["小计", "4人"], *_ROWS[4:], ["合计", "8 人"]),
        READ,
        "小计",
        {**_people(2)},
    ),
    Hostile(
        "notes and signatures below",
        listed(_HEADS, *_ROWS, ["注：本表一式两份"], ["填表人：甲", None, "审核人：乙"], ["2026年11月24日"]),
        READ,
        people=EIGHT,
    ),
    Hostile(
        "somebody called as a total is",
        listed(["姓名", "性别"], *([name, "女"] for name in NAMES), ["共计文", "男"]),
        READ,
        people={**EIGHT, "共计文": 10},
    ),
    Hostile(
        "a row without a name", listed(_HEADS, *_ROWS, [9, None, "男", "1981-04"]), PARTLY, "没有姓名", EIGHT
    ),
    Hostile(
        "a name over two rows",
        listed(
            _HEADS, *_ROWS, [9, "韦知行", "男", "1981-04"], [None, None, None, "1981-05"], merges=("B10:B11",)
        ),
        READ,
        "这个人占了几行",
        {**EIGHT, "韦知行": 10},
    ),
    Hostile(
        "empty rows between",
        listed(_HEADS, *_ROWS[:4], *[[None]] * 500, *_ROWS[4:]),
        READ,
        people={**_people(2)},
    ),
    Hostile(
        "two lists one below the other",
        listed(
            _HEADS,
            *_ROWS[:4],
            [None],
            ["入党积极分子名单"],
            ["姓名", "性别"],
            *([name, "女"] for name in NAMES[4:]),
        ),
        READ,
        people=_people(2),
    ),
    Hostile(
        "two lists side by side",
        listed(
            ["姓名", "性别", None, "姓名", "性别"],
            *([one, "女", None, other, "男"] for one, other in zip(NAMES[:4], NAMES[4:], strict=True)),
        ),
        "",
        people={name: 2 + at % 4 for at, name in enumerate(NAMES)},
    ),
    Hostile(
        "people in columns",
        listed(["姓名", *NAMES], ["性别", *["女"] * 8], ["出生日期", *["1980-03"] * 8]),
        READ,
        people=dict.fromkeys(NAMES, 1),
    ),
    Hostile(
        "a form of one person",
        listed(
            ["姓名", "韦清和", "性别", "女"],
            ["民族", "壮族", "出生日期", "1980-03"],
            ["籍贯", "广西", "学历", "本科"],
        ),
        READ,
        "一人一张",
        ONE,
    ),
    refused("only heads", listed(_HEADS), "空表"),
    refused("heads and samples", listed(_HEADS, ["示例", "张三", "男", "1980-01"]), "空表"),
    refused("no heads", listed(*([name, "女"] for name in NAMES)), "没找到"),
    Hostile(
        "a head nobody knows for the name",
        listed(["称呼", "性别", "民族", "出生日期"], *([name, "女", "壮族", "1980-03"] for name in NAMES)),
        ASKED,
        "哪一列是姓名",
        EIGHT,
    ),
    Hostile("everybody twice", listed(*eight(), *eight()[1:]), ASKED, "同名", EIGHT),
    Hostile(
        "a list that ends the list",
        listed(_HEADS, *_ROWS[:4], [None, "以下空白"], *_ROWS[4:]),
        READ,
        people={**_people(2)},
    ),
    Hostile(
        "a column without a head",
        listed(["姓名", None], *([name, identity(order=11 + 2 * at)] for at, name in enumerate(NAMES))),
        "",
        people=EIGHT,
    ),
    Hostile("one person in one cell", listed(["姓名"], ["韦清和"]), "", people=ONE),
]
