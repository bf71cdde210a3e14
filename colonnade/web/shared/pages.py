"""Breadcrumbs, tabs and the pages of a long list: what their components receive."""

from dataclasses import dataclass
from math import ceil

from django.http import Http404, QueryDict

from colonnade.web.shared.addresses import PAGE
from colonnade.web.shared.parameters import address_of, pairs_in


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way here. The last has no address: it is this page."""

    title: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of a few views of the same thing."""

    title: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of a list stands, and the addresses of its neighbours, empty at the ends."""

    number: int
    last: int
    first_row: int
    last_row: int
    total: int
    previous: str
    next: str


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1 on. What is no page is not there."""
    text = query.get(PAGE, "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
        raise Http404
    return int(text)


def pages_of(number: int, size: int, total: int, query: QueryDict) -> Pages:
    """Page ``number`` of ``total`` rows, ``size`` on each. A page past the end is not there."""
    last = max(1, ceil(total / size))
    if number > last:
        raise Http404

    def address(of: int) -> str:
        return address_of([*pairs_in(query), (PAGE, str(of))])

    return Pages(
        number=number,
        last=last,
        first_row=min(total, (number - 1) * size + 1),
        last_row=min(total, number * size),
        total=total,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if number < last else "",
    )
