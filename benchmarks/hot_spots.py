"""Where the time of a page goes: each kind opened in this process, warm, under cProfile; not part of ``make bench``.

``python -m benchmarks.hot_spots [KIND ...]`` prints for every kind of page: processor and wall time, queries of
PostgreSQL, size, and the functions that most time is spent in, own and cumulative.
"""

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.filling import registry_of
from benchmarks.mix import Kind, codes_of_the_registry, drawn_from, kinds
from benchmarks.pages import PROJECTS, officer_session

SEED: Final = 7
FUNCTIONS: Final = 18


def main() -> None:
    """Open each kind of page, first as it is, then under the profiler."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot_spots", description=__doc__)
    parser.add_argument("kinds", nargs="*", help="kinds of pages by name (default: all)")
    parser.add_argument("--officer", action="store_true", help="signed in as a secretariat officer")
    parser.add_argument("--times", type=int, default=40, help="addresses of each kind")
    parser.add_argument("--projects", type=int, default=PROJECTS)
    asked = parser.parse_args()
    with registry_of(asked.projects, name="bench_hot_spots"), _files_of_their_own():
        client = Client(HTTP_ACCEPT_ENCODING="gzip", HTTP_HOST="localhost")
        if asked.officer:
            client.cookies[settings.SESSION_COOKIE_NAME] = officer_session()
        for kind in kinds(codes_of_the_registry()):
            if kind.there and (not asked.kinds or kind.name in asked.kinds):
                _open(client, kind, asked.times)


@contextmanager
def _files_of_their_own() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="colonnade-bench-") as state:
        settings.STATE_DIR = Path(state)
        settings.SNAPSHOT_DIR = Path(state) / "snapshots"
        settings.STATIC_ROOT = Path(state) / "static"
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


def _open(client: Client, kind: Kind, times: int) -> None:
    addresses = [address for _name, address in drawn_from([kind], 2 * times + 3, SEED)]
    for address in addresses[:3]:
        client.get(address)
    wall, processor, sizes, wrong = [], [], [], 0
    for address in addresses[3 : times + 3]:
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(address)
        processor.append(time.process_time() - used)
        wall.append(time.perf_counter() - began)
        sizes.append(len(answer.content))
        wrong += answer.status_code != 200
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[3])
    print(
        f"\n{kind.name}: {_ms(wall)} wall, {_ms(processor)} processor; {len(queries)} queries of PostgreSQL,"
        f" {1000 * sum(float(query['time']) for query in queries):.0f} ms; {statistics.mean(sizes) / 1000:.0f} kB sent;"
        f" {wrong} of {times} not answered by 200",
        flush=True,
    )
    profiler = cProfile.Profile()
    for address in addresses[times + 3 :]:
        profiler.runcall(client.get, address)
    stats = pstats.Stats(profiler).strip_dirs()
    _functions(stats, "cumtime", times)
    _functions(stats, "tottime", times)


def _functions(stats: pstats.Stats, by: str, times: int) -> None:
    at = 3 if by == "cumtime" else 2
    rows = stats.stats  # type: ignore[attr-defined]  # documented by its use in print_stats
    ranked = sorted(rows.items(), key=lambda item: -item[1][at])[: FUNCTIONS * (3 if by == "cumtime" else 1)]
    print(f"  by {by}, ms a page:")
    for (file, line, name), figures in ranked:
        print(f"    {1000 * figures[at] / times:8.2f}  {figures[1] / times:8.1f} calls  {file}:{line} {name}")


def _ms(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} ms (max {1000 * max(seconds):.0f})"


if __name__ == "__main__":
    main()
