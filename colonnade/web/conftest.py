"""A small house for the tests of the pages: a strategy about water, two pillars, sixty-odd projects, six readers.

Nothing here is about the model strategy: what the pages show comes from whatever data pack is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.core.viewer import Role
from colonnade.funding.models import Contribution, Contributor, SeedAward, SeedRound
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Inventory, InventoryEntry, Project, ProjectCountry
from colonnade.results.models import Event
from colonnade.strategy.models import Pillar, Strategy

DAY = date(2019, 8, 31)
PROJECTS = 64
REPORT_TOML = """
title = "The state of the wells"
subtitle = "An annual report"
symbol = "W/1"
date = "31 August 2019"
language = "en"
inventory = "wells-2019"
masthead = []
text = ["text.md"]
[sources]
projects = "W/1 para. 1"
[inventories.wells-2019]
"""
REPORT_TEXT = """# The wells

There were {projects} projects, of which {projects_by_pillar pillar=I projects} stand under the first pillar.

::table projects_by_pillar
  caption: Projects by pillar
  columns: pillar, projects, share

::chart projects_by_pillar
  caption: Projects by pillar
  kind: bars
  category: pillar
  measure: projects
"""


@dataclass(frozen=True)
class House:
    """Public identifiers of records that tests open, by a short name."""

    projects: dict[str, str]
    needs: dict[str, str]
    event: str
    award: str
    contribution: str


@pytest.fixture(autouse=True)
def _places(settings: LazySettings, tmp_path: Path) -> None:
    """Files of their own: snapshots, builds, a pack with one report; static files straight from the source."""
    settings.STATE_DIR = tmp_path
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.PACK_DIR = tmp_path / "pack"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Signing in is tested; the cost of guessing passwords is Django's to test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    folder = settings.PACK_DIR / "reports" / "annual"
    folder.mkdir(parents=True)
    (folder / "report.toml").write_text(REPORT_TOML)
    (folder / "text.md").write_text(REPORT_TEXT)


@pytest.fixture
def house(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    """The registry of the small house."""
    Strategy.objects.create(
        code="water",
        title="The Strategy for Clean Water",
        short_title="Clean Water",
        document_symbol="W/1",
        document_title="The state of the wells",
        published_on=DAY,
        illustrative_notice="These records are illustrative.",
        pack_digest="0" * 64,
    )
    pillars = [
        Pillar.objects.create(code=code, title=title, short_title=title, position=place, colour=colour, source="s")
        for place, (code, title, colour) in enumerate([("I", "Wells", "#1b5e9b"), ("II", "Pipes", "#b8500a")])
    ]
    region = Region.objects.create(code="R", name="The region", fictional=True)
    here = Country.objects.create(code="QMA", name="Hereland", region=region, standing="fictional")
    Country.objects.create(code="QMB", name="Thereland", region=region, standing="fictional")
    lead = Entity.objects.create(
        code="WATER", abbreviation="WATER", name="Water Office", kind="office", role="member", source="s"
    )
    before = Inventory.objects.create(
        key="wells-2018", title="The wells of 2018", as_of=date(2018, 2, 28), provenance="illustrative", source="s"
    )
    year = Inventory.objects.create(
        key="wells-2019", title="The wells of 2019", as_of=DAY, provenance="illustrative", source="s", previous=before
    )
    named = {
        "public": ("public", "A public well"),
        "compact": ("compact", "A well of the compact"),
        "restricted": ("restricted", "A confidential well"),
        "formula": ("public", '=HYPERLINK("http://example.org")'),
        "script": ("public", "<script>alert(1)</script>"),
    }
    ordinary = {f"well-{number:02}": ("public", f"Well number {number:02}") for number in range(PROJECTS - len(named))}
    projects = Project.objects.unscoped("test").bulk_create(
        Project(
            reference=reference,
            title=title,
            lead_entity=lead,
            status="ongoing",
            level=level,
            state=here if level == "restricted" else None,
            pillar=pillars[place % 2],
            provenance="illustrative",
        )
        for place, (reference, (level, title)) in enumerate({**named, **ordinary}.items())
    )
    InventoryEntry.objects.unscoped("test").bulk_create(
        InventoryEntry(
            inventory=inventory,
            project=project,
            status=project.status,
            pillar=project.pillar,
            budget=Decimal("1000000.00"),
            budget_usd=Decimal("1000000.00"),
            funding=Decimal("400000.00"),
            funding_usd=Decimal("400000.00"),
        )
        for inventory in (before, year)
        for project in projects
    )
    by_reference = {project.reference: project for project in projects}
    ProjectCountry.objects.unscoped("test").create(project=by_reference["restricted"], country=here)
    visit = Assessment.objects.unscoped("test").create(
        country=here, assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY
    )
    needs = {}
    for level in ("compact", "restricted"):
        need = Recommendation.objects.unscoped("test").create(
            reference=level,
            level=level,
            assessment=visit,
            country=here,
            title=f"A {level} need",
            text="Dig deeper.",
            priority="high",
            issued_on=DAY,
        )
        Response.objects.unscoped("test").create(
            recommendation=need, project=by_reference["public"], strength="full", claimed_by=lead, claimed_on=DAY
        )
        needs[level] = need.public_id
    event = Event.objects.unscoped("test").create(
        kind="workshop", title="A workshop", organiser=lead, country=here, starts_on=DAY, ends_on=DAY, series="s"
    )
    call = SeedRound.objects.create(code="2019", title="Round of 2019", year=2019, source="s")
    award = SeedAward.objects.create(round=call, number=1, title="A seed", amount_usd=Decimal(100), source="s")
    giver = Contributor.objects.create(code="giver", name="A giver", kind="other", source="s")
    gift = Contribution.objects.unscoped("test").create(
        contributor=giver, currency="USD", amount=Decimal(5), amount_usd=Decimal(5), received_on=DAY
    )
    return House(
        projects={reference: project.public_id for reference, project in by_reference.items()},
        needs=needs,
        event=event.public_id,
        award=award.public_id,
        contribution=gift.public_id,
    )


Reader = Callable[[str], Client]


@pytest.fixture
def reader(house: House) -> Reader:  # noqa: ARG001  # the roles are held for its entity and its State
    """A browser for one of the named readers: ``public``, ``officer``, ``focal``, ``state``, ``other_state``."""
    held: dict[str, tuple[Role, str | None, str | None]] = {
        "officer": (Role.SECRETARIAT, None, None),
        "focal": (Role.ENTITY, "WATER", None),
        "state": (Role.STATE, None, "QMA"),
        "other_state": (Role.STATE, None, "QMB"),
        "donor": (Role.DONOR, None, None),
    }

    def browser(name: str) -> Client:
        client = Client()
        if name == "public":
            return client
        role, entity, country = held[name]
        person = Person.objects.create(email=f"{name}@demo.example", name=name.title())
        RoleHeld.objects.create(
            person=person,
            role=role,
            entity=Entity.objects.get(code=entity) if entity else None,
            country=Country.objects.get(code=country) if country else None,
            starts_on=DAY,
        )
        client.force_login(person)
        return client

    return browser
