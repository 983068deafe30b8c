"""Let every write of every act fail in turn, each with three errors of the disk, and print what was wrong; 1 where anything was.

python tests/by_hand/fail.py                          each of them
python tests/by_hand/fail.py restore --sample 5       five of them, drawn over the whole act
"""

from __future__ import annotations

import argparse
import errno
import json
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "crash")]

from crash_acts import ACTS
from crash_harness import Ground, load_everything
from failing_writes import CODES, FailingWrites, Failure

from wuling_desktop.storage import keys


def tried(trial: FailingWrites, writes: int, sample: int, chance: random.Random) -> list[Failure]:
    """Let each write fail with each error; or so many, one in each of as many equal parts of the act, with one."""
    if not sample:
        return [trial.fail(number, code) for number in range(1, writes + 1) for code in CODES]
    numbers = {1 + int((part + chance.random()) * writes / sample) for part in range(sample)}
    return [trial.fail(number, chance.choice(CODES)) for number in sorted(numbers)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("acts", nargs="*", choices=[[], *(act.name for act in ACTS)], metavar="act")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="where the trials lie while they last")
    parser.add_argument("--json", action="store_true", help="what was seen, for a program")
    told = parser.parse_args()
    keys.SCRYPT_COST = 2**10  # stretching a password has its own test, and would be most of the time here
    load_everything()
    seen, faulty = [], 0
    with tempfile.TemporaryDirectory(prefix="fail-", dir=told.work) as place:
        for act in ACTS:
            if told.acts and act.name not in told.acts:
                continue
            trial = FailingWrites(Ground(act, Path(place) / act.name))
            writes = trial.count()
            found = tried(trial, writes, told.sample, random.Random(f"{told.seed} {act.name}"))
            faulty += sum(bool(failure.faults) for failure in found)
            seen.append({"act": act.name, "writes": writes, "failures": [asdict(each) for each in found]})
            if not told.json:
                refused = sum(failure.refused for failure in found)
                print(
                    f"{act.name}: {writes} writes, {len(found)} failed, {refused} times the act was refused"
                )
                for each in found:
                    where = f"  {each.number} {errno.errorcode[each.code]} {each.stopped}"
                    print(
                        *(f"{where}: {fault}" for fault in each.faults),
                        sep="\n",
                        end="\n" * bool(each.faults),
                    )
    if told.json:
        print(json.dumps(seen, ensure_ascii=False))
    return int(faulty > 0)


if __name__ == "__main__":
    raise SystemExit(main())
