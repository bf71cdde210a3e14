"""Making a twin of the base world: hidden rows taken away, changed, doubled, or some of each.

The tables' owner does it. What is taken away never was, in the log neither; what is changed was changed, and what is
there once more was added, each with its events, as it happens in a registry that people work in.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import psycopg
from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from colonnade.members.models import Person
from proof.canaries import CANARY
from proof.hidden import Hidden

Connection = psycopg.Connection[Any]


class Difference(StrEnum):
    """How the hidden rows of a twin differ from those of the base."""

    ABSENT = "absent"
    ALTERED = "altered"
    MORE = "more"
    MIXED = "mixed"


#: Columns that say who sees a row, or that identify it: they stay, or another reader would see it.
KEPT: Final = frozenset(
    {"id", "public_id", "level", "level_before", "version", "need_version", "confidential_fields", "audience", "page"}
)
#: The same, of columns that elsewhere say nothing of the kind.
KEPT_OF: Final = frozenset(
    {
        ("funding_intention", "shown"),
        ("review_call", "standing"),
        ("review_proposal", "standing"),
        ("review_proposal", "working_group_id"),
        ("review_reviewer", "conflict"),
    }
)
#: References that change nothing about who sees a row.
MAY_MOVE: Final = ("pillar_id", "theme_id", "programme_id", "working_group_id", "area_id", "safeguard_id")
#: References that may be empty elsewhere, and not in a row that says that there is something: a request that became a
#: project names it, and is read by some who do not read the project.
NEEDED: Final = frozenset({("needs_assistancerequest", "became_project_id")})
_PEOPLE: Final = "members_person"


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to the hidden rows of each table."""

    absent: Hidden
    altered: Hidden
    doubled: Hidden


def plan(hidden: Hidden, difference: Difference) -> Plan:
    """Every hidden row treated the same; mixed, in turn."""
    nothing: Hidden = {}
    if difference is Difference.ABSENT:
        return Plan(hidden, {_PEOPLE: hidden[_PEOPLE]}, nothing)
    if difference is Difference.ALTERED:
        return Plan(nothing, hidden, nothing)
    if difference is Difference.MORE:
        return Plan(nothing, nothing, hidden)
    thirds = [
        {table: frozenset(key for place, key in enumerate(sorted(keys)) if place % 3 == third)
         for table, keys in hidden.items()}
        for third in range(3)
    ]  # fmt: skip
    return Plan(*thirds)


def make_twin(
    owner_url: str, hidden: Hidden, difference: Difference, *, staying: Collection[str] = (), logged: bool = True
) -> dict[str, int]:
    """Turn the copy of the base at ``owner_url`` into a twin; how many rows went, changed and came.

    Of the tables in ``staying`` no row goes. Unless it is ``logged``, the log is that of the base.
    """
    asked = plan(hidden, difference)
    with psycopg.connect(owner_url, row_factory=dict_row) as connection:
        connection.execute("SELECT set_config('colonnade.actor', 'Somebody else', false)")
        last = connection.execute("SELECT max(id) AS id, max(happened_at) AS at FROM audit_event").fetchone()
        altered = sum(_alter(connection, model, asked.altered.get(_table(model), frozenset())) for model in _models())
        fresh = _double(connection, asked.doubled)
        # Nobody may see the double of what they may not see.
        closed = {
            table: keys | {new for (of, _), new in fresh.items() if of == table} for table, keys in hidden.items()
        }
        going = {table: keys for table, keys in asked.absent.items() if table not in (_PEOPLE, *staying)}
        gone = _take_away(connection, going, closed, logged=logged)
        # Whatever happened, something did: no snapshot of the base is the twin's.
        connection.execute(
            "UPDATE members_person SET is_active = is_active WHERE id = (SELECT max(id) FROM members_person)"
        )
        connection.commit()
        connection.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE audit_event SET happened_at = %(at)s WHERE id > %(id)s"
            if logged
            else "DELETE FROM audit_event WHERE id > %(id)s",
            last,
        )
        connection.commit()
        connection.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    return {"gone": gone, "altered": altered, "doubled": len(fresh)}


def _models() -> list[type[Model]]:
    """Every model, those that others refer to first."""
    waiting = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    done: list[type[Model]] = []
    while waiting:
        ready = [m for m in waiting if all(to in done or to is m or to not in waiting for to in _targets(m))]
        chosen = ready or waiting[:1]
        done += chosen
        waiting = [model for model in waiting if model not in chosen]
    return done


def _targets(model: type[Model]) -> Iterator[type[Model]]:
    for field in _foreign_keys(model):
        yield field.related_model


def _foreign_keys(model: type[Model]) -> list["ForeignKey[Any, Any]"]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _column(field: "Field[Any, Any]") -> str:
    assert field.column is not None  # a field with a column of its own
    return field.column


