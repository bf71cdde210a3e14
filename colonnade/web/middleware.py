"""Around every page: who is looking, in which of our languages, and what the browser may do with the page."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from colonnade.analysis.snapshot import NothingLoaded
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.web.shared.languages import has_catalogue
from colonnade.web.shared.requests import ViewerRequest

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Nothing comes from another origin, no script or style stands in a page, and no other page frames ours.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ViewerMiddleware:
    """Makes a :class:`ViewerRequest` of the request, and answers in a language that has a catalogue."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ViewerRequest) -> HttpResponseBase:
        person = request.user if isinstance(request.user, Person) else None
        request.viewer = viewer_for(person, timezone.localdate())
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


class PagePolicyMiddleware:
    """Says what the browser may load, ask for and keep."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # What a person may see ends with their session and their role: nobody between keeps a copy.
        signed_in = request.user.is_authenticated
        response.headers.setdefault("Cache-Control", "private, no-cache" if signed_in else "no-cache")
        return response
