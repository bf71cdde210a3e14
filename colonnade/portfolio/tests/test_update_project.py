"""Editing a project by hand: who may, what follows, and that nobody's change is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country, Region
from colonnade.portfolio.actions import update_project
from colonnade.portfolio.editing import ProjectChanged, ProjectRefused
from colonnade.portfolio.models import Inventory, InventoryEntry, Project
from colonnade.strategy.models import Pillar

DAY = date(2019, 8, 31)


@pytest.fixture
def project(db: None) -> Project:  # noqa: ARG001  # the fixture opens the database
    """A project of WATER that stands in two inventories."""
    water = Entity.objects.create(code="WATER", abbreviation="WATER", name="Water", role="member", source="s")
    Entity.objects.create(code="AIR", abbreviation="AIR", name="Air", role="member", source="s")
    made = Project.objects.unscoped("test").create(
        reference="p", title="A well", lead_entity=water, status="ongoing", level="compact"
    )
    for key, as_of in (("2018", date(2018, 1, 1)), ("2019", DAY)):
        inventory = Inventory.objects.create(key=key, title=key, as_of=as_of, provenance="reported", source="s")
        InventoryEntry.objects.unscoped("test").create(inventory=inventory, project=made, status="ongoing")
    return made


def person_with(role: Role, entity: str = "") -> Person:
    person = Person.objects.create(email=f"{role}{entity}@demo.example", name=role.title())
    held = Entity.objects.get(code=entity) if entity else None
    RoleHeld.objects.create(person=person, role=role, entity=held, starts_on=DAY)
    return person


def edit(project: Project, person: Person, version: int = 1, **changes: object) -> Project:
    actor = Actor(person.name, person.pk)
    return update_project(
        project=project,
        expected_version=version,
        changes=changes,
        in_dollars=lambda money, _on: money.amount * 2,
        person=person,
        actor=actor,
    )


def test_the_lead_entity_and_the_secretariat_edit_a_project(project: Project) -> None:
    edit(project, person_with(Role.ENTITY, "WATER"), title="A deep well")
    edited = edit(project, person_with(Role.SECRETARIAT), version=2, status="completed")
    assert (edited.title, edited.status, edited.version) == ("A deep well", "completed", 3)


def test_others_do_not_and_are_told_why(project: Project) -> None:
    for person in (person_with(Role.ENTITY, "AIR"), person_with(Role.BOARD), person_with(Role.CHAIR, "WATER")):
        with pytest.raises(ProjectRefused, match="lead entity"):
            edit(project, person, title="x")


def test_whoever_may_not_see_it_finds_no_project(project: Project) -> None:
    region = Region.objects.create(code="R", name="R")
    here = Country.objects.create(code="QMA", name="Here", region=region, standing="fictional")
    Project.objects.unscoped("test").filter(pk=project.pk).update(level="restricted", state=here)
    with pytest.raises(Project.DoesNotExist):
        edit(project, person_with(Role.ENTITY, "AIR"), title="x")


def test_a_save_over_another_version_is_refused_with_what_stands(project: Project) -> None:
    officer = person_with(Role.SECRETARIAT)
    edit(project, officer, title="Theirs")
    with pytest.raises(ProjectChanged) as stale:
        edit(project, officer, title="Mine")
    assert (stale.value.current.title, stale.value.current.version) == ("Theirs", 2)
    assert Project.objects.unscoped("test").get().title == "Theirs"


def test_the_newest_inventory_follows_and_an_earlier_one_stays(project: Project) -> None:
    pillar = Pillar.objects.create(code="I", title="I", short_title="I", position=1, colour="#000000", source="s")
    edit(project, person_with(Role.SECRETARIAT), status="completed", pillar_id=pillar.pk)
    entries = InventoryEntry.objects.unscoped("test").order_by("inventory__as_of")
    assert list(entries.values_list("status", "pillar__code")) == [("ongoing", None), ("completed", "I")]


def test_a_save_that_changes_nothing_writes_nothing(project: Project) -> None:
    before = Event.objects.count()
    officer = person_with(Role.SECRETARIAT)
    people = Event.objects.count() - before
    assert edit(project, officer, title="A well").version == 1
    assert Event.objects.count() == before + people


def test_every_edit_is_in_the_log_with_its_version(project: Project) -> None:
    officer = person_with(Role.SECRETARIAT)
    for version in (1, 2, 3):
        edit(project, officer, version, title=f"Well {version}")
    found = Event.objects.filter(table_name="portfolio_project", action="update_project").order_by("pk")
    assert [(event.before or {})["version"] for event in found] == [1, 2, 3]
    assert {event.person_id for event in found} == {officer.pk}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"status": "lost"},
        {"scope": "lunar"},
        {"origin": "?"},
        {"starts_on": date(2020, 1, 2), "ends_on": date(2020, 1, 1)},
        {"level": "public"},
        {"reference": "q"},
    ],
)
def test_what_could_not_stand_is_refused_whole(project: Project, changes: dict[str, Any]) -> None:
    with pytest.raises(ProjectRefused):
        edit(project, person_with(Role.SECRETARIAT), **changes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM portfolio_project")
        assert cursor.fetchone() == (1,)


def test_dollars_follow_an_amount_that_is_stated_anew_and_stay_where_none_is(project: Project) -> None:
    officer = person_with(Role.SECRETARIAT)
    edit(project, officer, currency="EUR", budget=Decimal(100), budget_on=DAY)
    edited = edit(project, officer, version=2, title="A deep well")
    assert (edited.budget_usd, edited.funding_usd) == (Decimal(200), None)
    newest = InventoryEntry.objects.unscoped("test").get(project=project, inventory__key="2019")
    assert (newest.currency, newest.budget, newest.budget_usd) == ("EUR", Decimal(100), Decimal(200))
    earlier = InventoryEntry.objects.unscoped("test").get(project=project, inventory__key="2018")
    assert earlier.budget is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"currency": "dollars"}, "three capital letters"),
        ({"budget": Decimal(-1)}, "below zero"),
        ({"currency": "EUR", "funding": Decimal(1)}, "has its day"),
    ],
)
def test_money_that_could_not_be_counted_is_refused(project: Project, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ProjectRefused, match=reason):
        edit(project, person_with(Role.SECRETARIAT), **changes)
