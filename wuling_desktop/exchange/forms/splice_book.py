"""The part that lists the sheets, brought up to date: tabs, defined names, and that formulas are to be computed."""

from __future__ import annotations

import copy
from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange.forms import formula_text
from wuling_desktop.exchange.forms.package_parts import serialised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.exchange.forms.filled_sheet import FilledSheet
    from wuling_desktop.exchange.forms.package_parts import Parts

_CALC_CHAIN = "/calcChain"
_WORKSHEET = "/worksheet"
# What stands before calcPr in a workbook part; programs are strict about the order.
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
# Tab of the blank → the tabs it became, each with its place; a chart sheet stays what it is.
Tabs = dict[int, list[tuple[int, "FilledSheet | None"]]]


def bring_up_to_date(filled: FilledWorkbook, parts: Parts, part_of: Mapping[FilledSheet, str]) -> None:
    """Rewrite the part where something in it changed, else leave it byte for byte."""
    name = filled.blank.workbook
    root = etree.fromstring(parts.content(name))
    before = etree.tostring(root)
    if filled.moves:
        tabs = _tabs(filled, root, parts, part_of)
        _move_names(root, filled, tabs)
        for view in root.iterfind("{*}bookViews/{*}workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                if place := view.get(attribute):
                    view.set(attribute, str(tabs[int(place)][0][0]))
    if any(sheet.computes for sheet in filled.blank.sheets):
        _ask_for_computing(root)
        parts.drop(name, _CALC_CHAIN)
    if etree.tostring(root) != before:
        parts.put(name, serialised(root))


def _tabs(
    filled: FilledWorkbook, root: etree._Element, parts: Parts, part_of: Mapping[FilledSheet, str]
) -> Tabs:
    """Write the tabs of copies beside those they were copied from."""
    made: dict[int, list[FilledSheet | None]] = defaultdict(list)
    for each in filled.every:
        made[each.blank.place].append(each)
    olds = root.findall("{*}sheets/{*}sheet")
    number = max(int(old.get("sheetId", "0")) for old in olds)
    relations = parts.related(filled.blank.workbook)
    kind = next(relation.kind for relation in relations if relation.kind.endswith(_WORKSHEET))
    tabs: Tabs = {}
    for place, old in enumerate(olds):
        at = sum(map(len, tabs.values()))
        tabs[place] = list(enumerate(made[place] or [None], start=at))
        tab = old
        for nth, (_, sheet) in enumerate(tabs[place]):
            if sheet is None:
                continue
            if nth:
                twin = copy.deepcopy(old)
                tab.addnext(twin)
                tab = twin
                number += 1
                tab.set("sheetId", str(number))
                link = next(str(key) for key in tab.attrib if str(key).endswith("}id"))
                tab.set(link, parts.link(filled.blank.workbook, kind, part_of[sheet]))
            tab.set("name", sheet.name)
    return tabs


def _move_names(root: etree._Element, filled: FilledWorkbook, tabs: Tabs) -> None:
    """Move what the names point at; a name of one sheet only (print area, title rows) is given to its copies too."""
    for each in root.findall("{*}definedNames/{*}definedName"):
        formula = each.text or ""
        own = each.get("localSheetId")
        if own is None:
            each.text = formula_text.moved(formula, filled.every[0].move)
            continue
        name = each
        for nth, (place, sheet) in enumerate(tabs.get(int(own), ())):
            if nth:
                twin = copy.deepcopy(each)
                name.addnext(twin)
                name = twin
            name.set("localSheetId", str(place))
            name.text = formula_text.moved(formula, (sheet or filled.every[0]).move)


def _ask_for_computing(root: etree._Element) -> None:
    """Have the program that opens the file compute every formula: what we know of them may be less than it knows."""
    order = root.find("{*}calcPr")
    if order is None:
        order = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        before = next(found for tag in _BEFORE_CALC if (found := root.find(f"{{*}}{tag}")) is not None)
        before.addnext(order)
    order.set("fullCalcOnLoad", "1")
