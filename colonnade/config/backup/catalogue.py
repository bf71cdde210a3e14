"""What is in a database: tables in an order in which they can be filled, their columns, sequences, migrations.

Asked of PostgreSQL, not of the models: a backup holds what is there, also where the code is a version ahead.
"""

from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from psycopg import sql

from colonnade.config.backup.manifest import BackupRefused, Sequence

_TABLES: Final = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
_REFERENCES: Final = """
SELECT one.relname, other.relname FROM pg_constraint
JOIN pg_class one ON one.oid = conrelid JOIN pg_class other ON other.oid = confrelid
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""
_COLUMNS: Final = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_SEQUENCES: Final = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname
"""
_FUNCTIONS: Final = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def tables(cursor: Any) -> list[str]:
    """The tables, each after those that it refers to. :raises BackupRefused: where some refer to each other."""
    cursor.execute(_TABLES)
    order: TopologicalSorter[str] = TopologicalSorter({table: set() for (table,) in cursor.fetchall()})
    cursor.execute(_REFERENCES)
    for table, other in cursor.fetchall():
        order.add(table, other)
    try:
        return list(order.static_order())
    except CycleError as error:
        raise BackupRefused(f"tables refer to each other in a circle: {', '.join(error.args[1])}") from error


def columns(cursor: Any, table: str) -> tuple[str, ...]:
    """The columns of a table that can be written."""
    cursor.execute(_COLUMNS, [quoted(table)])
    return tuple(column for (column,) in cursor.fetchall())


def sequences(cursor: Any) -> tuple[Sequence, ...]:
    """Where every sequence stands. Sequences belong to no snapshot: they may be ahead of the rows, never behind."""
    cursor.execute(_SEQUENCES)
    found = []
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT last_value, is_called FROM {quoted(name)}")  # noqa: S608  # the catalogue's own, quoted
        found.append(Sequence(name, *cursor.fetchone()))
    return tuple(found)


def functions(cursor: Any) -> list[str]:
    """The functions of the one who asks, with their arguments; those of extensions are not theirs."""
    cursor.execute(_FUNCTIONS)
    return [signature for (signature,) in cursor.fetchall()]


def migrations(cursor: Any) -> tuple[tuple[str, str], ...]:
    """Which migrations the database has had."""
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return tuple(cursor.fetchall())


def has_chain(cursor: Any) -> bool:
    """Whether the log of this database is chained yet: the first releases did not do that."""
    cursor.execute("SELECT to_regclass('audit_head') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def quoted(*names: str) -> str:
    """Names as SQL has them, separated by commas."""
    return sql.SQL(", ").join(map(sql.Identifier, names)).as_string()
