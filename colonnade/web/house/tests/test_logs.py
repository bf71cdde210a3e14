"""The log as it is configured: what a reader typed and what a row holds never reach it, whatever goes wrong."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from colonnade.members.models import Person
from colonnade.portfolio.models import Project
from colonnade.web.conftest import House

TERM, ADDRESS, TITLE = "rumour-of-a-well", "jane.doe@example.org", "A confidential well"


def quoting(request: HttpRequest, reference: str) -> HttpResponse:
    """Fails as code fails: with a message that quotes a record, a cause that quotes a row, and a log line of both."""
    project = Project.objects.unscoped("test").get(reference=reference)
    logging.getLogger("somebody.else").warning("Could not show %s for %s", project.title, request.GET)
    logging.getLogger("somebody.else").warning(f"Could not show {project.title}")  # as others do
    try:
        Person.objects.create(email=request.POST.get("username", ADDRESS), name="x")
        Person.objects.create(email=request.POST.get("username", ADDRESS), name="x")
    except IntegrityError as clash:
        raise ValueError(f"{project.title}: {request.GET}") from clash
    raise AssertionError("two people with one address")


urlpatterns = [path("", include("colonnade.config.urls")), path("quoting/<slug:reference>/", quoting)]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the house's own handler writes while a test runs."""
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and type(handler.formatter).__name__ == "DiscreetFormatter"
    )
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.mark.urls(__name__)
def test_a_failure_names_the_page_the_status_and_the_error_and_nothing_of_the_record(
    house: House,  # noqa: ARG001  # a fixture that the test rests on
    written: io.StringIO,
) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post(f"/quoting/restricted/?q={TERM}", {"username": ADDRESS, "password": "hunter2-hunter2"})
    assert answer.status_code == 500
    text = written.getvalue()
    assert "ERROR django.request POST /quoting/<slug:reference>/ 500" in text
    assert "builtins.ValueError" in text
    assert "IntegrityError" in text
    assert "tests/test_logs.py:" in text
    assert "Could not show %s for %s" in text
    for said in (TERM, ADDRESS, TITLE, "confidential", "jane", "hunter2", "restricted/", "127.0.0.1"):
        assert said not in text


def test_signing_in_and_missing_pages_write_nothing_that_was_typed(house: House, written: io.StringIO) -> None:  # noqa: ARG001  # a fixture that the test rests on
    client = Client(raise_request_exception=False)
    client.post("/people/sign-in/", {"username": ADDRESS, "password": "wrong-wrong-wrong"})
    client.get(f"/figures/projects/?q={TERM}&audience={ADDRESS}")
    client.get(f"/{TERM}/{ADDRESS}")
    client.get("/", headers={"host": f"{TERM}.example.org"})
    Client(enforce_csrf_checks=True).post("/people/sign-in/", {"username": ADDRESS, "password": "wrong"})
    text = written.getvalue()
    assert "django.security.DisallowedHost" in text
    assert "django.security.csrf" in text
    for said in (TERM, ADDRESS, "jane", "wrong"):
        assert said not in text


def test_the_servers_log_is_told_the_pattern_of_a_page_alone(house: House) -> None:
    environ = Client().get(f"/projects/{house.projects['public']}/?q={TERM}").wsgi_request.environ
    assert environ["colonnade.route"] == "/projects/<slug:public_id>/"
    assert Client().get(f"/{TERM}/").wsgi_request.environ["colonnade.route"] == "-"
