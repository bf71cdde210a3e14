"""Views of comparisons: the figures that differ, and the records behind one of them."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.withheld import NEEDS
from colonnade.reporting.comparison.figures import CellChange, Change, Outcome
from colonnade.reporting.comparison.sides import Explained
from colonnade.reporting.folder import Report
from colonnade.web.reports import differences
from colonnade.web.reports.comparing import Comparison, NoSuchSide, comparison_in, kept_snapshots
from colonnade.web.shared.addresses import NoSuchPlace, Place, place_in
from colonnade.web.shared.audiences import file_label_of
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.press import report_called
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download

#: Records of each part on a figure's page; the part's own page has them all.
FIRST: Final = 25
PAGE_SIZE: Final = 100
PART: Final = "part"
#: The figure that says how the inventories themselves differ.
HEADLINE: Final = "projects"


@require_safe
def compare(request: ViewerRequest, name: str) -> HttpResponse:
    """The figures of a report that differ between two sides, with the sentence that says it in words."""
    report, reading = _report(name), reading_of(request)
    comparison = _comparison(request, report, reading)
    context: dict[str, Any] = {
        "reading": reading,
        "report": report,
        "comparison": comparison,
        "crumbs": _crumbs(report),
        "illustrative": reading.is_illustrative(),
    }
    if comparison is None:
        return render(request, "reports/compare.html", context)
    changes = comparison.changes()
    by_outcome = {outcome: [each for each in changes if each.outcome is outcome] for outcome in Outcome}
    one_sided = [*by_outcome[Outcome.ONLY_AFTER], *by_outcome[Outcome.ONLY_BEFORE]]
    table = differences.figures_table
    context |= {
        "sentence": differences.sentence(library()[HEADLINE], comparison.explained(HEADLINE)),
        "changed": table(comparison, by_outcome[Outcome.CHANGED], _("Figures that changed")),
        "redefined": table(comparison, by_outcome[Outcome.REDEFINED], _("Figures that are defined otherwise")),
        "one_sided": table(comparison, one_sided, _("Figures that only one side states")),
        "same": [_(each.told.title) for each in by_outcome[Outcome.SAME] if each.before or each.after],
        "inventories": list(reading.inventories.values()),
        "snapshots": kept_snapshots(sees_everything=request.viewer.sees_restricted),
        "download": f"{reverse('report-compare-file', args=[name])}?{urlencode(comparison.query)}",
    }
    return render(request, "reports/compare.html", context)


@require_safe
def figures_file(request: ViewerRequest, name: str) -> StreamingHttpResponse:
    """Every number of the comparison, as CSV."""
    report, reading = _report(name), reading_of(request)
    comparison = _existing(_comparison(request, report, reading))
    stem = f"{name}-{_sides(comparison)}"
    return download(stem, differences.FIGURES_HEADER, list(differences.figures_rows(comparison.changes())))


@dataclass(frozen=True, slots=True)
class Spot:
    """A number that is compared: a figure, or a place in it, with its records on both sides."""

    comparison: Comparison
    definition: FigureDefinition
    place: Place
    explained: Explained

    @property
    def cell(self) -> CellChange:
        """The spot as a cell, for its address."""
        change = Change(self.explained.before, self.explained.after)
        return CellChange(tuple(self.place.cell.items()), self.place.measure, self.explained.unit, change)

    def address(self, name: str = "") -> str:
        cell = self.cell if self.place.measure else None
        return differences.figure_address(self.comparison, self.definition.key, cell, name)


@require_safe
def compare_figure(request: ViewerRequest, name: str, figure: str) -> HttpResponse:
    """One figure, or one number of a table figure: both values, and the records behind the difference."""
    spot = _spot(request, name, figure)
    comparison, parts = spot.comparison, spot.explained.parts
    change = comparison.change(figure)
    is_table = spot.definition.is_table and not spot.place.measure
    listed = differences.parts_listed(comparison, parts)
    asked = request.GET.get(PART, "")
    pages = None
    if asked:
        listed = [each for each in listed if each.name == asked]
        if not listed:
            raise Http404
        number = page_number(request.GET)
        pages = pages_of(number, PAGE_SIZE, len(listed[0].records), request.GET)
        start, end = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
    else:
        start, end = 0, FIRST
    address = spot.address()
    lists = [
        {
            "part": each,
            "total": len(each.records),
            "table": differences.records_table(comparison, spot.definition, each, each.records[start:end], parts),
            "all": f"{address}&{urlencode({PART: each.name})}" if len(each.records) > end and not asked else "",
        }
        for each in listed
    ]
    titled = (change.after or change.before) if spot.definition.is_table else None
    codes = [titled.label(*code) if titled else str(code[1]) for code in spot.place.cell.items()]
    measure = _(spot.definition.column(spot.place.measure).title) if spot.place.measure else ""
    heading = ": ".join(filter(None, (", ".join(codes), measure))) or _(spot.definition.title)
    context = {
        "reading": comparison.after.reading,
        "report": comparison.report,
        "comparison": comparison,
        "figure": spot.definition,
        "counts_needs": spot.definition.subject == NEEDS,
        "change": change,
        "is_redefined": change.outcome is Outcome.REDEFINED,
        "heading": heading,
        "sentence": differences.sentence(spot.definition, spot.explained, heading),
        "sum": differences.sum_up(comparison, spot.explained),
        "weighs": parts.weight is not None,
        "unit": _("US dollars") if spot.explained.unit == "USD" else _("Number"),
        "is_table": is_table,
        "cells": differences.cells_table(comparison, change, _("Numbers that differ")) if is_table else None,
        "lists": lists,
        "part": asked,
        "pages": pages,
        "address": address,
        "download": spot.address("report-compare-records"),
        "illustrative": comparison.after.reading.is_illustrative(comparison.after.inventory.key),
        "crumbs": [
            *_crumbs(comparison.report, comparison),
            *(
                [Crumb(_(spot.definition.title), differences.figure_address(comparison, figure))]
                if spot.place.measure
                else []
            ),
            Crumb(heading),
        ],
    }
    return render(request, "reports/compare_figure.html", context)


@require_safe
def records_file(request: ViewerRequest, name: str, figure: str) -> StreamingHttpResponse:
    """The records behind one difference, as CSV."""
    spot = _spot(request, name, figure)
    stem = f"{figure}-{_sides(spot.comparison)}"
    return download(stem, differences.RECORDS_HEADER, list(differences.records_rows(spot.explained.parts)))


def _spot(request: ViewerRequest, name: str, figure: str) -> Spot:
    report, definition = _report(name), library().get(figure)
    if definition is None:
        raise Http404
    comparison = _existing(_comparison(request, report, reading_of(request)))
    try:
        place = place_in(definition, request.GET)
        if place.cell and not place.measure:
            raise NoSuchPlace(figure)
        explained = comparison.explained(figure, place.cell, place.measure)
    except (NoSuchPlace, KeyError) as none:
        raise Http404 from none
    return Spot(comparison, definition, place, explained)


def _comparison(request: ViewerRequest, report: Report, reading: Reading) -> Comparison | None:
    try:
        return comparison_in(request.GET, report, reading, sees_everything=request.viewer.sees_restricted)
    except NoSuchSide as none:
        raise Http404 from none


def _existing(comparison: Comparison | None) -> Comparison:
    if comparison is None:
        raise Http404
    return comparison


def _report(name: str) -> Report:
    try:
        return report_called(name)
    except KeyError as none:
        raise Http404 from none


def _sides(comparison: Comparison) -> str:
    reader = comparison.after.reading.reader
    before = f"{comparison.before.inventory.key}{'-' + comparison.taken if comparison.taken else ''}"
    return f"{before}-{comparison.after.inventory.key}-{reader.asked or file_label_of(reader.viewer)}"


def _crumbs(report: Report, comparison: Comparison | None = None) -> list[Crumb]:
    steps = [Crumb(_("Reports"), reverse("reports")), Crumb(report.title, reverse("report", args=[report.name]))]
    if comparison is None:
        return [*steps, Crumb(_("Compare"))]
    return [
        *steps,
        Crumb(_("Compare"), f"{reverse('report-compare', args=[report.name])}?{urlencode(comparison.query)}"),
    ]
