"""Saving the address of a list under a name, opening it, renaming it, taking it away."""

from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.members.models import Entity, Person, RoleHeld, SavedView
from colonnade.web.conftest import DAY, House
from colonnade.web.saved.addresses import known_query

Reader = Callable[[str], Client]

VIEWS = "/people/views/"


def _send(client: Client, title: str = "Wells", query: str = "pillar=I&page=3", **more: str) -> str:
    sent = {"page": "projects", "query": query, "title": title, **more}
    return client.post(f"{VIEWS}save/", sent, follow=True).content.decode()


def _only() -> SavedView:
    return SavedView.objects.unscoped("test").get()


@pytest.fixture
def colleague(house: House) -> Client:  # noqa: ARG001  # the house comes first
    """Another person of the entity that the focal point acts for."""
    person = Person.objects.create(email="second@demo.example", name="Second")
    RoleHeld.objects.create(
        person=person, role="entity_focal_point", entity=Entity.objects.get(code="WATER"), starts_on=DAY
    )
    client = Client()
    client.force_login(person)
    return client


def test_a_view_is_saved_and_opens_the_list_again(reader: Reader) -> None:
    client = reader("focal")
    assert "Saved as “Wells”." in _send(client)
    view = _only()
    assert view.query == "pillar=I"
    opened = client.get(f"{VIEWS}{view.public_id}/")
    assert (opened.status_code, opened["Location"]) == (302, "/projects/?pillar=I")
    assert "Wells" in client.get(VIEWS).content.decode()


def test_anothers_private_view_is_not_there(reader: Reader, colleague: Client) -> None:
    _send(reader("focal"))
    view = _only()
    assert "Wells" not in colleague.get(VIEWS).content.decode()
    assert colleague.get(f"{VIEWS}{view.public_id}/").status_code == 404
    for what in ("rename", "end"):
        assert colleague.post(f"{VIEWS}{view.public_id}/{what}/", {"title": "x"}).status_code == 404
    assert _only().ended_at is None


def test_a_shared_view_opens_for_colleagues_who_cannot_change_it(reader: Reader, colleague: Client) -> None:
    _send(reader("focal"), entity="WATER")
    view = _only()
    page = colleague.get(VIEWS).content.decode()
    assert "Shared with you" in page
    assert f"{view.public_id}/end/" not in page
    assert colleague.get(f"{VIEWS}{view.public_id}/").status_code == 302
    refused = colleague.post(f"{VIEWS}{view.public_id}/rename/", {"title": "Mine now"})
    assert refused.status_code == 400
    colleague.post(f"{VIEWS}{view.public_id}/end/")
    assert (_only().title, _only().ended_at) == ("Wells", None)
    assert reader("other_state").get(f"{VIEWS}{view.public_id}/").status_code == 404


def test_a_view_is_shared_with_ones_own_entity_only(reader: Reader) -> None:
    page = _send(reader("officer"), entity="WATER")
    assert "Saved as" in page
    assert _only().shared_with is None


def test_a_view_is_renamed_and_taken_away(reader: Reader) -> None:
    client = reader("focal")
    _send(client)
    path = f"{VIEWS}{_only().public_id}/"
    renamed = client.post(f"{path}rename/", {"title": "Pipes"}, follow=True)
    assert "It is now called “Pipes”." in renamed.content.decode()
    assert "no longer" in client.post(f"{path}end/", follow=True).content.decode()
    assert client.get(path).status_code == 404
    assert _only().ended_at is not None


def test_a_name_that_is_taken_is_refused_and_what_was_typed_is_kept(reader: Reader) -> None:
    client = reader("focal")
    _send(client)
    page = _send(client, query="pillar=II")
    assert "You already have a view called “Wells”" in page
    assert 'value="Wells"' in page
    assert 'value="pillar=II"' in page


@pytest.mark.parametrize("title", ["", " ", "x" * 121, "nul\0"])
def test_a_view_without_a_proper_name_is_not_saved(title: str, reader: Reader) -> None:
    assert 'role="alert"' in _send(reader("focal"), title=title)
    assert not SavedView.objects.unscoped("test").exists()


def test_only_parameters_that_the_page_knows_are_kept() -> None:
    page = SavedView.Page.PROJECTS
    query = "pillar=I&pillar=II&q=wells&sort=-budget&column=title&page=4&next=//evil.example&inventory=wells-2018"
    kept = "pillar=I&pillar=II&q=wells&sort=-budget&column=title&inventory=wells-2018"
    assert known_query(page, query) == kept
    assert known_query(SavedView.Page.NEEDS, "inventory=wells-2018&priority=high") == "priority=high"
    assert known_query(SavedView.Page.EXPLORE, "measure=budget&rows=pillar&spam=1") == "measure=budget&rows=pillar"


def test_nobody_saves_without_signing_in(reader: Reader) -> None:
    client = reader("public")
    sent = client.post(f"{VIEWS}save/", {"page": "projects", "title": "x"})
    # A form cannot be sent again from the page for signing in: it leads back to where a view can be saved.
    assert sent["Location"] == "/people/sign-in/?next=/people/views/"
    assert "The address of every list is its view" in client.get(VIEWS).content.decode()
    assert not SavedView.objects.unscoped("test").exists()


def test_saving_needs_the_forms_own_token(house: House) -> None:  # noqa: ARG001  # the house comes first
    person = Person.objects.create(email="third@demo.example", name="Third")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(f"{VIEWS}save/", {"page": "projects", "title": "x"}).status_code == 403


def test_a_name_runs_nothing(reader: Reader) -> None:
    page = _send(reader("focal"), title="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
