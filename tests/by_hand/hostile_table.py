"""Every hostile file through its door, each in a process of its own, and a table of what it was answered with.

    tests/by_hand/hostile_table.py [CLASS or part of a name …]

Takes some minutes. The last lines count what must not be: deaths, hangs, too slow, too much memory, lost in silence.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]

from hostile import measured  # first: it makes the other modules be found
from hostile.corpus import CLASSES
from hostile.judging import faults


def main(wanted: list[str]) -> int:
    """Print the table; return how many files were answered wrongly."""
    seen: Counter[str] = Counter()
    longest, most = 0.0, 0.0
    for class_, files in CLASSES.items():
        for file in files:
            if wanted and not any(word in (class_, file.name) or word in file.name for word in wanted):
                continue
            with tempfile.TemporaryDirectory(prefix="hostile-") as place:
                folder = Path(place) / "files"
                folder.mkdir()
                answer, megabytes = measured.measured(class_, file.make(folder), Path(place))
            wrong = faults(file, answer, megabytes)
            seen[answer.outcome] += 1
            seen["wrong"] += bool(wrong)
            longest, most = max(longest, answer.seconds), max(most, megabytes)
            sentence = answer.sentence.split("\n")[0][:60]
            print(
                f"{class_:10} {file.name:45} {answer.outcome:8} {answer.seconds:5.2f} s {megabytes:4.0f} MB  {sentence}"
            )
            for fault in wrong:
                print(f"    !! {fault}")
            sys.stdout.flush()
    print(dict(seen), f"longest {longest:.2f} s, most {most:.0f} MB")
    return seen["wrong"]


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
