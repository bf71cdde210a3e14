"""Whether edits of the same records at once lose any: ``python -m benchmarks.edits [--clients 32] [--edits 20000]``.

Prints what was saved and refused, what titles, versions and the log count of it, and whether the sealed log verifies.
The exit status is 1 where anything was lost.
"""

import argparse
import sys
import time

from benchmarks.databases import empty_registry
from benchmarks.writers import count, edits, fill, run_clients, sealer_at_work
from colonnade.audit.sealing import seal_waiting
from colonnade.audit.verification import verify_database

CLIENTS, EDITS, PROJECTS = 32, 20_000, 40


def main() -> int:
    """Edit, count, verify."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--projects", type=int, default=PROJECTS, help="how many projects they share")
    asked = parser.parse_args()
    with empty_registry("bench_edits"):
        projects, officer = fill(asked.projects)
        began = time.perf_counter()
        with sealer_at_work():
            done = run_clients(asked.clients, projects, officer, edits(asked.edits))
        seconds = time.perf_counter() - began
        counted = count(projects)
        seal_waiting()
        verified = verify_database()
    print(
        f"edits: {asked.clients} clients, {asked.projects} projects: {done.saved:,} saved in {seconds:.0f} s"
        f" ({done.saved / seconds:.0f} a second), {done.refused:,} refused and tried again"
    )
    print(
        f"edits: titles count {counted.titles:,}, versions {counted.versions:,}, the log {counted.events:,}"
        f" with {counted.gaps} gaps; lost: {asked.edits - counted.titles:,}"
    )
    print(f"edits: the log {'verifies' if verified.holds else 'DOES NOT VERIFY'}: {list(verified.lines())[-1]}")
    whole = counted.agree_on(asked.edits) and done.saved == asked.edits and verified.holds and not verified.unsealed
    print(f"edits: {'none lost' if whole else 'LOST'}", flush=True)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
