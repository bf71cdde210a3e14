"""Signing in and out; stepping in only where this is a demonstration."""

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.audit.queries import high_water_mark
from colonnade.members.models import Person
from colonnade.web.conftest import House

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def officer(house: House) -> Person:  # noqa: ARG001  # the house comes first
    person = Person(email="officer@demo.example", name="An officer")
    person.set_password("a long enough password")
    person.save()
    return person


def test_a_password_signs_in_and_a_post_signs_out(officer: Person) -> None:
    client = Client()
    response = client.post(
        "/people/sign-in/", {"username": officer.email, "password": "a long enough password"}, follow=True
    )
    assert "An officer" in response.content.decode()
    assert client.get("/people/sign-out/").status_code == 405
    assert "An officer" not in client.post("/people/sign-out/", follow=True).content.decode()


def test_a_wrong_password_and_an_unknown_address_sound_the_same(officer: Person) -> None:
    def answer(address: str) -> str:
        page = Client().post("/people/sign-in/", {"username": address, "password": "wrong"}).content.decode()
        start = page.index('role="alert"')
        return page[start : page.index("</div>", start)]

    assert answer(officer.email) == answer("nobody@demo.example")


def test_what_was_typed_is_kept(officer: Person) -> None:
    page = Client().post("/people/sign-in/", {"username": officer.email, "password": "wrong"}).content.decode()
    assert f'value="{officer.email}"' in page


def test_anyone_steps_in_where_this_is_a_demonstration(officer: Person, settings: LazySettings) -> None:
    settings.DEMO = True
    client = Client()
    assert "Step in as" in client.get("/people/sign-in/").content.decode()
    response = client.post("/people/step-in/", {"person": officer.pk}, follow=True)
    assert "You are looking as: " in response.content.decode()
    assert response.wsgi_request.user == officer


def test_nobody_steps_in_anywhere_else(officer: Person, settings: LazySettings) -> None:
    settings.DEMO = False
    client = Client()
    assert "Step in as" not in client.get("/people/sign-in/").content.decode()
    assert client.post("/people/step-in/", {"person": officer.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_steps_in_as_a_real_person(settings: LazySettings) -> None:
    settings.DEMO = True
    real = Person.objects.create(email="someone@office.example", name="Someone")
    assert Client().post("/people/step-in/", {"person": real.pk}).status_code == 404


def test_stepping_in_needs_the_forms_own_token(officer: Person, settings: LazySettings) -> None:
    settings.DEMO = True
    response = Client(enforce_csrf_checks=True).post("/people/step-in/", {"person": officer.pk})
    assert response.status_code == 403
    assert "The form was not sent" in response.content.decode()


def test_signing_in_leads_nowhere_else(officer: Person) -> None:
    response = Client().post(
        "/people/sign-in/",
        {"username": officer.email, "password": "a long enough password", "next": "https://example.org/"},
    )
    assert response["Location"] == "/"


def test_signing_in_changes_no_record(officer: Person) -> None:
    before = high_water_mark()
    Client().post("/people/sign-in/", {"username": officer.email, "password": "a long enough password"})
    assert high_water_mark() == before
