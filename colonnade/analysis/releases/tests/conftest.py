"""A registry of needs of many States, with who may release totals of them."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person
from colonnade.members.tests.people import hold
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Pillar, Strategy, Theme

DAY = date(2019, 8, 31)
STATES = [f"Q{first}{second}" for first in "MNO" for second in "ABCD"]


def person_with(role: Role, email: str) -> Person:
    person = Person.objects.create(email=email, name=email.split("@")[0].title())
    hold(person, role, since=DAY)
    return person


class Needs:
    """Makes needs: each of a State, a theme and a level."""

    def __init__(self) -> None:
        self.made = 0
        self.visits: dict[str, Assessment] = {}

    def make(self, number: int, theme: str, *, level: str = "compact", states: list[str] | None = None) -> None:
        for place in range(number):
            code = (states or STATES)[place % len(states or STATES)]
            if code not in self.visits:
                self.visits[code] = Assessment.objects.unscoped("test").create(
                    country=Country.objects.get(code=code),
                    assessor=Entity.objects.get(),
                    kind="visit",
                    starts_on=DAY,
                    ends_on=DAY,
                )
            self.made += 1
            Recommendation.objects.unscoped("test").create(
                reference=f"n-{self.made:03}",
                level=level,
                assessment=self.visits[code],
                country=self.visits[code].country,
                title=f"A need {self.made}",
                text="Dig deeper.",
                theme=Theme.objects.get(code=theme),
                pillar=Pillar.objects.get(),
                priority="high",
                issued_on=DAY,
                provenance="illustrative",
            )


@pytest.fixture(autouse=True)
def _places(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.PACK_DIR = tmp_path / "pack"


@pytest.fixture
def needs(db: None) -> Needs:  # noqa: ARG001  # opens the database
    """Themes ``wells`` (24 needs), ``pipes`` (18), ``taps`` (2) and ``drains`` (none), over twelve States."""
    Strategy.objects.create(
        code="water",
        title="Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="Wells",
        published_on=DAY,
        illustrative_notice="These records are illustrative.",
        pack_digest="0" * 64,
    )
    Pillar.objects.create(code="I", title="Wells", short_title="Wells", position=1, colour="#1b5e9b", source="s")
    for place, code in enumerate(("wells", "pipes", "taps", "drains")):
        Theme.objects.create(code=code, title=code.title(), short_title=code.title(), position=place, source="s")
    region = Region.objects.create(code="R", name="The region", fictional=True)
    for code in STATES:
        Country.objects.create(code=code, name=f"Land {code}", region=region, standing="fictional")
    Entity.objects.create(code="WATER", abbreviation="WATER", name="Water Office", kind="office", role="member")
    made = Needs()
    made.make(24, "wells")
    made.make(18, "pipes")
    made.make(2, "taps")
    return made


@pytest.fixture
def officer(db: None) -> Person:  # noqa: ARG001  # opens the database
    return person_with(Role.SECRETARIAT, "officer@demo.example")


@pytest.fixture
def second_officer(db: None) -> Person:  # noqa: ARG001  # opens the database
    return person_with(Role.SECRETARIAT, "officer.two@demo.example")
