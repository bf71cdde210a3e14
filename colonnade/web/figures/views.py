"""Views of figures."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.web.figures.glossary import subjects
from colonnade.web.figures.listing import records_header, records_rows
from colonnade.web.figures.sheet import FIRST_RECORDS, PAGE_SIZE, Sheet, open_sheet
from colonnade.web.reports.charts import chart_of
from colonnade.web.shared.audiences import file_label_of
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download


@require_safe
def glossary(request: ViewerRequest) -> HttpResponse:
    """Every figure with its definition, and its value now."""
    reading = reading_of(request)
    return render(request, "figures/glossary.html", _whole(reading))


@require_safe
def figure(request: ViewerRequest, key: str) -> HttpResponse:
    """One figure, or one number of a table figure."""
    sheet = open_sheet(reading_of(request), key, request.GET)
    page = sheet.records(FIRST_RECORDS)
    chart = chart_of(sheet.reading, key, sheet.place.inventory) if sheet.is_table else None
    context = {
        "sheet": sheet,
        "reading": sheet.reading,
        "illustrative": sheet.provenance == Provenance.ILLUSTRATIVE,
        "chart": chart,
        "records": sheet.listed(page),
        "records_total": page.total,
        "more_records": page.total > len(page.rows),
    }
    return render(request, "figures/figure.html", context)


@require_safe
def records(request: ViewerRequest, key: str) -> HttpResponse:
    """All the records behind a number, fifty a page."""
    sheet = open_sheet(reading_of(request), key, request.GET)
    number = page_number(request.GET)
    page = sheet.records(PAGE_SIZE, (number - 1) * PAGE_SIZE)
    context = {
        "sheet": sheet,
        "reading": sheet.reading,
        "illustrative": sheet.provenance == Provenance.ILLUSTRATIVE,
        "crumbs": [*_linked(sheet), Crumb(_("Records"))],
        "records": sheet.listed(page),
        "pages": pages_of(number, PAGE_SIZE, page.total, request.GET),
    }
    return render(request, "figures/records.html", context)


@require_safe
def records_file(request: ViewerRequest, key: str) -> StreamingHttpResponse:
    """Exactly those records, as CSV."""
    sheet = open_sheet(reading_of(request), key, request.GET)
    batches = sheet.reading.every_record(
        sheet.definition, sheet.place.inventory, cell=sheet.place.cell, measure=sheet.place.measure or None
    )
    first = next(batches)
    labels = sheet.reading.labels

    def rows() -> Iterator[list[Any]]:
        for batch in chain([first], batches):
            for row in records_rows(batch, sheet.definition, labels):
                yield [*row, sheet.provenance]

    return download(_file_name(sheet), [*records_header(first, sheet.definition), "provenance"], rows())


def _whole(reading: Reading) -> dict[str, Any]:
    return {"reading": reading, "subjects": subjects(reading), "illustrative": reading.is_illustrative()}


def _linked(sheet: Sheet) -> list[Crumb]:
    """The figure's own crumbs, the last one leading to its page."""
    *before, last = sheet.crumbs
    return [*before, Crumb(last.title, sheet.place.page)]


def _file_name(sheet: Sheet) -> str:
    reading, inventory = sheet.reading, sheet.inventory
    audience = reading.reader.asked or file_label_of(reading.reader.viewer)
    parts = [sheet.definition.key, inventory.key if inventory else "", reading.snapshot_id, audience]
    return "-".join(part for part in parts if part)
