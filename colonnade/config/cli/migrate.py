"""``colonnade migrate``: bring the database's tables up to date, as their owner."""

import argparse

from django.core.management import call_command
from django.db import connections

from colonnade.audit.operations import application_grants
from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command(commands, "migrate", "bring the database's tables up to date", run)


def run(_: argparse.Namespace) -> int:
    """Migrate and grant, unless everything is in place."""
    connect_settings()
    migrate()
    return 0


def migrate() -> None:
    """Create or change the tables as their owner, then let the application's login use them."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    owner = connections["owner"]
    application = str(connections["default"].settings_dict["USER"])
    if application and application != owner.settings_dict["USER"]:
        with owner.cursor() as cursor:
            for statement in application_grants(application):
                cursor.execute(statement)
    owner.close()
