"""The pages of a State and of a region: both ways of counting, what the reader may see, and no more."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client

from colonnade.web.places.sections import a_year_after
from colonnade.web.places.tests.conftest import Places

Reader = Callable[[str], Client]
MostQueries = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.usefixtures("places")


def text_of(client: Client, address: str, query: Mapping[str, str] | None = None) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def stat(text: str, title: str) -> str:
    found = re.search(rf"<dt>{title}</dt><dd class=\"large\">(.*?)</dd>", text, re.S)
    assert found, title
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def row_of(text: str, name: str) -> list[str]:
    found = re.search(rf'<tr><th scope="row"[^>]*>(?:<a [^>]*>|<bdi>){re.escape(name)}</.*?</tr>', text, re.S)
    assert found, name
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[0])]


def test_the_first_screen_answers_for_the_public(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/QMA/")
    assert stat(text, "Active projects") == "4"
    assert stat(text, "Their budget") == "$8.0 million"
    assert stat(text, "Needs") == "Not released"
    assert stat(text, "End within twelve months") == "2"
    assert stat(text, "Events") == "3"


@pytest.mark.parametrize(("who", "active"), [("public", "4"), ("focal", "6"), ("state", "7"), ("other_state", "4")])
def test_a_states_own_people_see_what_is_theirs(reader: Reader, who: str, active: str) -> None:
    """Public 4; inside the compact one more, and what the entity leads; the State also what is restricted to it."""
    text = text_of(reader(who), "/countries/QMA/")
    assert stat(text, "Active projects") == active


@pytest.mark.parametrize(("who", "needs"), [("public", "Not released"), ("focal", "2"), ("state", "4"),
                                            ("other_state", "Not released"), ("officer", "4")])  # fmt: skip
def test_needs_are_seen_inside_the_circle_and_by_the_state_itself(reader: Reader, who: str, needs: str) -> None:
    assert stat(text_of(reader(who), "/countries/QMA/"), "Needs") == needs


@pytest.mark.parametrize("who", ["public", "other_state"])
def test_nothing_that_is_hidden_is_named(reader: Reader, who: str) -> None:
    text = text_of(reader(who), "/countries/QMA/")
    for hidden in ("secret-here", "own-eyes", "A closed meeting", "Clean springs", "Springs"):
        assert hidden not in text


def test_both_ways_of_counting_stand_side_by_side(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/QMA/")
    assert row_of(text, "National")[:2] == ["2", "1"]
    assert row_of(text, "Regional, and name it")[:2] == ["2", "2"]
    assert row_of(text, "Global, and name it")[:2] == ["1", "1"]
    assert row_of(text, "Regional, of a region that it lies in, without naming a State")[0] == "1"
    assert row_of(text, "Regional, naming other States of its region")[0] == "1"
    assert row_of(text, "Global, naming no State")[0] == "1"
    assert "With them it would be 8 projects instead of 5." in text


def test_the_rule_of_counting_is_said_in_words(reader: Reader) -> None:
    client = reader("public")
    assert "a project counts where it names the State as a place" in text_of(client, "/countries/QMA/")
    assert "a project counts where it names the region" in text_of(client, "/regions/R/")


def test_every_number_opens_its_list(reader: Reader) -> None:
    client = reader("officer")
    for address in ("/countries/QMA/", "/regions/R/"):
        links = re.findall(r'<a class="number"[^>]* href="([^"#][^"]*)"', text_of(client, address))
        assert len(set(links)) > 20
        for link in set(links):
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_ends_within_a_year_of_the_inventory_is_listed_and_no_more(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/QMA/")
    ending = text[text.index('id="ending"') : text.index('id="events"')]
    assert "Project national-a" in ending
    assert "Project regional-both" in ending
    assert "Project regional-late" not in ending


def test_events_to_come_and_past_stand_apart(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/QMA/")
    events = text[text.index('id="events"') :]
    assert events.index("The conference to come") < events.index("The meeting of long ago")
    assert 'class="upcoming"' in events


def test_neighbours_are_the_states_of_the_region(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/QMA/")
    around = text[text.index('id="around"') :]
    assert row_of(around, "Thereland")[0] == "3"
    assert row_of(around, "Emptyland")[0] == "1"


def test_a_state_without_anything_says_so(reader: Reader) -> None:
    text = text_of(reader("public"), "/countries/CIV/")
    assert "No project names it" in text
    assert "No active project names it" in text
    assert "No event is recorded here." in text


def test_a_region_counts_once_and_names_its_states(reader: Reader) -> None:
    text = text_of(reader("public"), "/regions/R/")
    assert stat(text, "Active projects") == "7"
    assert row_of(text, "Regional, and name it")[:2] == ["4", "4"]
    assert row_of(text, "Global, naming no State and no region in it")[0] == "1"
    assert row_of(text[text.index('id="around"') :], "Hereland")[0] == "4"


def test_a_wider_region_has_what_the_regions_inside_it_have(reader: Reader) -> None:
    text = text_of(reader("public"), "/regions/WIDE/")
    assert stat(text, "Active projects") == "7"
    assert 'href="/regions/R/"' in text


@pytest.mark.parametrize(
    "missing",
    ["/countries/XXX/", "/countries/qma/", "/regions/nowhere/", "/countries/QMA/?inventory=none",
     "/countries/QMA/?audience=secretariat", "/countries/QMA/brief.exe", "/countries/XXX/brief.pdf"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(reader: Reader, missing: str) -> None:
    assert reader("public").get(missing).status_code == 404


def test_an_officer_can_look_as_the_public(reader: Reader) -> None:
    text = text_of(reader("officer"), "/countries/QMA/?audience=public")
    assert stat(text, "Active projects") == "4"
    assert "audience=public" in text


@pytest.mark.parametrize("address", ["/countries/QMA/", "/regions/R/"])
def test_they_take_no_more_than_twelve_queries(
    reader: Reader, address: str, django_assert_max_num_queries: MostQueries
) -> None:
    client = reader("officer")
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_they_weigh_less_than_150_kilobytes(reader: Reader, places: Places) -> None:
    assert places.projects
    client = reader("officer")
    for address in ("/countries/QMA/", "/regions/WIDE/"):
        assert len(client.get(address).content) < 150_000


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_after(date(2020, 2, 29)) == date(2021, 2, 28)
    assert a_year_after(date(2019, 8, 31)) == date(2020, 8, 31)
