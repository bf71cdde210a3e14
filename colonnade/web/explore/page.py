"""What the page of Explore prints: the choices, the filters, the table within its bounds, how it is counted."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import MEASURES, dividing
from colonnade.analysis.crosstab.model import NOT_REPORTED, Answer, Subject
from colonnade.analysis.crosstab.sql import dimension_of
from colonnade.web.explore.asked import BY_SIZE, ORDER, Asked
from colonnade.web.shared.addresses import INVENTORY
from colonnade.web.shared.blocks import Counted, Download
from colonnade.web.shared.filters import Choice, FilterBar, FilterField, facet_group, filter_bar
from colonnade.web.shared.numbers import TableView
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.parameters import address_of, address_with, pairs_in
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import (
    COLUMNS,
    MEASURE,
    ROWS,
    TEXT,
    answer_table,
    in_a_sentence,
    listing_address,
    title_of,
)

#: A table on the page has at most this many rows until all are asked for, and at most this many cells and columns
#: even then; its files have all of them.
FIRST_ROWS: Final = 25
MOST_CELLS: Final = 480
MOST_COLUMNS: Final = 16
#: The parameter that asks for all rows.
SHOW: Final = "show"
EVERY: Final = "all"


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """The page. ``cut`` says what of the table it leaves out, ``more`` where its rows are; empty where nothing is."""

    title: str
    measures: tuple[Tab, ...]
    filters: FilterBar
    table: TableView
    cut: str
    more: str
    turned: str
    orders: tuple[Tab, ...]
    counted: Counted
    downloads: tuple[Download, ...]
    pictures: tuple[Download, ...]
    chart: str
    records: str
    permalink: str


def explore_page(query: QueryDict, reading: Reading, asked: Asked) -> ExplorePage:
    """The page of an answered question."""
    every = query.get(SHOW) == EVERY
    shown, cut = within_bounds(asked, every=every)
    title = title_in_words(asked)
    given = urlencode(pairs_in(query))
    files = f"?{given}" if given else ""
    return ExplorePage(
        title=title,
        measures=_measures(query, asked),
        filters=_filters(query, reading, asked),
        table=answer_table(
            reading, shown, caption=title, row_link=lambda code: record_address(asked.question.rows, code)
        ),
        cut=cut,
        more=address_with(query, SHOW, EVERY) if not every and len(shown.row_codes) < len(asked.rows) else "",
        turned=_turned(query, asked),
        orders=_orders(query, asked),
        counted=Counted(definition_in_words(asked), asked.answer.sql),
        downloads=(
            Download(_("CSV"), reverse("explore-csv") + files),
            Download(_("Excel"), reverse("explore-workbook") + files),
        ),
        pictures=(
            Download(_("PNG"), reverse("explore-picture") + files),
            Download(_("SVG"), reverse("explore-chart") + files),
        ),
        chart=reverse("explore-chart") + files,
        records=listing_address(asked.question.selection, reading),
        permalink=address_of(_whole(query, asked), reverse("explore")),
    )


def title_in_words(asked: Asked) -> str:
    """``Budget by State and status``."""
    words = {"measure": _(asked.measure.title), "rows": in_a_sentence(asked.subject, asked.question.rows)}
    if not asked.question.columns:
        return _("%(measure)s by %(rows)s") % words
    words["columns"] = in_a_sentence(asked.subject, asked.question.columns)
    return _("%(measure)s by %(rows)s and %(columns)s") % words


def definition_in_words(asked: Asked) -> str:
    """How the numbers are counted: the measure, then what its dimensions mean and whether a record counts once."""
    said = [_(asked.measure.definition)]
    for name in (asked.question.rows, asked.question.columns):
        if not name:
            continue
        dimension = dimension_of(asked.subject, name)
        if dimension.definition:
            said.append(f"{_(dimension.title)}: {_(dimension.definition)}")
        if dimension.many:
            said.append(
                _("%(dimension)s: one record can have several, and counts in full under each; once in the totals.")
                % {"dimension": _(dimension.title)}
            )
    return " ".join(said)


def within_bounds(asked: Asked, *, every: bool) -> tuple[Answer, str]:
    """The part of the answer that the page prints, and words for what it leaves out."""
    answer = replace(asked.answer, row_codes=asked.rows)
    columns = answer.column_codes[:MOST_COLUMNS]
    most = MOST_CELLS // (len(columns) + 1)
    rows = answer.row_codes[: most if every else min(most, FIRST_ROWS)]
    said = []
    if len(rows) < len(answer.row_codes):
        said.append(_("%(shown)s of %(all)s rows are shown.") % {"shown": len(rows), "all": len(answer.row_codes)})
    if len(columns) < len(answer.column_codes):
        said.append(
            _("%(shown)s of %(all)s columns are shown.") % {"shown": len(columns), "all": len(answer.column_codes)}
        )
    if said:
        said.append(_("The totals are of all of them, and the files have every row and column."))
    return replace(answer, row_codes=rows, column_codes=columns), " ".join(said)


def _measures(query: QueryDict, asked: Asked) -> tuple[Tab, ...]:
    return tuple(
        Tab(_(measure.title), address_with(query, MEASURE, name), name == asked.question.measure)
        for name, measure in MEASURES.items()
    )


def _orders(query: QueryDict, asked: Asked) -> tuple[Tab, ...]:
    return (
        Tab(_("In the strategy's order"), address_with(query, ORDER, "") or "?", not asked.by_size),
        Tab(_("Largest first"), address_with(query, ORDER, BY_SIZE), asked.by_size),
    )


def _turned(query: QueryDict, asked: Asked) -> str:
    """The same table with rows and columns exchanged; nothing to exchange without columns."""
    if not asked.question.columns:
        return ""
    kept = pairs_in(query, without=[ROWS, COLUMNS])
    return address_of([*kept, (ROWS, asked.question.columns), (COLUMNS, asked.question.rows)])


def _whole(query: QueryDict, asked: Asked) -> list[tuple[str, str]]:
    """Every parameter written out, so that the address means the same when a default changes."""
    question = asked.question
    written = [(MEASURE, question.measure), (ROWS, question.rows), (COLUMNS, question.columns)]
    if question.selection.inventory:
        written.append((INVENTORY, question.selection.inventory))
    kept = pairs_in(query, without=[MEASURE, ROWS, COLUMNS, INVENTORY])
    return [pair for pair in written if pair[1]] + kept


def _filters(query: QueryDict, reading: Reading, asked: Asked) -> FilterBar:
    subject, selection = asked.subject, asked.question.selection
    dimensions = dividing(subject)
    facets = reading.facets(selection, [dimension.name for dimension in dimensions])
    groups = [
        facet_group(
            dimension.name,
            _(dimension.title),
            facets[dimension.name].counts,
            {
                code or NOT_REPORTED: title_of(reading, subject, dimension.name, code)
                for code, _n in facets[dimension.name].counts
            },
            selection.filters.get(dimension.name, ()),
        )
        for dimension in dimensions
    ]
    divisions = [Choice(dimension.name, _(dimension.title)) for dimension in dimensions]
    fields = [
        FilterField(ROWS, _("Rows"), "choice", asked.question.rows, tuple(divisions)),
        FilterField(COLUMNS, _("Columns"), "choice", asked.question.columns, (Choice("", _("none")), *divisions)),
    ]
    if subject is Subject.PROJECTS:
        inventories = tuple(Choice(row.key, row.title) for row in reading.inventories.values())
        fields.append(FilterField(INVENTORY, _("Inventory"), "choice", selection.inventory, inventories))
    fields.append(FilterField(TEXT, _("Words in the title, codes")))
    return filter_bar(query, groups, fields, keep=(MEASURE, ORDER))
