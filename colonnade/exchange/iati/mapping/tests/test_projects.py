"""One activity as a reported project: every field, every fact, and what is left out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from colonnade.exchange.iati.dates import ActivityDates
from colonnade.exchange.iati.identification import OtherIdentifier, ReportingOrganisation
from colonnade.exchange.iati.mapping.projects import PublishedProject, Publisher, project_of
from colonnade.exchange.iati.mapping.tests.examples import (
    RATES,
    activity,
    budget,
    lists,
    regions,
    rules,
    transaction,
)
from colonnade.exchange.iati.narratives import Narrative
from colonnade.exchange.iati.organisations import ParticipatingOrganisation
from colonnade.exchange.iati.places import RecipientCountry, RecipientRegion
from colonnade.exchange.iati.relations import RelatedActivity
from colonnade.portfolio.reported import ReportedMoney, ReportedPartner, ReportedPlace


def published(**changes: Any) -> tuple[PublishedProject | None, list[str]]:
    problems: list[Any] = []
    found = project_of(activity(**changes), rules(), RATES, lists(), problems)
    return found, [problem.message.removeprefix("XM-TEST-1-A: ") for problem in problems]


def sound(**changes: Any) -> PublishedProject:
    found, noted = published(**changes)
    assert noted == []
    assert found is not None
    return found


def test_english_is_preferred_in_title_and_description() -> None:
    project = sound(
        titles=(Narrative("fr", "Titre"), Narrative("en", "Title")),
        descriptions=(Narrative("fr", "Un"), Narrative("en", "One"), Narrative("en", "Two")),
    ).project
    assert (project.title, project.language, project.description) == ("Title", "en", "One\n\nTwo")


def test_without_english_the_first_language_is_taken() -> None:
    project = sound(
        titles=(Narrative("fr", "Titre"),), descriptions=(Narrative("fr", "Un"), Narrative("es", "Uno"))
    ).project
    assert (project.title, project.language, project.description) == ("Titre", "fr", "Un")


def test_an_activity_without_title_goes_by_its_identifier() -> None:
    assert sound(titles=()).project.title == "XM-TEST-1-A"


def test_a_publisher_that_is_not_listed_goes_by_its_reference() -> None:
    found = sound()
    assert (found.project.entity, found.publisher) == (
        "XM-TEST-1",
        Publisher("XM-TEST-1", "Agency of Tests", "multilateral"),
    )


def test_a_listed_publisher_is_recognised_by_reference_or_channel_code() -> None:
    for ref, rule in (("xm-dac-41114", "entity-reference"), ("41114", "entity-channel-code")):
        found = sound(reporting=ReportingOrganisation(ref, "Programme", "40", secondary=False))
        assert (found.project.entity, found.publisher) == ("UNDP", None)
        assert [fact.rule for fact in found.project.facts if fact.field == "entity"] == [rule]


def test_a_project_without_status_or_publisher_is_not_taken_and_noted() -> None:
    nobody = ReportingOrganisation("", "", "", secondary=False)
    found, noted = published(status="", reporting=nobody, identifier="X" * 121)
    assert found is None
    assert len(noted) == 3
    assert all("not taken" in message for message in noted)


def test_an_end_before_the_start_is_left_out() -> None:
    found, noted = published(dates=ActivityDates(planned_start=date(2020, 1, 1), planned_end=date(2019, 1, 1)))
    assert found is not None
    assert (found.project.starts_on, found.project.ends_on) == (date(2020, 1, 1), None)
    assert noted == ["it ends before it starts; the end is left out"]


def test_countries_come_as_alpha_3_with_their_shares() -> None:
    project = sound(
        countries=(RecipientCountry("KE", Decimal("33.333333")), RecipientCountry("UG", Decimal("66.666667")))
    ).project
    assert project.countries == (ReportedPlace("KEN", Decimal("33.3333")), ReportedPlace("UGA", Decimal("66.6667")))


def test_a_country_named_twice_is_one_place_with_both_shares() -> None:
    twice = (RecipientCountry("KE", Decimal(40)), RecipientCountry("KE", Decimal(60)))
    assert sound(countries=twice).project.countries == (ReportedPlace("KEN", Decimal(100)),)


def test_a_country_that_the_registry_does_not_list_is_left_out_and_noted() -> None:
    found, noted = published(countries=(RecipientCountry("AN", None), RecipientCountry("KE", None)))
    assert found is not None
    assert found.project.countries == (ReportedPlace("KEN", None),)
    assert len(noted) == 1


def test_regions_are_those_of_the_united_nations() -> None:
    project = sound(regions=(RecipientRegion("298", "1", "", Decimal(100)),)).project
    assert project.regions == (ReportedPlace("002", Decimal(100)),)
    assert [fact.rule for fact in project.facts if fact.field == "region"] == ["R-dac-298"]
    assert sound(regions=(RecipientRegion("002", "2", "", None),)).project.regions == (ReportedPlace("002", None),)


def test_unspecified_and_ambiguous_regions_stand_for_none() -> None:
    assert sound(regions=regions("998", "589")).project.regions == ()


def test_partners_have_roles_and_stand_once() -> None:
    partner = ParticipatingOrganisation("4", "41114", "Programme", "40", "")
    funder = ParticipatingOrganisation("1", "GB-1", "", "10", "")
    project = sound(organisations=(partner, partner, funder)).project
    assert project.partners == (
        ReportedPartner("Programme", "implementing", "UNDP"),
        ReportedPartner("GB-1", "funding", None),
    )


def test_identifiers_and_parents_are_reference_codes() -> None:
    found = sound(
        related=(RelatedActivity("XM-TEST-1", "1"), RelatedActivity("XM-TEST-1-B", "3")),
        other_identifiers=(OtherIdentifier("P-12", "A1", ""),),
    )
    assert found.parents == ("XM-TEST-1",)
    assert found.project.reference_codes == (
        ("iati", "XM-TEST-1-A"),
        ("iati-parent", "XM-TEST-1"),
        ("iati-other-A1", "P-12"),
    )


def test_budget_and_funding_keep_currency_day_and_dollars() -> None:
    project = sound(budgets=(budget("100"),), transactions=(transaction("1", "40"),)).project
    assert project.budget == ReportedMoney(Decimal("100.00"), "EUR", date(2019, 5, 1), Decimal("110.00"))
    assert project.funding == ReportedMoney(Decimal("40.00"), "EUR", date(2019, 5, 1), Decimal("44.00"))
    rules_of = {fact.field: fact.rule for fact in project.facts}
    assert (rules_of["budget"], rules_of["funding"]) == ("budget-published", "funding-incoming")


def test_money_that_makes_no_sound_sum_is_left_out_and_noted() -> None:
    found, noted = published(
        budgets=(budget("100", "GBP"),), transactions=(transaction("1", "7", "JOD"), transaction("2", "-5"))
    )
    assert found is not None
    assert found.project.budget is not None
    assert found.project.funding is None
    assert noted == ["funding is not in GBP and has no rate; it is left out"]
    found, noted = published(transactions=(transaction("2", "-5"),))
    assert found is not None
    assert found.project.budget is None
    assert noted == ["a sum below zero: -5.00 EUR; it is left out"]


def test_amounts_without_a_rate_among_others_are_named() -> None:
    found, noted = published(budgets=(budget("100"), budget("7", "JOD", year=2020)))
    assert found is not None
    assert found.project.budget == ReportedMoney(Decimal("110.00"), "USD", date(2019, 5, 1), Decimal("110.00"))
    assert len(noted) == 1


def test_overlapping_budgets_are_counted_and_noted() -> None:
    half = replace(budget("5"), starts_on=date(2019, 7, 1), ends_on=date(2020, 6, 30))
    found, noted = published(budgets=(budget("10"), half))
    assert found is not None
    assert found.project.budget is not None
    assert found.project.budget.amount == Decimal("15.00")
    assert noted == ["budget periods overlap; all are counted"]


def test_every_mapped_value_has_its_fact_with_file_and_line() -> None:
    project = sound(titles=(Narrative("en", "Preventing violent extremism"),), scope="4").project
    assert {fact.field: (fact.value, fact.file, fact.row) for fact in project.facts} == {
        "pillar": ("I", "made.xml", 7),
        "theme": ("pcve", "made.xml", 7),
        "scope": ("national", "made.xml", 7),
        "status": ("ongoing", "made.xml", 7),
    }
