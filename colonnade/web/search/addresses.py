"""Where a hit leads: the page of its kind, where there is one."""

from typing import Final
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from colonnade.analysis.search.everything import Hit
from colonnade.web.shared.addresses import AUDIENCE, Place
from colonnade.web.shared.record_addresses import record_address

#: Kinds that records go by under another name.
_RECORDS: Final = {"need": "recommendation", "group": "working_group"}


def address_of(hit: Hit, audience: str = "") -> str:
    """The page of what was found, or empty where it has none. ``audience`` is the one that numbers are read as."""
    if hit.kind == "figure":
        return Place(hit.identifier, audience=audience).page
    return hit.address or record_address(_RECORDS.get(hit.kind, hit.kind), hit.identifier)


def page_named(name: str) -> str:
    """The page whose address goes by ``name``, or empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def search_address(text: str, kind: str = "", audience: str = "") -> str:
    """The page of a search."""
    given = {"q": text, "kind": kind, AUDIENCE: audience}
    query = urlencode({name: value for name, value in given.items() if value})
    return reverse("search") + (f"?{query}" if query else "")
