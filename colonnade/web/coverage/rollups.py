"""Coverage by a dimension of needs: a row a State, a theme, an entity; every number opens its needs."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.coverage.shares import share_of
from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Answer, Number, Question, Subject
from colonnade.analysis.figures.display import display_cell, rounded
from colonnade.web.coverage.asked import Asked, narrowing
from colonnade.web.coverage.summary import HERE, RULE
from colonnade.web.shared.blocks import Counted, Download
from colonnade.web.shared.filters import Choice, FilterBar, FilterField
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Pages, Tab, page_number, pages_of
from colonnade.web.shared.parameters import address_with
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import (
    COLUMNS,
    MEASURE,
    ROWS,
    answer_table,
    explore_address,
    in_a_sentence,
    parameters_of,
)

BY, WAY, ORDER = "by", "way", "order"
DIVIDED_BY: Final = ("country", "region", "theme", "pillar", "mandate", "entity", "priority")
COVERED: Final = ("met", "partly_met")
PAGE_SIZE: Final = 50
#: Orders of the rows, by the parameter's value.
BY_UNMET, BY_SHARE, BY_SIZE = "unmet", "share", "size"


@dataclass(frozen=True, slots=True)
class RollUp:
    """The page: the ways to divide, the table a page at a time, its files, how it is counted."""

    divisions: tuple[Tab, ...]
    bar: FilterBar
    table: TableView
    pages: Pages
    downloads: tuple[Download, ...]
    explore: str
    counted: Counted


def rollup_page(asked: Asked) -> RollUp:
    """The roll-up that the address asks for. A dimension, a way or a page that there is not raises ``Http404``."""
    query = asked.query
    by, way, order = query.get(BY, "country"), query.get(WAY, RULE), query.get(ORDER, "")
    if by not in DIVIDED_BY or way not in (RULE, HERE) or order not in ("", BY_UNMET, BY_SHARE, BY_SIZE):
        raise Http404
    question = Question(asked.needs, "needs", by, way)
    answer = asked.reading.ask(question)
    codes = _in_order(answer, order)
    number = page_number(query)
    pages = pages_of(number, PAGE_SIZE, len(codes), query)
    shown = replace(answer, row_codes=codes[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    table = answer_table(
        asked.reading,
        shown,
        caption=_("Coverage of needs by %(dimension)s") % {"dimension": in_a_sentence(Subject.NEEDS, by)},
        row_link=lambda code: record_address(by, code),
        note=_("The totals are of all rows.") if pages.last > 1 else "",
    )
    files = "?" + urlencode(
        [(MEASURE, "needs"), (ROWS, by), (COLUMNS, way), *parameters_of(asked.needs, asked.reading)]
    )
    defined = [DIMENSIONS[Subject.NEEDS][name].definition for name in dict.fromkeys((by, RULE, way))]
    return RollUp(
        divisions=tuple(
            Tab(_(DIMENSIONS[Subject.NEEDS][name].title), address_with(query, BY, name), name == by)
            for name in DIVIDED_BY
        ),
        bar=narrowing(asked, _fields(way, order), (BY, WAY, ORDER)),
        table=_with_shares(answer, shown, table),
        pages=pages,
        downloads=(
            Download(_("CSV"), reverse("explore-csv") + files),
            Download(_("Excel"), reverse("explore-workbook") + files),
        ),
        explore=explore_address(question, asked.reading),
        counted=Counted(" ".join(_(said) for said in defined if said), answer.sql),
    )


def _fields(way: str, order: str) -> tuple[FilterField, ...]:
    ways = (
        Choice(RULE, _("every response: the rule")),
        Choice(HERE, _("only projects that name the State")),
    )
    orders = (
        Choice("", _("in the strategy's order")),
        Choice(BY_SIZE, _("most needs first")),
        Choice(BY_UNMET, _("most unmet first")),
        Choice(BY_SHARE, _("largest share unmet first")),
    )
    return (
        FilterField(WAY, _("What counts as an answer"), "choice", way, ways),
        FilterField(ORDER, _("Order"), "choice", order, orders),
    )


def _in_order(answer: Answer, order: str) -> tuple[str | None, ...]:
    """The rows as asked for; equal ones stay in the strategy's order, and what has no code stays last."""

    def rank(code: str | None) -> Decimal:
        unmet, whole = answer.cells.get((code, "unmet")) or 0, answer.row_totals.get(code) or 0
        if order == BY_SHARE:
            return share_of(unmet, whole) or Decimal(0)
        return Decimal(unmet if order == BY_UNMET else whole)

    if not order:
        return answer.row_codes
    return tuple(sorted(answer.row_codes, key=lambda code: (code is None, -rank(code))))


def _with_shares(answer: Answer, shown: Answer, table: TableView) -> TableView:
    """The table with a last column: the share met or partly met."""
    rows = tuple(
        (*cells, _share([shown.cells.get((code, name)) for name in COVERED], shown.row_totals.get(code)))
        for code, cells in zip(shown.row_codes, table.rows, strict=True)
    )
    total = _share([answer.column_totals.get(name) for name in COVERED], answer.total)
    header = (*table.header, HeaderView(_("Met or partly met (per cent)"), True))
    return replace(table, header=header, rows=rows, totals=(*table.totals, total) if table.totals else ())


def _share(parts: list[Number | None], whole: Number | None) -> CellView:
    share = share_of(sum(part or 0 for part in parts), whole)
    return CellView(display_cell(share, "per cent"), numeric=True, bar=int(rounded(share or 0, 0)))
