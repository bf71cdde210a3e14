"""The page of an event in words: what, who, where, when, who came from where."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.audit.records import Provenance
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.results.models import Event, EventAttendance
from colonnade.web.events.held import Held, days_in_words
from colonnade.web.events.month import month_of
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address


@dataclass(frozen=True, slots=True)
class EventCard:
    """What the template receives. ``level`` is empty for what is public; ``came`` is empty where it is not known."""

    event: Event
    kind: str
    when: str
    facts: list[Fact]
    came: TableView
    level: str
    illustrative: bool
    links: tuple[Line, ...]


def find_event(viewer: Viewer, public_id: str) -> Event | None:
    """The event, or ``None`` where there is none that ``viewer`` may see."""
    known = Event.objects.visible_to(viewer).select_related("organiser", "country__region")
    return known.filter(public_id=public_id).first()


def event_card(viewer: Viewer, event: Event) -> EventCard:
    """Everything known of an event that ``viewer`` may see."""
    came = list(
        EventAttendance.objects.visible_to(viewer)
        .filter(event=event)
        .select_related("country")
        .order_by("-participants", "country__name")
    )
    return EventCard(
        event=event,
        kind=str(event.get_kind_display()),
        when=days_in_words(event.starts_on, event.ends_on),
        facts=_facts(event, came),
        came=_came(came),
        level="" if event.level == Level.PUBLIC else str(event.get_level_display()),
        illustrative=event.provenance == Provenance.ILLUSTRATIVE,
        links=tuple(_links(event)),
    )


def as_held(event: Event) -> Held:
    """The event as its calendar file has it: in the same words as in the feed, which has short titles."""
    country = event.country.name if event.country else ""
    return Held(
        identifier=event.public_id,
        title=event.title,
        kind=str(event.get_kind_display()),
        place=", ".join(part for part in (event.city, country) if part),
        organiser=event.organiser.abbreviation if event.organiser else "",
        participants=event.participants,
        provenance=event.provenance,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
    )


def _facts(event: Event, came: list[EventAttendance]) -> list[Fact]:
    participants = grouped(event.participants) if event.participants is not None else _("Not reported")
    counted = sum(row.participants for row in came)
    aside = ""
    if came and counted != event.participants:
        aside = _("%(number)s of them are known by State") % {"number": grouped(counted)}
        if event.participants is None or counted > event.participants:
            aside = _("%(number)s by State") % {"number": grouped(counted)}
    return facts(
        (_("When"), days_in_words(event.starts_on, event.ends_on)),
        (_("State"), _country(event.country)),
        (_("City"), event.city),
        (_("Region"), event.country.region.name if event.country else ""),
        (_("Organiser"), _entity(event.organiser) or _("Not reported")),
        (_("Partner States"), [_country(country) for country in event.partner_countries.all()]),
        (_("Partner entities"), [_entity(entity) for entity in event.partner_entities.all()]),
        (_("Participants"), Line(participants, aside=aside)),
        (_("Series"), Line(event.series, _listed(series=event.series))),
        (_("Source"), event.source),
        (_("Provenance"), event.get_provenance_display()),
    )


def _came(came: list[EventAttendance]) -> TableView:
    header = (HeaderView(_("State")), HeaderView(_("Participants"), numeric=True))
    rows = tuple(
        (
            CellView(_name(row.country), record_address("country", row.country.code), header=True),
            CellView(grouped(row.participants), _listed(attending=row.country.code), numeric=True),
        )
        for row in came
    )
    return TableView(_("Participants by State"), header, rows)


def _links(event: Event) -> list[Line]:
    month = str(month_of(event.starts_on))
    links = [Line(_("The month in the calendar"), f"{reverse('events-calendar')}?{urlencode({'month': month})}")]
    if event.country:
        name = _name(event.country)
        links.append(Line(_("Events held in %(state)s") % {"state": name}, _listed(country=event.country.code)))
    if event.organiser:
        name = event.organiser.abbreviation
        links.append(Line(_("Events of %(entity)s") % {"entity": name}, _listed(entity=event.organiser.code)))
    return links


def _listed(**chosen: Any) -> str:
    return f"{reverse('events')}?{urlencode(chosen)}"


def _country(country: Country | None) -> Line | str:
    return Line(_name(country), record_address("country", country.code)) if country else ""


def _entity(entity: Entity | None) -> Line | str:
    return Line(entity.name, record_address("entity", entity.code), entity.abbreviation) if entity else ""


def _name(country: Country) -> str:
    return country.name_in(get_language() or "en")
