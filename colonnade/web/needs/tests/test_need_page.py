"""The page of a need: who sees what of it, what is said of the rest, and that reading what is kept is noted."""

from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.needs.actions import keep_confidential
from colonnade.needs.models import Recommendation
from colonnade.strategy.models import Theme
from colonnade.web.conftest import House

Reader = Callable[[str], Client]
EVERYONE = ("public", "donor", "focal", "officer", "state", "other_state")


def page(client: Client, public_id: str) -> str:
    response = client.get(f"/needs/{public_id}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def kept(house: House, reader: Reader) -> str:
    """The compact need, of which its State keeps title and theme."""
    reader("state")
    theme = Theme.objects.create(code="dig", title="Digging deep", short_title="Dig", position=1, source="s")
    need = Recommendation.objects.unscoped("test").get(public_id=house.needs["compact"])
    Recommendation.objects.unscoped("test").filter(pk=need.pk).update(theme=theme)
    state = Person.objects.get(email="state@demo.example")
    keep_confidential(need=need, person=state, fields=["title", "theme"], actor=Actor("test"))
    return need.public_id


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=f"{name}@demo.example"))
    return client


@pytest.mark.parametrize(
    ("level", "readers"),
    [("compact", {"focal", "officer", "state"}), ("restricted", {"officer", "state"})],
)
def test_a_need_is_there_for_those_who_may_see_it(level: str, readers: set[str], house: House, reader: Reader) -> None:
    path = f"/needs/{house.needs[level]}/"
    assert {name for name in EVERYONE if reader(name).get(path).status_code == 200} == readers


def test_a_need_names_the_projects_that_respond(house: House, reader: Reader) -> None:
    text = page(reader("officer"), house.needs["compact"])
    assert f"/projects/{house.projects['public']}/" in text
    assert "Dig deeper." in text


def test_a_kept_field_is_only_said_to_be_kept(kept: str, reader: Reader) -> None:
    text = page(reader("focal"), kept)
    assert text.count("Kept by the State") == 2
    assert "A compact need" not in text
    assert "Digging deep" not in text
    assert '<h1 dir="auto">compact</h1>' in text  # its reference stands for the title
    assert "Dig deeper." in text
    assert "Kept in part" in text


def test_its_state_reads_what_it_keeps_and_what_it_keeps_from_others(kept: str) -> None:
    text = page(signed_in("state"), kept)
    assert "A compact need" in text
    assert "Digging deep" in text
    assert "Kept by the State" not in text
    assert "Kept from other readers" in text
    assert "without what the State keeps: Title, Thematic priority" in text


@pytest.mark.parametrize(("name", "shown"), [("focal", False), ("officer", True)])
def test_wishes_are_shown_to_those_concerned(kept: str, reader: Reader, name: str, shown: bool) -> None:
    assert ("Wish of the State" in page(reader(name), kept)) is shown


def test_who_read_what_is_kept_is_noted(kept: str, house: House, reader: Reader) -> None:
    page(reader("focal"), kept)
    reads = Event.objects.filter(operation="READ", table_name="needs_recommendation")
    assert not reads.exists()
    page(reader("officer"), kept)
    page(signed_in("state"), house.needs["restricted"])
    readers = Person.objects.in_bulk(reads.values_list("person_id", flat=True))
    told = [(readers[event.person_id].name, event.action) for event in reads.order_by("pk") if event.person_id]
    assert told == [("Officer", "need-page"), ("State", "need-page")]
