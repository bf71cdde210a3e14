"""Importing files into the registry: projects with their facts, publishers, and the same files twice."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.core.problems import ProblemsFound
from colonnade.exchange.iati.importing import ImportSummary, import_files
from colonnade.exchange.iati.publishers import abbreviation_of
from colonnade.exchange.iati.tests.making import PACK, ROOT, SHARED, activity_xml, file_of
from colonnade.members.models import Entity
from colonnade.places.models import Country, Region
from colonnade.portfolio.actions import RecordedInventory
from colonnade.portfolio.models import Inventory, InventoryEntry, MappedFact, Project, ProjectArea, ProjectCountry
from colonnade.strategy.models import Area, Pillar, Theme

pytestmark = pytest.mark.django_db

CLERK = Actor("a clerk")
UPDATED = 'default-currency="EUR" last-updated-datetime="2021-02-03T00:00:00Z"'
BODY = (
    '<title><narrative xml:lang="en">Preventing violent extremism with young people</narrative></title>'
    '<activity-status code="2"/><activity-date type="2" iso-date="2019-01-01"/>'
    '<recipient-country code="KE" percentage="100"/><sector code="15220" percentage="100"/>'
    '<policy-marker code="1" significance="1"/>'
    '<budget><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>'
    '<value value-date="2019-01-01">1000</value></budget>'
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(autouse=True)
def _lists() -> None:
    """The codes of the pack, as a loaded registry holds them."""
    for number, row in enumerate(rows(PACK / "pillars.csv")):
        Pillar.objects.create(
            code=row["code"], title="t", short_title="t", position=number, colour="#000000", source="s"
        )
    for model, file in ((Area, "areas.csv"), (Theme, "themes.csv")):
        for number, row in enumerate(rows(PACK / file)):
            model.objects.create(code=row["code"], title="t", short_title="t", position=number, source="s")
    tables = ROOT / "colonnade" / "places" / "tables"
    regions = {row["code"]: Region(code=row["code"], name=row["name"]) for row in rows(tables / "regions.csv")}
    Region.objects.bulk_create(regions.values())
    Country.objects.bulk_create(
        Country(
            code=row["iso3"],
            iso2=row["iso2"],
            name=row["name"],
            region=regions[row["region"]],
            standing=row["standing"],
        )
        for row in rows(tables / "countries.csv")
    )
    Entity.objects.create(
        code="UNDP", abbreviation="UNDP", name="UNDP", kind="k", role="member", iati_ref="XM-DAC-41114", source="s"
    )


def imported(*files: Path) -> ImportSummary:
    return import_files(files, inventory_key="published", pack_folder=PACK, actor=CLERK)


def only_project() -> Project:
    return Project.objects.unscoped("a test").get()


def test_an_activity_becomes_a_public_project_whose_facts_name_their_rules(tmp_path: Path) -> None:
    summary = imported(file_of(tmp_path, activity_xml(BODY, attributes='default-currency="EUR"')))
    assert summary.recorded == RecordedInventory(created=1, updated=0, unchanged=0)
    project = only_project()
    assert (project.reference, project.level, project.provenance) == ("XM-TEST-1-A", "public", "published")
    assert (project.pillar and project.pillar.code, project.scope, project.status) == ("I", "national", "ongoing")
    assert (project.budget, project.currency, project.budget_on) == (Decimal("1000.00"), "EUR", date(2019, 1, 1))
    assert project.budget_usd == Decimal("1141.64")
    facts = {fact.field: fact for fact in MappedFact.objects.unscoped("a test")}
    assert facts["pillar"].rule == "P-I-prevention-title"
    assert (facts["pillar"].file, facts["pillar"].row) == ("made.xml", 2)
    assert facts["marker gender"].value == "2"
    assert facts["budget"].rule == "budget-published"
    assert {area.area.code for area in ProjectArea.objects.unscoped("a test")} == {"dialogue", "youth"}
    (place,) = ProjectCountry.objects.unscoped("a test")
    assert (place.country.code, str(place.share)) == ("KEN", "100.0000")


def test_a_publisher_outside_the_strategy_is_listed_as_one(tmp_path: Path) -> None:
    assert imported(file_of(tmp_path, activity_xml(BODY))).new_publishers == 1
    entity = only_project().lead_entity
    assert (entity.code, entity.name, entity.role, entity.kind) == (
        "XM-TEST-1",
        "Agency of Tests",
        "publisher",
        "multilateral",
    )
    assert entity.abbreviation == "Agency of Tests"


def test_a_publisher_goes_by_its_english_name_and_its_initials(tmp_path: Path) -> None:
    made = "<narrative>Agency of Tests</narrative>"
    french = activity_xml(BODY).replace(made, '<narrative xml:lang="fr">Agence des essais</narrative>')
    english = activity_xml(BODY, identifier="XM-TEST-1-B").replace(
        made,
        '<narrative xml:lang="fr">Agence des essais</narrative>'
        '<narrative xml:lang="en">Zonal Agency of Tests (ZAT)</narrative>',
    )
    nameless = activity_xml(BODY, identifier="XM-TEST-1-C").replace(made, "")
    imported(file_of(tmp_path, french, english, nameless))
    entity = Entity.objects.get(role="publisher")
    assert (entity.code, entity.name, entity.abbreviation) == ("XM-TEST-1", "Zonal Agency of Tests (ZAT)", "ZAT")


def test_a_publisher_listed_by_its_bare_reference_is_named_once_it_publishes_a_name(tmp_path: Path) -> None:
    nameless = activity_xml(BODY).replace("<narrative>Agency of Tests</narrative>", "")
    imported(file_of(tmp_path, nameless))
    assert Entity.objects.get(role="publisher").abbreviation == "XM-TEST-1"
    imported(file_of(tmp_path, activity_xml(BODY), name="named.xml"))
    entity = Entity.objects.get(role="publisher")
    assert (entity.name, entity.abbreviation) == ("Agency of Tests", "Agency of Tests")
    imported(file_of(tmp_path, nameless))
    assert Entity.objects.get(role="publisher").name == "Agency of Tests"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("International Organization for Migration (IOM)", "IOM"),
        ("Department for Development (UK)", "Department for Development (UK)"),
        ("European Commission - Service for Foreign Policy Instruments", None),
        ("The Federal Office for the Prevention of Very Long Names of Organisations", None),
        ("X" * 90, "X" * 59 + "…"),
    ],
)
def test_an_abbreviation_is_readable_and_fits(name: str, short: str | None) -> None:
    made = abbreviation_of(name)
    assert len(made) <= 60
    assert made == short if short else name.startswith(made.removesuffix(" …"))
    assert len(made) > 1


def test_an_entity_of_the_strategy_is_recognised_by_its_reference(tmp_path: Path) -> None:
    xml = activity_xml(BODY).replace("XM-TEST-1", "XM-DAC-41114")
    assert imported(file_of(tmp_path, xml)).new_publishers == 0
    assert only_project().lead_entity.code == "UNDP"


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = file_of(tmp_path, activity_xml(BODY), activity_xml(BODY, identifier="XM-TEST-1-B"))
    imported(path)
    mark = high_water_mark()
    assert imported(path).recorded == RecordedInventory(created=0, updated=0, unchanged=2)
    assert high_water_mark() == mark


def test_a_later_file_updates_what_it_holds_and_keeps_the_rest(tmp_path: Path) -> None:
    imported(file_of(tmp_path, activity_xml(BODY), activity_xml(BODY, identifier="XM-TEST-1-B"), name="first.xml"))
    closed = activity_xml(BODY.replace('status code="2"', 'status code="4"'))
    summary = imported(file_of(tmp_path, closed, name="second.xml"))
    assert summary.recorded == RecordedInventory(created=0, updated=1, unchanged=0)
    entries = InventoryEntry.objects.unscoped("a test")
    assert sorted(entries.values_list("project__reference", "status")) == [
        ("XM-TEST-1-A", "completed"),
        ("XM-TEST-1-B", "ongoing"),
    ]


def test_a_refused_file_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    old = file_of(tmp_path, activity_xml(BODY), name="old.xml", root='version="1.04"')
    summary = imported(old, file_of(tmp_path, activity_xml(BODY)), tmp_path / "missing.xml")
    assert summary.refused == ("old.xml", "missing.xml")
    assert summary.recorded.created == 1
    assert "old.xml: refused" in str(summary)
    assert "Mend:" in str(summary)
    assert "; this import: 1 projects (I 1)" in str(summary)


def test_where_every_file_is_refused_or_missing_nothing_is_written(tmp_path: Path) -> None:
    imported(file_of(tmp_path, activity_xml(BODY, attributes=UPDATED)))
    mark = high_water_mark()
    old = file_of(tmp_path, activity_xml(BODY), name="old.xml", root='version="1.04"')
    with pytest.raises(ProblemsFound) as refused:
        imported(old, tmp_path / "missing.xml")
    assert [problem.file for problem in refused.value.problems] == ["old.xml", "missing.xml"]
    assert all(problem.mend for problem in refused.value.problems)
    assert high_water_mark() == mark
    assert Inventory.objects.get().as_of == date(2021, 2, 3)


def test_where_the_only_file_is_missing_no_inventory_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="cannot be read"):
        imported(tmp_path / "missing.xml")
    assert not Inventory.objects.exists()


def test_an_inventory_of_other_provenance_is_refused_whole(tmp_path: Path) -> None:
    Inventory.objects.create(
        key="published", title="Made up", as_of=date(2019, 6, 30), provenance="illustrative", source="s"
    )
    mark = high_water_mark()
    with pytest.raises(ProblemsFound, match=r"holds illustrative projects.*Mend: give --inventory"):
        imported(file_of(tmp_path, activity_xml(BODY)))
    assert high_water_mark() == mark
    held = Inventory.objects.get()
    assert (held.title, held.provenance, held.as_of) == ("Made up", "illustrative", date(2019, 6, 30))
    assert not Project.objects.unscoped("a test").exists()
    assert not Entity.objects.filter(role="publisher").exists()


def test_the_inventory_stands_at_the_latest_update_of_its_activities(tmp_path: Path) -> None:
    moment = 'default-currency="EUR" last-updated-datetime="2020-05-06T00:00:00Z"'
    later = 'default-currency="EUR" last-updated-datetime="2021-02-03T00:00:00Z"'
    imported(
        file_of(
            tmp_path,
            activity_xml(BODY, attributes=later),
            activity_xml(BODY, identifier="XM-TEST-1-B", attributes=moment),
        )
    )
    inventory = Inventory.objects.get()
    assert (inventory.key, inventory.as_of, inventory.provenance) == ("published", date(2021, 2, 3), "published")


def test_rules_that_name_an_unknown_code_store_nothing(tmp_path: Path) -> None:
    Pillar.objects.filter(code="I").delete()
    with pytest.raises(ProblemsFound, match="no such pillar"):
        imported(file_of(tmp_path, activity_xml(BODY)))
    assert not Inventory.objects.exists()
    assert not Entity.objects.filter(role="publisher").exists()


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/data/iati is not there: importing is tested on made files only")
def test_real_files_are_imported_and_twice_is_once() -> None:
    files = [SHARED / "ct-pve-extract-dev.xml", SHARED / "UNHCR-Activities-2023.xml"]
    summary = imported(*files)
    assert summary.recorded.created == 242
    assert not summary.refused
    mark = high_water_mark()
    assert imported(*files).recorded.unchanged == 242
    assert high_water_mark() == mark
