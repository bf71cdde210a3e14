"""The small house with a few more events: over several days, of several levels, with who came from where."""

from datetime import date
from typing import Any

import pytest

from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.results.models import Event, EventAttendance
from colonnade.web.conftest import House


@pytest.fixture
def held_events(house: House) -> dict[str, str]:
    """Public identifiers of the events, by a short name. The house's own workshop of 31 August 2019 is ``workshop``."""
    water = Entity.objects.get(code="WATER")
    here, there = Country.objects.get(code="QMA"), Country.objects.get(code="QMB")

    def event(title: str, first: date, last: date, **more: Any) -> Event:
        made: Event = Event.objects.unscoped("test").create(
            **{"kind": "workshop", "organiser": water, "country": here, "series": "wells"} | more,
            title=title,
            starts_on=first,
            ends_on=last,
        )
        return made

    found = {
        "training": event(
            "Training; pumps, pipes\\valves", date(2019, 5, 30), date(2019, 6, 2), kind="training", participants=30
        ),
        "compact": event(
            "A meeting of the compact", date(2019, 5, 7), date(2019, 5, 7), level="compact", country=there
        ),
        "made_up": event("A made-up workshop", date(2018, 1, 1), date(2018, 1, 1), provenance="illustrative"),
        "script": event("<script>alert(1)</script>", date(2019, 5, 7), date(2019, 5, 7), country=None, organiser=None),
    }
    attendance = EventAttendance.objects.unscoped("test")
    attendance.create(event=found["training"], country=here, participants=20)
    attendance.create(event=found["training"], country=there, participants=4)
    attendance.create(event=found["compact"], country=here, participants=3)
    return {name: made.public_id for name, made in found.items()} | {"workshop": house.event}
