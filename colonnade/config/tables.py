"""Bringing the database's tables up to date, as their owner, for the application's login and its readers to use."""

import getpass

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from colonnade.audit.operations import application_grants
from colonnade.config.ring import close_ring, open_ring
from colonnade.funding.policies import ONLY_ADDED_TO


def bring_up_to_date() -> None:
    """Create or change the tables as their owner, then let the application's login use them, and readers read.

    :raises colonnade.config.ring.RingNotClosed: when the reader's role is missing and the owner may not make it.
    """
    owner = connections["owner"]
    make_current(owner)
    owner.close()


def make_current(owner: BaseDatabaseWrapper) -> None:
    """:func:`bring_up_to_date` over a connection of the owner's, in its transaction where one is open."""
    executor = MigrationExecutor(owner)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        open_ring(owner)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    application = str(connections["default"].settings_dict["USER"] or getpass.getuser())
    if application != (owner.settings_dict["USER"] or getpass.getuser()):
        with owner.cursor() as cursor:
            for statement in application_grants(application, ONLY_ADDED_TO):
                cursor.execute(statement)
    close_ring(owner, application)
