"""Views of reports."""

from typing import Final

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from colonnade.core.viewer import AUDIENCES
from colonnade.reporting.folder import Report
from colonnade.reporting.html import render_body, style
from colonnade.reporting.wording import wording
from colonnade.web.reports.files import FILES, built_file
from colonnade.web.reports.reading import document_for
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY, place_of_tag
from colonnade.web.shared.audiences import Reader, audiences_within, own_audience, reader_for, widest_audience
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.press import report_called, report_names
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest

STYLE_KEPT_FOR: Final = 3600


@require_safe
def reports(request: ViewerRequest) -> HttpResponse:
    """The reports of the pack."""
    found = [report_called(name) for name in report_names()]
    return render(request, "reports/reports.html", {"reading": reading_of(request), "reports": found})


@require_safe
def report(request: ViewerRequest, name: str) -> HttpResponse:
    """A report to read, every number leading to its page, and its files."""
    found = _report(name)
    audience = AUDIENCES[_audience(request)]
    reading = open_reading(reader_for(request.viewer, audience.key))
    inventory = request.GET.get(INVENTORY, "")
    try:
        document = document_for(reading, found, audience, inventory)
    except KeyError as none:
        raise Http404 from none
    named = inventory if inventory != found.inventory else ""

    # Only who sees more than the report's audience needs to be told whose numbers these are.
    asked = reading.reader.asked if reading.reader.asked != own_audience(request.viewer) else ""

    def link(tag: str) -> str:
        return place_of_tag(tag, named, asked).page

    context = {
        "reading": reading,
        "report": found,
        "illustrative": reading.is_illustrative(inventory or found.inventory),
        # The renderer escapes every text and writes every element itself.
        "body": mark_safe(render_body(document, link)),  # noqa: S308  # as the line above says
        "direction": wording(found.language).direction,
        "files": FILES,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/report.html", context)


@require_safe
def report_file(request: ViewerRequest, name: str, file: str) -> FileResponse:
    """One of the report's files, built for the reader's audience where it is not there yet."""
    found = _report(name)
    if file not in {known.name for known in FILES}:
        raise Http404
    audience = AUDIENCES[_audience(request)]
    inventory = request.GET.get(INVENTORY, "")
    try:
        path = built_file(found, file, audience, open_reading(Reader(audience.viewer, "")).inventory(inventory))
    except KeyError as none:
        raise Http404 from none
    stem = f"{found.name}-{audience.key}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem}{path.suffix}")


@require_safe
@cache_control(public=True, max_age=STYLE_KEPT_FOR)
def style_sheet(request: ViewerRequest) -> HttpResponse:  # noqa: ARG001  # every view takes one
    """The style of a report's body: the same as in its own HTML file."""
    return HttpResponse(style(), content_type="text/css; charset=utf-8")


def _report(name: str) -> Report:
    try:
        return report_called(name)
    except KeyError as none:
        raise Http404 from none


def _audience(request: ViewerRequest) -> str:
    """The audience whose report is read: the one asked for, else the widest that the reader is part of.

    A report is made for an audience, so that what is read here and what is downloaded agree.
    """
    asked = request.GET.get(AUDIENCE) or widest_audience(request.viewer).key
    if asked not in {audience.key for audience in audiences_within(request.viewer)}:
        raise Http404
    return asked
