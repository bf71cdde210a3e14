"""A database for one run, with every table and nothing in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from colonnade.config.database import DatabaseUrls, configure_databases, connect_settings, temporary_database
from colonnade.config.tables import bring_up_to_date


@contextmanager
def empty_registry(name: str) -> Iterator[DatabaseUrls]:
    """An empty registry in a database ``name`` of its own, which Django's connections lead to; dropped afterwards."""
    connect_settings()
    with temporary_database(name) as urls:
        configure_databases(settings.DATABASES, urls)
        try:
            bring_up_to_date()
            yield urls
        finally:
            for each in connections.all():
                each.close()
