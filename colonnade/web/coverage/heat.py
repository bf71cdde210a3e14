"""The heat map: States by themes. Each cell says its number in words and digits; the shade repeats it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from colonnade.analysis.coverage.shares import SHARE_BOUNDS, Ratio
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import rounded
from colonnade.web.coverage.asked import Asked, narrowing
from colonnade.web.shared.filters import Choice, FilterBar, FilterField
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Pages, page_number, pages_of
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import explore_address, listing_address, title_of
from colonnade.web.shared.tiles import BLANK, Step, quantile_bounds, shade_of

SHOW, ORDER = "show", "order"
SHARE, UNMET, NEEDS, COVERED = "share", "unmet", "needs", "covered"
BY_REGION, BY_SIZE = "", "size"
ROWS, COLUMNS = "country", "theme"
PAGE_SIZE: Final = 25
#: Themes that stand side by side; those with most needs, where there are more.
MOST_COLUMNS: Final = 14
#: In place of a code: whatever it is.
ANY: Final = ("*",)
Code = str | None | tuple[str]


@dataclass(frozen=True, slots=True)
class HeatPage:
    """The page. ``cut`` says what it leaves out, ``legend`` what the shades stand for."""

    bar: FilterBar
    table: TableView
    legend: tuple[Step, ...]
    said: str
    cut: str
    pages: Pages
    explore: str


def heat_page(asked: Asked) -> HeatPage:
    """The map that the address asks for. What cannot be shown raises ``Http404``."""
    query = asked.query
    show, order = query.get(SHOW, SHARE), query.get(ORDER, BY_REGION)
    if show not in _SHOWN or order not in (BY_REGION, BY_SIZE):
        raise Http404
    part = _part(asked, show)
    ratios = _ratios(asked, part)
    codes, columns = ratios.rows, ratios.columns
    value = _value(show)
    if order == BY_SIZE:
        codes = sorted(codes, key=lambda code: (code is None, -value(ratios.of(code, ANY))))
    number = page_number(query)
    pages = pages_of(number, PAGE_SIZE, len(codes), query)
    shown = codes[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    themes = _most(columns, ratios)
    values = [value(ratios.of(row, column)) for row in codes for column in themes]
    bounds = SHARE_BOUNDS if show in (SHARE, COVERED) else quantile_bounds(values)
    drawing = _Drawing(asked, show, part, ratios, bounds)
    return HeatPage(
        bar=narrowing(asked, _fields(show, order), (SHOW, ORDER)),
        table=drawing.table(shown, themes),
        legend=_legend(show, bounds, values),
        said=_SHOWN[show](),
        cut=_cut(len(shown), len(codes), len(themes), len(columns)),
        pages=pages,
        explore=explore_address(Question(asked.needs, "needs", ROWS, COLUMNS), asked.reading),
    )


def _part(asked: Asked, show: str) -> Selection:
    """The needs that a cell counts among its own."""
    if show == NEEDS:
        return asked.needs
    return asked.needs.where("coverage", *(("met", "partly_met") if show == COVERED else ("unmet",)))


@dataclass(frozen=True, slots=True)
class _Ratios:
    """How many needs of a cell are counted, of how many, with the totals of rows and columns."""

    cells: dict[tuple[Code, Code], Ratio]
    rows: list[str | None]
    columns: list[str | None]

    def of(self, row: Code, column: Code) -> Ratio:
        return self.cells.get((row, column), Ratio(0, 0))


def _ratios(asked: Asked, part: Selection) -> _Ratios:
    whole = asked.reading.ask(Question(asked.needs, "needs", ROWS, COLUMNS))
    counted = asked.reading.ask(Question(part, "needs", ROWS, COLUMNS))
    cells: dict[tuple[Code, Code], Ratio] = {
        (row, column): Ratio(int(counted.cells.get((row, column)) or 0), int(value or 0))
        for (row, column), value in whole.cells.items()
    }
    for row, value in whole.row_totals.items():
        cells[row, ANY] = Ratio(int(counted.row_totals.get(row) or 0), int(value or 0))
    for column, value in whole.column_totals.items():
        cells[ANY, column] = Ratio(int(counted.column_totals.get(column) or 0), int(value or 0))
    cells[ANY, ANY] = Ratio(int(counted.total or 0), int(whole.total or 0))
    return _Ratios(cells, list(whole.row_codes), list(whole.column_codes))


def _value(show: str) -> Callable[[Ratio], Decimal]:
    """What a cell is shaded and sorted by."""
    if show in (SHARE, COVERED):
        return lambda ratio: ratio.share or Decimal(0)
    return lambda ratio: Decimal(ratio.part)


def _most(columns: Sequence[str | None], ratios: _Ratios) -> list[str | None]:
    largest = sorted(columns, key=lambda code: -ratios.of(ANY, code).whole)[:MOST_COLUMNS]
    return [code for code in columns if code in largest]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Cells of one map."""

    asked: Asked
    show: str
    part: Selection
    ratios: _Ratios
    bounds: Sequence[int | Decimal]

    def table(self, rows: Sequence[str | None], columns: Sequence[str | None]) -> TableView:
        heads = [HeaderView(_("State"))]
        heads += [HeaderView(self._title(COLUMNS, code), True) for code in columns]
        heads.append(HeaderView(_("All themes"), True))
        body = tuple(
            (
                CellView(self._title(ROWS, code), record_address(ROWS, code) if code else "", header=True),
                *(self._cell(code, column) for column in columns),
                self._cell(code, ANY),
            )
            for code in rows
        )
        total = (
            CellView(_("All States"), header=True),
            *(self._cell(ANY, column) for column in columns),
            self._cell(ANY, ANY),
        )
        return TableView(_("%(what)s, by State and theme") % {"what": _SHOWN[self.show]()}, tuple(heads), body, total)

    def _cell(self, row: Code, column: Code) -> CellView:
        ratio = self.ratios.of(row, column)
        if not ratio.whole:
            return CellView("–", numeric=True)
        shade = shade_of(_value(self.show)(ratio), self.bounds)
        if self.show in (UNMET, NEEDS) and ANY in (row, column):
            shade = BLANK  # a number of all States, or of all themes, is on another scale
        opened = self.part if ratio.part else self.asked.needs
        for dimension, code in ((ROWS, row), (COLUMNS, column)):
            opened = opened.within(dimension, code) if not isinstance(code, tuple) else opened
        address = listing_address(opened, self.asked.reading)
        if self.show == NEEDS:
            return CellView(str(ratio.part), address, numeric=True, shade=shade)
        among = _("%(part)s of %(whole)s") % {"part": ratio.part, "whole": ratio.whole}
        if self.show == UNMET:
            return CellView(str(ratio.part), address, numeric=True, shade=shade, aside=_("of %s") % ratio.whole)
        return CellView(_percent(ratio.share), address, numeric=True, shade=shade, aside=among)

    def _title(self, dimension: str, code: str | None) -> str:
        return title_of(self.asked.reading, Subject.NEEDS, dimension, code)


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{rounded(share, 0)} %"


