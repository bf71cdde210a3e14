"""What is read of each family of elements, and what is left out and noted when it is not sound."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.core.money import Money
from colonnade.exchange.iati.identification import OtherIdentifier, ReportingOrganisation
from colonnade.exchange.iati.markers import PolicyMarker, Tag
from colonnade.exchange.iati.narratives import Narrative
from colonnade.exchange.iati.organisations import ParticipatingOrganisation
from colonnade.exchange.iati.places import RecipientCountry, RecipientRegion
from colonnade.exchange.iati.relations import RelatedActivity
from colonnade.exchange.iati.sectors import Sector
from colonnade.exchange.iati.tests.making import activity_xml, one, reading_of
from colonnade.exchange.iati.values import Value


def test_titles_keep_their_languages_and_english_is_preferred(tmp_path: Path) -> None:
    body = (
        '<title><narrative xml:lang="FR">Une   frontière\n sûre</narrative>'
        '<narrative xml:lang="EN">A safe border</narrative></title>'
    )
    activity, noted = one(tmp_path, body)
    assert activity.titles == (Narrative("fr", "Une frontière sûre"), Narrative("en", "A safe border"))
    assert activity.title == Narrative("en", "A safe border")
    assert noted == []


def test_a_text_without_language_takes_that_of_its_activity(tmp_path: Path) -> None:
    activity, _ = one(tmp_path, "<title><narrative>Huma</narrative></title>", attributes='xml:lang="SW"')
    assert activity.titles == (Narrative("sw", "Huma"),)


def test_a_title_that_says_nothing_is_noted_and_the_activity_stays(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, "<title><narrative> </narrative></title>")
    assert activity.titles == ()
    assert noted == ["an empty text; it is left out", "there is no title"]


def test_descriptions_of_all_types_are_read_in_order(tmp_path: Path) -> None:
    body = "".join(
        f'<description type="{kind}"><narrative>{text}</narrative></description>' for kind, text in ((1, "a"), (2, "b"))
    )
    assert [text.text for text in one(tmp_path, body)[0].descriptions] == ["a", "b"]


def test_the_publisher_is_read_with_ref_name_and_type(tmp_path: Path) -> None:
    activity, _ = one(tmp_path)
    assert activity.reporting == ReportingOrganisation("XM-TEST-1", "Agency of Tests", "40", secondary=False)


def test_space_inside_an_identifier_is_no_part_of_it(tmp_path: Path) -> None:
    assert one(tmp_path, identifier=" XM-TEST-1-\n A ")[0].identifier == "XM-TEST-1-A"


def test_actual_dates_stand_before_planned_ones(tmp_path: Path) -> None:
    body = '<activity-date type="1" iso-date="2018-01-01"/><activity-date type="2" iso-date="2018-03-05Z"/>'
    body += '<activity-date type="3" iso-date="2020-06-30T00:00:00"/>'
    activity, noted = one(tmp_path, body)
    assert (activity.dates.starts_on, activity.dates.ends_on) == (date(2018, 3, 5), date(2020, 6, 30))
    assert noted == []


@pytest.mark.parametrize(
    "wrong", ["05/03/2018", "2018-02-30", "2018", "0001-01-01", "9999-12-31", "20180305", "2018-3-5", "soon"]
)
def test_a_date_that_is_none_is_left_out_and_noted(tmp_path: Path, wrong: str) -> None:
    body = f'<activity-date type="1" iso-date="{wrong}"/><activity-date type="3" iso-date="2020-01-01"/>'
    read = reading_of(tmp_path, activity_xml(body))
    assert read.activities[0].dates.starts_on is None
    assert read.activities[0].dates.ends_on == date(2020, 1, 1)
    (problem,) = read.problems
    assert (problem.row, problem.column, problem.value) == (2, "activity-date[1]/@iso-date", wrong)


def test_a_second_date_of_a_type_is_left_out_and_noted(tmp_path: Path) -> None:
    body = '<activity-date type="2" iso-date="2018-01-01"/><activity-date type="2" iso-date="2019-01-01"/>'
    activity, noted = one(tmp_path, body)
    assert activity.dates.actual_start == date(2018, 1, 1)
    assert noted == ["a second actual start; it is left out"]


@pytest.mark.parametrize("body", ['<activity-status code="7"/>', '<activity-scope code="x"/>'])
def test_a_code_that_no_list_knows_is_left_out_and_noted(tmp_path: Path, body: str) -> None:
    activity, noted = one(tmp_path, body)
    assert (activity.status, activity.scope) == ("", "")
    assert len(noted) == 1
    assert "no such activity s" in noted[0]


def test_countries_and_regions_share_the_whole(tmp_path: Path) -> None:
    body = '<recipient-country code="ke" percentage="60"/><recipient-region code="298" percentage="40"/>'
    activity, noted = one(tmp_path, body)
    assert activity.countries == (RecipientCountry("KE", Decimal(60)),)
    assert activity.regions == (RecipientRegion("298", "1", "", Decimal(40)),)
    assert noted == []


def test_regions_of_two_vocabularies_each_complete_the_whole(tmp_path: Path) -> None:
    regions = (
        '<recipient-region code="298" percentage="40"/><recipient-region vocabulary="2" code="2" percentage="40"/>'
    )
    activity, noted = one(tmp_path, f'<recipient-country code="KE" percentage="60"/>{regions}')
    assert [region.percentage for region in activity.regions] == [Decimal(40), Decimal(40)]
    assert noted == []


def test_shares_that_do_not_make_a_whole_are_left_out_but_the_places_stay(tmp_path: Path) -> None:
    body = '<recipient-country code="KE" percentage="100"/><recipient-country code="UG" percentage="100"/>'
    activity, noted = one(tmp_path, body)
    assert activity.countries == (RecipientCountry("KE", None), RecipientCountry("UG", None))
    assert len(noted) == 1


@pytest.mark.parametrize("wrong", ["101", "-1", "50%", "half", "NaN", "1e1"])
def test_a_share_that_is_no_percentage_is_left_out(tmp_path: Path, wrong: str) -> None:
    activity, noted = one(tmp_path, f'<recipient-country code="KE" percentage="{wrong}"/>')
    assert activity.countries == (RecipientCountry("KE", None),)
    assert noted == ["not a percentage; it is left out"]


def test_an_unknown_country_is_left_out_and_its_neighbours_stay(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, '<recipient-country code="XX"/><recipient-country code="XK"/>')
    assert [country.code for country in activity.countries] == ["XK"]
    assert noted == ["no such country; it is left out"]


def test_a_position_is_on_earth_or_left_out(tmp_path: Path) -> None:
    here = '<location ref="A"><name><narrative>Here</narrative></name><point><pos>-1.28 36.8</pos></point></location>'
    nowhere = "<location><point><pos>136 -200</pos></point></location><location><point><pos>1</pos></point></location>"
    activity, noted = one(tmp_path, here + nowhere)
    assert [(place.name, place.latitude, place.longitude) for place in activity.locations] == [
        ("Here", Decimal("-1.28"), Decimal("36.8")),
        ("", None, None),
        ("", None, None),
    ]
    assert noted == ["not a position; it is left out"] * 2


def test_sectors_keep_vocabulary_and_share_and_the_dac_is_the_default(tmp_path: Path) -> None:
    body = (
        '<sector code="15220" percentage="100"/><sector vocabulary="99" code="PE"><narrative>Peace</narrative></sector>'
    )
    activity, noted = one(tmp_path, body)
    assert activity.sectors == (Sector("1", "15220", "", Decimal(100)), Sector("99", "PE", "Peace", None))
    assert noted == []


def test_sector_shares_of_one_vocabulary_do_not_spoil_another(tmp_path: Path) -> None:
    body = '<sector code="15220" percentage="100"/><sector vocabulary="98" code="1" percentage="12"/>'
    activity, noted = one(tmp_path, body)
    assert [sector.percentage for sector in activity.sectors] == [Decimal(100), None]
    assert len(noted) == 1


def test_a_marker_without_significance_says_nothing(tmp_path: Path) -> None:
    body = (
        '<policy-marker code="1" significance="2"/><policy-marker code="2" significance=""/><policy-marker code="3"/>'
    )
    activity, noted = one(tmp_path, body)
    assert activity.markers == (PolicyMarker("1", "1", "2"),)
    assert noted == ["the significance is empty"]


def test_tags_flags_relations_and_identifiers_are_read(tmp_path: Path) -> None:
    body = (
        '<tag vocabulary="2" code="16"/><related-activity ref="XM-TEST-1" type="1"/>'
        '<related-activity ref="X" type="9"/>'
        '<other-identifier ref="P-12" type="A1"><owner-org ref="XM-TEST-1"/></other-identifier>'
    )
    activity, noted = one(tmp_path, body, attributes='humanitarian="1" hierarchy="2" default-currency="SEK"')
    assert activity.tags == (Tag("2", "16"),)
    assert activity.related == (RelatedActivity("XM-TEST-1", "1"),)
    assert activity.other_identifiers == (OtherIdentifier("P-12", "A1", "XM-TEST-1"),)
    assert (activity.humanitarian, activity.hierarchy, activity.default_currency) == (True, 2, "SEK")
    assert noted == ["no such type of relation; it is left out"]


def test_participants_need_a_role_and_a_name(tmp_path: Path) -> None:
    body = (
        '<participating-org role="4" ref="XM-TEST-2" activity-id="XM-TEST-2-B"><narrative>Partner</narrative>'
        '</participating-org><participating-org role="1"/><participating-org ref="XM-TEST-3"/>'
    )
    activity, noted = one(tmp_path, body)
    assert activity.organisations == (ParticipatingOrganisation("4", "XM-TEST-2", "Partner", "", "XM-TEST-2-B"),)
    assert noted == ["an organisation without role or name; it is left out"] * 2


def test_a_budget_takes_the_default_currency_and_its_own_value_date(tmp_path: Path) -> None:
    body = (
        '<budget type="2"><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>'
        '<value value-date="2019-01-15"> 1200.50 </value></budget>'
    )
    (budget,) = one(tmp_path, body)[0].budgets
    assert (budget.type, budget.status) == ("2", "1")
    assert (budget.starts_on, budget.ends_on) == (date(2019, 1, 1), date(2019, 12, 31))
    assert budget.value == Value(Money(Decimal("1200.50"), "EUR"), date(2019, 1, 15))


def test_a_period_that_runs_backwards_is_left_out_and_the_amount_stays(tmp_path: Path) -> None:
    body = '<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2019-01-01"/><value>7</value></budget>'
    activity, noted = one(tmp_path, body)
    assert (activity.budgets[0].starts_on, activity.budgets[0].value.money.amount) == (None, Decimal(7))
    assert noted == ["the period ends before it starts; it is left out"]


@pytest.mark.parametrize("wrong", ["", "1,200", "-5e-10", "€5", "NaN", "1e16", "9" * 30])
def test_an_amount_that_is_none_is_left_out_and_noted(tmp_path: Path, wrong: str) -> None:
    activity, noted = one(tmp_path, f"<budget><value>{wrong}</value></budget><budget><value>3</value></budget>")
    assert [budget.value.money.amount for budget in activity.budgets] == [Decimal(3)]
    assert noted == ["not an amount; it is left out"]


def test_an_amount_without_any_currency_is_left_out_and_noted(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, "<budget><value>3</value></budget>", attributes="")
    assert activity.budgets == ()
    assert noted == ["an amount without a currency; it is left out"]


def test_an_unknown_currency_is_not_replaced_by_the_default(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, '<budget><value currency="ECU">3</value></budget>')
    assert activity.budgets == ()
    assert noted == ["no such currency; it is left out"]


def test_transactions_are_read_with_their_ends_sectors_and_places(tmp_path: Path) -> None:
    body = (
        '<transaction ref="T1"><transaction-type code="11"/><transaction-date iso-date="2019-05-01"/>'
        '<value currency="USD" value-date="2019-05-02">-10</value>'
        '<provider-org ref="GB-1" provider-activity-id="GB-1-P"/><receiver-org/>'
        '<sector code="15220"/><recipient-country code="KE"/><recipient-region code="298"/></transaction>'
    )
    activity, noted = one(tmp_path, body)
    (transaction,) = activity.transactions
    assert (transaction.type, transaction.ref, transaction.on) == ("11", "T1", date(2019, 5, 1))
    assert transaction.value == Value(Money(Decimal(-10), "USD"), date(2019, 5, 2))
    assert transaction.provider is not None
    assert (transaction.provider.ref, transaction.provider.activity_id) == ("GB-1", "GB-1-P")
    assert transaction.receiver is None
    assert transaction.sectors == (Sector("1", "15220", "", None),)
    assert (transaction.country, transaction.region) == (
        RecipientCountry("KE", None),
        RecipientRegion("298", "1", "", None),
    )
    assert noted == []


def test_a_transaction_without_a_type_is_left_out_and_noted(tmp_path: Path) -> None:
    activity, noted = one(tmp_path, "<transaction><value>1</value></transaction>")
    assert activity.transactions == ()
    assert noted == ["a transaction without a type; it is left out"]


def test_planned_disbursements_are_read(tmp_path: Path) -> None:
    body = '<planned-disbursement><period-start iso-date="2020-01-01"/><value>9</value></planned-disbursement>'
    (planned,) = one(tmp_path, body)[0].planned_disbursements
    assert (planned.type, planned.starts_on, planned.ends_on) == ("1", date(2020, 1, 1), None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-06-15T10:00:00", datetime(2021, 6, 15, 10, tzinfo=UTC)),
        ("2021-06-15T10:00:00Z", datetime(2021, 6, 15, 10, tzinfo=UTC)),
        ("2021-06-15T10:00:00.123+02:00", datetime(2021, 6, 15, 10, 0, 0, 123000, timezone(timedelta(hours=2)))),
    ],
)
def test_the_last_update_is_a_moment_in_utc_unless_it_says_otherwise(
    tmp_path: Path, written: str, moment: datetime
) -> None:
    assert one(tmp_path, attributes=f'last-updated-datetime="{written}"')[0].last_updated == moment


def test_wrong_attributes_of_the_activity_are_left_out_and_noted(tmp_path: Path) -> None:
    attributes = 'default-currency="XYZ" humanitarian="maybe" hierarchy="top" xml:lang="English!" '
    activity, noted = one(tmp_path, attributes=attributes + 'last-updated-datetime="yesterday"')
    assert (activity.default_currency, activity.humanitarian, activity.hierarchy) == ("", None, None)
    assert (activity.language, activity.last_updated) == ("", None)
    assert len(noted) == 5
