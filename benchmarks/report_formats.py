"""The report in all five formats, over the illustrative portfolio of 314 projects."""

import tempfile
from pathlib import Path

from django.conf import settings

from benchmarks.timing import report, timed
from colonnade.analysis.snapshot import write_snapshot
from colonnade.config.database import configure_databases, connect_settings, temporary_database
from colonnade.config.tables import bring_up_to_date
from colonnade.core.actor import COMMAND_LINE
from colonnade.core.viewer import AUDIENCES
from colonnade.packs.illustrative.recording import record_illustrative_portfolio
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack
from colonnade.reporting.build import build_report


def main() -> None:
    """Load, then build the report several times."""
    connect_settings()
    with temporary_database("bench_report") as urls, tempfile.TemporaryDirectory() as work:
        configure_databases(settings.DATABASES, urls)
        bring_up_to_date()
        pack = read_pack(settings.PACK_DIR)
        load_pack(pack, actor=COMMAND_LINE)
        record_illustrative_portfolio(pack, actor=COMMAND_LINE)
        snapshot = Path(work) / "snapshot"
        audience = AUDIENCES["secretariat"]
        write_snapshot(snapshot, audience)
        outs = iter(Path(work) / f"out-{number}" for number in range(100))
        built = timed(
            lambda: build_report(
                settings.PACK_DIR / "reports" / "annex-ii", snapshot, audience=audience, inventory=None, out=next(outs)
            ),
            runs=3,
            warm=1,
        )
        report("Report in HTML, Word, PDF, Excel and JSON", "314 projects", built, 10)


if __name__ == "__main__":
    main()
