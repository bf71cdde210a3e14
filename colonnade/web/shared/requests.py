"""The request that views receive once the middleware has said who is looking, and who writes through it."""

from django.http import Http404, HttpRequest

from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import ExtraAccess, Look, Person


class ViewerRequest(HttpRequest):
    """A request with the viewer that every read begins with, and an identifier that its writes carry in the log.

    ``extra_watched`` is the extra access in force that this reader is told of, their own among it. While an officer
    looks as somebody else, ``look`` says as whom: ``viewer`` is theirs then, and ``own_viewer`` the officer's, for the
    pages of looking alone.
    """

    viewer: Viewer
    own_viewer: Viewer
    look: Look | None
    extra_watched: tuple[ExtraAccess, ...]
    request_id: str


def person_of(request: ViewerRequest) -> Person:
    """Whoever is signed in. For everyone else, a page that needs somebody is not there (``Http404``)."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def actor_of(request: ViewerRequest) -> Actor:
    """The name that the log keeps for what this request writes. Raises ``Http404`` where nobody is signed in."""
    person = person_of(request)
    return Actor(person.name, person.pk, request.request_id)
