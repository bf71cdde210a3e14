"""Around every page: who is looking, in which of our languages, and what the browser may do with the page."""

import secrets
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from colonnade.analysis.snapshot import NothingLoaded
from colonnade.audit.reads import note_reads
from colonnade.core.actor import Actor
from colonnade.members.models import ExtraAccess
from colonnade.members.queries import standing_of
from colonnade.web.shared.languages import has_catalogue
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.signed_in import person_signed_in

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Nothing comes from another origin, no style stands in a page, and no other page frames ours. A script runs only with
#: the nonce of its answer: not even a file of our own that somebody managed to place.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
#: Names of addresses that are secrets: whoever knows one comes in.
SECRET_ADDRESSES: Final = frozenset({"invitation", "reset-password"})
PERMISSIONS_POLICY: Final = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(),"
    " publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class ViewerMiddleware:
    """Makes a :class:`ViewerRequest` of the request, and answers in a language that has a catalogue."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ViewerRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(8)
        # Somebody who has not given a second factor sees what everybody sees.
        person = person_signed_in(request)
        standing = standing_of(person, timezone.localdate())
        request.viewer, request.extra_watched = standing.viewer, standing.watched
        if person is not None:
            # What is asked for under extra access is noted first: an answer that nobody noted is not given.
            for access in standing.extra:
                actor = Actor(person.name, person.pk, request.request_id)
                asked = _without_secrets(request.path_info)
                note_reads(table=ExtraAccess._meta.db_table, row_ids=[access.pk], what=asked, actor=actor)
        if not has_catalogue(translation.get_language()):
            # Django speaks more languages than these pages do; half a page in each would be worse than one in English.
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A registry without a strategy says so, instead of failing."""
        if isinstance(exception, NothingLoaded):
            return render(request, "shared/nothing-loaded.html", status=503)
        return None


def _without_secrets(path: str) -> str:
    """An address as the log may keep it: of the links of mails, the pattern alone."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return f"/{match.route}" if match.url_name in SECRET_ADDRESSES else path


class PagePolicyMiddleware:
    """Says what the browser may load, ask for and keep, with every answer: pages, files, errors and redirects."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # for the templates, through the house's context
        response = self.get_response(request)
        policy = CONTENT_SECURITY_POLICY.format(nonce=nonce)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # What a person may see ends with their session and their role: neither somebody between nor a browser keeps it.
        response.headers.setdefault("Cache-Control", "private, no-store" if _may_be_signed_in(request) else "no-cache")
        return response


def _may_be_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in, or that cannot be told because the database is away."""
    try:
        # What answers before people are looked up has no user.
        return hasattr(request, "user") and request.user.is_authenticated
    except DatabaseError:
        return True
