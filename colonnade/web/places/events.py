"""The events of a place: what comes after the day that the inventory stands at, and what came before."""

from dataclasses import dataclass
from datetime import date, timedelta

from colonnade.analysis.crosstab.model import Number, Selection
from colonnade.web.places.place import Place
from colonnade.web.places.sections import LISTED, Listed, listed
from colonnade.web.shared.blocks import Moment
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address

COLUMNS = ("event", "title", "kind", "entity", "country", "city", "starts_on", "ends_on", "participants")


@dataclass(frozen=True, slots=True)
class Events:
    """Events to come and past ones, the nearest first, with how many people the past ones had."""

    coming: Listed
    past: Listed
    participants: Number

    @property
    def is_empty(self) -> bool:
        return not self.coming.total and not self.past.total


def events_of(reading: Reading, place: Place, day: date, limit: int = LISTED) -> Events:
    """The events held in the place: those that end on ``day`` or later, and those before."""
    coming, past = place.events.where("from", day.isoformat()), _before(place.events, day)
    return Events(
        listed(reading, coming, COLUMNS, "starts_on", limit),
        listed(reading, past, COLUMNS, "-starts_on", limit),
        reading.total(past, "participants") or 0,
    )


def moments(reading: Reading, found: Listed, *, upcoming: bool, people: str) -> list[Moment]:
    """The events as the timeline prints them; ``people`` is how a number of participants is said."""
    kinds = reading.labels.get("event_kind", {})
    return [
        Moment(
            title=str(record["title"]),
            on=_day(record["starts_on"]),
            until=_day(record["ends_on"]),
            kind=kinds.get(str(record["kind"]), str(record["kind"])),
            href=record_address("event", str(record["event"])),
            aside=" · ".join(
                part
                for part in (
                    str(record["city"] or ""),
                    str(record["entity"] or ""),
                    people % {"number": record["participants"]} if record["participants"] is not None else "",
                )
                if part
            ),
            upcoming=upcoming,
        )
        for record in found.records()
    ]


def _before(events: Selection, day: date) -> Selection:
    """Events that began before ``day``; one that runs over it is both past and coming."""
    return events.where("by", (day - timedelta(days=1)).isoformat())


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
