"""The history of one record: its occasions, and how it stood on a day, as far as the reader may see now and then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from django.db.models import Max, Model, Q, TextField
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.models import Event
from colonnade.core.viewer import Viewer
from colonnade.needs.models import KeptField, Recommendation
from colonnade.strategy.models import Pillar, Theme
from colonnade.web.history.circles import (
    Eyes,
    eyes_of,
    fields_closed_until,
    last_closed,
    open_at,
    parts_read,
    visible_rows,
)
from colonnade.web.history.kinds import KINDS
from colonnade.web.history.shape import Kind
from colonnade.web.history.telling import Change, Told, field_of, kept_readable, tell
from colonnade.web.history.words import Words, model_of, title_of
from colonnade.web.shared.facts import Fact, Line, facts

#: The newest occasions are shown, this many.
SHOWN: Final = 50
#: Events that are read at most: those of a record of many years.
_MOST: Final = 5_000

#: The transaction that wrote a row, as PostgreSQL notes it of every row.
TRANSACTION: Final = RawSQL("audit_event.xmin::text", (), output_field=TextField())  # fixed text

Row = Mapping[str, Any]
_BY_CODE: Final[Mapping[str, type[Theme] | type[Pillar]]] = {"theme": Theme, "pillar": Pillar}


@dataclass(frozen=True, slots=True)
class Found:
    """A record that the reader may see, with what its page says of it."""

    kind: Kind
    record: Model
    eyes: Eyes
    title: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one action changed at one time. ``first``: it recorded the record."""

    at: datetime
    action: str
    who: str
    changes: tuple[Change, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The occasions, the newest first. ``kept_back``: there were earlier ones that are not for this reader."""

    occasions: tuple[Occasion, ...]
    kept_back: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it was at the end of a day. ``facts`` is empty where there was none yet, or none for this reader."""

    on: date
    facts: list[Fact]
    withheld: tuple[str, ...] = ()


def find(viewer: Viewer, kind: str, identifier: str) -> Found | None:
    """The record, or ``None`` where there is none of that kind that ``viewer`` may see."""
    known = KINDS.get(kind)
    if known is None or (known.identifier == "number" and not identifier.isdecimal()):
        return None
    record = visible_rows(known, viewer).filter(**{known.identifier: identifier}).first()
    if record is None:
        return None
    called = [str(_attribute(record, name) or "") for name in (known.named, known.otherwise) if name]
    return Found(known, record, eyes_of(viewer), next(filter(None, called), "") or str(record))


def history_of(found: Found) -> History:
    """The history of a record, as its reader may see it."""
    events = _events_of(found)
    since = last_closed(found.kind, found.record.pk, found.eyes)
    shown = [event for event in events if event.pk > since]
    told = tell(shown, found.eyes).told
    # Everything that one action writes, it writes in one transaction.
    groups = groupby(told, key=lambda each: (vars(each.event)["transaction"], each.event.action, each.event.person_id))
    occasions = [_occasion(found.kind, list(group)) for _key, group in groups]
    occasions = [occasion for occasion in occasions if occasion.changes or occasion.first]
    occasions.reverse()
    return History(tuple(occasions[:SHOWN]), len(shown) < len(events), len(occasions) > SHOWN)


def standing_on(found: Found, on: date) -> Standing:
    """The record as it stood at the end of ``on``, where it was for its reader then."""
    midnight = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    events = [event for event in _events_of(found) if event.happened_at < midnight]
    state = _state(found, events, _until(found, midnight))
    if state is None:
        return Standing(on, [])
    row, kept = state
    parts = _parts_alive(found.kind, events)
    words = Words.of(found.eyes.viewer, [(found.kind.table, row), *parts])
    reads_kept = bool(kept) and _reads_kept(found)
    given: list[tuple[str, object]] = []
    withheld: list[str] = []
    for column in found.kind.fields:
        if field_of(column) not in kept:
            given.append((title_of(column), words.value(found.kind.table, column, row.get(column))))
        elif reads_kept:
            given.append((title_of(column), _kept_then(found, field_of(column), midnight)))
        else:
            withheld.append(title_of(column))
    for part in parts_read(found.kind, found.eyes):
        lines = [Line(words.part(table, part.told, each)) for table, each in parts if table == part.table]
        given.append((_(part.title), lines))
    return Standing(on, facts(*given), tuple(withheld))


def row_at_version(found: Found, version: int) -> Row | None:
    """The row of a record as it was at ``version``; ``None`` where it was not for this reader then."""
    events = _events_of(found)
    own = [event for event in events if event.table_name == found.kind.table]
    at = [event.pk for event in own if (event.after or {}).get("version") == version]
    state = _state(found, events, at[-1]) if at else None
    return state[0] if state else None


def _events_of(found: Found) -> list[Event]:
    """What was written of the record and of its parts, those that it no longer has too; the oldest first."""
    kind, key = found.kind, found.record.pk
    rows = Q(table_name=kind.table, row_id=str(key))
    for part in parts_read(kind, found.eyes):
        # Rows of today lead to the events of the log by its index; those that are gone, by what they were.
        model = model_of(part.table)
        assert model is not None
        standing = model._base_manager.filter(**{kind.owner: key}).values_list("pk", flat=True)
        rows |= Q(table_name=part.table, row_id__in=[str(each) for each in standing])
    tables = [part.table for part in parts_read(kind, found.eyes)]
    changes = Event.objects.changes().annotate(transaction=TRANSACTION)
    gone = Q()
    if tables:
        left = Event.objects.filter(operation="DELETE", table_name__in=tables, **{f"before__{kind.owner}": key})
        for table, row_id in left.values_list("table_name", "row_id"):
            gone |= Q(table_name=table, row_id=row_id)
    newest = list(changes.filter(rows | gone).order_by("-pk")[:_MOST])
    return newest[::-1]


def _state(found: Found, events: Sequence[Event], until: int) -> tuple[Row, frozenset[str]] | None:
    """The row as it stood after event ``until``, and its fields that were kept or are kept since; ``None`` where there
    was none, or it was not for this reader then."""
    own = [event for event in events if event.table_name == found.kind.table and event.pk <= until]
    if not own or own[-1].after is None or not open_at(found.kind, found.record.pk, until, found.eyes):
        return None
    row: Row = own[-1].after
    kept = set(row.get("confidential_fields") or ())
    if "confidential_fields" in found.kind.fields and not _reads_kept(found):
        closed = fields_closed_until([found.record.pk], frozenset()).get(found.record.pk, {})
        kept |= {name for name, number in closed.items() if own[-1].pk < number}
    return row, frozenset(kept)


def _until(found: Found, midnight: datetime) -> int:
    """The last event before ``midnight`` of the record, its parts and what it is read with."""
    at = [event.pk for event in _events_of(found) if event.happened_at < midnight]
    for column, other in found.kind.read_with:
        if key := _attribute(found.record, column):
            with_it = Event.objects.changes().filter(table_name=KINDS[other].table, row_id=str(key))
            at.append(with_it.filter(happened_at__lt=midnight).aggregate(newest=Max("pk"))["newest"] or 0)
    return max(at, default=0)


def _reads_kept(found: Found) -> bool:
    return found.record.pk in kept_readable(found.eyes.viewer, [found.record.pk])


def _kept_then(found: Found, name: str, midnight: datetime) -> str:
    """The value of a kept field of a need at ``midnight``, for who may read it."""
    rows = KeptField.objects.visible_to(found.eyes.viewer).filter(
        recommendation=found.record.pk, field=name, kept_at__lt=midnight
    )
    row = rows.order_by("-kept_at").first()
    if row is None:
        return ""
    named = _BY_CODE.get(name)
    if named is not None:
        return str(named.objects.filter(code=row.value).first() or row.value)
    return str(dict(Recommendation.Priority.choices).get(row.value, row.value)) if name == "priority" else row.value


def _parts_alive(kind: Kind, events: Sequence[Event]) -> list[tuple[str, Row | None]]:
    """The rows of parts that stood after ``events``, each with its table."""
    alive: dict[tuple[str, str], Row] = {}
    for event in events:
        if event.table_name != kind.table:
            at = event.table_name, event.row_id
            if event.after is None:
                alive.pop(at, None)
            else:
                alive[at] = event.after
    return [(table, row) for (table, _row_id), row in alive.items()]


def _occasion(kind: Kind, told: Sequence[Told]) -> Occasion:
    first = any(each.event.table_name == kind.table and each.event.operation == "INSERT" for each in told)
    # What a record has from the beginning stands on its page; what was done to it since is told.
    changes = [
        change
        for each in told
        if not first or each.event.operation == "UPDATE" or each.event.table_name == "portfolio_inventoryentry"
        for change in each.changes
    ]
    newest = told[-1]
    return Occasion(newest.at, newest.action, newest.who, tuple(changes), first)


def _attribute(record: Model, path: str) -> Any:
    """The value at the end of a path such as ``country__name``."""
    value: Any = record
    for name in path.split("__"):
        value = getattr(value, name, None)
    return value
