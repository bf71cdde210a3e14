"""``colonnade snapshot``: write the registry, as an audience may see it, to Parquet."""

import argparse
from pathlib import Path

from colonnade.analysis.snapshot import write_snapshot
from colonnade.config.cli.grammar import add_audience, command
from colonnade.config.database import connect_settings
from colonnade.core.viewer import AUDIENCES


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "snapshot", "write what an audience may see to Parquet, with a manifest", run)
    add_audience(parser)
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")


def run(arguments: argparse.Namespace) -> int:
    """Write the snapshot and say what is in it."""
    connect_settings()
    manifest = write_snapshot(arguments.out, AUDIENCES[arguments.audience])
    rows = sum(file.rows for file in manifest.files)
    print(f"{arguments.out}: snapshot {manifest.snapshot_id}, {len(manifest.files)} files, {rows:,} rows")
    return 0
