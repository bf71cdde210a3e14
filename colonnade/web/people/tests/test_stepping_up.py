"""Asking again before what cannot be taken back: who is asked, what comes back, what was typed."""

import time
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from colonnade.members.models import Person
from colonnade.web.conftest import House
from colonnade.web.people.confirming import held_form
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.signed_in import CONFIRMED
from colonnade.web.shared.stepping_up import confirmed_recently

PASSWORD = "a long enough password"


@confirmed_recently
def publish(request: ViewerRequest) -> HttpResponse:
    return HttpResponse(f"published {request.POST.getlist('word')}" if request.method == "POST" else "the form")


urlpatterns = [path("publish/", publish), path("", include("colonnade.web.urls"))]

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.urls(__name__)]


class Fields(HTMLParser):
    """The hidden and other fields of a page's forms in its content, and where the last of the forms goes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.action = ""
        start = page.index("<main")
        self.feed(page[start : page.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = found["action"]
        if tag == "input" and found["name"] != "csrfmiddlewaretoken":
            self.fields.append((found["name"], unescape(found.get("value", ""))))


@pytest.fixture
def officer(house: House) -> Person:  # noqa: ARG001  # the house comes first
    person = Person(email="officer@office.example", name="An officer")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client_of_long_ago(officer: Person) -> Client:
    """A browser whose person confirmed an hour ago."""
    client = Client()
    client.force_login(officer)
    session = client.session
    session[CONFIRMED] = time.time() - 3600
    session.save()
    return client


def test_whoever_confirmed_just_now_is_not_asked(officer: Person) -> None:
    client = Client()
    client.force_login(officer)
    assert client.get("/publish/").content == b"the form"


def test_whoever_is_not_signed_in_finds_nothing_to_confirm() -> None:
    assert Client().get("/publish/").status_code == 404
    assert Client().get("/people/confirm/").status_code == 404


def test_a_page_asks_and_then_opens(client_of_long_ago: Client) -> None:
    asked = client_of_long_ago.get("/publish/?of=it")
    assert asked["Location"] == "/people/confirm/?next=%2Fpublish%2F%3Fof%3Dit"
    wrong = client_of_long_ago.post("/people/confirm/", {"password": "not it", "next": "/publish/?of=it"})
    assert "This is not your password." in wrong.content.decode()
    right = client_of_long_ago.post("/people/confirm/", {"password": PASSWORD, "next": "/publish/?of=it"})
    assert right["Location"] == "/publish/?of=it"
    assert client_of_long_ago.get("/publish/?of=it").content == b"the form"


def test_what_was_typed_is_sent_again_in_its_order(client_of_long_ago: Client) -> None:
    asked = client_of_long_ago.post("/publish/?of=it", {"word": ["first", 'se"cond <b>']})
    assert b"published" not in asked.content
    held = dict(Fields(asked.content.decode()).fields)["held"]
    wrong = client_of_long_ago.post("/people/confirm/", {"password": "not it", "held": held})
    held = dict(Fields(wrong.content.decode()).fields)["held"]
    answer = client_of_long_ago.post("/people/confirm/", {"password": PASSWORD, "held": held})
    again = Fields(answer.content.decode())
    assert again.action == "/publish/?of=it"
    sent = client_of_long_ago.post(again.action, {"word": [value for name, value in again.fields if name == "word"]})
    assert sent.content.decode() == "published ['first', 'se\"cond <b>']"


def test_what_was_typed_goes_through_nobody_elses_hands(client_of_long_ago: Client) -> None:
    asked = client_of_long_ago.post("/publish/", {"word": "mine"})
    held = dict(Fields(asked.content.decode()).fields)["held"]
    other = Person.objects.create(email="other@office.example", name="Another")
    assert held_form(held, other) is None
    assert held_form(held[:-1] + ("a" if held[-1] != "a" else "b"), Person.objects.get(name="An officer")) is None


def test_confirming_leads_nowhere_else(client_of_long_ago: Client) -> None:
    answer = client_of_long_ago.post("/people/confirm/", {"password": PASSWORD, "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_in_a_demonstration_a_button_stands_for_it(client_of_long_ago: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    Person.objects.update(email="officer@demo.example")
    assert "This is a demonstration" in client_of_long_ago.get("/people/confirm/").content.decode()
    answer = client_of_long_ago.post("/people/confirm/", {"demo": "1", "next": "/publish/"})
    assert answer["Location"] == "/publish/"
    assert client_of_long_ago.get("/publish/").status_code == 200


def test_elsewhere_no_button_does(client_of_long_ago: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    client_of_long_ago.post("/people/confirm/", {"demo": "1"})
    assert client_of_long_ago.get("/publish/").status_code == 302
    settings.DEMO = True  # and in a demonstration none for a real person
    client_of_long_ago.post("/people/confirm/", {"demo": "1"})
    assert client_of_long_ago.get("/publish/").status_code == 302


def test_somebody_half_way_in_finds_nothing(officer: Person) -> None:
    request = RequestFactory().get("/publish/")
    request.session = Client().session
    for user in (AnonymousUser(), officer):
        request.user = user
        with pytest.raises(Http404):
            publish(request)  # type: ignore[arg-type]  # the middleware's marks are not what is looked at


@pytest.mark.parametrize("address", ["/people/confirm/", "/people/security/password/"])
def test_whoever_is_not_signed_in_is_told_nothing_is_there_however_they_ask(address: str) -> None:
    """Attempts are counted for a person: for nobody there is nothing to count, and nothing that fails."""
    visitor = Client(raise_request_exception=False)
    assert visitor.post(address, {"password": PASSWORD, "old_password": PASSWORD}).status_code == 404
    assert visitor.generic("TRACE", address).status_code == 405
