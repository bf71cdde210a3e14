"""``colonnade iati import``: published activities into an inventory."""

import argparse
from pathlib import Path

from django.conf import settings

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.core.actor import COMMAND_LINE
from colonnade.exchange.iati.importing import import_files


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what is under it."""
    group = commands.add_parser("iati", help="exchange activities in the IATI standard")
    under = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = command(under, "import", "read published IATI 2.0x activity files into an inventory", run)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--inventory",
        default="published",
        help="the key of a new inventory, or of one that holds published activities (default: published)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Import, and list every field that was left out, with its mend.

    0 where all was taken, 1 where files or fields were left out. ``ProblemsFound`` where nothing could be taken.
    """
    connect_settings()
    summary = import_files(
        arguments.files, inventory_key=arguments.inventory, pack_folder=settings.PACK_DIR, actor=COMMAND_LINE
    )
    print(summary)
    return 1 if summary.refused or summary.problems else 0
