"""Views of reports: the list, the text, its charts, its files.

A report has hundreds of numbers, most of them in tables. Those lead to an address below the report's own, which leads
on to the number's page as the report's audience and inventory have it: so the page stays light whatever it must say of
them. A report read as another audience, or over another inventory, says so in its path.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.definition import library
from colonnade.core.viewer import AUDIENCES, Audience
from colonnade.reporting.folder import Report
from colonnade.reporting.html import render_body, style
from colonnade.reporting.tags import figure_key
from colonnade.reporting.wording import wording
from colonnade.web.reports.files import FILES, built_file
from colonnade.web.reports.listing import entry_of
from colonnade.web.reports.reading import chart_in, document_for
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY, place_of_tag
from colonnade.web.shared.audiences import Reader, audiences_within, own_audience, reader_for, widest_audience
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.press import report_called, report_names
from colonnade.web.shared.reading import Reading, open_reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.stepping_up import confirmation_first

STYLE_KEPT_FOR: Final = 3600


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as it is read: by which audience, over which inventory (empty for the report's own)."""

    report: Report
    audience: Audience
    inventory: str
    reading: Reading

    @property
    def context(self) -> dict[str, str]:
        """What an address must say to open the same again."""
        return {AUDIENCE: self.audience.key, **({INVENTORY: self.inventory} if self.inventory else {})}


@require_safe
def reports(request: ViewerRequest) -> HttpResponse:
    """The reports of the pack: what each covers, for whom, in which formats, and what it can be compared with."""
    reading, audience = reading_of(request), AUDIENCES[_audience(request)]
    entries = [entry_of(report_called(name), reading, audience) for name in report_names()]
    return render(request, "reports/reports.html", {"reading": reading, "entries": entries, "audience": audience})


@require_safe
def report(request: ViewerRequest, name: str) -> HttpResponseBase:
    """A report to read, every number leading to its page, and its files."""
    found = _report(name)
    audience, inventory = AUDIENCES[_audience(request)], request.GET.get(INVENTORY, "")
    opened = _open(request, found, audience, inventory)
    if not request.GET.get(AUDIENCE) and not opened.inventory:
        return _page(request, opened, short=False)
    return redirect("report-for", name, audience.key, opened.inventory or found.inventory)


@require_safe
def report_in_context(request: ViewerRequest, name: str, audience: str, inventory: str) -> HttpResponse:
    """The same as the audience, and over the inventory, that the path names."""
    if audience not in {one.key for one in audiences_within(request.viewer)}:
        raise Http404
    return _page(request, _open(request, _report(name), AUDIENCES[audience], inventory), short=True)


@require_safe
def number(request: ViewerRequest, name: str, tag: str, audience: str = "", inventory: str = "") -> HttpResponse:
    """From a number of a report to its page."""
    found = _report(name)
    reads_as = audience or widest_audience(request.viewer).key
    if reads_as not in {one.key for one in audiences_within(request.viewer)} or figure_key(tag) not in library():
        raise Http404
    asked = reads_as if reads_as != own_audience(request.viewer) else ""
    place = place_of_tag(tag, inventory if inventory != found.inventory else "", asked)
    return HttpResponseRedirect(place.page)


@require_safe
def report_chart(request: ViewerRequest, name: str, number: int) -> HttpResponseBase:
    """One chart of the report, drawn. It stays the same until the registry changes."""
    found, audience = _report(name), AUDIENCES[_audience(request)]
    opened = _open(request, found, audience, request.GET.get(INVENTORY, ""))
    etag = f'"{opened.reading.snapshot_id}-{audience.key}-{opened.inventory}-{number}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        chart = chart_in(opened.reading, found, audience, opened.inventory, number)
    except KeyError as none:
        raise Http404 from none
    return HttpResponse(chart.svg, content_type="image/svg+xml", headers={"ETag": etag})


@require_safe
def report_file(request: ViewerRequest, name: str, file: str) -> HttpResponseBase:
    """One of the report's files, built for the reader's audience where it is not there yet.

    A build that counts restricted records is kept as closely as the registry: whoever takes one confirms first.
    """
    found = _report(name)
    if file not in {known.name for known in FILES}:
        raise Http404
    audience = AUDIENCES[_audience(request)]
    if audience.viewer.sees_restricted and (question := confirmation_first(request)) is not None:
        return question
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


def _page(request: ViewerRequest, opened: Opened, *, short: bool) -> HttpResponse:
    found, reading = opened.report, opened.reading
    document = document_for(reading, found, opened.audience, opened.inventory)
    # Only who sees more than the report's audience needs to be told whose numbers these are.
    asked = reading.reader.asked if reading.reader.asked != own_audience(request.viewer) else ""
    query = urlencode(opened.context) if short else ""
    drawings = reverse("report", args=[found.name]) + "charts/"

    def link(tag: str) -> str:
        if short or "/" in tag:
            return "n/" + quote(tag, safe="/=")
        return place_of_tag(tag, "", asked).page

    def picture(chart: int) -> str:
        return f"{drawings}{chart}.svg" + (f"?{query}" if query else "")

    context = {
        "reading": reading,
        "report": found,
        "entry": entry_of(found, reading, opened.audience, opened.inventory),
        "illustrative": reading.is_illustrative(opened.inventory or found.inventory),
        # The renderer escapes every text and writes every element itself.
        "body": mark_safe(render_body(document, link, picture)),  # noqa: S308  # as the line above says
        "direction": wording(found.language).direction,
    }
    return render(request, "reports/report.html", context)


def _open(request: ViewerRequest, found: Report, audience: Audience, inventory: str) -> Opened:
    """The report as ``audience`` reads it. An inventory that there is not is not there."""
    reading = open_reading(reader_for(request.viewer, audience.key))
    if (inventory or found.inventory) not in reading.inventories:
        raise Http404
    return Opened(found, audience, inventory if inventory != found.inventory else "", reading)


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