def _table(model: type[Model]) -> str:
    return model._meta.db_table


# --- taken away ---


def _take_away(connection: Connection, absent: Hidden, hidden: Hidden, *, logged: bool) -> int:
    """Take the rows of ``absent`` away with whatever rests on them, as if they had never been; where it is ``logged``,
    from the log as well."""
    going = {table: set(keys) for table, keys in absent.items() if keys}
    links = [through for model in apps.get_models() for through in _through(model)]
    every = [*_models(), *links]
    _spread(connection, every, going, hidden)
    _keep_needed(connection, every, going)
    tables = sorted(_tables_of(every))
    # Tables can be altered only where no constraint is still to be looked at.
    connection.commit()
    for table in tables:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    connection.execute("SET CONSTRAINTS ALL DEFERRED")
    for model in every:
        for field in _foreign_keys(model):
            if field.null and (keys := going.get(_table(field.related_model))):
                _run(
                    connection,
                    "UPDATE {} SET {} = NULL WHERE {} = ANY(%s) AND NOT id = ANY(%s)",
                    [_table(model), _column(field), _column(field)],
                    keys,
                    going.get(_table(model), set()),  # those go whole: a row may not be without what it is about
                )
    for table, keys in going.items():
        _run(connection, "DELETE FROM {} WHERE id = ANY(%s)", [table], keys)
        if logged:
            connection.execute(
                "DELETE FROM audit_event WHERE table_name = %s AND row_id = ANY(%s)", [table, list(map(str, keys))]
            )
    connection.commit()
    for table in tables:
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    return sum(map(len, going.values()))


def _tables_of(models: Sequence[type[Model]]) -> set[str]:
    owned = {_table(model) for model in models if model._meta.app_label not in {"contenttypes"}}
    return owned | {"audit_event"}


def _through(model: type[Model]) -> list[type[Model]]:
    return [through for field in model._meta.local_many_to_many if (through := field.remote_field.through) is not None]


def _spread(connection: Connection, every: Sequence[type[Model]], going: dict[str, set[int]], hidden: Hidden) -> None:
    """Whatever refers to a row that goes, goes too, if nobody sees it; links of a row go with it."""
    grew = True
    while grew:
        grew = False
        for model in every:
            for field in _foreign_keys(model):
                keys = going.get(_table(field.related_model))
                if not keys or (field.null and _table(model) not in hidden):
                    continue
                found = _keys(connection, model, _column(field), keys)
                # A hidden row without what it belonged to might be seen.
                may = found & hidden[_table(model)] if _table(model) in hidden else found
                new = may - going.get(_table(model), set())
                if new:
                    going.setdefault(_table(model), set()).update(new)
                    grew = True


def _keep_needed(connection: Connection, every: Sequence[type[Model]], going: dict[str, set[int]]) -> None:
    """A row that a visible one cannot be without stays: an assessment whose recommendation is seen."""
    shrank = True
    while shrank:
        shrank = False
        for model in every:
            for field in _foreign_keys(model):
                target = _table(field.related_model)
                needed = not field.null or (_table(model), _column(field)) in NEEDED
                if not needed or not going.get(target):
                    continue
                staying = {
                    row["target"]
                    for row in _run(
                        connection,
                        "SELECT {} AS target FROM {} WHERE {} = ANY(%s) AND NOT id = ANY(%s)",
                        [_column(field), _table(model), _column(field)],
                        going[target],
                        going.get(_table(model), set()),
                    )
                }
                if staying:
                    going[target] -= staying
                    shrank = True


def _keys(connection: Connection, model: type[Model], column: str, keys: Collection[int]) -> set[int]:
    rows = _run(connection, "SELECT id FROM {} WHERE {} = ANY(%s)", [_table(model), column], keys)
    return {row["id"] for row in rows}


def _run(connection: Connection, statement: str, names: Sequence[str], *keys: Collection[int]) -> list[dict[str, Any]]:
    done = connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), [sorted(each) for each in keys])
    return list(done.fetchall()) if done.description else []


# --- changed ---


def _alter(connection: Connection, model: type[Model], keys: Collection[int]) -> int:
    """Other texts, amounts, dates, choices and terms in the rows, wherever the table allows them."""
    if not keys:
        return 0
    columns = [field for field in model._meta.concrete_fields if _may_change(model, field)]
    for key in sorted(keys):
        for row in _run(connection, "SELECT * FROM {} WHERE id = ANY(%s)", [_table(model)], [key]):
            changed = {
                _column(field): _other(connection, field, row[_column(field)], key)
                for field in columns
                if not _is_known(model, field, row)
            }
            new = {name: value for name, value in changed.items() if value != row[name]}
            if not _write(connection, _table(model), key, new):
                for name, value in new.items():
                    _write(connection, _table(model), key, {name: value})
    return len(keys)


