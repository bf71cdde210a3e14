"""Which events of the log a reader may be shown: those of records that they see, since they were always open to them.

A moment of a record is *closed* to a reader where the row that an event found, or left, was not for them then: its
level was too narrow, and neither their State nor their entity read it. Everything that happened to the record up to its
last closed moment stays with those who read it at that time; so does everything of its parts.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Exists, Max, Model, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from colonnade.audit.models import READ, Event
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.web.history.kinds import KINDS
from colonnade.web.history.shape import Circle, Kind, Link, Part, rows_read

#: The event of the outer query.
_THEN: Final = OuterRef("pk")


@dataclass(frozen=True, slots=True)
class Eyes:
    """A viewer, with the keys of their States and entities as rows of the log hold them."""

    viewer: Viewer
    states: frozenset[int]
    entities: frozenset[int]

    @property
    def sees_all(self) -> bool:
        return self.viewer.sees_restricted

    @property
    def audits(self) -> bool:
        """Whether the whole log is theirs to read."""
        return Role.AUDITOR in self.viewer.roles


def eyes_of(viewer: Viewer) -> Eyes:
    """The keys of what ``viewer`` speaks for; one query for each kind that there is any of."""
    states, entities = viewer.country_codes, viewer.entity_ids
    return Eyes(
        viewer,
        frozenset(Country.objects.filter(code__in=states).values_list("pk", flat=True)) if states else frozenset(),
        frozenset(Entity.objects.filter(code__in=entities).values_list("pk", flat=True)) if entities else frozenset(),
    )


def visible_rows(kind: Kind, viewer: Viewer) -> QuerySet[Model]:
    """The rows of ``kind`` that ``viewer`` may see today."""
    if kind.is_guarded:
        guarded: QuerySet[Model] = rows_read(kind.model._default_manager, viewer)
        return guarded.order_by()
    return kind.model._default_manager.order_by()


def parts_read(kind: Kind, eyes: Eyes) -> tuple[Part, ...]:
    """The parts of a kind's records whose history is for ``eyes`` where that of the record is."""
    return tuple(part for part in kind.parts if eyes.sees_all or not part.closed)


def closed_moments(kind: Kind, eyes: Eyes) -> QuerySet[Event]:
    """The events of rows of ``kind`` that found or left a row which was not for ``eyes``."""
    events = Event.objects.changes().filter(table_name=kind.table)
    if kind.circle is None or eyes.sees_all:
        return events.none()
    was, became = (_open(kind.circle, side, eyes) for side in ("before", "after"))
    return events.alias(was=_holds(was), became=_holds(became)).filter(
        Q(before__isnull=False, was=False) | Q(after__isnull=False, became=False)
    )


def last_closed(kind: Kind, key: int, eyes: Eyes) -> int:
    """The number of the last closed moment of one record, of those that it is read with too; 0 where there is none."""
    found = [closed_moments(kind, eyes).filter(row_id=str(key)).aggregate(newest=Max("pk"))["newest"]]
    if kind.read_with:
        columns = [column for column, _ in kind.read_with]
        row = kind.model._base_manager.filter(pk=key).values(*columns).first() or {}
        found += [last_closed(KINDS[other], row[column], eyes) for column, other in kind.read_with if row.get(column)]
    return max(filter(None, found), default=0)


def open_at(kind: Kind, key: int, until: int, eyes: Eyes) -> bool:
    """Whether one record, as it stood after event ``until``, was for ``eyes``, and has been ever since."""
    if eyes.sees_all:
        return True
    if kind.circle is not None:
        if closed_moments(kind, eyes).filter(row_id=str(key), pk__gt=until).exists():
            return False
        own = Event.objects.changes().filter(table_name=kind.table, row_id=str(key), pk__lte=until)
        stood = own.filter(pk=own.order_by("-pk").values("pk")[:1]).filter(after__isnull=False)
        if not stood.filter(_open(kind.circle, "after", eyes, Value(until + 1))).exists():
            return False
    columns = [column for column, _ in kind.read_with]
    row = kind.model._base_manager.filter(pk=key).values(*columns).first() if columns else None
    return all(
        open_at(KINDS[other], row[column], until, eyes) for column, other in kind.read_with if row and row[column]
    )


def open_events(eyes: Eyes, *, kinds: list[Kind], entity: str = "", state: str = "") -> Q:
    """The condition on events (of :func:`with_owners`) of records of ``kinds`` that ``eyes`` may be shown.

    Those of an entity and of a State (by their codes) only, where they are given.
    """
    condition = Q(pk__in=[])
    for kind in kinds:
        rows = _concerning(kind, visible_rows(kind, eyes.viewer), entity, state)
        if rows is None:
            continue
        everyone = (not kind.is_guarded or eyes.sees_all) and not (entity or state)
        condition |= (
            Q(table_name=kind.table) & _of(rows, "row_id", everyone) & _never_closed_since(kind, "row_id", eyes)
        )
        if tables := [part.table for part in parts_read(kind, eyes)]:
            owner = f"key_{kind.owner}"
            of_parts = Q(table_name__in=tables)
            condition |= of_parts & _of(rows, owner, everyone) & _never_closed_since(kind, owner, eyes)
    return condition


def reads_known_to(eyes: Eyes) -> Q:
    """The condition on reads of restricted rows that ``eyes`` may know of: whoever sees all, and the State's own."""
    if eyes.sees_all:
        return Q(operation=READ)
    condition = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.circle is not None and kind.circle.assessed and eyes.states:
            theirs = visible_rows(kind, eyes.viewer).filter(**{f"{kind.circle.assessed}__in": eyes.states})
            condition |= Q(operation=READ, table_name=kind.table) & _of(theirs, "row_id", everyone=False)
    return condition


