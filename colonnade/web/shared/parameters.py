"""Addresses that differ from the one being read in a few parameters. Every other parameter stays, repeated ones too.

The page of a list never stays: what was sorted or filtered anew begins at its first row.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from colonnade.web.shared.addresses import PAGE

Pair = tuple[str, str]


def pairs_in(query: QueryDict, *, without: Iterable[str] = ()) -> list[Pair]:
    """The parameters that have a value, in the order of the address, less those named ``without`` and the page."""
    left_out = {*without, PAGE}
    return [(name, value) for name, values in query.lists() if name not in left_out for value in values if value]


def address_of(pairs: Sequence[Pair], path: str = "") -> str:
    """``path`` with the parameters; without a path relative to the page that it stands on."""
    return path + "?" + urlencode(pairs) if pairs or not path else path


def address_with(query: QueryDict, name: str, value: str, path: str = "") -> str:
    """The same page with the one parameter ``name`` set; without it where ``value`` is empty."""
    kept = pairs_in(query, without=[name])
    return address_of([*kept, (name, value)] if value else kept, path)
