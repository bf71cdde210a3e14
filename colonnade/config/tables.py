"""Bringing the database's tables up to date, as their owner, for the application's login to use."""

from django.core.management import call_command
from django.db import connections

from colonnade.audit.operations import application_grants


def bring_up_to_date() -> None:
    """Create or change the tables as their owner, then let the application's login use them."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    owner = connections["owner"]
    application = str(connections["default"].settings_dict["USER"])
    if application and application != owner.settings_dict["USER"]:
        with owner.cursor() as cursor:
            for statement in application_grants(application):
                cursor.execute(statement)
    owner.close()
