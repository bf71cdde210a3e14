"""Around everything else: which page the log may name, and an answer to probes that needs no database."""

from collections.abc import Callable

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from colonnade.web.house.answers import plain_answer, wants_details
from colonnade.web.house.health import health
from colonnade.web.middleware import GetResponse

#: Where the server's log finds the pattern of the address that was asked for.
ROUTE = "colonnade.route"


class RouteMiddleware:
    """Tells the server's log the pattern of a page (``projects/<slug:public_id>/``), never what was asked of it."""

    def __init__(self, get_response: Callable[[WSGIRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: WSGIRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        request.environ[ROUTE] = f"/{match.route}" if match else "-"
        return response


class HealthMiddleware:
    """Answers a probe before sessions, languages and people are looked up: those need the database, and it may be gone.

    Only somebody who is signed in and asks for a page goes on to it, and only where there is a database to ask.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != reverse("health") or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        found = health()
        if wants_details(request) and "database" not in found.failed:
            return self.get_response(request)
        return plain_answer(request, found)
