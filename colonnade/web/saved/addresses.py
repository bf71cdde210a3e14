"""What of an address a saved view keeps: the parameters that its page knows, and nothing else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.urls import NoReverseMatch, reverse

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Subject
from colonnade.members.models import SavedView
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY, MEASURE

Page = SavedView.Page

#: Parameters of every list, beside its filters. The page number is not among them: a view opens at its beginning.
_OF_LISTS: Final = frozenset({"q", "sort", "column", AUDIENCE})
_OF_EXPLORE: Final = frozenset({"q", MEASURE, "rows", "columns", "order", "show", INVENTORY, AUDIENCE})


def _filters(*subjects: Subject) -> frozenset[str]:
    return frozenset(name for subject in subjects for name in DIMENSIONS[subject])


#: Page -> the names of the parameters that a view of it can keep.
KNOWN: Final[Mapping[Page, frozenset[str]]] = MappingProxyType(
    {
        Page.PROJECTS: _filters(Subject.PROJECTS) | _OF_LISTS | {INVENTORY},
        Page.NEEDS: _filters(Subject.NEEDS) | _OF_LISTS,
        Page.EVENTS: _filters(Subject.EVENTS) | _OF_LISTS,
        Page.EXPLORE: _filters(*Subject) | _OF_EXPLORE,
    }
)


def known_query(page: Page, query: str) -> str:
    """``query`` with the parameters that ``page`` knows, in their order."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name in KNOWN[page]])


def view_address(page: str, query: str = "") -> str:
    """The address of ``page`` with ``query``, or empty where there is no such page."""
    try:
        path = reverse(page)
    except NoReverseMatch:
        return ""
    return f"{path}?{query}" if query else path
