"""A project's page: everything known of it, to those who may see it."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from colonnade.members.models import Entity
from colonnade.needs.models import Recommendation, Response
from colonnade.places.models import Country
from colonnade.portfolio.models import InventoryEntry, MappedFact, Project, ProjectCountry, ProjectTheme
from colonnade.strategy.models import Theme
from colonnade.web.conftest import DAY, House
from colonnade.web.shared.bidirectional import isolated

Reader = Callable[[str], Client]
MaxQueries = Any  # pytest-django's fixture names no type


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


def test_a_project_page_asks_one_query_a_kind_of_link(
    house: House, reader: Reader, django_assert_max_num_queries: MaxQueries
) -> None:
    path = f"/projects/{house.projects['public']}/"
    for name in ("public", "officer"):
        client = reader(name)
        client.get(path)  # the snapshot is made by whoever comes first
        with django_assert_max_num_queries(35):
            client.get(path)


def test_the_first_lines_say_who_where_when_and_how_much(house: House, reader: Reader) -> None:
    project = _project("public")
    _reported("public").update(starts_on=date(2018, 1, 2), ends_on=None, budget=5, budget_usd=5, funding_usd=9)
    ProjectCountry.objects.unscoped("test").create(project=project, country=Country.objects.get(code="QMA"))
    page = reader("public").get(f"/projects/{house.projects['public']}/").content.decode()
    glance = page[page.index('<dl class="pairs">') : page.index("</dl>")]
    for said in ("WATER", "Hereland", "from 2 January 2018", "USD 5", "Not reported", "Shortfall", "Surplus", "USD 4"):
        assert said in glance


def test_a_changed_fact_is_marked_with_what_it_was(house: House, reader: Reader) -> None:
    InventoryEntry.objects.unscoped("test").filter(project=_project("public"), inventory__key="wells-2018").update(
        status="in_development", budget_usd=None
    )
    page = reader("public").get(f"/projects/{house.projects['public']}/").content.decode()
    assert "changed, was: In development" in page
    assert "changed, was: –" in page
    assert page.count("changed, was") == 2


def test_where_a_fact_came_from_stands_beside_it(house: House, reader: Reader) -> None:
    theme = Theme.objects.create(code="borders", title="Borders", short_title="Borders", position=1, source="s")
    ProjectTheme.objects.unscoped("test").create(project=_project("public"), theme=theme)
    MappedFact.objects.unscoped("test").create(
        project=_project("public"),
        field="theme",
        value="borders",
        rule="word-rule",
        evidence="dyke",
        file="a.xml",
        row=7,
    )
    page = reader("public").get(f"/projects/{house.projects['public']}/").content.decode()
    beside = page[page.index("Borders") :][:400]
    for said in ("word-rule", "dyke", "a.xml, row 7"):
        assert said in beside
    assert f"As reported in the inventory “The wells of 2019”, as of 31 August 2019. Source: {isolated('s')}." in page


@pytest.fixture
def nearby(house: House) -> House:
    """A project of another entity, in the same State, on the same theme, for the same need; and a confidential one."""
    here = Country.objects.get(code="QMA")
    theme = Theme.objects.create(code="borders", title="Borders", short_title="Borders", position=1, source="s")
    other = Entity.objects.create(
        code="AIR", abbreviation="AIR", name="Air Office", kind="office", role="member", source="s"
    )
    for reference in ("public", "well-01", "well-02", "restricted"):
        project = _project(reference)
        ProjectTheme.objects.unscoped("test").create(project=project, theme=theme)
        if reference != "restricted":
            ProjectCountry.objects.unscoped("test").create(project=project, country=here)
    _reported("well-01").update(lead_entity=other)
    _reported("restricted").update(lead_entity=other)
    Response.objects.unscoped("test").create(
        recommendation=Recommendation.objects.unscoped("test").get(reference="compact"),
        project=_project("well-01"),
        strength="partial",
        claimed_by=other,
        claimed_on=DAY,
    )
    return house


def test_neighbours_are_other_entities_projects_and_say_what_they_share(nearby: House, reader: Reader) -> None:
    page = reader("public").get(f"/projects/{nearby.projects['public']}/").content.decode()
    place = page[page.index('id="place-caption"') :]
    assert "Well number 01" in place
    assert "Hereland · Borders" in place
    assert "Well number 02" not in place  # of the same entity
    assert "A confidential well" not in place
    listed = re.search(r'<p class="all-of"><a href="([^"]+)"', place)
    assert listed
    found = reader("public").get(unescape(listed[1])).content.decode()
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', found) == ["Well number 01"]


def test_neighbours_for_the_same_need_are_for_who_may_see_the_need(nearby: House, reader: Reader) -> None:
    path = f"/projects/{nearby.projects['public']}/"
    assert "For the same need" not in reader("public").get(path).content.decode()
    assert "For the same need" in reader("focal").get(path).content.decode()


def test_who_may_see_a_confidential_neighbour_is_shown_it(nearby: House, reader: Reader) -> None:
    path = f"/projects/{nearby.projects['public']}/"
    assert "A confidential well" in reader("officer").get(path).content.decode()
    assert "A confidential well" not in reader("focal").get(path).content.decode()


def _project(reference: str) -> Project:
    return Project.objects.unscoped("test").get(reference=reference)


def _reported(reference: str) -> QuerySet[Project]:
    return Project.objects.unscoped("test").filter(reference=reference)
