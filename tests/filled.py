"""Filling every table of a database with rows by raw SQL, whatever its schema; and what a database holds, to compare.

Nothing here knows a model: the same code fills the schema of the first release and today's.
"""

from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]

#: Tables that are written by what happens to the others, or by Django.
BY_THEMSELVES: Final = frozenset(
    {"audit_event", "audit_head", "audit_waiting", "audit_personal", "audit_columnrule", "django_migrations"}
)
#: Where a constraint wants more than a value of the right type.
WANTED: Final[Mapping[tuple[str, str], str | None]] = {
    ("members_roleheld", "role"): "auditor",
    ("needs_recommendation", "confidential_fields"): "{}",
    ("needs_lifting", "standing"): "proposed",
    ("needs_consent", "fields"): "{}",
    ("needs_assistancerequest", "level"): "compact",
    ("needs_assistancerequest", "sort"): "joining",
    ("needs_assistancerequest", "standing"): "filed",
    ("needs_assistancerequest", "became_project_id"): None,
    ("needs_assistancestep", "country_id"): None,
    ("needs_remark", "kind"): "finding",
    ("needs_actionplan", "level"): "compact",
    ("needs_actionplan", "standing"): "drafting",
    ("needs_actionplan", "region_id"): None,
    ("needs_planversion", "standing"): "proposed",
    ("needs_planversion", "agreed_on"): None,
    ("needs_planconsent", "covers"): "version",
    ("needs_planactivity", "answer"): "accepted",
    ("needs_planindicator", "output_id"): None,
    ("needs_planstep", "country_id"): None,
    ("analysis_releasedtotal", "standing"): "proposed",
    ("analysis_releasedtotal", "figure"): "projects",
    ("analysis_knownfigure", "low"): "1",
    ("analysis_overlapdecision", "verdict"): "fine",
    ("analysis_overlapdecision", "declined_because"): "",
    ("analysis_merging", "standing"): "proposed",
    ("analysis_merging", "ended_by_id"): None,
    ("analysis_merging", "ended_at"): None,
    ("members_extraaccess", "ends_at"): "2020-02-07T10:30:00Z",
    ("funding_earmark", "kind"): "soft",
    ("funding_pledge", "currency"): "USD",
    ("funding_allocation", "standing"): "proposed",
    ("funding_entry", "kind"): "receipt",
    ("funding_entry", "on"): "2020-03-07",
    ("funding_posting", "account"): "cash",
    ("funding_posting", "currency"): "USD",
    ("funding_posting", "amount"): "0",
    ("funding_posting", "usd"): "0",
    ("funding_frozensum", "kind"): "contributed",
    ("funding_frozensum", "allocation_id"): None,
    ("funding_frozensum", "pledge_id"): None,
    ("funding_intention", "kind"): "pledge",
    ("funding_monthlyrate", "on"): "2020-03-01",
    ("review_proposal", "standing"): "draft",
    ("review_proposal", "origin"): "recommendation",
    ("review_decision", "outcome"): "defer",
    ("review_vote", "recused"): "",
    ("portfolio_markercheck", "outcome"): "",
    ("portfolio_markercheck", "answer"): "",
}
#: Columns that refer to another row than the column beside them does.
TO_ANOTHER: Final = frozenset(
    {
        ("members_handover", "to_person_id"),
        ("review_projectresult", "published_by_id"),
        ("analysis_overlapdecision", "other_id"),
        ("analysis_merging", "merged_id"),
    }
)
_COLUMNS: Final = """
SELECT attname, format_type(atttypid, atttypmod), attnotnull, attidentity <> '' OR atthasdef,
       (SELECT confrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND conrelid = a.attrelid AND conkey = ARRAY[attnum] LIMIT 1)
FROM pg_attribute a WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


def fill_every_table(connection: Connection, tables: list[str], *, rows: int = 2) -> None:
    """Put ``rows`` rows into each of ``tables`` (in an order in which they can be filled) that has none."""
    for table in tables:
        if table in BY_THEMSELVES or count(connection, table):
            continue
        for number in range(rows):
            _add_row(connection, table, number)


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


def _add_row(connection: Connection, table: str, number: int) -> None:
    """A row with a value in every column, or where a constraint refuses that, in those that must have one."""
    columns = connection.execute(_COLUMNS, [table]).fetchall()
    try:
        with connection.transaction():
            _insert(connection, table, columns, number, whole=True)
    except (psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation):
        _insert(connection, table, columns, number, whole=False)


def _insert(connection: Connection, table: str, columns: list[Any], number: int, *, whole: bool) -> None:
    row: dict[str, Any] = {}
    for name, kind, needed, has_default, target in columns:
        if (table, name) in WANTED:
            row[name] = WANTED[table, name]
        elif has_default or target == table or not (needed or whole):
            continue
        elif name == "email":
            row[name] = f"person{number}@demo.example"
        elif target:
            row[name] = _key_of(connection, target, 1 - number if (table, name) in TO_ANOTHER else number)
        else:
            row[name] = _value(kind, f"{table[:3]}{name[:2]}", number)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    connection.execute(statement, list(row.values()))


def _key_of(connection: Connection, table: str, number: int) -> Any:
    found = connection.execute(sql.SQL("SELECT id FROM {} ORDER BY id LIMIT 2").format(sql.Identifier(table)))
    keys = [key for (key,) in found.fetchall()]
    return keys[min(number, len(keys) - 1)]


def _value(kind: str, seed: str, number: int) -> Any:
    """A value of PostgreSQL's type ``kind``: awkward text where there is room for it."""
    if kind.endswith("[]"):
        return "{}"
    if kind.startswith("character varying("):
        room = int(kind.removeprefix("character varying(").rstrip(")"))
        return f"{number}{seed} é\t\\N\n".replace("\x00", "")[:room] if room >= 12 else f"{number}x"[:room]
    values: dict[str, Any] = {
        "text": f"{number} {seed}\nليل\t\\.",
        "boolean": True,
        "jsonb": '{"a": ["\\\\", 1.50]}',
        "date": f"2020-02-{7 + number:02d}",  # where a day may stand once, rows need different ones
        "timestamp with time zone": "2020-02-07T09:30:00.123456Z",
        "bytea": b"\x00\\\n\xff",
    }
    return values.get(kind, number + 1)


def everything_in(connection: Connection, tables: list[str]) -> dict[str, list[str]]:
    """Every row of every table as PostgreSQL prints it, sorted."""
    found = {}
    for table in tables:
        rows = connection.execute(sql.SQL("SELECT whole::text FROM {} AS whole").format(sql.Identifier(table)))
        found[table] = sorted(row for (row,) in rows)
    return found


def shape_of(connection: Connection) -> set[tuple[str, ...]]:
    """What a schema is made of: columns, constraints, indexes, triggers, functions, policies, grants."""
    queries = (
        "SELECT 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull::text FROM pg_attribute"
        " JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND attnum > 0 AND NOT attisdropped",
        "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND conrelid <> 0",
        "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'function', oid::regprocedure::text, prosrc, prosecdef::text FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace",
        "SELECT 'policy', tablename, policyname, roles::text, cmd, qual FROM pg_policies WHERE schemaname = 'public'",
        "SELECT 'security', relname, relrowsecurity::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
        "SELECT 'grant', table_name, grantee, privilege_type FROM information_schema.table_privileges"
        " WHERE table_schema = 'public'",
        "SELECT 'column grant', table_name, column_name, grantee, privilege_type"
        " FROM information_schema.column_privileges WHERE table_schema = 'public'",
    )
    return {tuple(map(str, row)) for query in queries for row in connection.execute(query)}
