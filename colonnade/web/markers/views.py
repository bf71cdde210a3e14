"""The page of markers: the money and the projects of each score, the target, trend and parts, and how far a second
person agrees. Every number is an ordinary figure's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.display import grouped
from colonnade.analysis.figures.result import Cell, FigureResult, Number, TableValue
from colonnade.portfolio.marker_actions import Scales, scales
from colonnade.web.markers.allocated import allocated_table
from colonnade.web.markers.words import marker_title, score_title
from colonnade.web.shared.addresses import AUDIENCE, Place
from colonnade.web.shared.bars import bar_lengths
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.numbers import LinkedNumber, TableView, spoken, table_of
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest

MARKER: Final = "marker"
#: What a marker is broken down by.
PARTS: Final = ("year", "entity", "pillar")


@dataclass(frozen=True, slots=True)
class Line:
    """The one row of a figure that is about a marker."""

    result: FigureResult
    place: Place
    row: Mapping[str, Cell]

    def number(self, measure: str) -> Number | None:
        value = self.row.get(measure)
        return None if isinstance(value, str) else value

    def linked(self, measure: str) -> LinkedNumber:
        """A measure as running text prints it, leading to its cell; per cents to one decimal, as targets need."""
        value, unit = self.number(measure), self._unit(measure)
        if value is None:
            return LinkedNumber(spoken(None, unit))
        text = _("%(value)s per cent") % {"value": grouped(value, 1)} if unit == "per cent" else spoken(value, unit)
        return LinkedNumber(text, self.place.at([(MARKER, str(self.row[MARKER]))], measure).page)

    def _unit(self, measure: str) -> str:
        table = self.result.value
        assert isinstance(table, TableValue)
        return next(column.unit or "" for column in table.columns if column.name == measure)


@require_safe
def markers(request: ViewerRequest) -> HttpResponse:
    """One marker: shares of money and of projects by score, the target with its gap, and the same by its parts."""
    known = scales()
    marker = request.GET.get(MARKER, next(iter(known), ""))
    if known and marker not in known:
        raise Http404
    reading = reading_of(request)
    inventory = reading.inventory() if known else None
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(),
        "marker": marker_title(marker) if marker else "",
        "tabs": [_tab(request, each, current=each == marker) for each in known],
        "page": _page(reading, known, marker) if inventory else None,
        "allocated": allocated_table(reading.reader.viewer, known, marker) if marker else None,
        "inside": request.viewer.inside_the_compact,
    }
    return render(request, "markers/markers.html", context)


def _tab(request: ViewerRequest, marker: str, *, current: bool) -> Tab:
    asked = [(AUDIENCE, request.GET[AUDIENCE])] if request.GET.get(AUDIENCE) else []
    return Tab(marker_title(marker), address_of([(MARKER, marker), *asked], reverse("markers")), current)


def _page(reading: Reading, known: Scales, marker: str) -> dict[str, object]:
    principal, agreement = line_of(reading, "marker_principal", marker), line_of(reading, "marker_agreement", marker)
    return {
        "stats": _stats(principal, agreement),
        "gap": _gap(principal),
        "scores": _scores(reading, known, marker),
        "parts": [
            (part, table) for part in PARTS if (table := table_about(reading, f"marker_by_{part}", marker)) is not None
        ],
        "agreement": table_about(reading, "marker_agreement", marker),
        "note": principal.result.note if principal else "",
    }


def _stats(principal: Line | None, agreement: Line | None) -> list[Stat]:
    found = []
    if principal:
        found = [
            Stat(
                _("Of the funding, to projects of which it is the principal objective"),
                principal.linked("funding_share"),
                _("of the funding of all projects, those not scored among them"),
                principal.linked("funding_share_of_all"),
            ),
            Stat(
                _("Of the budgets, for such projects"),
                principal.linked("budget_share"),
                _("projects with that score"),
                principal.linked("principal"),
            ),
            Stat(
                _("Projects scored"),
                principal.linked("scored"),
                _("not scored"),
                principal.linked("unscored"),
            ),
        ]
    if agreement and agreement.number("checked"):
        found.append(
            Stat(
                _("Agreement of a second person"),
                agreement.linked("share"),
                _("scores checked; interval %(low)s to %(high)s")
                % {name: grouped(agreement.number(name) or 0, 1) for name in ("low", "high")},
                agreement.linked("checked"),
            )
        )
    return found


def _gap(principal: Line | None) -> dict[str, object] | None:
    """The target for funds, and how far off it is; ``None`` where the strategy has none for this marker."""
    if principal is None or principal.number("target") is None:
        return None
    gap = principal.number("gap")
    points = grouped(abs(Decimal(gap)), 1) if gap is not None else ""
    return {
        "target": principal.linked("target"),
        "share": principal.linked("funding_share"),
        "gap": LinkedNumber(points, principal.linked("gap").href) if gap is not None else None,
        "reached": gap is not None and gap >= 0,
    }


def _scores(reading: Reading, known: Scales, marker: str) -> TableView | None:
    table = table_about(reading, "marker_scores", marker, bar="")
    if table is None:
        return None
    titles = [score_title(known, marker, score) for score in known[marker]]
    titles.append(_("Not scored"))
    rows = tuple((replace(row[0], text=title), *row[1:]) for row, title in zip(table.rows, titles, strict=True))
    return replace(table, rows=rows)


def line_of(reading: Reading, key: str, marker: str) -> Line | None:
    """The row of a figure that is about ``marker``; ``None`` where it has none."""
    result = reading.figure(key)
    table = result.value
    if not isinstance(table, TableValue):
        return None
    names = [column.name for column in table.columns]
    for row in table.rows:
        line = dict(zip(names, row, strict=True))
        if line[MARKER] == marker:
            return Line(result, _place(reading, key), line)
    return None


def table_about(reading: Reading, key: str, marker: str, bar: str = "funding_share") -> TableView | None:
    """The rows of a figure that are about ``marker``; ``None`` where it has none.

    ``bar`` is the column that is drawn: it stands first, so that a narrow window shows it.
    """
    result = reading.figure(key)
    table = result.value
    if not isinstance(table, TableValue):
        return None
    at = [column.name for column in table.columns].index(MARKER)
    rows = tuple(row for row in table.rows if row[at] == marker)
    if not rows:
        return None
    about = replace(result, value=replace(table, rows=rows, totals={}))
    columns = [column.name for column in table.columns if column.name != MARKER]
    view = replace(table_of(about, _place(reading, key), columns=columns), note=definition_of(key))
    if bar not in columns:
        return view
    place, source = columns.index(bar), [column.name for column in table.columns].index(bar)
    drawn = bar_lengths([None if isinstance(value := row[source], str) else value for row in rows])
    order = (0, place, *(at for at in range(1, len(columns)) if at != place))
    barred = (
        (*row[:place], replace(row[place], bar=length), *row[place + 1 :])
        for row, length in zip(view.rows, drawn, strict=True)
    )
    return replace(
        view,
        header=tuple(view.header[at] for at in order),
        rows=tuple(tuple(row[at] for at in order) for row in barred),
    )


def definition_of(key: str) -> str:
    """What the figure's percentages are of, as the note under its table."""
    return _("Per cent of: %(whole)s.") % {"whole": library()[key].of}


def _place(reading: Reading, key: str) -> Place:
    return Place(key, audience=reading.reader.asked)
