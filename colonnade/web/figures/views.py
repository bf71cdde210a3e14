"""Views of figures."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.published import Published, dumps
from colonnade.analysis.figures.records import RecordsPage
from colonnade.audit.records import Provenance
from colonnade.web.figures.glossary import sections
from colonnade.web.figures.library import subject_titles, subjects
from colonnade.web.figures.listing import figure_rows, records_header, records_rows
from colonnade.web.figures.sheet import FIRST_RECORDS, PAGE_SIZE, VERSION, Sheet, open_sheet
from colonnade.web.reports.charts import chart_of
from colonnade.web.shared.audiences import file_label_of
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download
from colonnade.web.shared.taking import CLOSED_KINDS, before_taking, closed_records, taken

TEXT: Final = "q"
SUBJECT: Final = "subject"


@require_safe
def figures(request: ViewerRequest) -> HttpResponse:
    """Every figure with its definition and its value now, or those that the address asks for."""
    reading = reading_of(request)
    text, subject = request.GET.get(TEXT, "").strip(), request.GET.get(SUBJECT, "")
    found = subjects(reading, text, subject)
    context = {
        "reading": reading,
        "subjects": found,
        "total": sum(len(each.entries) for each in found),
        "all": len(library()),
        "titles": subject_titles(),
        "text": text,
        "chosen": subject,
        "inventory": reading.inventory(),
        "illustrative": reading.is_illustrative(),
    }
    return render(request, "figures/figures.html", context)


@require_safe
def glossary(request: ViewerRequest) -> HttpResponse:
    """Every word, or those that have the text asked for in them."""
    text = request.GET.get(TEXT, "").strip()
    return render(request, "figures/glossary.html", {"sections": sections(text), "text": text})


@require_safe
def figure_file(request: ViewerRequest, key: str, ending: str) -> HttpResponseBase:
    """The figure itself as a file: JSON as in ``figures.json`` of a report, or CSV with every digit."""
    sheet = open_sheet(reading_of(request), key, request.GET)
    if ending not in {"json", "csv"}:
        raise Http404
    if sheet.is_withheld:
        raise Http404
    if ending == "csv":
        return download(_file_name(sheet, "figure"), *figure_rows(sheet.definition, sheet.result))
    manifest, audience = (
        sheet.reading.manifest,
        sheet.reading.reader.asked or file_label_of(sheet.reading.reader.viewer),
    )
    published = Published(key, audience, manifest.as_of, manifest.snapshot_id, (sheet.result,))
    name = f"{_file_name(sheet, 'figure')}.json"
    return HttpResponse(
        dumps(published),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


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
        "against": sheet.against,
        "csv": sheet.file("csv"),
        "json": sheet.file("json"),
        "spoken_of": _version_spoken_of(request, sheet),
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
def records_file(request: ViewerRequest, key: str) -> HttpResponseBase:
    """Exactly those records, as CSV; with restricted ones among them, after a question."""
    sheet = open_sheet(reading_of(request), key, request.GET)
    batches = _batches(sheet)
    first = next(batches)
    closed = {kind: closed_records(sheet.reading.reader.viewer, kind) for kind in CLOSED_KINDS}
    if any(closed.values()):
        held = [(row[0], row[1]) for batch in _batches(sheet) for row in batch.rows]
        rows_of = {kind: taken(keys, (name for of, name in held if of == kind)) for kind, keys in closed.items()}
        if (question := before_taking(request, "figure-records-csv", rows_of)) is not None:
            return question
    labels = sheet.reading.labels_of(sheet.place.inventory)

    def rows() -> Iterator[list[Any]]:
        for batch in chain([first], batches):
            for row in records_rows(batch, sheet.definition, labels):
                yield [*row, sheet.provenance]

    return download(_file_name(sheet), [*records_header(first, sheet.definition), "provenance"], rows())


def _batches(sheet: Sheet) -> Iterator[RecordsPage]:
    return sheet.reading.every_record(
        sheet.definition, sheet.place.inventory, cell=sheet.place.cell, measure=sheet.place.measure or None
    )


def _version_spoken_of(request: ViewerRequest, sheet: Sheet) -> str:
    """The version that a permanent address speaks of, where the definition has another one now."""
    asked = request.GET.get(VERSION, "")
    return asked if asked.isdecimal() and int(asked) != sheet.definition.version else ""


def _linked(sheet: Sheet) -> list[Crumb]:
    """The figure's own crumbs, the last one leading to its page."""
    *before, last = sheet.crumbs
    return [*before, Crumb(last.title, sheet.place.page)]


def _file_name(sheet: Sheet, what: str = "") -> str:
    reading, inventory = sheet.reading, sheet.inventory
    audience = reading.reader.asked or file_label_of(reading.reader.viewer)
    parts = [sheet.definition.key, what, inventory.key if inventory else "", reading.snapshot_id, audience]
    return "-".join(part for part in parts if part)
