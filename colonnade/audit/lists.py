"""Lists that a data pack brings: reference rows, each known by a code. One action brings a list up to date.

Set-based and idempotent: rows that are the same already are left alone, so that loading a pack twice leaves no event.
A row that the pack no longer has stays, for what refers to it; nothing is deleted, it is ended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from colonnade.audit.actions import action
from colonnade.core.actor import Actor

BATCH = 1000


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its fields (``pillar_id`` for a reference), and the keys that its many-to-many fields hold."""

    values: Mapping[str, Any]
    many: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What bringing a list up to date did."""

    created: int
    updated: int
    unchanged: int


@action
def record_list(
    *, model: type[Model], key: Sequence[str], rows: Sequence[ListRow], actor: Actor, moving: str = ""
) -> ListChanges:
    """Bring ``model``'s rows, known by the fields in ``key``, up to date with ``rows``.

    ``moving`` is a unique field whose values change places between rows, such as a rank: where another row is to have a
    value, its former holder, which the pack may no longer have, gives it up first.
    """

    def identity(values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in key)

    known = {tuple(getattr(record, name) for name in key): record for record in model._base_manager.all()}
    if moving:
        _vacate(model, known, {identity(row.values): row.values[moving] for row in rows}, moving)
    create: list[Model] = []
    update: list[Model] = []
    for row in rows:
        record = known.get(identity(row.values))
        if record is None:
            create.append(model(**row.values))
        elif any(getattr(record, name) != value for name, value in row.values.items()):
            for name, value in row.values.items():
                setattr(record, name, value)
            update.append(record)
    model._base_manager.bulk_create(create, batch_size=BATCH)
    if update:
        names = [name.removesuffix("_id") for name in rows[0].values]
        model._base_manager.bulk_update(update, names, batch_size=BATCH)
    records = known | {tuple(getattr(record, name) for name in key): record for record in create}
    relinked = _relink(model, [(records[identity(row.values)], row) for row in rows])
    touched = {record.pk for record in update} | (relinked - {record.pk for record in create})
    return ListChanges(len(create), len(touched), len(rows) - len(create) - len(touched))


def _vacate(
    model: type[Model], known: Mapping[tuple[Any, ...], Model], wanted: Mapping[tuple[Any, ...], Any], name: str
) -> None:
    """Empty the field ``name`` where a row holds a value that ``wanted`` gives to another."""
    owners = {value: owner for owner, value in wanted.items()}
    leaving = [record for at, record in known.items() if owners.get(getattr(record, name), at) != at]
    for record in leaving:
        setattr(record, name, None)
    model._base_manager.filter(pk__in=[record.pk for record in leaving]).update(**{name: None})


def _relink(model: type[Model], pairs: Sequence[tuple[Model, ListRow]]) -> set[int]:
    """Make the many-to-many fields hold what the rows say; the keys of the records where that changed something."""
    changed: set[int] = set()
    for name in pairs[0][1].many if pairs else ():
        relation: Any = model._meta.get_field(name)
        through = relation.remote_field.through._base_manager
        owner, target = relation.m2m_column_name(), relation.m2m_reverse_name()
        found = set(through.filter(**{f"{owner}__in": [record.pk for record, _ in pairs]}).values_list(owner, target))
        wanted = {(record.pk, key) for record, row in pairs for key in row.many[name]}
        for pair in found - wanted:
            through.filter(**dict(zip((owner, target), pair, strict=True))).delete()
        missing = sorted(wanted - found)
        through.bulk_create(
            [through.model(**dict(zip((owner, target), pair, strict=True))) for pair in missing], batch_size=BATCH
        )
        changed |= {pair[0] for pair in found ^ wanted}
    return changed
