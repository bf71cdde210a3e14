"""Rules applied to activities: pillar, themes, areas, scope, status and markers, and abstaining where none holds."""

from dataclasses import replace
from typing import Any

import pytest

from colonnade.exchange.iati.mapping.classification import Classification, map_activity
from colonnade.exchange.iati.mapping.tests.examples import (
    activity,
    countries,
    regions,
    rules,
    sectors,
    transaction,
)
from colonnade.exchange.iati.markers import PolicyMarker
from colonnade.exchange.iati.narratives import Narrative
from colonnade.exchange.iati.sectors import Sector


def mapped(*words: str, **changes: Any) -> Classification:
    return map_activity(activity(*words, **changes), rules())


def pillar(*words: str, **changes: Any) -> str | None:
    found = mapped(*words, **changes).pillar
    return found.value if found else None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Preventing violent extremism in schools", "I"),
        ("Prévention de lextrémisme violent au Sahel", "I"),
        ("Prevención del extremismo violento", "I"),
        ("Профилактика насильственного экстремизма", "I"),
        ("منع التطرف العنيف في المدارس", "I"),
        ("De-radicalisation of youth", "I"),
        ("Countering online hate speech", "I"),
        ("Integrated border management in the region", "II"),
        ("Gestión integrada de fronteras", "II"),
        ("Renforcement de la sécurité des frontières", "II"),
        ("Countering the financing of terrorism", "II"),
        ("Support to the fight against money laundering", "II"),
        ("Aviation security at two airports", "II"),
        ("Capacity of prosecutors in counter-terrorism", "III"),
        ("Managing violent extremist prisoners", "III"),
        ("Support for victims of terrorism", "IV"),
        ("Human rights while countering terrorism", "IV"),
    ],
)
def test_a_title_gives_the_pillar(title: str, expected: str) -> None:
    assert pillar(title) == expected


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Clinics for the north", ""),
        ("Justice System", "Actors include: police, border security, prosecutors, judges and bar associations."),
        ("Food for the displaced", "Families fled after terrorist attacks and live in insecurity."),
        ("COVID-19 response at points of entry", "Border management in times of the pandemic."),
        ("Border management against Ebola", ""),
        ("Border management and migrant referral mechanisms", ""),
        ("Critical infrastructure for water", ""),
        ("Improve crisis services", "We improve and approve."),
    ],
)
def test_work_that_only_mentions_the_matter_is_not_reported(title: str, description: str) -> None:
    assert mapped(title, description).pillar is None


def test_a_mapped_value_names_its_rule_and_the_words_it_rests_on() -> None:
    found = mapped("Preventing violent extremism").pillar
    assert found is not None
    assert (found.field, found.rule) == ("pillar", "P-I-prevention-title")
    assert found.evidence == "“preventing violent extremism”"


def test_a_title_in_another_language_is_searched_too() -> None:
    titles = (Narrative("en", "Project of the ministry"), Narrative("sv", "Förebygga våldsbejakande extremism"))
    assert pillar(titles=titles) == "I"


def test_prevention_in_a_description_counts_where_the_sector_is_near() -> None:
    words = ("Youth at work", "The aim is to counter violent extremism.")
    assert pillar(*words, sectors=sectors(s15150=100)) == "I"
    assert pillar(*words, sectors=sectors(s12220=100)) is None
    assert pillar(*words, sectors=sectors(s15150=40, s12220=60)) is None


def test_peacebuilding_needs_its_sector_and_its_words() -> None:
    assert pillar("Peace in the hills", "A dialogue of elders.", sectors=sectors(s15220=100)) == "I"
    assert pillar("Peace in the hills", "A dialogue of elders.") is None
    assert pillar("Safe laboratories", "", sectors=sectors(s15220=100)) is None


def test_stabilisation_counts_in_the_places_that_the_rule_names() -> None:
    assert pillar("Stabilisation fund", countries=countries("IQ")) == "I"
    assert pillar("Stabilisation fund", countries=countries("FR")) is None


