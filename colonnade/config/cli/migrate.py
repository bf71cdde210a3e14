"""``colonnade migrate``: bring the database's tables up to date, as their owner."""

import argparse

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.config.tables import bring_up_to_date


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command(commands, "migrate", "bring the database's tables up to date", run)


def run(_: argparse.Namespace) -> int:
    """Migrate and grant, unless everything is in place."""
    connect_settings()
    bring_up_to_date()
    return 0
