"""``colonnade report build | verify | check | compare``."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from colonnade.analysis.figures.published import read_figures
from colonnade.analysis.figures.verification import verify_figures
from colonnade.analysis.queries import released_figures
from colonnade.analysis.snapshot import current_snapshot, write_snapshot
from colonnade.config.cli.grammar import add_audience, command
from colonnade.config.database import connect_settings
from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.build import build_report
from colonnade.reporting.claims.command import run_check
from colonnade.reporting.comparison.builds import open_builds
from colonnade.reporting.comparison.figures import Outcome, compare_figures
from colonnade.reporting.comparison.telling import as_json, as_lines
from colonnade.reporting.registry import SnapshotRegistry, registry_of
from colonnade.reporting.verify_documents import verify_documents

#: Records and cells of each difference that ``compare`` prints unless told otherwise.
LISTED = 5


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands under ``report``."""
    group = commands.add_parser("report", help="build, verify and check reports")
    under = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    build = command(under, "build", "build a report in every format, with its snapshot", run_build)
    build.add_argument("name", metavar="NAME", help="a report of the data pack, such as annex-ii")
    build.add_argument("--inventory", help="the inventory to report on (default: the report's own)")
    add_audience(build)
    build.add_argument("--out", type=Path, help="the folder to build into (default: out/NAME)")
    check = command(under, "verify", "recompute every figure of a built report from its snapshot", run_verify)
    check.add_argument("folder", type=Path, metavar="DIR")
    compare = command(
        under, "compare", "say which figures of two builds differ, and which records are behind it", run_compare
    )
    compare.add_argument("before", type=Path, metavar="DIR", help="the earlier build")
    compare.add_argument("after", type=Path, metavar="DIR", help="the later build")
    compare.add_argument("--json", action="store_true", help="print everything as JSON")
    compare.add_argument(
        "--records",
        type=int,
        default=LISTED,
        metavar="N",
        help=f"list up to N records of each kind of difference, and N cells of each table (default: {LISTED})",
    )
    claims = command(
        under, "check", "hold a published document's numbers against each other and the registry", run_claims
    )
    claims.add_argument("file", type=Path, metavar="FILE", help="the claims, such as strategies/ungcts/claims.toml")
    claims.add_argument("--json", action="store_true", help="print the findings as JSON")
    claims.add_argument("--report", help="the report whose parameters the figures take (default: the pack's first)")
    claims.add_argument("--document-only", action="store_true", help="leave the registry out")


def reports_of(pack_folder: Path) -> list[str]:
    """The names of the reports that a data pack brings."""
    return sorted(path.parent.name for path in pack_folder.glob("reports/*/report.toml"))


def run_build(arguments: argparse.Namespace) -> int:
    """Snapshot, figures, files."""
    connect_settings()
    out = arguments.out or Path("out") / arguments.name
    build(arguments.name, audience=arguments.audience, inventory=arguments.inventory, out=out)
    return 0


def build(name: str, *, audience: str, inventory: str | None, out: Path) -> None:
    """Build report ``name`` into ``out`` from the registry as it stands."""
    with tempfile.TemporaryDirectory(prefix="colonnade-") as work:
        snapshot = Path(work) / "snapshot"
        write_snapshot(snapshot, AUDIENCES[audience])
        built = build_report(
            settings.PACK_DIR / "reports" / name,
            snapshot,
            audience=AUDIENCES[audience],
            inventory=inventory,
            out=out,
            released=released_figures(AUDIENCES[audience].viewer),
        )
    print(built)


def run_verify(arguments: argparse.Namespace) -> int:
    """Recompute; 1 where anything differs."""
    figures = verify_figures(arguments.folder)
    documents = verify_documents(arguments.folder, read_figures(arguments.folder))
    differences = (*figures.differences, *documents.differences)
    for difference in differences:
        print(difference)
    for release in figures.attested:
        print(
            f"attested, not recomputed: {release.title} ({release.figure}): released to {release.audience}, "
            f"as of {release.as_of}; one person of the secretariat proposed it, another approved it on "
            f"{release.approved_on}; release {release.release}"
        )
    print(
        f"checked: {figures.figures} figures recomputed, {figures.files} snapshot files, "
        f"{documents.numbers} numbers in report.docx; "
        "not checked: cells of tables in report.docx, report.html, report.pdf, report.xlsx, prose"
    )
    print(f"{arguments.folder}: {len(differences)} difference(s)")
    return 0 if all(difference.only_noted for difference in differences) else 1


def run_compare(arguments: argparse.Namespace) -> int:
    """Compare two built folders; 1 where a figure differs."""
    before, after = open_builds(arguments.before, arguments.after)
    changes = compare_figures(before.figures, after.figures)
    if arguments.json:
        print(json.dumps(as_json(changes, before, after), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(changes, before, after, listed=max(0, arguments.records)):
            print(line)
    return 0 if all(change.outcome is Outcome.SAME for change in changes) else 1


def run_claims(arguments: argparse.Namespace) -> int:
    """Check the document against itself and, unless told otherwise, against the registry."""
    registry: SnapshotRegistry | None = None
    if not arguments.document_only:
        connect_settings()
        report = arguments.report or next(iter(reports_of(settings.PACK_DIR)), "")
        registry = registry_of(settings.PACK_DIR / "reports" / report, current_snapshot())
    return run_check(arguments.file, as_json=arguments.json, registry=registry, out=sys.stdout)
