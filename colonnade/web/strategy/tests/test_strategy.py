"""The strategy's parts over the small house: each has its page, and every number opens the list it counts."""

import csv
import io
import re

import pytest
from pytest_django import DjangoAssertNumQueries

from colonnade.members.models import WorkingGroup
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Programme, Project, ProjectArea, ProjectMandate, ProjectTheme
from colonnade.strategy.models import Area, Instrument, Mandate, Pillar, Theme
from colonnade.web.conftest import PROJECTS, House, Reader

pytestmark = pytest.mark.django_db

PATHS = (
    "/pillars/I/",
    "/areas/taps/",
    "/themes/depth/",
    "/groups/diggers/",
    "/programmes/deep/",
    "/mandates/W/RES/7%20(2015)/",
    "/instruments/3/",
    "/entities/WATER/",
)


@pytest.fixture
def parts(house: House) -> House:
    """The small house with one part of every kind, each named by the public well and by the confidential one."""
    pillar = Pillar.objects.get(code="I")
    theme = Theme.objects.create(
        code="depth", title="Depth", short_title="Depth", position=1, pillar=pillar, source="s"
    )
    area = Area.objects.create(code="taps", title="Taps", short_title="Taps", position=1, source="s")
    mandate = Mandate.objects.create(
        code="W/RES/7 (2015)", body="Water Council", number="7", year=2015, subject="On wells", source="s"
    )
    group = WorkingGroup.objects.create(code="diggers", title="Diggers", short_title="Diggers", position=1, source="s")
    programme = Programme.objects.create(code="deep", title="Deep wells", kind="programme", summary="Dig.", source="s")
    Instrument.objects.create(number=3, title="A convention on wells", year=1999, topic="wells", source="s")
    chosen = Project.objects.unscoped("test").filter(reference__in=["public", "restricted"])
    for project in chosen:
        ProjectTheme.objects.unscoped("test").create(project=project, theme=theme)
        ProjectArea.objects.unscoped("test").create(project=project, area=area)
        ProjectMandate.objects.unscoped("test").create(project=project, mandate=mandate, paragraph="4")
    chosen.update(working_group=group, programme=programme)
    for need in Recommendation.objects.unscoped("test").all():
        need.mandates.add(mandate)
        need.theme = theme
        need.save()
    return house


def stat(text: str, title: str) -> str:
    found = re.search(rf"<dt>{title}</dt><dd class=\"large\">(?:<[^>]+>)?([^<]+)<", text)
    assert found, title
    return found[1].strip()


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("path", PATHS)
def test_every_part_has_a_page_for_everyone(path: str, reader: Reader) -> None:
    response = reader("public").get(path)
    assert response.status_code == 200
    assert "A confidential well" not in response.content.decode()


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize(
    "path", [path for path in PATHS if not path.startswith(("/instruments", "/pillars", "/entities"))]
)
def test_projects_of_a_part_are_those_that_the_reader_may_see(path: str, reader: Reader) -> None:
    assert stat(reader("public").get(path).content.decode(), "Projects") == "1"
    officer = reader("officer").get(path).content.decode()
    assert stat(officer, "Projects") == "2"
    assert "A confidential well" in officer


@pytest.mark.usefixtures("parts")
def test_a_number_opens_the_list_that_it_counts(reader: Reader) -> None:
    text = reader("officer").get("/themes/depth/").content.decode()
    assert 'href="/projects/?theme=depth"' in text
    assert 'href="/projects/?active=yes&amp;theme=depth"' in text


@pytest.mark.usefixtures("parts")
def test_a_resolution_shows_the_thread_to_what_came_of_it(reader: Reader) -> None:
    public = reader("public").get(PATHS[5]).content.decode()
    assert "Paragraph 4" in public
    assert "A public well" in public
    officer = reader("officer").get(PATHS[5]).content.decode()
    assert 'href="/needs/?mandate=W%2FRES%2F7+%282015%29"' in officer
    assert "and 1 other" in officer
    assert "and 1 other" not in public


@pytest.mark.usefixtures("parts")
def test_needs_are_said_to_be_withheld_rather_than_none(reader: Reader) -> None:
    assert "Needs are not released" in reader("public").get("/themes/depth/").content.decode()
    assert "Needs by State and coverage" in reader("officer").get("/themes/depth/").content.decode()


@pytest.mark.usefixtures("parts")
def test_the_strategy_lists_its_parts_with_their_projects(reader: Reader) -> None:
    text = reader("officer").get("/strategy/").content.decode()
    for title in ("Wells", "Depth", "Taps", "Diggers", "Deep wells", "On wells", "A convention on wells"):
        assert title in text
    assert 'href="/projects/?area=taps">2</a>' in text


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize(
    "path", ["/pillars/X/", "/areas/X/", "/mandates/X/Y/", "/instruments/99/", "/entities/X/", "/strategy/?inventory=x"]
)
def test_a_part_that_there_is_not_is_not_there(path: str, reader: Reader) -> None:
    assert reader("officer").get(path).status_code == 404


@pytest.mark.usefixtures("house")
def test_the_directory_sorts_filters_and_downloads_what_it_shows(reader: Reader) -> None:
    client = reader("officer")
    text = client.get("/entities/?sort=name&q=water&role=member").content.decode()
    assert f'href="/projects/?entity=WATER">{PROJECTS}</a>' in text
    assert "No entity matches" in client.get("/entities/?q=fire").content.decode()
    rows = list(csv.reader(io.StringIO(b"".join(client.get("/entities/entities.csv")).decode("utf-8-sig"))))
    assert rows[1][:5] == ["WATER", "WATER", "Water Office", "Member", str(PROJECTS)]
    assert (
        len(list(csv.reader(io.StringIO(b"".join(client.get("/entities/entities.csv?q=fire")).decode("utf-8-sig")))))
        == 1
    )


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("path", ["/strategy/", "/entities/"])
def test_lists_ask_the_registry_little(
    path: str, reader: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = reader("officer")
    client.get(path)
    with django_assert_max_num_queries(12):
        client.get(path)
