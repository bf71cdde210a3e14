"""Recording an inventory: whole or not at all, and the same thing twice is one thing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.core.problems import ProblemsFound
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.actions import RecordedInventory, open_inventory, record_inventory
from colonnade.portfolio.models import Inventory, InventoryEntry, Project, ProjectArea, ProjectCountry
from colonnade.portfolio.reported import ReportedMoney, ReportedPlace, ReportedProject
from colonnade.strategy.models import Area, Pillar

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk")
MILLION = ReportedMoney(Decimal("1000000.00"), "USD", date(2019, 8, 31), Decimal("1000000.00"))
WELL = ReportedProject(
    reference="W-1",
    title="A well",
    entity="WATER",
    status="ongoing",
    scope="national",
    pillar="I",
    level="public",
    budget=MILLION,
    areas=("supply", "quality"),
    countries=(ReportedPlace("QMA", Decimal("60")), ReportedPlace("QMB")),
)


@pytest.fixture(autouse=True)
def _lists() -> None:
    Pillar.objects.create(code="I", title="One", short_title="One", position=1, colour="#000000", source="s")
    for position, code in enumerate(("supply", "quality")):
        Area.objects.create(code=code, title=code, short_title=code, position=position, source="s")
    Entity.objects.create(code="WATER", abbreviation="WATER", name="Water", kind="office", role="member", source="s")
    region = Region.objects.create(code="R", name="R", fictional=True)
    for code in ("QMA", "QMB"):
        Country.objects.create(code=code, name=code, region=region, standing="fictional")


def inventory(key: str, on: date) -> Inventory:
    return open_inventory(
        key=key, title=key, as_of=on, provenance="illustrative", source="s", previous=None, actor=CLERK
    )


def record(into: Inventory, *projects: ReportedProject) -> RecordedInventory:
    return record_inventory(inventory=into, projects=projects, actor=CLERK)


def projects() -> list[Project]:
    return list(Project.objects.unscoped("test").order_by("reference"))


def test_a_report_becomes_a_project_an_entry_and_its_links() -> None:
    year = inventory("2019", date(2019, 8, 31))
    assert record(year, WELL) == RecordedInventory(created=1, updated=0, unchanged=0)
    (project,) = projects()
    assert (project.title, project.budget_usd, project.provenance) == ("A well", Decimal("1000000.00"), "illustrative")
    assert InventoryEntry.objects.unscoped("test").get().budget == Decimal("1000000.00")
    assert ProjectArea.objects.unscoped("test").count() == 2
    shares = dict(ProjectCountry.objects.unscoped("test").values_list("country__code", "share"))
    assert shares == {"QMA": Decimal("60.0000"), "QMB": None}


def test_the_same_report_twice_changes_nothing() -> None:
    year = inventory("2019", date(2019, 8, 31))
    record(year, WELL)
    before = high_water_mark()
    assert record(year, WELL) == RecordedInventory(created=0, updated=0, unchanged=1)
    assert high_water_mark() == before
    assert projects()[0].version == 1


def test_a_change_raises_the_version_and_touches_only_what_changed() -> None:
    year = inventory("2019", date(2019, 8, 31))
    record(year, WELL, replace(WELL, reference="W-2"))
    assert record(year, replace(WELL, title="A deep well"), replace(WELL, reference="W-2")) == RecordedInventory(
        0, 1, 1
    )
    assert [(project.title, project.version) for project in projects()] == [("A deep well", 2), ("A well", 1)]


def test_links_follow_the_report() -> None:
    year = inventory("2019", date(2019, 8, 31))
    record(year, WELL)
    record(year, replace(WELL, areas=("supply",)))
    assert list(ProjectArea.objects.unscoped("test").values_list("area__code", flat=True)) == ["supply"]


def test_an_earlier_inventory_does_not_overwrite_a_later_one() -> None:
    later, earlier = inventory("2019", date(2019, 8, 31)), inventory("2018", date(2018, 2, 28))
    record(later, replace(WELL, status="completed"))
    record(earlier, replace(WELL, title="A first well", areas=()))
    (project,) = projects()
    assert (project.status, project.title) == ("completed", "A well")
    assert ProjectArea.objects.unscoped("test").count() == 2
    entries = InventoryEntry.objects.unscoped("test")
    assert dict(entries.values_list("inventory__key", "status")) == {"2019": "completed", "2018": "ongoing"}


def test_an_unknown_code_refuses_the_whole_inventory_and_names_every_one() -> None:
    year = inventory("2019", date(2019, 8, 31))
    with pytest.raises(ProblemsFound) as raised:
        record(year, WELL, replace(WELL, reference="W-2", pillar="V", countries=(ReportedPlace("QQQ"),)))
    assert [(problem.column, problem.value) for problem in raised.value.problems] == [
        ("pillar", "V"),
        ("country", "QQQ"),
    ]
    assert projects() == []


def test_a_blank_budget_is_not_a_budget_of_nothing() -> None:
    record(inventory("2019", date(2019, 8, 31)), replace(WELL, budget=None))
    assert projects()[0].budget_usd is None


def test_a_report_of_a_merged_record_is_an_entry_of_the_one_that_is_kept() -> None:
    year = inventory("wells-2019", date(2019, 8, 31))
    record(year, WELL, replace(WELL, reference="W-2"))
    kept, merged = projects()
    Project.objects.unscoped("test").filter(pk=merged.pk).update(merged_into=kept)
    later = inventory("wells-2020", date(2020, 8, 31))
    told = replace(WELL, reference="W-2", title="Another title", status="completed", countries=())
    assert record(later, told) == RecordedInventory(0, 1, 0)
    entry = InventoryEntry.objects.unscoped("test").get(inventory=later)
    assert (entry.project, entry.status) == (kept, "completed")
    now, then = projects()
    assert (now.title, now.status, then.title, then.status) == ("A well", "completed", "A well", "ongoing")
    mark = high_water_mark()
    assert record(later, told) == RecordedInventory(0, 0, 1)
    assert high_water_mark() == mark


def test_where_both_names_are_reported_the_kept_one_stands_and_nothing_is_added_up() -> None:
    year = inventory("wells-2019", date(2019, 8, 31))
    record(year, WELL, replace(WELL, reference="W-2"))
    kept, merged = projects()
    Project.objects.unscoped("test").filter(pk=merged.pk).update(merged_into=kept)
    later = inventory("wells-2020", date(2020, 8, 31))
    record(later, replace(WELL, reference="W-2", budget=None), WELL)
    entry = InventoryEntry.objects.unscoped("test").get(inventory=later)
    assert (entry.project, entry.budget) == (kept, MILLION.amount)


def test_a_report_takes_nothing_away_that_came_with_a_merged_record() -> None:
    year = inventory("wells-2019", date(2019, 8, 31))
    alone = replace(WELL, countries=(ReportedPlace("QMA"),), areas=("supply",))
    record(year, alone, replace(WELL, reference="W-2"))
    kept, merged = projects()
    Project.objects.unscoped("test").filter(pk=merged.pk).update(merged_into=kept)
    ProjectCountry.objects.unscoped("test").create(project=kept, country=Country.objects.get(code="QMB"))
    record(year, replace(alone, areas=("supply", "quality")))
    places = ProjectCountry.objects.unscoped("test").filter(project=kept)
    assert set(places.values_list("country__code", flat=True)) == {"QMA", "QMB"}
    assert ProjectArea.objects.unscoped("test").filter(project=kept).count() == 2