def with_owners(events: QuerySet[Event]) -> QuerySet[Event]:
    """``events`` with the keys of the records that parts and links belong to, for :func:`open_events`."""
    owners = {kind.owner for kind in KINDS.values() if kind.parts}
    owners |= {column for kind in KINDS.values() for column, _ in kind.read_with}
    return events.alias(
        **{
            f"key_{name}": Coalesce(KeyTextTransform(name, "after"), KeyTextTransform(name, "before"))
            for name in owners
        }
    )


def fields_closed_until(keys: list[int], readers: frozenset[int]) -> dict[int, dict[str, int]]:
    """For needs by key: the last event up to which each field was kept confidential.

    ``readers`` are the needs whose kept fields the reader may read: nothing of those is closed.
    """
    asked = [str(key) for key in keys if key not in readers]
    if not asked:
        return {}
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Event.objects.changes()
        .filter(table_name=KINDS["recommendation"].table, row_id__in=asked)
        .order_by("pk")
        .values_list("pk", "row_id", "before__confidential_fields", "after__confidential_fields")
    )
    for number, row_id, before, after in rows:
        for name in {*(before or ()), *(after or ())}:
            found[int(row_id)][name] = number
    return found


def _holds(condition: Q) -> Case:
    """``condition`` as a value that is never null: what is not known to be open is closed."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def _open(circle: Circle, side: str, eyes: Eyes, moment: Any = _THEN) -> Q:
    """Whether the row on one ``side`` of an event was for ``eyes``: the rule of ``by_level``, over a row of the log.

    Links to what they speak for count where they stood before ``moment``.
    """
    if circle.closed_in:
        return _open_where_it_stood(circle, side, eyes, moment)

    def level(value: Level) -> Q:
        return Q(**{f"{side}__level": value})

    if circle.closed:
        return Q(pk__in=[])
    condition = level(Level.PUBLIC)
    if eyes.viewer.inside_the_compact:
        condition |= level(Level.COMPACT)
    for narrow, column, link, keys in (
        (Level.COMPACT, circle.concerned, circle.concerned_by, eyes.states),
        (Level.RESTRICTED, circle.assessed, None, eyes.states),
        (Level.RESTRICTED, circle.named, circle.named_by, eyes.entities),
    ):
        if not keys:
            continue
        if column:
            condition |= level(narrow) & Q(**{f"{side}__{column}__in": sorted(keys)})
        if link is not None:
            condition |= level(narrow) & Q(Exists(_linked_before(link, keys, moment)))
    return condition


def _open_where_it_stood(circle: Circle, side: str, eyes: Eyes, moment: Any) -> Q:
    """The same of a kind without levels: its standing says whether others than its own entities read it."""
    condition = Q(**{f"{side}__standing__isnull": False}) & ~Q(**{f"{side}__standing__in": list(circle.closed_in)})
    if circle.sent:
        condition &= ~Q(**{f"{side}__{circle.sent}": None})
    if eyes.entities and eyes.viewer.roles & {Role.ENTITY, Role.CHAIR}:
        if circle.named:
            condition |= Q(**{f"{side}__{circle.named}__in": sorted(eyes.entities)})
        if circle.named_by is not None:
            condition |= Q(Exists(_linked_before(circle.named_by, eyes.entities, moment)))
    return condition


def _linked_before(link: Link, keys: frozenset[int], moment: Any) -> QuerySet[Event]:
    """Links of the outer query's record to one of ``keys`` that stand today, and stood already before ``moment``."""
    standing = link.model._base_manager.filter(**{f"{link.reader}__in": keys})
    return Event.objects.annotate(of=KeyTextTransform(link.record, "after")).filter(
        table_name=link.model._meta.db_table,
        operation="INSERT",
        row_id__in=standing.order_by().annotate(text=Cast("pk", TextField())).values("text"),
        of=OuterRef("row_id"),
        pk__lt=moment,
    )


def _of(rows: QuerySet[Model], column: str, everyone: bool) -> Q:
    if everyone:
        return Q()
    return Q(**{f"{column}__in": rows.annotate(text_key=Cast("pk", TextField())).values("text_key")})


def _never_closed_since(kind: Kind, column: str, eyes: Eyes) -> Q:
    """The record that ``column`` names, and those it is read with, have no closed moment from the event on."""
    condition = Q()
    if eyes.sees_all:
        return condition
    for owner, other in ((column, kind), *((f"key_{name}", KINDS[key]) for name, key in kind.read_with)):
        if other.circle is not None:
            later = closed_moments(other, eyes).filter(row_id=OuterRef(owner), pk__gte=OuterRef("pk"))
            condition &= Q(~Exists(later))
    return condition


def _concerning(kind: Kind, rows: QuerySet[Model], entity: str, state: str) -> QuerySet[Model] | None:
    """Those of ``rows`` that concern an entity and a State; ``None`` where no row of the kind can."""
    for code, paths in ((entity, kind.of_entity), (state, kind.of_state)):
        if not code:
            continue
        if not paths:
            return None
        wanted = Q()
        for path in paths:
            wanted |= Q(**{"code" if path == "pk" else f"{path}__code": code})
        # Conditions that join go into a sub-select, so that no row comes twice.
        rows = rows.filter(pk__in=kind.model._base_manager.filter(wanted).values("pk"))
    return rows
