"""What every test may ask for: a registry of its own in a real PostgreSQL, signed in to as the application.

Tables are made by their owner's login, as in production; tests run with the application's, which owns nothing.
"""

import os
from collections.abc import Iterator

import psycopg
import pytest
from colonnade.config.database import connect_settings
from django.db import connections

from colonnade.config.tables import bring_up_to_date


def _owner_connection() -> psycopg.Connection[tuple[object, ...]]:
    parameters = connections["owner"].get_connection_params()
    allowed = {"dbname", "user", "password", "host", "port"}
    return psycopg.connect(**{k: v for k, v in parameters.items() if k in allowed}, autocommit=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database for this test process, dropped at its end."""
    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker is untyped here
        connect_settings()
        with _owner_connection() as owner:
            owner.execute(f'CREATE DATABASE "{name}"')
        before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        bring_up_to_date()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before[alias]
        with _owner_connection() as owner:
            owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
