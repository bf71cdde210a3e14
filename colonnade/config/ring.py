"""The second ring in the database: the reader's role, what it may read, and the policies of confidential tables.

:func:`close_ring` brings all of it to what ``<app>/policies.py`` says, as the owner of the tables, in one transaction;
what is right already is left alone. What no app names, a reader may not read.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from colonnade.analysis.policies import RING as ANALYSIS
from colonnade.core.policies import KNOWN, OF_THE_VIEWER, Ring
from colonnade.core.reading import reader_role
from colonnade.funding.policies import RING as FUNDING
from colonnade.members.policies import RING as MEMBERS
from colonnade.needs.policies import RING as NEEDS
from colonnade.places.policies import RING as PLACES
from colonnade.portfolio.policies import RING as PORTFOLIO
from colonnade.results.policies import RING as RESULTS
from colonnade.review.policies import RING as REVIEW
from colonnade.strategy.policies import RING as STRATEGY

#: Which migrations ran is told on a page of the house.
HOUSE: Final = Ring(open=("django_migrations",))
RINGS: Final = (STRATEGY, PLACES, MEMBERS, PORTFOLIO, NEEDS, FUNDING, REVIEW, RESULTS, ANALYSIS, HOUSE)

#: The names of the policies: one lets the application read and write every row, the other lets readers read some.
APPLICATION, READERS = "application", "readers"
#: Only one process at a time closes the ring of a database.
_LOCK: Final = 0x52494E47


class RingNotClosed(RuntimeError):
    """The reader's role is missing, or is no role to read with."""


def policed_tables() -> dict[str, str]:
    """Table -> the condition of its readers' policy."""
    return {table: condition for ring in RINGS for table, condition in ring.policed.items()}


def open_tables() -> frozenset[str]:
    """Tables whose every row a reader may read."""
    return frozenset(table for ring in RINGS for table in ring.open)


def close_ring(owner: BaseDatabaseWrapper, application: str) -> None:
    """Bring role, grants, functions and policies up to date for the application's login ``application``.

    :raises RingNotClosed: when the role is missing and the owner may not make it, or it can do more than read.
    """
    reader = reader_role(application)
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _have_role(owner, application, reader)
        # The owner passes its own policies, so that a backup or a load as the owner holds every row.
        for statement in _functions(reader):
            cursor.execute(statement)
        for statement in _grants(reader):
            cursor.execute(statement)
        standing = _standing_policies(owner)
        for table, condition in policed_tables().items():
            mark = _mark(condition, application, reader)
            if standing.get(table) != mark:
                for statement in _policies(table, condition, application, reader, mark):
                    cursor.execute(statement)
        for table in standing.keys() - policed_tables().keys():
            cursor.execute(_text("DROP POLICY {} ON {}", READERS, table))


def open_ring(owner: BaseDatabaseWrapper) -> None:
    """Take the readers' policies away before tables change, whose columns they hold fast. Until :func:`close_ring`,
    readers see no row of a confidential table."""
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        for table in _standing_policies(owner):
            cursor.execute(_text("DROP POLICY {} ON {}", READERS, table))


def role_sql(application: str) -> tuple[str, ...]:
    """The statements that make the reader's role of ``application``, for whoever may make roles."""
    reader = reader_role(application)
    return (_text("CREATE ROLE {} NOLOGIN", reader), _text("GRANT {} TO {}", reader, application))


def _have_role(owner: BaseDatabaseWrapper, application: str, reader: str) -> None:
    with owner.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [reader])
        found = cursor.fetchone()
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        may_make = bool(cursor.fetchone()[0])
        make, grant = role_sql(application)
        if found is None:
            if not may_make:
                raise RingNotClosed(
                    f"readers need the role {reader}, which {owner.settings_dict['USER']} may not make."
                    f" Somebody who may runs: {make}; {grant};"
                )
            cursor.execute(make)
            found = (False, False)
        if any(found):
            raise RingNotClosed(f"the role {reader} may do more than read: ALTER ROLE it NOSUPERUSER NOBYPASSRLS")
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [application, reader])
        if not cursor.fetchone()[0]:
            if not may_make:
                raise RingNotClosed(f"{application} may not read as {reader}. Somebody who may runs: {grant};")
            cursor.execute(grant)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = %s)", [reader]
        )
        if cursor.fetchone()[0]:
            raise RingNotClosed(f"the role {reader} owns tables; a reader owns nothing")


def _functions(reader: str) -> Iterator[str]:
    functions = [*OF_THE_VIEWER, *(function for ring in RINGS for function in ring.functions)]
    for function in functions:
        yield function
        name = function.split("FUNCTION ", 1)[1].split("(", 1)[0]
        signature = f"{name}(text[])" if "VARIADIC" in function else f"{name}()"
        yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"
        yield _text(f"GRANT EXECUTE ON FUNCTION {signature} TO {{}}", reader)


def _grants(reader: str) -> Iterator[str]:
    yield _text("GRANT USAGE ON SCHEMA public TO {}", reader)
    # What was granted and is no longer named goes.
    yield _text("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", reader)
    yield _text("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}", reader)
    for ring in RINGS:
        for table in (*ring.open, *ring.policed):
            yield _text("GRANT SELECT ON {} TO {}", table, reader)
        for table, columns in ring.columns.items():
            names = sql.SQL(", ").join(map(sql.Identifier, columns)).as_string()
            yield _text(f"GRANT SELECT ({names}) ON {{}} TO {{}}", table, reader)


def _policies(table: str, condition: str, application: str, reader: str, mark: str) -> Iterator[str]:
    yield _text("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", table)
    for name in (APPLICATION, READERS):
        yield _text("DROP POLICY IF EXISTS {} ON {}", name, table)
    yield _text("CREATE POLICY {} ON {} TO {} USING (true) WITH CHECK (true)", APPLICATION, table, application)
    rows = f"{KNOWN} AND ({condition})"
    yield _text("CREATE POLICY {} ON {} FOR SELECT TO {} USING ", READERS, table, reader) + f"({rows})"
    yield _text("COMMENT ON POLICY {} ON {} IS ", READERS, table) + f"'{mark}'"


def _standing_policies(owner: BaseDatabaseWrapper) -> dict[str, str]:
    """Table -> the mark of the readers' policy that it has, or an empty one where its security is switched off."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT relname, CASE WHEN relrowsecurity THEN coalesce(obj_description(p.oid, 'pg_policy'), '') ELSE ''"
            " END FROM pg_policy p JOIN pg_class c ON c.oid = polrelid"
            " WHERE polname = %s AND relnamespace = 'public'::regnamespace",
            [READERS],
        )
        return dict(cursor.fetchall())


def _mark(condition: str, application: str, reader: str) -> str:
    return hashlib.sha256(f"{KNOWN} {condition} {application} {reader}".encode()).hexdigest()[:16]


def _text(statement: str, *names: str) -> str:
    return sql.SQL(statement).format(*map(sql.Identifier, names)).as_string()
