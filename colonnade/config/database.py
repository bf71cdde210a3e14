"""Which database: the one that ``DATABASE_URL`` names, else the checkout's private PostgreSQL.

Importing the settings starts nothing. A command that needs the database calls :func:`connect_settings` first; so do
the web application and the tests.
"""

import getpass
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from colonnade.config.private_postgres import PrivatePostgres, ensure_running

#: Which of Django's settings each part of a libpq address becomes; the rest are options of the connection.
_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """libpq addresses of one database for two logins: the application's, and the owner's, which makes tables."""

    app: str = field(repr=False)
    owner: str = field(repr=False)


def database_urls() -> DatabaseUrls:
    """The addresses from ``DATABASE_URL`` and ``DATABASE_OWNER_URL`` (the same login if unset), else the private
    PostgreSQL's, which runs from here on until this process ends.

    :raises PrivatePostgresError: when there is none to run here.
    """
    if given := os.environ.get("DATABASE_URL"):
        return DatabaseUrls(app=given, owner=os.environ.get("DATABASE_OWNER_URL") or given)
    private = _private_postgres(settings.STATE_DIR)
    return DatabaseUrls(app=private.app_url, owner=private.owner_url)


@cache
def _private_postgres(state_dir: Path) -> PrivatePostgres:
    """One lease a process."""
    return ensure_running(state_dir)


def django_options(url: str) -> dict[str, Any]:
    """A libpq address as the entries of one of Django's ``DATABASES``.

    :raises psycopg.ProgrammingError: when ``url`` is no address of a PostgreSQL.
    """
    parts = {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    entries: dict[str, Any] = {entry: str(parts.pop(name, "")) for name, entry in _DJANGO_NAMES.items()}
    return entries | {"OPTIONS": parts}


def configure_databases(databases: dict[str, dict[str, Any]], urls: DatabaseUrls) -> None:
    """Fill the aliases ``default`` (the application's login) and ``owner`` in place."""
    databases["default"].update(django_options(urls.app))
    databases["owner"].update(django_options(urls.owner))


def connect_settings() -> None:
    """Point Django's settings at the database. Does no harm when called again."""
    configure_databases(settings.DATABASES, database_urls())


#: Seconds that a database to be dropped may still be in use.
PATIENCE: Final = 20


@contextmanager
def temporary_database(name: str, template: str = "template1") -> Iterator[DatabaseUrls]:
    """A database (for tests), made by the owner's login and dropped afterwards, with every right that the
    application's login has in the real one, and no other: empty, or a copy of ``template``, which nobody may be using.
    """
    urls = database_urls()
    app, owner = (str(conninfo_to_dict(url).get("user") or getpass.getuser()) for url in (urls.app, urls.owner))
    database = sql.Identifier(name)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        _drop(connection, database)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, sql.Identifier(template)))
        if app != owner:
            for grant in _GRANTS:
                connection.execute(sql.SQL(grant).format(database=database, app=sql.Identifier(app)))
    made = DatabaseUrls(app=make_conninfo(urls.app, dbname=name), owner=make_conninfo(urls.owner, dbname=name))
    try:
        if app != owner:
            with psycopg.connect(made.owner, autocommit=True) as connection:
                for grant in _DEFAULT_GRANTS:
                    connection.execute(sql.SQL(grant).format(app=sql.Identifier(app)))
        yield made
    finally:
        with psycopg.connect(urls.owner, autocommit=True) as connection:
            _drop(connection, database)


def _drop(connection: "psycopg.Connection[tuple[object, ...]]", database: sql.Identifier) -> None:
    """Drop the database with whoever is connected. A cleaning process of the server's own, which no login of ours may
    end, is given time to finish."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database)
    for _ in range(PATIENCE):
        try:
            connection.execute(statement)
            return
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            time.sleep(1)
    connection.execute(statement)


_GRANTS = ("REVOKE ALL ON DATABASE {database} FROM PUBLIC", "GRANT CONNECT ON DATABASE {database} TO {app}")
_DEFAULT_GRANTS = (
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)
