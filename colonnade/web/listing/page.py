"""A page of a list: fifty records, the filters in force, the totals of everything selected, and where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import MEASURES
from colonnade.analysis.crosstab.model import Number, Question, Totals
from colonnade.web.listing.asked import COLUMN, Asked
from colonnade.web.listing.model import title_of_column
from colonnade.web.listing.narrowing import bar_of, facets_of, other_inventories, ways_out
from colonnade.web.listing.spreadsheet import MOST_ROWS
from colonnade.web.listing.values import reads_of
from colonnade.web.search.said import sentences
from colonnade.web.shared.blocks import Download, Stat
from colonnade.web.shared.numbers import LinkedNumber, TableView, spoken
from colonnade.web.shared.pages import page_number, pages_of
from colonnade.web.shared.parameters import pairs_in
from colonnade.web.shared.selections import explore_address
from colonnade.web.shared.sorting import sorted_head

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that can be shown, with its box ticked or not."""

    name: str
    title: str
    shown: bool


def page_of(asked: Asked, query: QueryDict) -> dict[str, Any]:
    """What the template ``listing/list.html`` receives."""
    of, reading = asked.of, asked.reading
    number = page_number(query)
    names = (of.identifier, *(column.name for column in asked.columns))
    listed = reading.listing(asked.selection, names, sort=asked.order, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    facets = facets_of(asked)
    elsewhere = other_inventories(asked, facets)
    path = reverse(of.page.value)
    return {
        "list": of,
        "title": _(of.title),
        "lead": _(of.lead),
        "reading": reading,
        "illustrative": reading.is_illustrative(asked.selection.inventory),
        "inventory": reading.inventory(asked.selection.inventory) if asked.selection.inventory else None,
        "withheld": bool(of.withheld and of.withheld(reading)),
        "said": _said(asked),
        "left_out": list(asked.left_out.values()),
        "bar": bar_of(asked, facets, query),
        "stats": _stats(asked),
        "table": _table(asked, listed.rows, query),
        "pages": pages_of(number, PAGE_SIZE, listed.total, query),
        "total": listed.total,
        "elsewhere": elsewhere if asked.selection.text or not listed.total else [],
        "ways_out": None if listed.total else ways_out(asked),
        "columns": [
            ColumnChoice(column.name, title_of_column(column), column in asked.columns) for column in of.columns[1:]
        ],
        "title_column": of.columns[0].name,
        "kept": pairs_in(query, without=[COLUMN]),
        "own_columns": asked.chosen,
        "usual_columns": "?" + urlencode(pairs_in(query, without=[COLUMN])),
        "downloads": _downloads(asked, path, listed.total),
        "permalink": f"{path}?{asked.settled}" if asked.settled else path,
        "explore": _explore(asked, of.measures[0]),
    }


def said_beside(table: TableView, beside: Mapping[str, str]) -> TableView:
    """The table with words beside single records, by the address of the record."""
    rows = (
        tuple(replace(cell, aside=beside[cell.href]) if cell.href in beside else cell for cell in row)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _said(asked: Asked) -> list[str]:
    """What was looked for instead of what was typed, in words."""
    matched = asked.reading.matched(asked.selection)
    return sentences(matched.said) if matched else []


def _table(asked: Asked, rows: tuple[tuple[object, ...], ...], query: QueryDict) -> TableView:
    reads = reads_of(asked)
    heads = tuple(
        sorted_head(title_of_column(column), column.name, query, default=asked.order, numeric=column.kind.numeric)
        for column in asked.columns
    )
    return TableView(_(asked.of.title), heads, tuple(reads.cells(str(row[0]), row[1:]) for row in rows))


def _stats(asked: Asked) -> list[Stat]:
    """The totals of the selection, and how many of its records report no amount."""
    found = asked.reading.summary(asked.selection, *asked.of.measures)
    return [_stat(asked, name, found) for name in asked.of.measures]


def _stat(asked: Asked, name: str, found: Totals) -> Stat:
    measure = MEASURES[name]
    aside = ""
    if found.unreported[name]:
        aside = _("%(count)s of %(base)s report none") % {
            "count": f"{found.unreported[name]:,}",
            "base": f"{found.base:,}",
        }
    value: Number | None = found.values[name]
    if value is None:
        return Stat(_(measure.title), LinkedNumber(spoken(None, measure.unit)), aside)
    return Stat(_(measure.title), LinkedNumber(spoken(value, measure.unit), _explore(asked, name)), aside)


def _explore(asked: Asked, measure: str) -> str:
    return explore_address(Question(asked.selection, measure, asked.of.explore_rows), asked.reading)


def _downloads(asked: Asked, path: str, total: int) -> list[Download]:
    query = f"?{asked.settled}" if asked.settled else ""
    files = [Download("CSV", f"{path}list.csv{query}")]
    if total <= MOST_ROWS:
        files.append(Download("Excel", f"{path}list.xlsx{query}"))
    return files
