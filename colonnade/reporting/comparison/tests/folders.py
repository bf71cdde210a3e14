"""Folders as a build leaves them, without the documents that a comparison does not read."""

import shutil
from pathlib import Path

from django.conf import settings

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute_many
from colonnade.analysis.figures.published import Published, write_figures
from colonnade.analysis.store import open_snapshot
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.build import inventories_in, parameters_over
from colonnade.reporting.folder import read_report
from colonnade.reporting.tests import snapshots

REPORT = Path(settings.PACK_DIR) / "reports" / "annex-ii"


def built(folder: Path, inventory: str, audience: str = "secretariat") -> Path:
    """``figures.json`` and ``snapshot/`` of a build over ``inventory``."""
    snapshot = snapshots.write(folder.with_name(f"{folder.name}-snapshot"), audience=audience)
    opened, report = open_snapshot(snapshot, AUDIENCES["secretariat"].viewer), read_report(REPORT, library())
    connection = opened.cursor()
    parameters = parameters_over(inventories_in(connection)[inventory], report)
    results = compute_many(connection, [library()[key] for key in report.mentions.figures], parameters)
    stated = tuple(result for result in results.values() if result.value is not None)
    folder.mkdir()
    write_figures(folder, Published("annex-ii", audience, opened.manifest.as_of, opened.manifest.snapshot_id, stated))
    shutil.copytree(snapshot, folder / "snapshot")
    return folder
