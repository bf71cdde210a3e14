"""Filters over rows that were read already: which rows an address leaves, and how many each choice would. Pure.

The addresses read as those of the lists of projects: a facet's parameter is repeated for several codes, ``-`` is not
reported, ``!`` before a code takes it out, ``q`` is what somebody typed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import QueryDict

from colonnade.analysis.crosstab.model import EXCEPT, NOT_REPORTED
from colonnade.web.shared.filters import FacetGroup, facet_group
from colonnade.web.shared.selections import LONGEST_TEXT, TEXT

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RowFacet(Generic[R]):
    """Something to filter rows by: the codes of a row (none: not reported), and the titles of codes in their order."""

    name: str
    title: str
    codes: Callable[[R], Sequence[str]]
    titles: Mapping[str, str]


def narrowed(
    rows: Iterable[R], facets: Sequence[RowFacet[R]], words: Callable[[R], str], query: QueryDict, *, without: str = ""
) -> list[R]:
    """The rows that every filter of ``query`` leaves, in their order; ``without`` names a facet to pass over.

    ``words`` is what of a row is searched: every word that was typed must be in it.
    """
    typed = query.get(TEXT, "")[:LONGEST_TEXT].casefold().split()
    asked = {facet.name: [code for code in query.getlist(facet.name) if code] for facet in facets}
    return [
        row
        for row in rows
        if all(word in words(row).casefold() for word in typed)
        and all(facet.name == without or holds(facet.codes(row), asked[facet.name]) for facet in facets)
    ]


def holds(codes: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a row with ``codes`` has any of those asked for, and none of those taken out."""
    own = set(codes) or {NOT_REPORTED}
    wanted = {code for code in asked if not code.startswith(EXCEPT)}
    unwanted = {code.removeprefix(EXCEPT) for code in asked if code.startswith(EXCEPT)}
    return (not wanted or bool(own & wanted)) and not own & unwanted


def groups(
    rows: Sequence[R], facets: Sequence[RowFacet[R]], words: Callable[[R], str], query: QueryDict
) -> list[FacetGroup]:
    """The facets, each code with how many rows have it under the other filters."""
    found = []
    for facet in facets:
        counted: Counter[str | None] = Counter()
        for row in narrowed(rows, facets, words, query, without=facet.name):
            own: set[str | None] = {*facet.codes(row)} or {None}
            counted.update(own)
        order = {code: place for place, code in enumerate(facet.titles)}
        counts = sorted(counted.items(), key=lambda item: order.get(item[0] or "", len(order)))
        asked = [code for code in query.getlist(facet.name) if code]
        found.append(facet_group(facet.name, facet.title, counts, facet.titles, asked))
    return found
