"""What every test may ask for: a registry of its own in a real PostgreSQL, signed in to as the application.

Tables are made by their owner's login, as in production; tests run with the application's, which owns nothing.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connections
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from colonnade.config.database import configure_databases, connect_settings, database_urls, temporary_database
from colonnade.config.tables import bring_up_to_date
from colonnade.web.shared.signed_in import mark_signed_in

# No test measures time, on a slow machine least of all: `make bench` does.
of_hypothesis.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_hypothesis.load_profile("house")
# Playwright keeps an event loop in the tests' thread, so that Django would take every later test for asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def migrated(django_db_blocker: Any) -> Iterator[str]:
    """The name of a database that has every table and was never used: it is copied, since migrating takes long."""
    name = f"test_{os.getpid()}_migrated"
    with django_db_blocker.unblock():
        connect_settings()
        with temporary_database(name) as urls:
            configure_databases(settings.DATABASES, urls)
            bring_up_to_date()
            connections.close_all()
            yield name


@pytest.fixture(scope="session")
def django_db_setup(migrated: str, django_db_blocker: Any) -> Iterator[None]:
    """A fresh database for this test process, dropped at its end."""
    with django_db_blocker.unblock():
        with temporary_database(f"test_{os.getpid()}", migrated) as urls:
            configure_databases(settings.DATABASES, urls)
            yield
            for connection in connections.all():
                connection.close()
        configure_databases(settings.DATABASES, database_urls())


@pytest.fixture(autouse=True)
def _database_stays() -> Iterator[None]:
    """A test that points this process at another database would have every later one write there."""
    before = settings.DATABASES["default"].get("NAME")
    yield
    after = settings.DATABASES["default"].get("NAME")
    assert after == before or not str(before).startswith("test_"), f"this test leaves the process in {after!r}"


@pytest.fixture(autouse=True)
def _language_of_the_house() -> None:
    """The language that an earlier test read in stays with the thread; a test begins in that of the settings."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _forced_sign_in_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody whom a test signs in by force has given a second factor and confirmed just now, as on most days."""
    force = Client.force_login

    def force_whole(self: Client, user: AbstractBaseUser, backend: str | None = None) -> None:
        force(self, user, backend)
        session = self.session
        mark_signed_in(session, complete=True)
        session.save()

    monkeypatch.setattr(Client, "force_login", force_whole)
