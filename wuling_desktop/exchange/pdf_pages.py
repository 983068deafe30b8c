"""The pages of a PDF that somebody attached, as dots: drawn in a child process with caps, which may die alone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from wuling_desktop.exchange.reading import child, limits

FROZEN_VERB = "--draw-pdf-page"  # a frozen program starts itself with this, and calls `main`
_MOST_DOTS = 4_000  # across or down, whatever is asked for
_SHORT = 24 * 2**10  # bytes of the line before the dots


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page drawn: its place among all, counted from 0, and its dots as BGRx, four bytes each."""

    number: int
    pages: int
    width: int
    height: int
    dots: bytes


def page_of(content: bytes, number: int, width: int, height: int) -> PdfPage | None:
    """Return a page no larger than `width` × `height` dots; None where the file cannot be drawn."""
    asked = json.dumps({"number": number, "width": min(width, _MOST_DOTS), "height": min(height, _MOST_DOTS)})
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            child.started(__name__, FROZEN_VERB),
            input=asked.encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.WALL_SECONDS,
            check=False,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return None
    line, _, dots = done.stdout.partition(b"\n")
    try:
        told = json.loads(line[:_SHORT])
        page = PdfPage(told["number"], told["pages"], told["width"], told["height"], dots)
    except (ValueError, KeyError, TypeError):
        return None
    return page if len(dots) == page.width * page.height * 4 else None


def main() -> None:
    """Be the child: draw one page of the PDF on standard input."""
    child.cap()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not spoil the answer
    line, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(line)
    import pypdfium2  # noqa: PLC0415 - only the child draws

    try:
        with pypdfium2.PdfDocument(content) as document:
            number = min(max(asked["number"], 0), len(document) - 1)
            page = document[number]
            across, down = page.get_size()
            scale = min(asked["width"] / across, asked["height"] / down)
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            told = {"number": number, "pages": len(document), "width": bitmap.width, "height": bitmap.height}
            rows = bytes(bitmap.buffer)
            tight = b"".join(rows[row * bitmap.stride :][: bitmap.width * 4] for row in range(bitmap.height))
    except pypdfium2.PdfiumError:  # damaged, protected, or none at all: nothing is answered
        return
    out.write(json.dumps(told).encode() + b"\n" + tight)
    out.flush()
