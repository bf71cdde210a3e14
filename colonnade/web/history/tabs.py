"""The tabs of a record's page: the record, and its history. They stand on every page of a record, put there once."""

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.core.viewer import PUBLIC, Viewer
from colonnade.web.history.kinds import KINDS
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.record_addresses import OWN_PAGES, record_address

#: The name of a page's address -> the kind of the record that it shows.
_KIND_OF: Final = {name: kind for kind, name in OWN_PAGES.items()}
RECORD, HISTORY = "record", "record-history"


def record_tabs(request: HttpRequest) -> tuple[Tab, ...]:
    """The tabs of the page that answers ``request``; none where it shows no record, or nobody is signed in."""
    match = request.resolver_match
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    if match is None or viewer.user_id is None:
        return ()
    given = list(match.kwargs.values())
    if match.url_name in (RECORD, HISTORY):
        kind, identifier = match.kwargs["kind"], match.kwargs["identifier"]
    elif match.url_name in _KIND_OF and len(given) == 1:
        kind, identifier = _KIND_OF[match.url_name], str(given[0])
    else:
        return ()
    if kind not in KINDS:
        return ()
    history = match.url_name == HISTORY
    address = record_address(kind, identifier)
    first = (Tab(_("The record"), address, not history),) if address else ()
    return (*first, Tab(_("History"), reverse(HISTORY, args=[kind, identifier]), history))
