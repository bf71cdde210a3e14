"""A registry of 100,000 projects: its snapshot, and every figure of the report over that snapshot."""

import tempfile
from pathlib import Path

from django.conf import settings

from benchmarks.filling import registry_of
from benchmarks.timing import report, timed
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute_many
from colonnade.analysis.snapshot import write_snapshot
from colonnade.analysis.store import open_snapshot
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.folder import read_report

PROJECTS = 100_000


def main() -> None:
    """Fill, snapshot, count."""
    with registry_of(PROJECTS), tempfile.TemporaryDirectory() as work:
        folders = iter(Path(work) / str(number) for number in range(100))
        audience = AUDIENCES["secretariat"]
        snapshot = timed(lambda: write_snapshot(next(folders), audience), runs=3, warm=1)
        report("Snapshot", f"{PROJECTS:,} projects in two inventories", snapshot, 15)
        newest = max(Path(work).iterdir(), key=lambda path: path.stat().st_mtime)
        text = read_report(settings.PACK_DIR / "reports" / "annex-ii", library())
        keys = sorted(text.mentions.figures)
        parameters = {**text.parameters_of("portfolio-2019"), "inventory": "bench", "previous": "bench-before"}
        opened = open_snapshot(newest, audience.viewer)
        figures = timed(
            lambda: compute_many(opened.cursor(), [library()[key] for key in keys], parameters), runs=5, warm=1
        )
        report("Figures of the report", f"{len(keys)} figures over {PROJECTS:,} projects", figures, 2)


if __name__ == "__main__":
    main()
