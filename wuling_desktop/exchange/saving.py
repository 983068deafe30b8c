"""A file for the user, written whole or not at all; what the disk has against it is said as a problem."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from wuling_desktop import files
from wuling_desktop.domain.problems import of_os_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR)


@contextmanager
def saved(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its place under `path` when the block ends well; Problem leaves what stood there."""
    try:
        with files.whole(path) as file:
            yield file
    except OSError as error:
        # The error names our own file beside the target; the user knows the target, or the folder that is gone.
        meant = path.parent if error.errno in _NO_FOLDER else path
        told = OSError(error.errno, error.strerror, str(meant))
        raise of_os_error(told, f"写 {path.name} ", safe="原来的文件和数据都没有动") from error
