"""Tries the app hard and prints a table: `python3 dev.py soak [--quick] [--case NAME]... [--seed N]`."""

import argparse
import sys
from collections.abc import Sequence

from tests.soak.cases import CASES
from tests.soak.effort import Effort
from tests.soak.runner import FAILED, run_all, table


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py soak", description="Tries the app hard and prints a table.")
    parser.add_argument("--quick", action="store_true", help="a sample of everything")
    parser.add_argument("--case", action="append", choices=list(CASES), metavar="NAME", help="this case alone")
    parser.add_argument("--seed", type=int, default=Effort.seed, help="for other random choices")
    given = parser.parse_args(arguments)
    rows = []
    for row in run_all(given.case or list(CASES), is_full=not given.quick, seed=given.seed):
        rows.append(row)
        print(f"{row.result:<5} {row.case}: {row.tries:,} tries in {row.seconds:.1f} s", file=sys.stderr, flush=True)
        if row.result == FAILED:
            print(row.said, file=sys.stderr)
    rows.sort(key=lambda row: list(CASES).index(row.case))
    print(table(rows), flush=True)
    return int(any(row.result == FAILED for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
