"""What is missing and what is forbidden answer alike; what cannot be read or fails says so in a page of its own."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, include, path

from colonnade.web.conftest import House


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("not for you: the title of a confidential record")


def suspicious(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


def failing(_request: HttpRequest) -> HttpResponse:
    raise ValueError("the title of a confidential record")


urlpatterns = [
    path("", include("colonnade.config.urls")),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("failing/", failing),
]
handler403 = handler404 = "colonnade.web.house.views.not_here"


def words_of(answer: HttpResponseBase, where: str) -> str:
    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", b"".join(answer).decode())
    return text.replace(where, "")


@pytest.mark.urls(__name__)
def test_forbidden_and_missing_cannot_be_told_apart(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = Client()
    no, none = client.get("/forbidden/"), client.get("/absent/")
    assert (no.status_code, none.status_code) == (404, 404)
    assert words_of(no, "/forbidden/") == words_of(none, "/absent/")
    of_its_own = {"Content-Length": "", "Content-Security-Policy": ""}
    assert dict(no.headers) | of_its_own == dict(none.headers) | of_its_own


def test_the_house_answers_what_is_forbidden_as_what_is_missing() -> None:
    urls = get_resolver()
    assert urls.resolve_error_handler(403) == urls.resolve_error_handler(404)


def test_the_page_says_what_may_be_the_reason_and_leads_on(house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    text = Client().get("/nowhere/").content.decode()
    main = text[text.index("<main") :]
    assert "a page that you may not see does not say that it is there" in main
    for way in ("/", "/projects/", "/figures/", "/people/sign-in/"):
        assert f'href="{way}"' in main


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("where", "status"), [("/suspicious/", 400), ("/failing/", 500)])
def test_what_cannot_be_answered_says_so_without_details(where: str, status: int, house: House) -> None:  # noqa: ARG001  # a fixture that the test rests on
    answer = Client(raise_request_exception=False).get(where)
    assert answer.status_code == status
    text = answer.content.decode()
    assert "<h1>" in text
    assert 'href="/"' in text
    assert "confidential" not in text
