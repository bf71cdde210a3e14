"""A classification is proposed where a project is edited: beside each field, chosen only by taking it, never saved."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry, ProjectTheme
from colonnade.strategy.models import Area, Theme
from colonnade.web.conftest import House
from colonnade.web.projects.tests.test_linking import sent_from

Reader = Callable[[str], Client]
WHY = "test"
TITLE = "Deeper wells in Hereland"
WORDS = {"deep": "deeper wells drilled pumps", "clean": "water treatment filters chlorine"}


@pytest.fixture
def classified(house: House) -> None:  # noqa: ARG001  # its projects are there
    """Sixty-odd projects, each on one of two themes, with words of it in the title."""
    for place, code in enumerate(WORDS):
        Theme.objects.create(code=code, title=code.title(), short_title=code.title(), position=place, source="s")
    Area.objects.create(code="a", title="Area", short_title="Area", position=0, source="s")
    themes = sorted(Theme.objects.all(), key=lambda each: each.code)
    for number, project in enumerate(Project.objects.unscoped(WHY).order_by("pk")):
        theme = themes[number % 2]
        some = WORDS[theme.code].split()
        project.title = " ".join(some[each % 4] for each in (number, number + 1, number + 2))
        project.save()
        ProjectTheme.objects.unscoped(WHY).create(project=project, theme=theme)


def project() -> Project:
    return Project.objects.unscoped(WHY).get(reference="public")


def posted(client: Client, part: str, **more: str) -> str:
    path = f"/projects/{project().public_id}/{part}/"
    sent = sent_from(client.get(path).content.decode())
    answer = client.post(path, {**sent, **more})
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


def test_links_are_proposed_beside_their_boxes_and_rows(classified: None, reader: Reader) -> None:  # noqa: ARG001  # projects to learn from
    client = reader("officer")
    Project.objects.unscoped(WHY).filter(pk=project().pk).update(title=TITLE, description="Wells drilled with pumps.")
    page = posted(client, "links", propose="1")
    assert 'Proposed: <strong dir="auto">Hereland</strong>, because of the words <bdi>“Hereland”</bdi>' in page
    assert 'value="country=QMA"' in page
    assert "Nothing in the text speaks for one of these clearly enough" in page  # no area
    before = sent_from(page)
    assert before["country-0-place"] == ""
    here = str(Country.objects.get(code="QMA").pk)
    taken = posted(client, "links", take="country=QMA")
    assert sent_from(taken)["country-0-place"] == here
    assert "It is chosen." in taken
    deep = Theme.objects.get(code="deep")
    clean = Theme.objects.get(code="clean")
    ticked = posted(client, "links", take="theme=clean")
    assert str(clean.pk) in sent_from(ticked)["theme"]
    assert not ProjectCountry.objects.unscoped(WHY).filter(project=project()).exists()
    assert set(ProjectTheme.objects.unscoped(WHY).filter(project=project()).values_list("theme", flat=True)) <= {
        deep.pk, clean.pk,
    }  # fmt: skip


def test_scope_and_pillar_are_proposed_where_the_words_are_edited(classified: None, reader: Reader) -> None:  # noqa: ARG001  # as above
    client, version = reader("officer"), project().version
    page = posted(client, "edit", title=TITLE, propose="1", scope="")
    assert 'value="scope=national"' in page
    assert 'role="group" aria-label="Proposed: Pillar"' in page
    assert sent_from(page)["scope"] == ""
    taken = posted(client, "edit", title=TITLE, take="scope=national", scope="")
    assert sent_from(taken)["scope"] == "national"
    assert sent_from(posted(client, "edit", take="scope=nowhere", scope=""))["scope"] == ""
    assert (project().version, project().title != TITLE) == (version, True)
