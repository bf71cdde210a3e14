"""A project's page: everything known of it, to those who may see it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.web.conftest import House

Reader = Callable[[str], Client]


@pytest.mark.parametrize(
    ("which", "readers"),
    [
        ("public", {"public", "donor", "focal", "officer", "state", "other_state"}),
        ("compact", {"focal", "officer"}),
        ("restricted", {"officer", "state", "focal"}),
    ],
)
def test_a_project_is_there_for_those_who_may_see_it(
    which: str, readers: set[str], house: House, reader: Reader
) -> None:
    everyone = ("public", "donor", "focal", "officer", "state", "other_state")
    path = f"/projects/{house.projects[which]}/"
    assert {name for name in everyone if reader(name).get(path).status_code == 200} == readers


def test_a_project_says_what_each_inventory_says_of_it(house: House, reader: Reader) -> None:
    page = reader("public").get(f"/projects/{house.projects['public']}/").content.decode()
    for said in ("The wells of 2018", "The wells of 2019", "Water Office", "Illustrative", "1,000,000"):
        assert said in page


def test_needs_are_shown_to_those_who_may_see_them(house: House, reader: Reader) -> None:
    path = f"/projects/{house.projects['public']}/"
    assert "A compact need" not in reader("public").get(path).content.decode()
    focal = reader("focal").get(path).content.decode()
    assert "A compact need" in focal
    assert "A restricted need" not in focal
    assert "A restricted need" in reader("officer").get(path).content.decode()


def test_a_project_page_asks_one_query_a_kind_of_link(house: House, reader: Reader) -> None:
    client = reader("officer")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/projects/{house.projects['public']}/")
    assert len(asked) <= 22, [query["sql"] for query in asked.captured_queries]


def test_the_list_of_projects_is_the_records_of_their_number(reader: Reader) -> None:
    response = reader("public").get("/projects/", follow=True)
    assert response.redirect_chain == [("/figures/projects/records/", 302)]
    assert "Well number 00" in response.content.decode()
