"""What changed lately across the registry, the newest first, and who opened what is restricted; for one reader.

Pages go on from a moment (:mod:`colonnade.web.history.place`), so that nothing is counted that the reader may not see,
and what is written meanwhile moves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.models import READ, Event
from colonnade.audit.queries import heads_of
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.web.history.circles import Eyes, eyes_of, open_events, reads_known_to, with_owners
from colonnade.web.history.kinds import KINDS
from colonnade.web.history.place import Place
from colonnade.web.history.telling import ACTIONS, AT_THE_DOOR, Change, Told, record_of, tell
from colonnade.web.history.words import Words, as_looked
from colonnade.web.shared.filters import Choice, FilterField

#: Rows of a page, and of a file at most.
PAGE_SIZE: Final = 50
MOST_IN_A_FILE: Final = 5_000
#: The parameter that a page goes on from.
BEFORE: Final = "before"
WRITES, READS = "changes", "reads"
_NEWEST_FIRST: Final = ("-happened_at", "-pk")
_ENTITIES, _STATES = "choose an entity", "choose a State"


@dataclass(frozen=True, slots=True)
class Asked:
    """What recent changes are asked for; empty is everything."""

    what: str = ""
    kind: str = ""
    entity: str = ""
    state: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: Place | None = None

    @property
    def narrows(self) -> bool:
        """Whether only some records are asked for."""
        return bool(self.kind or self.entity or self.state)


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the list prints it. ``seal`` is the position of its head; 0 while it waits for one.

    ``number`` is for those alone who see everything.
    """

    number: int
    at: datetime
    kind: str
    title: str
    address: str
    action: str
    who: str
    operation: str
    changes: tuple[Change, ...]
    seal: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of rows; ``older`` is where the next goes on, if any. ``entities`` and ``states`` are those that can be
    chosen, each with its code and name."""

    rows: tuple[Row, ...]
    older: Place | None
    entities: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]


def asked_in(query: QueryDict) -> Asked:
    """What an address asks for. What is no date and no place is not there (``Http404``)."""
    return Asked(
        what=query.get("what", ""),
        kind=query.get("kind", ""),
        entity=query.get("entity", ""),
        state=query.get("state", ""),
        action=query.get("action", ""),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        before=_place(query.get(BEFORE, "")),
    )


def changes_for(viewer: Viewer, asked: Asked, *, size: int = PAGE_SIZE) -> Changes:
    """The newest ``size`` events that ``viewer`` may be shown, before the one that is asked for."""
    eyes = eyes_of(viewer)
    skipped = asked.before.shown if asked.before else 0
    events = list(_events(eyes, asked).order_by(*_NEWEST_FIRST)[skipped : skipped + size + 1])
    shown = events[:size]
    telling = tell(shown, eyes, _choices())
    seals = _seals(eyes, shown)
    return Changes(
        rows=tuple(_row(each, telling.words, seals) for each in telling.told),
        older=Place.after([event.happened_at for event in shown], asked.before) if len(events) > size else None,
        entities=_chosen_from(telling.words, _ENTITIES),
        states=_chosen_from(telling.words, _STATES),
    )


def every_change(viewer: Viewer, asked: Asked) -> list[Row]:
    """The rows of a file, at most :data:`MOST_IN_A_FILE`; all of them are read before the first is sent."""
    found: list[Row] = []
    eyes = eyes_of(viewer)
    events = list(_events(eyes, asked).order_by(*_NEWEST_FIRST)[:MOST_IN_A_FILE])
    seals = _seals(eyes, events)
    for start in range(0, len(events), 500):
        telling = tell(events[start : start + 500], eyes)
        found += (_row(each, telling.words, seals) for each in telling.told)
    return found


def fields_of_the_filter(found: Changes, *, audits: bool) -> tuple[FilterField, ...]:
    """What the list can be filtered by; an auditor also by what happened at the door."""
    kinds = sorted(((kind.key, _(kind.title)) for kind in KINDS.values()), key=lambda pair: pair[1])
    actions = [(name, _(title)) for name, title in {**ACTIONS, **(AT_THE_DOOR if audits else {})}.items()]
    return (
        _choice("what", _("What"), [(WRITES, _("Changes")), (READS, _("Openings of what is restricted"))]),
        _choice("kind", _("Kind"), kinds),
        _choice("entity", _("Entity"), found.entities),
        _choice("state", _("State"), found.states),
        _choice("action", _("Action"), actions),
        FilterField("since", _("From"), "date"),
        FilterField("until", _("Until"), "date"),
    )


def _choices() -> list[Any]:
    """Entities and States to choose from, looked up together with the words of the page."""
    code = Cast("code", TextField())
    entities = as_looked(Entity.objects.order_by(), _ENTITIES, code, Cast("abbreviation", TextField()))
    return [entities, as_looked(Country.objects.order_by(), _STATES, code, Cast("name", TextField()))]


def _chosen_from(words: Words, label: str) -> tuple[tuple[str, str], ...]:
    found = [(code, title) for _label, _key, code, title in words.labelled(label)]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


def _choice(name: str, title: str, choices: Sequence[tuple[str, str]]) -> FilterField:
    return FilterField(name, title, choices=(Choice("", _("All")), *(Choice(*pair) for pair in choices)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as none:
        raise Http404 from none


def _place(text: str) -> Place | None:
    try:
        return Place.parsed(text) if text else None
    except ValueError as none:
        raise Http404 from none


def _events(eyes: Eyes, asked: Asked) -> "QuerySet[Event]":
    events = with_owners(Event.objects.all())
    if not (eyes.audits and not asked.narrows):
        kinds = [kind for kind in KINDS.values() if asked.kind in ("", kind.key)]
        events = events.filter(open_events(eyes, kinds=kinds, entity=asked.entity, state=asked.state))
        events = events.filter(~Q(operation=READ) | reads_known_to(eyes))
    if asked.what:
        events = events.filter(operation=READ) if asked.what == READS else events.exclude(operation=READ)
    if asked.action:
        events = events.filter(action=asked.action)
    if asked.since:
        events = events.filter(happened_at__gte=_midnight(asked.since))
    if asked.until:
        events = events.filter(happened_at__lt=_midnight(asked.until + timedelta(days=1)))
    return events.filter(happened_at__lte=asked.before.moment) if asked.before is not None else events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _seals(eyes: Eyes, events: Sequence[Event]) -> Mapping[int, int]:
    return heads_of([event.pk for event in events]) if eyes.sees_all else {}


def _row(told: Told, words: Words, seals: Mapping[int, int]) -> Row:
    event = told.event
    of = record_of(event)
    kind = _(of[0].title) if of else event.table_name.replace("_", " ")
    identifier, title = words.record(of[0].model, of[1]) if of else ("", event.row_id)
    return Row(
        number=event.pk,
        at=told.at,
        kind=kind,
        title=title or _("a record that is gone"),
        address=reverse("record-history", args=[of[0].key, identifier]) if of and identifier else "",
        action=told.action,
        who=told.who,
        operation=event.operation,
        changes=told.changes,
        seal=seals.get(event.pk, 0),
    )
