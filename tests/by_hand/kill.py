"""Kill every act of the program over and over, and print what was lost or spoilt; 1 where anything was.

python tests/by_hand/kill.py                         the full run
python tests/by_hand/kill.py save import --kills 8   a smaller one
python tests/by_hand/kill.py save --sabotage log_apart
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "crash")]

from crash_acts import ACTS
from crash_harness import KILLS, LEAST_INSIDE, load_everything, run, table
from sabotage import SABOTAGES

from wuling_desktop.storage import keys


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("acts", nargs="*", choices=[[], *(act.name for act in ACTS)], metavar="act")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--inside", type=int, default=LEAST_INSIDE, help="of them at least inside the act")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", choices=SABOTAGES, default="")
    parser.add_argument("--work", type=Path, help="where the trials lie while they last")
    parser.add_argument("--json", action="store_true", help="what was seen, for a program")
    told = parser.parse_args()
    keys.SCRYPT_COST = 2**10  # stretching a password has its own test, and would be most of the time here
    load_everything()
    counts = run(
        told.acts,
        kills=told.kills,
        least_inside=told.inside,
        seed=told.seed,
        sabotage=told.sabotage,
        work=told.work,
    )
    if told.json:
        print(json.dumps([asdict(count) for count in counts], ensure_ascii=False))
    else:
        faults = (f"{count.act}: {fault}" for count in counts for fault in count.faults)
        print(table(counts), *faults, sep="\n")
    return int(any(count.damage for count in counts))


if __name__ == "__main__":
    raise SystemExit(main())
