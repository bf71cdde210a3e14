"""``colonnade check --deploy``: whether the settings are safe for real records."""

import argparse
import sys

from django.db import OperationalError

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.config.deployment import findings, in_the_database
from colonnade.config.private_postgres import PrivatePostgresError

FINE, FOUND, COULD_NOT_ASK = 0, 1, 2


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "check", "say what is wrong with the settings: 0 nothing unsafe, 1 something is", run)
    parser.add_argument("--deploy", action="store_true", required=True, help="for a registry that holds real records")


def run(_: argparse.Namespace) -> int:
    """Print every finding; 2 where the database could not be asked, whatever else was found."""
    found = list(findings())
    asked = True
    try:
        connect_settings()
        found += in_the_database()
    except (OperationalError, PrivatePostgresError) as error:
        print(f"colonnade: the database could not be asked: {error}".rstrip(), file=sys.stderr)
        asked = False
    for one in found:
        print(one)
    unsafe = sum(not one.warning for one in found)
    print(f"{unsafe} unsafe setting(s), {len(found) - unsafe} warning(s)")
    if not asked:
        return COULD_NOT_ASK
    return FOUND if unsafe else FINE
