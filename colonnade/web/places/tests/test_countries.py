"""The page of all States: who gets what and who gets nothing, each number once, within weight and queries."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.results.models import Event
from colonnade.strategy.models import Strategy
from colonnade.web.conftest import DAY
from colonnade.web.places.atlas import State, matching
from colonnade.web.places.everywhere import Row
from colonnade.web.places.side_by_side import in_a_tile
from colonnade.web.places.tests.conftest import Places

Reader = Callable[[str], Client]
MostQueries = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.usefixtures("places")


def text_of(client: Client, address: str, query: Mapping[str, str] | None = None) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def row_of(text: str, name: str) -> list[str]:
    """The numbers of a row of the table, by the name at its head."""
    found = re.search(rf'<tr[^>]*><th scope="row[a-z]*"><a [^>]*>{name}</a>(.*)', text)
    assert found, name
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found[1].split("<td>")[1:]]


def lines_of(client: Client, address: str) -> list[dict[str, str]]:
    body = client.get(address).getvalue().decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(body)))


def test_a_state_has_its_own_projects_and_those_that_name_it_among_others(reader: Reader) -> None:
    text = text_of(reader("officer"), "/countries/")
    # National: a, b, secret, own eyes. Naming it: both, late, global, and a well whose scope was not reported.
    assert row_of(text, "Hereland") == ["4", "4", "4", "2", "4"]
    assert row_of(text, "Thereland") == ["2", "2", "1", "0", "0"]


def test_the_public_sees_public_projects_and_no_number_of_needs(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/")
    assert row_of(text, "Hereland") == ["2", "3", "3"]
    assert "They are not released to you" in text
    assert "measure=needs" not in text


def test_a_states_people_see_their_own_needs_and_a_dash_for_others(reader: Reader) -> None:
    text = text_of(reader("state"), "/countries/")
    here, there = row_of(text, "Hereland"), row_of(text, "Thereland")
    assert here[2] == "4"
    assert there[2:4] == ["–", "–"]


def test_a_region_counts_a_project_in_two_of_its_states_once(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/")
    # regional: both, late, there, at large; global: named
    assert row_of(text, "The region") == ["3", "5", "3"]


def test_who_gets_nothing_is_listed_and_other_areas_are_not(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/")
    assert re.search(r"Nothing is recorded of <a [^>]*>Côte d’Ivoire</a>", text)
    assert "Antarctica" not in text
    assert row_of(text_of(reader("focal"), "/countries/?sort=state"), "Côte d’Ivoire") == ["Far away", *["0"] * 5]


def test_fictional_states_come_first_where_projects_stand_in_them_alone(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/")
    assert "stand in fictional States only" in text
    assert text.index("Hereland") < text.index("Ivoire")


def test_active_projects_alone_can_be_asked_for(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/?active=yes")
    assert row_of(text, "Hereland") == ["1", "3", "3"]


@pytest.mark.parametrize(("sort", "first"), [("-national", "Hereland"), ("-state", "Thereland"), ("state", "Côte")])
def test_the_table_sorts(reader: Reader, sort: str, first: str) -> None:
    text = text_of(reader("public"), f"/countries/?sort={sort}")
    body = text[text.index("<tbody>") :]
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', body)[0].startswith(first)


@pytest.mark.parametrize("typed", ["cote ivoire", "CIV", "Côte"])
def test_a_state_is_found_without_its_accents_or_by_its_code(reader: Reader, typed: str) -> None:
    text = text_of(reader("public"), "/countries/", {"q": typed})
    assert "Ivoire" in text
    assert "Hereland" not in text


def test_a_state_is_found_by_its_name_in_another_language() -> None:
    state = State("DEU", "ألمانيا", "Germany", "155", "member")
    assert matching((state,), "ألمانيا") == [state]
    assert matching((state,), "germ") == [state]
    assert matching((state,), "France") == []


def test_the_navigation_has_the_strategys_own_word_for_states(reader: Reader) -> None:
    assert '<a href="/countries/" aria-current="page">States</a>' in text_of(reader("public"), "/countries/")
    Strategy.objects.update(terms={"states": "provinces"})
    assert '<a href="/countries/" aria-current="page">Provinces</a>' in text_of(Client(), "/countries/")


def test_a_name_that_is_none_says_so(reader: Reader) -> None:
    assert "No State matches" in text_of(reader("public"), "/countries/?q=Atlantis")


@pytest.mark.parametrize("measure", ["", "needs", "events", "budget", "nonsense"])
def test_the_map_shows_the_measure_asked_for(reader: Reader, measure: str) -> None:
    text = text_of(reader("officer"), f"/countries/?measure={measure}")
    tile = re.search(r'href="/countries/QMA/">.*?<b>([^<]*)</b>', text, re.S)
    assert tile
    assert tile[1] == {"needs": "4", "events": "4", "budget": "15.0m"}.get(measure, "8")


def test_the_file_has_the_rows_of_the_page(reader: Reader) -> None:
    client, address = reader("public"), "/countries/states.csv?sort=-national"
    rows = lines_of(client, address)
    assert [row["country"] for row in rows][:2] == ["QMA", "QMB"]
    assert rows[0]["national"] == "2"
    assert "needs" not in rows[0]
    assert client.get(address)["Content-Disposition"].endswith('-public.csv"')


def test_every_number_of_the_table_opens_its_list(reader: Reader) -> None:
    client = reader("officer")
    text = text_of(client, "/countries/")
    links = set(re.findall(r'<td><a href="([^"]+)"', text))
    assert len(links) > 10
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_it_takes_no_more_than_twelve_queries(reader: Reader, django_assert_max_num_queries: MostQueries) -> None:
    client = reader("officer")
    client.get("/countries/")
    with django_assert_max_num_queries(12):
        client.get("/countries/")


def test_it_weighs_less_than_150_kilobytes_where_250_states_have_everything(reader: Reader, places: Places) -> None:
    region = Region.objects.create(code="145", name="Western Asia, and more", position=9)
    made = [
        Country(code=f"Z{chr(65 + number // 26)}{chr(65 + number % 26)}", name=f"The Republic of Number {number}",
                region=region, standing="member")
        for number in range(250)
    ]  # fmt: skip
    states = Country.objects.bulk_create(made)
    for reference in ("national-a", "global-named"):
        project = Project.objects.unscoped("test").get(public_id=places.projects[reference])
        ProjectCountry.objects.unscoped("test").bulk_create(
            ProjectCountry(project=project, country=state) for state in states
        )
    office = Entity.objects.get(code="WATER")
    visits = Assessment.objects.unscoped("test").bulk_create(
        Assessment(country=state, assessor=office, kind="visit", starts_on=DAY, ends_on=DAY) for state in states
    )
    Recommendation.objects.unscoped("test").bulk_create(
        Recommendation(reference=f"of-{visit.country.code}", level="compact", assessment=visit, country=visit.country,
                       title="A need", text="Dig.", priority="low", issued_on=DAY)
        for visit in visits
    )  # fmt: skip
    Event.objects.unscoped("test").bulk_create(
        Event(kind="workshop", title="A workshop", country=state, starts_on=DAY, ends_on=DAY, series="s")
        for state in states
    )
    client = reader("officer")
    for query in ("", "?sort=-national", "?active=yes", "?active=yes&sort=-needs&measure=budget"):
        content = client.get(f"/countries/{query}").content
        assert content.count(b"The Republic of Number") == 500
        assert len(content) < 150_000, query


@pytest.mark.parametrize(
    ("value", "measure", "printed"),
    [
        (None, "needs", "–"),
        (0, "budget", "0"),
        (1234, "projects", "1,234"),
        (17_000_000, "budget", "17.0m"),
        (238_940_312, "budget", "239m"),
        (949_111, "budget", "949k"),
    ],
)
def test_a_number_fits_its_tile(value: int | None, measure: str, printed: str) -> None:
    assert in_a_tile(value, measure) == printed


def test_a_row_without_anything_is_told_apart() -> None:
    state = State("CIV", "Côte d’Ivoire", "Côte d’Ivoire", "F", "member")
    assert not Row(state, {"projects": 0, "needs": None}).has_anything
    assert Row(state, {"projects": 0, "events": 1}).has_anything