_SHOWN: Final[dict[str, Callable[[], str]]] = {
    SHARE: lambda: _("Share of needs that are unmet"),
    UNMET: lambda: _("Number of needs that are unmet"),
    COVERED: lambda: _("Share of needs that are met or partly met"),
    NEEDS: lambda: _("Number of needs"),
}


def _fields(show: str, order: str) -> tuple[FilterField, ...]:
    return (
        FilterField(SHOW, _("What a cell shows"), "choice", show, tuple(Choice(k, t()) for k, t in _SHOWN.items())),
        FilterField(
            ORDER,
            _("Order of the States"),
            "choice",
            order,
            (Choice(BY_REGION, _("by region")), Choice(BY_SIZE, _("largest first"))),
        ),
    )


def _legend(show: str, bounds: Sequence[int | Decimal], values: Sequence[Decimal]) -> tuple[Step, ...]:
    """For each shade the values that have it; the palest is nought."""
    if show in (SHARE, COVERED):
        edges = [Decimal(0), *SHARE_BOUNDS]
        told = [
            _("up to %(last)s %%") % {"last": last}
            if not first
            else _("over %(first)s to %(last)s %%") % {"first": first, "last": last}
            for first, last in pairwise(edges)
        ]
        return (Step(0, "0 %"), *(Step(place, text) for place, text in enumerate(told, start=1)))
    steps = [Step(0, "0")]
    for shade in range(1, len(bounds) + 1):
        inside = sorted(value for value in values if value and shade_of(value, bounds) == shade)
        first, last = f"{inside[0]:f}", f"{inside[-1]:f}"
        steps.append(Step(shade, first if first == last else f"{first} – {last}"))
    return tuple(steps)


def _cut(rows: int, all_rows: int, columns: int, all_columns: int) -> str:
    said = []
    if rows < all_rows:
        said.append(_("%(shown)s of %(all)s States are on this page.") % {"shown": rows, "all": all_rows})
    if columns < all_columns:
        said.append(
            _("The %(shown)s themes with most needs of %(all)s are shown.") % {"shown": columns, "all": all_columns}
        )
    if said:
        said.append(_("The last row is of all States, and the last column of all themes."))
    return " ".join(said)
