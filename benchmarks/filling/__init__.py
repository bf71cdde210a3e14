"""A registry of any size, made by set-based SQL from the lists of the loaded pack. Nothing in it is meant to read.

Every project has one lead entity, and most of what can be reported of one: pillar, scope, status, money in three
currencies, dates, States, regions, areas, themes, partners, mandates, markers, a programme, a working group. Two
thirds of them stand in an earlier inventory as well. One in four is inside the compact, one in twenty restricted to
one of forty States. The same numbers always make the same registry.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection, connections

from benchmarks.filling import around, portfolio
from colonnade.config.database import DatabaseUrls, configure_databases, connect_settings, temporary_database
from colonnade.config.tables import bring_up_to_date
from colonnade.core.actor import COMMAND_LINE
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack

NEEDS: Final = 550
COUNTRIES: Final = portfolio.COUNTRIES


@contextmanager
def registry_of(projects: int, needs: int = NEEDS, *, name: str = "bench") -> Iterator[DatabaseUrls]:
    """A database ``name`` of its own with the strategy's pack and ``projects`` projects in the inventory ``bench``.

    Yields its addresses, for processes that are to use it too. It is dropped afterwards.
    """
    connect_settings()
    with temporary_database(name) as urls:
        configure_databases(settings.DATABASES, urls)
        try:
            bring_up_to_date()
            load_pack(read_pack(settings.PACK_DIR), actor=COMMAND_LINE)
            with connection.cursor() as cursor:
                for statement in (*portfolio.STATEMENTS, *around.STATEMENTS):
                    cursor.execute(statement, {"projects": projects, "needs": needs})
            with connections["owner"].cursor() as cursor:
                cursor.execute("ANALYZE")
            yield urls
        finally:
            for each in connections.all():
                each.close()