def test_sectors_and_places_of_transactions_stand_in_where_the_activity_has_none() -> None:
    paid = replace(transaction("2", "1"), sectors=(Sector("1", "15220", "", None),), country=countries("IQ")[0])
    assert pillar("Peace in the hills", "A dialogue of elders.", transactions=(paid,)) == "I"
    scope = mapped(transactions=(paid,)).scope
    assert scope is not None
    assert (scope.value, scope.rule) == ("national", "S-one-country")


def test_areas_belong_to_prevention_alone() -> None:
    prevention = mapped("Young women against violent extremism", "Radicalisation of youth", sectors=sectors(s15220=100))
    assert [area.value for area in prevention.areas] == ["dialogue", "youth", "gender"]
    assert mapped("Border management with young women").areas == ()


def test_an_area_is_given_once_with_its_first_rule() -> None:
    found = mapped("Preventing violent extremism by dialogue", sectors=sectors(s15220=100))
    assert [(area.value, area.rule) for area in found.areas] == [("dialogue", "A-dialogue-sector")]


def test_themes_follow_the_same_way() -> None:
    assert [theme.value for theme in mapped("Countering the financing of terrorism").themes] == ["financing"]
    assert [theme.value for theme in mapped("Victims of terrorism").themes] == ["victims"]


@pytest.mark.parametrize(
    ("scope", "places", "expected", "rule"),
    [
        ("1", {}, "global", "S-global"),
        ("1", {"countries": countries("KE", "UG")}, "global", "S-global"),
        ("1", {"countries": countries("KE")}, "national", "S-contradicted"),
        ("1", {"regions": regions("298")}, "regional", "S-contradicted-region"),
        ("1", {"regions": regions("998")}, "global", "S-global"),
        ("2", {"countries": countries("KE")}, "regional", "S-regional"),
        ("3", {}, "regional", "S-regional"),
        ("4", {}, "national", "S-national"),
        ("8", {}, "national", "S-national"),
        ("", {"countries": countries("KE")}, "national", "S-one-country"),
        ("", {"countries": countries("KE", "UG")}, "regional", "S-several-countries"),
        ("", {"countries": countries("KE"), "regions": regions("298")}, "regional", "S-country-and-region"),
        ("", {"regions": regions("298")}, "regional", "S-one-region"),
        ("", {"regions": regions("298", "798")}, "regional", "S-several-regions"),
        ("", {"regions": regions("998")}, "global", "S-unspecified"),
    ],
)
def test_scope_is_published_or_read_from_the_places(
    scope: str, places: dict[str, Any], expected: str, rule: str
) -> None:
    found = mapped(scope=scope, **places).scope
    assert found is not None
    assert (found.value, found.rule) == (expected, rule)


def test_an_activity_without_scope_and_places_has_none() -> None:
    assert mapped().scope is None


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1", "in_development"),
        ("2", "ongoing"),
        ("3", "completed"),
        ("4", "completed"),
        ("5", "cancelled"),
        ("6", "suspended"),
    ],
)
def test_each_status_of_the_standard_has_one_here(code: str, status: str) -> None:
    found = mapped(status=code).status
    assert found is not None
    assert found.value == status


def test_no_status_is_not_reported() -> None:
    assert mapped(status="").status is None


@pytest.mark.parametrize(("significance", "score"), [("0", 0), ("1", 2), ("2", 3), ("3", 3)])
def test_the_gender_marker_follows_the_significance(significance: str, score: int) -> None:
    ((found, given),) = mapped(markers=(PolicyMarker("1", "1", significance),)).markers
    assert (found.field, given, found.rule) == ("marker gender", score, f"M-gender-{significance}")


@pytest.mark.parametrize("marker", [("1", "1", "4"), ("1", "2", "2"), ("99", "1", "2")])
def test_other_markers_say_nothing_on_gender(marker: tuple[str, str, str]) -> None:
    assert mapped(markers=(PolicyMarker(*marker),)).markers == ()