def _may_change(model: type[Model], field: "Field[Any, Any]") -> bool:
    if model is Person:
        return _column(field) in ("name", "email", "password")
    if (_table(model), _column(field)) in KEPT_OF:
        return False
    if isinstance(field, ForeignKey):
        return _column(field) in MAY_MOVE
    return _column(field) not in KEPT


def _is_known(model: type[Model], field: "Field[Any, Any]", row: Mapping[str, Any]) -> bool:
    """Names of people whom others meet stay; strangers have canaries for names."""
    return model is Person and _column(field) == "name" and not CANARY.fullmatch(row["name"])


def _other(connection: Connection, field: "Field[Any, Any]", value: Any, key: int) -> Any:
    """Another value of the same kind."""
    kind = field.get_internal_type()
    if value is None or kind in ("BooleanField", "ArrayField", "DateTimeField"):
        return value
    if isinstance(field, ForeignKey):
        table = _table(field.related_model)
        rows = [row["id"] for row in _run(connection, "SELECT id FROM {} ORDER BY id", [table])]
        return rows[(rows.index(value) + 1) % len(rows)]
    if field.choices:
        codes = [code for code, _title in field.flatchoices]
        return codes[(codes.index(value) + 1) % len(codes)] if value in codes else value
    if kind in ("DateField",):
        return value.replace(year=value.year + 3, day=min(value.day, 28))
    if kind in ("DecimalField",):
        return value * 3 + 17 if value > 100 else (value + 7) % 100
    if kind.endswith("IntegerField"):
        return value * 2 + 3 if _column(field) != "score" else (value + 1) % 4
    if kind == "JSONField":
        return Jsonb(json.loads(json.dumps(value).replace("qzx", "alt")))
    if kind == "EmailField":
        return f"altered{key}@elsewhere.example"
    text = (
        f"Aaltered {str(value).replace('qzx', 'alt')}"
        if field.max_length is None
        else f"al{key}{value}".replace("qzx", "alt")
    )
    return text[: field.max_length] if value else value


def _write(connection: Connection, table: str, key: int, values: Mapping[str, Any]) -> bool:
    """Write the values if the table takes them."""
    if not values:
        return True
    sets = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), sets)
    return _tried(connection, statement, [*values.values(), key]) is not None


def _tried(connection: Connection, statement: sql.Composed, values: Sequence[Any]) -> list[dict[str, Any]] | None:
    try:
        with connection.transaction():
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            done = connection.execute(statement, values)
            return list(done.fetchall()) if done.description else []
    except (psycopg.errors.IntegrityError, psycopg.errors.RaiseException, psycopg.errors.DataError):
        return None  # a constraint of the table, or a rule of its triggers


# --- there once more ---


def _double(connection: Connection, doubled: Hidden) -> dict[tuple[str, int], int]:
    """Add another row beside each, with what belongs to it, wherever the table allows one: its new key."""
    fresh: dict[tuple[str, int], int] = {}
    for model in _models():
        if _table(model) == _PEOPLE:
            continue
        for key in sorted(doubled.get(_table(model), ())):
            (row,) = _run(connection, "SELECT * FROM {} WHERE id = ANY(%s)", [_table(model)], [key])
            new = _copied(model, row, fresh)
            names = sql.SQL(", ").join(map(sql.Identifier, new))
            places = sql.SQL(", ").join(sql.Placeholder() * len(new))
            statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
                sql.Identifier(_table(model)), names, places
            )
            made = _tried(connection, statement, list(new.values()))
            if made:
                fresh[_table(model), key] = made[0]["id"]
                _copy_links(connection, model, key, made[0]["id"])
    return fresh


def _copied(model: type[Model], row: Mapping[str, Any], fresh: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        value = row[_column(field)]
        if _column(field) == "id":
            continue
        if isinstance(field, ForeignKey):
            value = fresh.get((_table(field.related_model), value), value)
        elif field.get_internal_type() == "JSONField" and value is not None:
            value = Jsonb(value)
        elif _column(field) == "public_id":
            value = f"{value[0]}9{value[2:]}"
        elif isinstance(value, str) and value and not field.choices and _column(field) not in ("currency", "language"):
            value = f"Aagain {value}"[: field.max_length]
        new[_column(field)] = value
    return new


def _copy_links(connection: Connection, model: type[Model], key: int, made: int) -> None:
    """Who is named on a row is named on its double."""
    for field in model._meta.local_many_to_many:
        through = field.remote_field.through
        assert through is not None  # all models are loaded
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        names = list(map(sql.Identifier, (through._meta.db_table, own, other, other, through._meta.db_table, own)))
        connection.execute(
            sql.SQL("INSERT INTO {} ({}, {}) SELECT %s, {} FROM {} WHERE {} = %s").format(*names), [made, key]
        )
