"""Parsing the command line and handing over to one module for each command."""

import argparse
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")

import django  # settings are named above

django.setup()

from django.db import OperationalError  # noqa: E402  # Django must be set up before anything that has models

from colonnade.analysis.figures.published import PublishedUnreadable  # noqa: E402  # after set-up
from colonnade.analysis.manifest import ManifestError  # noqa: E402  # after set-up
from colonnade.analysis.matching.embedding import ModelUnreadable  # noqa: E402  # after set-up
from colonnade.analysis.snapshot import NothingLoaded  # noqa: E402  # after set-up
from colonnade.analysis.store import SnapshotUnreadable  # noqa: E402  # after set-up
from colonnade.audit.anchors import AnchorUnreadable  # noqa: E402  # after set-up
from colonnade.audit.exported import ExportUnreadable  # noqa: E402  # after set-up
from colonnade.config.backup.manifest import BackupRefused  # noqa: E402  # after set-up
from colonnade.config.cli import (  # noqa: E402  # after set-up
    allocate,
    audit,
    backup,
    check,
    demo,
    iati,
    individuals,
    load,
    match,
    migrate,
    overlap,
    people,
    remind,
    report,
    serve,
    snapshot,
)
from colonnade.config.deployment import UnsafeSettings  # noqa: E402  # after set-up
from colonnade.config.private_postgres import PrivatePostgresError  # noqa: E402  # after set-up
from colonnade.core.problems import ProblemsFound  # noqa: E402  # after set-up
from colonnade.reporting.build import FolderInUse, UnknownInventory, WrongAudience  # noqa: E402  # after set-up
from colonnade.reporting.comparison.builds import NotComparable  # noqa: E402  # after set-up

FINE, FOUND, COULD_NOT_RUN = 0, 1, 2
#: What stops a command with a sentence that names the mend, rather than a trace.
COULD_NOT = (
    NothingLoaded,
    ManifestError,
    ModelUnreadable,
    SnapshotUnreadable,
    PublishedUnreadable,
    UnknownInventory,
    WrongAudience,
    FolderInUse,
    NotComparable,
    PrivatePostgresError,
    AnchorUnreadable,
    ExportUnreadable,
    BackupRefused,
    UnsafeSettings,
    FileExistsError,
    FileNotFoundError,
    PermissionError,
)
COMMANDS = (
    demo,
    serve,
    migrate,
    load,
    snapshot,
    report,
    iati,
    audit,
    people,
    remind,
    backup,
    check,
    individuals,
    allocate,
    match,
    overlap,
)


def parser() -> argparse.ArgumentParser:
    """The whole grammar; every command adds its own part."""
    top = argparse.ArgumentParser(
        prog="colonnade", description="The shared registry, analysis room and report press of a strategy."
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except ProblemsFound as found:
        for problem in found.problems:
            print(problem, file=sys.stderr)
        print(f"{len(found.problems)} problem(s); nothing was changed.", file=sys.stderr)
        return COULD_NOT_RUN
    except COULD_NOT as error:
        message = error.args[0] if isinstance(error, LookupError) and error.args else error
        print(f"colonnade: {message}", file=sys.stderr)
        return COULD_NOT_RUN
    except OperationalError as error:
        print(f"colonnade: the database cannot be reached: {error}".rstrip(), file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return 130
    return status
