"""Every kind of answer carries the policy, and in production insists on https: pages, files, errors, redirects, probes.

Production's settings are read from the settings themselves, in a process whose environment says that it is production.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from colonnade.members.models import Person
from colonnade.web.conftest import House, Reader
from colonnade.web.middleware import CONTENT_SECURITY_POLICY

OF_PRODUCTION = (
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_PROXY_SSL_HEADER",
    *(
        f"{cookie}_COOKIE_{what}"
        for cookie in ("SESSION", "CSRF")
        for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
    ),
)
ASK = (
    "import json, sys; from colonnade.config import settings;"
    " print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))"
)
HTTPS = {"x-forwarded-proto": "https"}
YEAR = 365 * 24 * 3600


def failing(_request: HttpRequest) -> HttpResponse:
    raise ValueError("the title of a confidential record")


urlpatterns = [path("", include("colonnade.config.urls")), path("failing/", failing)]
handler403 = handler404 = "colonnade.web.house.views.not_here"


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The settings of cookies and connections as production has them."""
    environment = {**os.environ, "COLONNADE_PRODUCTION": "1", "COLONNADE_SCHEME_HEADER": "X-Forwarded-Proto"}
    asked = [sys.executable, "-c", ASK, *OF_PRODUCTION]
    told = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@pytest.fixture
def in_production(production: dict[str, Any], settings: Any, tmp_path: Path) -> None:
    """This process answers as production does; a style sheet is collected."""
    for name, value in production.items():
        setattr(settings, name, tuple(value) if isinstance(value, list) else value)
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "page.css").write_text("a { color: red }")


ANSWERS = {
    "page": ("/", 200),
    "file": ("/static/page.css", 200),
    "probe": ("/health/", 200),
    "download": ("/projects/?format=csv", 200),
    "workbook": ("/projects/?format=xlsx", 200),
    "missing": ("/nowhere/", 404),
    "hidden": ("/projects/0000000000000000/", 404),
    "failed": ("/failing/", 500),
    "redirect": ("/projects", 301),
    "signing in": ("/people/sign-in/", 200),
    "not allowed": ("/people/sign-out/", None),
}


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("house", "in_production")
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_carries_the_whole_policy(kind: str) -> None:
    address, status = ANSWERS[kind]
    answer = Client(raise_request_exception=False).get(address, headers=HTTPS)
    assert status in {None, answer.status_code}
    assert_policy(answer)
    age = re.match(r"max-age=(\d+); includeSubDomains; preload", answer["Strict-Transport-Security"])
    assert age is not None
    assert int(age[1]) >= YEAR


def assert_policy(answer: Any) -> None:
    policy = re.sub("nonce-[^']+", "nonce-{nonce}", answer["Content-Security-Policy"])
    assert policy == CONTENT_SECURITY_POLICY
    for word in ("unsafe-inline", "unsafe-eval", "http:", "https:", "*"):
        assert word not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Cache-Control" in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    for name in ("Server", "X-Powered-By"):
        assert name not in answer.headers


@pytest.mark.usefixtures("house", "in_production")
def test_http_is_sent_to_https_with_the_policy_and_reads_nothing() -> None:
    answer = Client().get("/projects/?q=somebody")
    assert (answer.status_code, answer["Location"][:8]) == (301, "https://")
    assert_policy(answer)


@pytest.mark.usefixtures("house", "in_production")
def test_a_form_without_its_token_is_refused_with_the_policy() -> None:
    answer = Client(enforce_csrf_checks=True).post("/people/sign-in/", {"username": "x"}, headers=HTTPS, secure=True)
    assert answer.status_code == 403
    assert_policy(answer)


@pytest.mark.usefixtures("house", "in_production")
def test_cookies_are_of_this_host_over_https_and_out_of_reach_of_scripts() -> None:
    Person.objects.create(email="a@demo.example", name="A", password=make_password("six blue lanterns"))
    client = Client()
    client.get("/people/sign-in/", headers=HTTPS)
    client.post("/people/sign-in/", {"username": "a@demo.example", "password": "six blue lanterns"}, headers=HTTPS)
    assert client.cookies.keys() == {"__Host-session", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"]) == (True, True)
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


@pytest.mark.usefixtures("house")
def test_a_nonce_serves_one_answer_only() -> None:
    seen = [Client().get("/")["Content-Security-Policy"] for _ in range(3)]
    assert len(set(seen)) == 3


def test_what_somebody_signed_in_reads_is_kept_nowhere(house: House, reader: Reader) -> None:
    client = reader("focal")
    for address in ("/", f"/projects/{house.projects['compact']}/", "/projects/?format=csv", "/nowhere/"):
        assert client.get(address)["Cache-Control"] == "private, no-store", address


def test_where_nobody_can_tell_who_it_is_nothing_is_kept(
    house: House, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = reader("focal")
    client.raise_request_exception = False

    def away(*_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", away)
    answer = client.get(f"/projects/{house.projects['compact']}/")
    assert answer.status_code == 500
    assert answer["Cache-Control"] == "private, no-store"
    assert "nonce-" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("house")
def test_trace_is_not_answered() -> None:
    assert Client().generic("TRACE", "/").status_code in {403, 404, 405}
