"""Publishing a project: who may, what everybody reads then, and what is confidential stays so."""

from collections.abc import Callable

import pytest
from django.test import Client

from colonnade.audit.models import Event
from colonnade.portfolio.models import Project
from colonnade.web.conftest import House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def version(public_id: str) -> int:
    return Project.objects.unscoped("test").get(public_id=public_id).version


def test_a_project_is_published_and_taken_back(house: House, reader: Reader) -> None:
    key = house.projects["compact"]
    place, focal, public = f"/projects/{key}/", reader("focal"), Client()
    assert public.get(place).status_code == 404
    assert "Publish it" in focal.get(f"{place}publish/").content.decode()
    assert focal.post(f"{place}publish/", {"version": version(key)}).status_code == 302
    assert public.get(place).status_code == 200
    assert focal.post(f"{place}publish/", {"version": version(key) - 1}).status_code == 409
    assert focal.post(f"{place}publish/", {"version": version(key)}).status_code == 302
    assert public.get(place).status_code == 404
    assert Event.objects.filter(action="publish_project").count() == 2


def test_what_is_confidential_about_a_state_is_not_published(house: House, reader: Reader) -> None:
    key = house.projects["restricted"]
    officer = reader("officer")
    assert "This project is confidential" in officer.get(f"/projects/{key}/publish/").content.decode()
    assert officer.post(f"/projects/{key}/publish/", {"version": version(key)}).status_code == 400
    assert Project.objects.unscoped("test").get(public_id=key).level == "restricted"


@pytest.mark.parametrize("who", ["public", "state", "donor", "other_state"])
def test_for_others_there_is_no_such_page(house: House, reader: Reader, who: str) -> None:
    client, place = reader(who), f"/projects/{house.projects['public']}/publish/"
    assert client.get(place).status_code in (302, 404)
    assert client.post(place, {"version": "1"}).status_code in (302, 404)
    assert Project.objects.unscoped("test").get(public_id=house.projects["public"]).level == "public"
