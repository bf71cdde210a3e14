"""Which database is meant, and what the application's login may do in one made for tests."""

from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from colonnade.config.database import (
    DatabaseUrls,
    configure_databases,
    database_urls,
    django_options,
    temporary_database,
)


def test_an_address_becomes_django_settings() -> None:
    assert django_options("postgresql://ann:p%40ss@db.example:6432/registry?sslmode=require&connect_timeout=3") == {
        "NAME": "registry",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require", "connect_timeout": "3"},
    }


def test_an_address_of_a_unix_socket_becomes_django_settings() -> None:
    options = django_options("postgresql://ann@/registry?host=%2Frun%2Fpg")
    assert (options["HOST"], options["NAME"], options["PORT"]) == ("/run/pg", "registry", "")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(psycopg.ProgrammingError):
        django_options("mysql://ann@db.example/registry")


def test_a_given_address_serves_both_logins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann@db.example/registry")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert database_urls() == DatabaseUrls(
        app="postgresql://ann@db.example/registry", owner="postgresql://ann@db.example/registry"
    )


def test_an_owner_of_its_own_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/registry")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example/registry")
    databases = {"default": {"ENGINE": "kept"}, "owner": {"ENGINE": "kept"}}
    configure_databases(databases, database_urls())
    assert {alias: entries["USER"] for alias, entries in databases.items()} == {"default": "app", "owner": "owner"}
    assert databases["default"]["ENGINE"] == "kept"


def test_the_private_server_is_kept_in_the_state_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    database_urls()
    assert (Path(settings.STATE_DIR) / "postgres" / "running.json").exists()


def test_addresses_do_not_show_their_passwords() -> None:
    assert "secret" not in repr(DatabaseUrls(app="postgresql://ann:secret@/r", owner="postgresql://ann:secret@/r"))


def test_a_temporary_database_is_the_owners_and_is_gone_afterwards() -> None:
    with temporary_database("test_colonnade_temporary") as urls:
        with psycopg.connect(urls.owner) as owner:
            owner.execute("CREATE TABLE pillar (id int GENERATED ALWAYS AS IDENTITY, title text)")
        with psycopg.connect(urls.app) as app:
            app.execute("INSERT INTO pillar (title) VALUES ('prevention')")
            assert app.execute("SELECT count(*) FROM pillar").fetchone() == (1,)
        if urls.app != urls.owner:
            with psycopg.connect(urls.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("DROP TABLE pillar")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(urls.owner)
