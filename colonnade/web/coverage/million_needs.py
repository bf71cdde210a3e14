"""The needs around a sum: those that it would close, and those that money on the table could close, or could not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from colonnade.analysis.coverage.closing import Candidate, Closing, Payable
from colonnade.analysis.coverage.reading import OpenNeed, Table
from colonnade.analysis.crosstab.model import Subject
from colonnade.analysis.figures.display import grouped
from colonnade.web.coverage.asked import Asked
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Pages, page_number, pages_of
from colonnade.web.shared.parameters import address_with
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import listing_address, title_of

#: Which needs the page lists beside those that are closed.
SHOW: Final = "show"
CLOSABLE, LEFT, FUNDED = "closable", "left", "funded"
PAGE_SIZE: Final = 50
#: Projects that are left out and named.
NAMED: Final = 12
NOTHING: Final = "–"
NOT_MET: Final = ("unmet", "claimed", "contested", "partly_met")


@dataclass(frozen=True, slots=True)
class Opened:
    """The needs that a number of the page counts, a page at a time."""

    table: TableView
    pages: Pages


def candidate_address(each: Candidate) -> str:
    """The page of what could be paid for."""
    return record_address(PROJECT if each.kind is Payable.SHORTFALL else "proposal", each.id)


def beside(asked: Asked, table: Table) -> list[Fact]:
    """How many needs are open and not met, how many of them money could close, and how many no sum does."""
    every = listing_address(asked.open_needs.where("coverage", *NOT_MET), asked.reading)
    left = len(table.needs) - len(table.closable)
    return facts(
        (_("Open needs that are not met"), Line(grouped(len(table.needs)), every if table.needs else "")),
        (_("Money on the table could close"), _number(asked, len(table.closable), CLOSABLE)),
        (
            _("No sum closes, as things stand"),
            _number(
                asked, left, LEFT, _("no proposal cites them, and no project with a known shortfall claims them whole")
            ),
        ),
        (
            _("Claimed whole by a project that lacks no money"),
            _number(asked, len(table.funded), FUNDED, _("they wait for somebody to verify it, not for money"))
            if table.funded
            else None,
        ),
        (_("Projects left out, their shortfall not being known"), _unknown(table)),
    )


def _unknown(table: Table) -> list[Line]:
    named = [Line(title, record_address(PROJECT, key)) for key, title in list(table.unknown.items())[:NAMED]]
    more = len(table.unknown) - len(named)
    return [*named, *([Line(_("and %(count)s more") % {"count": grouped(more)})] if more else [])]


def _number(asked: Asked, count: int, show: str, aside: str = "") -> Line:
    address = address_with(asked.query, SHOW, show) + "#opened" if count else ""
    return Line(grouped(count), address, aside)


def opened(asked: Asked, table: Table) -> Opened | None:
    """The needs that the address asks to see; ``None`` where it asks for none."""
    show = asked.query.get(SHOW, "")
    if not show:
        return None
    chosen = {
        CLOSABLE: (_("Needs that money on the table could close"), table.closable),
        LEFT: (_("Needs that no sum closes, as things stand"), table.needs.keys() - table.closable),
        FUNDED: (_("Needs that a project which lacks no money claims to meet in full"), table.funded),
    }
    if show not in chosen:
        raise Http404
    title, needs = chosen[show]
    order, number = _in_order(table, needs), page_number(asked.query)
    pages = pages_of(number, PAGE_SIZE, len(order), asked.query)
    rows = tuple(_need(asked, need, table.needs[need]) for need in order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return Opened(TableView(title, _heads(), rows), pages)


def closed_needs(asked: Asked, found: Closing, table: Table) -> TableView:
    """The needs that the choice would close, and what closes each."""
    by_id = {each.id: each for each in table.candidates}
    payers: dict[str, list[Candidate]] = {}
    for one in found.chosen:
        for need in by_id[one].closes:
            payers.setdefault(need, []).append(by_id[one])
    order = _in_order(table, payers)
    rows = tuple(
        (
            *_need(asked, need, table.needs[need]),
            CellView(payers[need][0].title, candidate_address(payers[need][0])),
        )
        for need in order[:PAGE_SIZE]
    )
    cut = len(order) > PAGE_SIZE
    note = _("%(shown)s of %(all)s are shown.") % {"shown": PAGE_SIZE, "all": len(order)} if cut else ""
    return TableView(_("Needs that it would close"), (*_heads(), HeaderView(_("Closed by"))), rows, (), note)


def _in_order(table: Table, needs: Iterable[str]) -> list[str]:
    return sorted(needs, key=lambda need: (table.needs[need].country, table.needs[need].title, need))


def _heads() -> tuple[HeaderView, ...]:
    return (HeaderView(_("Need")), HeaderView(_("State")), HeaderView(_("Now")))


def _need(asked: Asked, key: str, need: OpenNeed) -> tuple[CellView, ...]:
    state = title_of(asked.reading, Subject.NEEDS, "country", need.country or None)
    return (
        CellView(need.title, record_address("recommendation", key), header=True),
        CellView(state, record_address("country", need.country) if need.country else ""),
        CellView(title_of(asked.reading, Subject.NEEDS, "coverage", need.coverage)),
    )
