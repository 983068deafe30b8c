"""All hostile files by their classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile import (
    attached,
    backups,
    containers,
    csv_files,
    data_files,
    grids,
    layouts,
    ods_files,
    old_workbooks,
    templates,
    values,
    web_pages,
    workbooks,
    xml_parts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hostile.pen import Hostile

CLASSES: Mapping[str, Sequence[Hostile]] = {
    "container": containers.FILES,
    "xml": xml_parts.FILES,
    "grid": grids.FILES,
    "workbook": workbooks.FILES,
    "values": values.FILES,
    "layout": layouts.FILES,
    "csv": csv_files.FILES,
    "xls": old_workbooks.FILES,
    "ods": ods_files.FILES,
    "html": web_pages.PAGES,
    "xml 2003": web_pages.BOOKS,
    "template": templates.FILES,
    "backup": backups.BACKUPS,
    "dump": data_files.DUMPS,
    "data": data_files.DATA,
    "attachment": attached.FILES,
}
