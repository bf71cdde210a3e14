"""While an officer looks as somebody else, every page is that reader's, and nothing is changed.

The request's viewer is the one looked as, so that whatever begins at the viewer (pages, figures, the second ring, what
is kept of answers) follows. Who is signed in stays who it is: what is opened is noted under the officer's name.
"""

from collections.abc import Callable
from typing import Final

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.members.access import why_not_look
from colonnade.members.look_actions import stop_looking
from colonnade.members.models import Look
from colonnade.members.queries import viewer_looked_as
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.signed_in import person_signed_in

#: Where the session keeps which look goes on.
LOOK: Final = "looking_as"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
STOP, SIGN_OUT = "stop-looking", "sign-out"


class LookingMiddleware:
    """Puts the viewer that is looked as in the place of the officer's own. It stands after ``ViewerMiddleware``."""

    def __init__(self, get_response: Callable[[ViewerRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ViewerRequest) -> HttpResponseBase:
        request.own_viewer = request.viewer
        request.look = _look_of(request)
        if request.look is None:
            return self.get_response(request)
        if request.method not in SAFE:
            name = _name(request.path_info)
            if name == SIGN_OUT:
                stop_looking(person=request.look.person, actor=_officer(request, request.look))
            elif name != STOP:
                request.viewer = viewer_looked_as(request.look, timezone.localdate())
                return render(request, "looking/nothing-changed.html", status=403)
        request.viewer, request.extra_watched = viewer_looked_as(request.look, timezone.localdate()), ()
        return self.get_response(request)


def _look_of(request: ViewerRequest) -> Look | None:
    """The look that goes on in this session, where whoever is signed in may still look."""
    key, person = request.session.get(LOOK), person_signed_in(request)
    if not key or person is None:
        return None
    look = (
        Look.objects.select_related("person", "entity", "country")
        .filter(public_id=key, person=person, ended_at__isnull=True, ends_by__gt=timezone.now())
        .first()
    )
    if look is not None and why_not_look(request.viewer) is not None:
        stop_looking(person=person, actor=_officer(request, look))
        look = None
    if look is None:
        del request.session[LOOK]
    return look


def _officer(request: ViewerRequest, look: Look) -> Actor:
    return Actor(look.person.name, look.person.pk, request.request_id)


def _name(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
