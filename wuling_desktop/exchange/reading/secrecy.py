"""Papers that carry a mark of secrecy are not for this program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import closed

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile(
    r"(?:绝密|机密|秘密)(?:[★☆*]|[·:]?(?:\d+|[一二三四五六七八九十]+)(?:年|个月)|[·:]?长期)"
    r"|[★☆](?:绝密|机密|秘密)"
    r"|密级[:]?(?:绝密|机密|秘密)"
)


def is_marked(texts: Iterable[str]) -> bool:
    """Whether one of these texts is a mark such as 机密★1年."""
    return any(_MARK.search(closed(text)) for text in texts)


def refuse_secret(texts: Iterable[str]) -> None:
    """Problem where one of the first texts of a file is a mark such as 机密★1年."""
    if is_marked(texts):
        raise Problem(
            "这个文件标有密级，没有读进来。",
            "本程序不得存储、处理涉密文件和工作秘密；文件内容没有保存，程序里的数据没有动。",
            "请按保密规定保管和处理这个文件；如果密级是误标，请核实更正后再导入。",
        )
