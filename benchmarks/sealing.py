"""What sealing costs those who write: clients that edit at once, with the sealer at work and without, in turns.

The two are alternated in one run (without, with, with, without, ...), so that a machine that others use slows both
alike. The ratio is that of the edits in all turns of each; its spread over the pairs is printed beside it.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from benchmarks.databases import empty_registry
from benchmarks.timing import peak_mib
from benchmarks.writers import fill, run_clients, sealer_at_work
from colonnade.audit.models import Waiting
from colonnade.audit.sealing import EVERY, seal_waiting
from colonnade.audit.verification import verify_database

CLIENTS, PAIRS, SECONDS = 32, 6, 8.0
#: So many projects that clients seldom meet: this is about writing, not about waiting for each other.
PROJECTS: Final = 2_000
#: The share of the throughput that sealing may cost.
BOUND: Final = 0.10


def main() -> None:
    """Alternate, and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sealing", description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each turn")
    asked = parser.parse_args()
    saved: dict[bool, list[float]] = {False: [], True: []}
    sealed = 0
    with empty_registry("bench_sealing"):
        projects, officer = fill(PROJECTS)
        run_clients(asked.clients, projects, officer, _until(2.0))  # connections and plans are made
        for pair in range(asked.pairs):
            for sealing in (False, True) if pair % 2 == 0 else (True, False):
                seal_waiting()  # each turn begins with nothing that waits
                with sealer_at_work() if sealing else nullcontext():
                    began = time.perf_counter()
                    done = run_clients(asked.clients, projects, officer, _until(asked.seconds), seed=pair)
                    saved[sealing].append(done.saved / (time.perf_counter() - began))
                # An edit is one statement, and waits in one row.
                sealed += done.saved - Waiting.objects.count() if sealing else 0
        seal_waiting()
        holds = verify_database().holds
    without, with_it = (statistics.mean(saved[sealing]) for sealing in (False, True))
    ratios = sorted(one / other for one, other in zip(saved[True], saved[False], strict=True))
    lost = 1 - with_it / without
    print(
        f"sealing: {asked.clients} clients, {asked.pairs} turns of {asked.seconds:.0f} s each, a seal every"
        f" {EVERY:.0f} s: {with_it:.0f} edits a second with the sealer, {without:.0f} without;"
        f" ratio {with_it / without:.3f} (pairs {ratios[0]:.3f} to {ratios[-1]:.3f}, median"
        f" {statistics.median(ratios):.3f}); lost {lost:.1%}; bound {BOUND:.0%}:"
        f" {'within' if lost < BOUND else 'MISSED'}; {sealed:,} edits sealed while they were written;"
        f" the log {'verifies' if holds else 'DOES NOT VERIFY'}; peak memory {peak_mib():.0f} MiB",
        flush=True,
    )


def _until(seconds: float) -> Callable[[], bool]:
    ending = time.monotonic() + seconds
    return lambda: time.monotonic() < ending


if __name__ == "__main__":
    main()
