"""The fund's books over a long random history: receipts in four currencies, allocations, expenditure, corrections.

``python -m benchmarks.books --steps 100000 --seed 1`` prints the steps, what was booked and refused, and by how much
debits and credits differ, which is nothing. The exit status is 1 where anything is not as it must be.
"""

import argparse
import sys
import time
from random import Random

from colonnade.funding.tests.histories import History

STEPS, EVERY = 100_000, 20_000


def main() -> int:
    """Run the history; look at all of the books on the way and at its end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.books", description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    history = History(Random(asked.seed))  # noqa: S311  # a history that can be run again
    began = time.perf_counter()
    faults: list[str] = []
    for done in range(0, asked.steps, EVERY):
        history.run(min(EVERY, asked.steps - done))
        faults += history.faults()
    booked, refused = sum(history.happened.values()), sum(history.refused.values())
    print(
        f"books: {booked + refused:,} steps (seed {asked.seed}) in {time.perf_counter() - began:.1f} s:"
        f" {booked:,} booked, {refused:,} refused, imbalance {history.worst} after every step; faults {len(faults)}"
    )
    print("  booked: " + ", ".join(f"{name} {number:,}" for name, number in sorted(history.happened.items())))
    for fault in faults[:10]:
        print(f"  FAULT: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
