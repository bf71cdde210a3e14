"""The page of all States as its template prints it: the map, the table, their addresses. The table is its own, lean:
a strategy has two hundred States, each with five numbers that lead somewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.crosstab.model import Number
from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.web.places.atlas import State, matching, plain
from colonnade.web.places.everywhere import (
    ANY,
    BUDGET,
    EVENTS,
    NAMING,
    NATIONAL,
    NEEDS,
    PROJECTS,
    UNMET,
    Everywhere,
    RegionRow,
    Row,
)
from colonnade.web.places.place import COUNTRY, REGION
from colonnade.web.shared.numbers import HeaderView
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.parameters import address_with
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import listing_address
from colonnade.web.shared.separated import Field
from colonnade.web.shared.sorting import DESCENDING, SORT, sorted_head
from colonnade.web.shared.tiles import Place, RegionNumber, TileMap, tile_map

MEASURE, ACTIVE, TEXT, STATE = "measure", "active", "q", "state"
#: What the map can show, in the order offered.
MEASURES: Final[Mapping[str, Promise]] = {
    PROJECTS: gettext_lazy("Projects"),
    NEEDS: gettext_lazy("Needs"),
    EVENTS: gettext_lazy("Events"),
    BUDGET: gettext_lazy("Budget"),
}
#: What the number of a square is.
_SQUARES: Final[Mapping[str, Promise]] = {
    PROJECTS: gettext_lazy("Projects that name the State, whatever their scope"),
    NEEDS: gettext_lazy("Needs that assessments of the State found"),
    EVENTS: gettext_lazy("Events held in the State"),
    BUDGET: gettext_lazy(
        "Whole budgets of projects that name the State, in millions (m) or thousands (k) of US dollars"
    ),
}
#: The columns of the table.
COLUMNS: Final[Mapping[str, Promise]] = {
    NATIONAL: gettext_lazy("National projects"),
    NAMING: gettext_lazy("Regional and global, naming it"),
    NEEDS: gettext_lazy("Needs"),
    UNMET: gettext_lazy("Open and without a response"),
    EVENTS: gettext_lazy("Events"),
}
_MILLION: Final = 1_000_000
_THOUSAND: Final = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table; ``href`` is empty where there is nothing to open."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a State, or with ``is_region`` a region that heads its States.

    A row of ``nothing`` has no name and no numbers: it lists the States of a region in which nothing is recorded.
    """

    name: str
    href: str
    cells: tuple[Cell, ...]
    region: str = ""
    is_region: bool = False
    is_quiet: bool = False
    nothing: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The map and the table. ``by_region`` is false where the table is sorted, and rows name their region."""

    map: TileMap
    tabs: tuple[Tab, ...]
    header: tuple[HeaderView, ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]
    by_region: bool
    found: int
    without: int


def side_by_side(reading: Reading, every: Everywhere, query: QueryDict) -> SideBySide:
    """The page for the parameters of its address; a measure or an order that there is not is the first one."""
    chosen = _chosen(every, query.get(TEXT, ""))
    rows = [row for region in chosen for row in region.rows]
    by_region = sort_of(query, every) == ""
    return SideBySide(
        map=_map(every, chosen, measure_of(query, every)),
        tabs=_tabs(query, every),
        header=_header(every, query, by_region=by_region),
        lines=tuple(_lines(reading, every, chosen, query)),
        total=_cells(reading, every, every.total, COUNTRY, ANY),
        by_region=by_region,
        found=len(rows),
        without=sum(not row.numbers[PROJECTS] for row in rows),
    )


def measure_of(query: QueryDict, every: Everywhere) -> str:
    """What the map shows."""
    asked = query.get(MEASURE, "")
    return asked if asked in MEASURES and asked in every.columns.selections else PROJECTS


def sort_of(query: QueryDict, every: Everywhere) -> str:
    """The column that the table is sorted by, ``-`` before it for downward; empty for by region."""
    asked = query.get(SORT, "")
    known = {STATE, *(name for name in COLUMNS if name in every.columns.selections)}
    return asked if asked.removeprefix(DESCENDING) in known else ""


def table_rows(every: Everywhere, query: QueryDict) -> Iterator[Sequence[Field]]:
    """The table as a file has it: a row a State, exact numbers, in the order of the page."""
    chosen = _chosen(every, query.get(TEXT, ""))
    names = {region.code: region.name for region in chosen}
    for row in _ordered(chosen, sort_of(query, every)):
        numbers = [row.numbers.get(name) for name in (*_columns(every), BUDGET)]
        yield (row.state.code, row.state.name, row.state.region, names[row.state.region], *numbers)


def table_head(every: Everywhere) -> tuple[str, ...]:
    """The heads of that file."""
    return ("country", "name", "region_code", "region", *_columns(every), "budget_usd")


def _columns(every: Everywhere) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if name in every.columns.selections)


def _chosen(every: Everywhere, text: str) -> tuple[RegionRow, ...]:
    """The regions with the States whose names were searched for."""
    if not text.strip():
        return every.regions
    found = {state.code for state in matching(tuple(row.state for row in every.rows), text)}
    kept = (
        RegionRow(
            region.code,
            region.name,
            region.numbers,
            tuple(row for row in region.rows if row.state.code in found),
            region.has_anything,
        )
        for region in every.regions
    )
    return tuple(region for region in kept if region.rows)


def _map(every: Everywhere, chosen: Sequence[RegionRow], measure: str) -> TileMap:
    places = [
        Place(
            row.state.code,
            row.state.name,
            region.name,
            in_a_tile(row.numbers[measure], every.columns.measures[measure]),
            row.numbers[measure],
            reverse("country", args=[row.state.code]),
        )
        for region in chosen
        for row in region.rows
    ]
    regions = {
        region.name: RegionNumber(
            in_a_tile(region.numbers[measure], every.columns.measures[measure]), reverse("region", args=[region.code])
        )
        for region in chosen
    }
    return tile_map(str(_SQUARES[measure]), places, regions=regions)


def in_a_tile(value: Number | None, measure: str) -> str:
    """A number short enough for a square: amounts in millions, or thousands below one."""
    if value is None:
        return "–"
    if measure != BUDGET or value == 0:
        return grouped(value)
    if value >= _MILLION:
        return f"{grouped(Decimal(value) / _MILLION, 1 if value < 100 * _MILLION else 0)}m"
    return f"{grouped(Decimal(value) / _THOUSAND)}k"


def _tabs(query: QueryDict, every: Everywhere) -> tuple[Tab, ...]:
    current = measure_of(query, every)
    return tuple(
        Tab(str(title), address_with(query, MEASURE, "" if name == PROJECTS else name) or "?", name == current)
        for name, title in MEASURES.items()
        if name in every.columns.selections
    )


def _header(every: Everywhere, query: QueryDict, *, by_region: bool) -> tuple[HeaderView, ...]:
    first = [sorted_head(_("State"), STATE, query)]
    if not by_region:
        first.append(HeaderView(_("Region"), href=address_with(query, SORT, "", reverse("countries"))))
    return (*first, *(sorted_head(str(COLUMNS[name]), name, query, numeric=True) for name in _columns(every)))


def _lines(reading: Reading, every: Everywhere, chosen: Sequence[RegionRow], query: QueryDict) -> Iterator[Line]:
    order = sort_of(query, every)
    if order:
        names = {region.code: region.name for region in chosen}
        for row in _ordered(chosen, order):
            yield _line(reading, every, row, names[row.state.region])
        return
    for region in chosen:
        cells = _cells(reading, every, region.numbers, REGION, region.code)
        yield Line(region.name, reverse("region", args=[region.code]), cells, is_region=True)
        yield from (_line(reading, every, row, "") for row in region.rows if row.has_anything)
        nothing = tuple(row.state for row in region.rows if not row.has_anything)
        if nothing:
            yield Line("", "", (), nothing=nothing)


def _line(reading: Reading, every: Everywhere, row: Row, region: str) -> Line:
    cells = _cells(reading, every, row.numbers, COUNTRY, row.state.code)
    address = reverse("country", args=[row.state.code])
    return Line(row.state.name, address, cells, region, is_quiet=not row.has_anything)


def _ordered(chosen: Sequence[RegionRow], order: str) -> list[Row]:
    rows = [row for region in chosen for row in region.rows]
    if not order:
        return rows
    name = order.removeprefix(DESCENDING)
    rows.sort(key=lambda row: plain(row.state.name), reverse=name == STATE and order.startswith(DESCENDING))
    if name == STATE:
        return rows
    down = order.startswith(DESCENDING)
    return sorted(rows, key=lambda row: _weight(row.numbers[name], down=down))


def _weight(value: Number | None, *, down: bool) -> tuple[bool, Number]:
    """What is not released comes last either way."""
    return value is None, (0 if value is None else -value if down else value)


def _cells(
    reading: Reading, every: Everywhere, numbers: Mapping[str, Number | None], dimension: str, code: str
) -> tuple[Cell, ...]:
    cells = []
    for name in _columns(every):
        value = numbers[name]
        text = display_cell(value, "count")
        if not value:
            cells.append(Cell(text))
            continue
        cells.append(Cell(text, listing_address(every.columns.selections[name].where(dimension, code), reading)))
    return tuple(cells)
