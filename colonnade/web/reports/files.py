"""The files of a report, built on request for an audience and kept until what the audience reads changes."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colonnade.analysis.queries import released_figures
from colonnade.analysis.snapshot import write_snapshot
from colonnade.core.viewer import Audience
from colonnade.reporting.build import Inventory, build_report
from colonnade.reporting.folder import Report
from colonnade.web.shared.audiences import Reader
from colonnade.web.shared.reading import open_reading

#: Builds that are kept: a few audiences of the newest snapshot.
KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that a build leaves, and how it is offered."""

    name: str
    title: Promise | str


FILES: Final = (
    ReportFile("report.docx", _("Word")),
    ReportFile("report.pdf", _("PDF")),
    ReportFile("report.xlsx", _("Excel")),
    ReportFile("report.html", _("HTML, one file")),
    ReportFile("figures.json", _("The figures (JSON)")),
)


def built_file(report: Report, file: str, audience: Audience, inventory: Inventory | None) -> Path:
    """The file of the report as ``audience`` may read it now. The first who asks waits for the build."""
    key = inventory.key if inventory else report.inventory
    folder = folder_of(report, audience, key)
    store = folder.parent
    if not folder.is_dir():
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(store / "lock"):
            if not folder.is_dir():
                _build(report, audience, key, folder)
                _forget_older(store)
    return folder / file


def folder_of(report: Report, audience: Audience, inventory: str) -> Path:
    """Where the files of the registry, as the audience reads it, are, once they are built."""
    store: Path = settings.STATE_DIR / "reports"
    return store / f"{open_reading(Reader(audience.viewer, '')).snapshot_id}-{report.name}-{inventory}-{audience.key}"


def _build(report: Report, audience: Audience, inventory: str, folder: Path) -> None:
    """Build beside the place and move there whole, so that nobody reads half a file."""
    with tempfile.TemporaryDirectory(prefix=".build-", dir=folder.parent) as work:
        snapshot, out = Path(work) / "snapshot", Path(work) / "out"
        write_snapshot(snapshot, audience)
        build_report(
            settings.PACK_DIR / "reports" / report.name,
            snapshot,
            audience=audience,
            inventory=inventory,
            out=out,
            released=released_figures(audience.viewer),
        )
        out.rename(folder)


def _forget_older(store: Path) -> None:
    folders = sorted(
        (path for path in store.iterdir() if path.is_dir() and not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for folder in folders[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
