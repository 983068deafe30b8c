"""How much of a stranger's file is read, and what is said beyond it (RELIABILITY 5.5)."""

from __future__ import annotations

from wuling_desktop.domain.problems import Problem

FILE_BYTES = 20 * 2**20
PARTS = 2_000
PART_BYTES = 100 * 2**20  # one part of a package, counted while it is inflated
PACKAGE_BYTES = 200 * 2**20
ROWS = 20_100  # rows that hold something, all sheets together: 20,000 people with titles, headings and notes
COLUMNS = 300  # columns that hold something, in one sheet
MERGES = 50_000  # in one sheet
MERGED_ROWS = (
    1_000_000  # rows under merges, counted once for each: more only where merges lie upon each other
)
CELL_CHARACTERS = 32_767
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MEMORY_BYTES = 400 * 2**20
CPU_SECONDS = 7
WALL_SECONDS = 8.5  # the start of the program and its answer must fit into ten seconds with it
ANSWER_BYTES = 64 * 2**20
DENSE_CELLS = 3_000_000  # the reader keeps one place for every cell between the first and the last

_SPLIT = "请在 WPS 里按支部或按年份分成几个文件，每个不超过两万行，再一个一个导入。"


def too_large(why: str) -> Problem:
    """Return the problem of a file beyond the limits; `why` names the limit and what was found."""
    return Problem("这个文件太大，没有读。", f"{why}；程序里的数据没有动。", _SPLIT)
