"""The small house with places: projects of every scope in and around Hereland, needs, events to come and past."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Inventory, InventoryEntry, Project, ProjectCountry, ProjectRegion
from colonnade.results.models import Event
from colonnade.strategy.models import Pillar, Theme
from colonnade.web.conftest import DAY, House


@dataclass(frozen=True)
class Places:
    """Public identifiers of what was added, by reference."""

    projects: dict[str, str]
    house: House


@dataclass(frozen=True)
class Made:
    """A project to make: its scope, the States and regions that it names, how it stands."""

    scope: str
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    status: str = "ongoing"
    level: str = "public"
    state: str = ""
    ends_on: date | None = None
    pillar: str = "I"


PROJECTS = {
    "national-a": Made("national", ("QMA",), ends_on=date(2019, 12, 31)),
    "national-b": Made("national", ("QMA",), status="completed", ends_on=date(2019, 1, 31)),
    "national-there": Made("national", ("QMB",)),
    "regional-both": Made("regional", ("QMA", "QMB"), ends_on=date(2020, 8, 31), pillar="II"),
    "regional-late": Made("regional", ("QMA",), ends_on=date(2020, 9, 1)),
    "regional-there": Made("regional", ("QMB", "QMC")),
    "regional-at-large": Made("regional", (), ("R",)),
    "global-named": Made("global", ("QMA",)),
    "global-at-large": Made("global"),
    "secret-here": Made("national", ("QMA",), level="compact", ends_on=date(2020, 1, 31)),
    "secret-there": Made("national", ("QMB",), level="compact"),
    "own-eyes": Made("national", ("QMA",), level="restricted", state="QMA"),
}


@pytest.fixture
def places(house: House) -> Places:
    """The places of the house."""
    region = Region.objects.get(code="R")
    wide = Region.objects.create(code="WIDE", name="The wide region", fictional=True, position=1)
    region.parent = wide
    region.save()
    Country.objects.create(code="QMC", name="Emptyland", region=region, standing="fictional")
    far = Region.objects.create(code="F", name="Far away", fictional=False, position=2)
    Country.objects.create(code="CIV", iso2="CI", name="Côte d’Ivoire", region=far, standing="member")
    Country.objects.create(code="ATA", iso2="AQ", name="Antarctica", region=far, standing="other")
    lead = Entity.objects.get(code="WATER")
    other = Entity.objects.create(
        code="PIPES", abbreviation="PIPES", name="Pipe Office", kind="office", role="member", source="s"
    )
    inventory = Inventory.objects.get(key="wells-2019")
    identifiers = {}
    for number, (reference, made) in enumerate(PROJECTS.items()):
        project = Project.objects.unscoped("test").create(
            reference=reference,
            title=f"Project {reference}",
            lead_entity=other if number % 3 == 0 or made.state else lead,
            scope=made.scope,
            status=made.status,
            level=made.level,
            state=Country.objects.get(code=made.state) if made.state else None,
            pillar=Pillar.objects.get(code=made.pillar),
            ends_on=made.ends_on,
            provenance="illustrative",
        )
        for code in made.countries:
            ProjectCountry.objects.unscoped("test").create(project=project, country=Country.objects.get(code=code))
        for code in made.regions:
            ProjectRegion.objects.unscoped("test").create(project=project, region=Region.objects.get(code=code))
        InventoryEntry.objects.unscoped("test").create(
            inventory=inventory,
            project=project,
            scope=made.scope,
            status=made.status,
            pillar=project.pillar,
            budget=Decimal(2_000_000),
            budget_usd=Decimal(2_000_000),
            funding=Decimal(500_000),
            funding_usd=Decimal(500_000),
        )
        identifiers[reference] = project.public_id
    _needs(lead, identifiers)
    here = Country.objects.get(code="QMA")
    for title, day, level in (
        ("The conference to come", date(2019, 11, 4), "public"),
        ("The meeting of long ago", date(2018, 3, 5), "public"),
        ("A closed meeting", date(2019, 2, 5), "compact"),
    ):
        Event.objects.unscoped("test").create(
            kind="workshop", title=title, organiser=lead, country=here, city="Capital", level=level,
            starts_on=day, ends_on=day, participants=40, series="s",
        )  # fmt: skip
    return Places(identifiers, house)


def _needs(lead: Entity, projects: dict[str, str]) -> None:
    theme = Theme.objects.create(code="T", title="Clean springs", short_title="Springs", position=1, source="s")
    there = Country.objects.get(code="QMB")
    visit = Assessment.objects.unscoped("test").create(
        country=there, assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY
    )
    need = Recommendation.objects.unscoped("test").create(
        reference="there", level="compact", assessment=visit, country=there, title="A need of Thereland",
        text="Lay pipes.", priority="high", issued_on=DAY, theme=theme,
    )  # fmt: skip
    Response.objects.unscoped("test").create(
        recommendation=need,
        project=Project.objects.unscoped("test").get(public_id=projects["national-there"]),
        strength="full",
        claimed_by=lead,
        claimed_on=DAY,
    )
    here = Assessment.objects.unscoped("test").filter(country__code="QMA").get()
    for reference, level in (("open-here", "compact"), ("own-need", "restricted")):
        Recommendation.objects.unscoped("test").create(
            reference=reference, level=level, assessment=here, country=here.country, title=f"Need {reference}",
            text="Dig.", priority="low", issued_on=DAY, theme=theme,
        )  # fmt: skip
