"""What the benchmarks share: processes of their own, rounds in turn, medians, and a line that shows its goal.

A ratio is the median of the ratios of each round, so that a slow spell of the machine falls on both sides. Beside the
seconds by the clock stand those of the processor, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Figures = dict[str, Any]  # seconds, processor, peak and whatever else a way to do the job tells of itself
ROUNDS = 3
MARGIN = 1.25  # so much over its goal counts as missed, less as over it: the machine is never alone
_CHILD = "--child"
_SOFFICE = "soffice"


def arguments(text: str, sizes: Sequence[int]) -> argparse.Namespace:
    """Return `sizes` and `rounds` as the user gave them; `text` is the docstring of the script."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(sizes), help="how many people")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


def run(main: Callable[[], int], ways: Mapping[str, Callable[..., Figures]]) -> None:
    """Be the whole benchmark, or in a process of its own one of the ways to do the job."""
    if sys.argv[1:2] == [_CHILD]:
        figures = ways[sys.argv[2]](*sys.argv[3:])
        print("\n" + json.dumps(figures), flush=True)
        os._exit(0)  # without waiting for what Qt or a closing file would still do
    sys.exit(main())


def each_size(text: str, sizes: Sequence[int], compare: Callable[[Path, int, int], int]) -> int:
    """Compare at each size on a ground of its own (place, size, rounds) and return the number of goals missed."""
    given = arguments(text, sizes)
    told_of_the_machine()
    missed = 0
    for count in given.sizes:
        with ground() as place:
            missed += compare(place, count, given.rounds)
    return missed


@contextmanager
def ground() -> Iterator[Path]:
    """Yield a folder that goes again, with the program's settings and logs in it too."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as place:
        os.environ.update(dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"), place))
        yield Path(place)


def timed(job: Callable[[], Any]) -> Figures:
    """Do a job and return its seconds, those of the processor (children too), and the peak of memory meanwhile."""
    with suppress(OSError):  # what came before it, a key derived in 128 MB, does not count
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    begun, worked = time.perf_counter(), _worked()
    job()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "processor": _worked() - worked, **peaks()}


def peaks() -> Figures:
    """Return the most memory this process and the largest of its children ever held, in MB."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
        import resource  # noqa: PLC0415 - not on Windows
    except (OSError, ImportError):
        return {"peak": 0.0, "child": 0.0}
    own = re.search(r"VmHWM:\s+(\d+)", told)
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"peak": int(own[1]) / 1024 if own else 0.0, "child": child}


def alone(way: str, *given: object) -> Figures:
    """Return the figures of one way to do the job, done by the running script in a process of its own."""
    code = [sys.executable, sys.argv[0], _CHILD, way, *map(str, given)]
    # An installed program has its bytecode; where writing it is switched off, the sources would be compiled every time.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(code, stdout=subprocess.PIPE, text=True, env=surroundings, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])  # type: ignore[no-any-return]  # our own child's object


class InTurn:
    """Ways to do one job, each done once a round; those in `once` are too slow for more than the first round."""

    def __init__(
        self, ways: Mapping[str, Callable[[], Figures]], rounds: int = ROUNDS, once: Sequence[str] = ()
    ) -> None:
        self.figures: dict[str, list[Figures]] = {name: [] for name in ways}
        for number in range(rounds):
            for name, way in ways.items():
                if not number or name not in once:
                    self.figures[name].append(way())

    def median(self, way: str, key: str = "seconds") -> float:
        """Return the median of a figure."""
        return statistics.median(each[key] for each in self.figures[way])

    def ratio(self, way: str, floor: str, key: str = "seconds", of: str = "seconds") -> float:
        """Return the median ratio of a figure to that of another way in the same round."""
        return self.against(way, lambda round_: round_[floor][of], key)

    def against(
        self, way: str, floor: Callable[[Mapping[str, Figures]], float], key: str = "seconds"
    ) -> float:
        """Return the median ratio of a figure to what `floor` makes of the figures of its round."""
        names = list(self.figures)
        rounds = [dict(zip(names, each, strict=False)) for each in self._rounds()]
        return statistics.median(each[way][key] / floor(each) for each in rounds)

    def judge(self, text: str, way: str, floor: str, goal: float) -> int:
        """Print a ratio by the clock beside its goal, and the one by the processor; 1 where it is missed."""
        own, below = self.median(way, "processor"), self.median(floor, "processor")
        beside = self.ratio(way, floor, "processor", "processor") if own and below else None
        return judge(text, self.ratio(way, floor), goal, beside)

    def _rounds(self) -> Iterator[list[Figures]]:
        """Yield the rounds; what was done only once stands in each of them."""
        count = max(map(len, self.figures.values()))
        for number in range(count):
            yield [done[min(number, len(done) - 1)] for done in self.figures.values()]

    def tell(self, way: str, text: str) -> None:
        """Print how long a way took and how much memory it held."""
        peak, child = self.median(way, "peak"), self.median(way, "child")
        memory = f"{peak:5.0f} MB" if peak else ""
        beside = f" + {child:.0f} MB in its child" if child > peak / 4 else ""
        print(
            f"  {text:52} {self.median(way) * 1000:9.1f} ms   "
            f"processor {self.median(way, 'processor') * 1000:9.1f} ms   {memory}{beside}"
        )


def judge(text: str, ratio: float, goal: float, processor: float | None = None) -> int:
    """Print a ratio beside its goal; the answer is 1 where it is missed by more than the margin."""
    verdict = "" if ratio <= goal else "   over" if ratio <= goal * MARGIN else "   MISSED"
    beside = "" if processor is None else f"   by the processor {processor:.3f} ×"
    print(f"  {text:52} {ratio:9.3f} ×   goal {goal:.3f} ×{beside}{verdict}", flush=True)
    return ratio > goal * MARGIN


def told_of_the_machine() -> None:
    """Print what else the machine is doing."""
    if hasattr(os, "getloadavg"):
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)


def has_office() -> bool:
    """Whether LibreOffice is installed; where it is missing that is printed."""
    found = shutil.which(_SOFFICE) is not None
    if not found:
        print("  LibreOffice is not installed here: not compared with it")
    return found


def office(place: Path, target: str, file: Path) -> Figures:
    """Have LibreOffice convert a file, the whole process, with a profile of its own that is warm from the second time on."""
    profile = place / "office"
    code = [_SOFFICE, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    code += ["--infilter=CSV:44,34,76,1"] if file.suffix == ".csv" else []
    code += ["--convert-to", target, "--outdir", str(place / "converted"), str(file)]

    def convert() -> None:
        subprocess.run(code, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    if not profile.exists():
        convert()
    return {**timed(convert), "peak": 0.0, "child": 0.0}


def _worked() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
