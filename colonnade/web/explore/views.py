"""Views of Explore."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.members.models import SavedView
from colonnade.web.explore.asked import asked_in
from colonnade.web.explore.drawing import drawing_of, picture_of
from colonnade.web.explore.files import csv_of, workbook_of
from colonnade.web.explore.page import explore_page, title_in_words
from colonnade.web.saved.menu import saved_menu
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def explore(request: ViewerRequest) -> HttpResponse:
    """The question, its answer as a table and a chart, and how it is counted."""
    reading = reading_of(request)
    asked = asked_in(request.GET, reading)
    inventory = asked.question.selection.inventory
    context = {
        "reading": reading,
        "asked": asked,
        "inventory": reading.inventories.get(inventory),
        "page": explore_page(request.GET, reading, asked),
        "saved": saved_menu(request, SavedView.Page.EXPLORE),
        "drawn": drawing_of(reading, asked, title_in_words(asked)),
        "illustrative": reading.is_illustrative(inventory) if inventory in reading.inventories else None,
    }
    return render(request, "explore/explore.html", context)


@require_safe
def chart_svg(request: ViewerRequest) -> HttpResponse:
    """The chart. Where there is nothing to draw there is no chart."""
    return HttpResponse(picture_of(request, "svg"), content_type="image/svg+xml")


@require_safe
def chart_png(request: ViewerRequest) -> HttpResponse:
    """The chart as a picture for a slide."""
    response = HttpResponse(picture_of(request, "png"), content_type="image/png")
    response.headers["Content-Disposition"] = 'attachment; filename="chart.png"'
    return response


@require_safe
def table_csv(request: ViewerRequest) -> HttpResponseBase:
    """The whole table."""
    reading = reading_of(request)
    return csv_of(reading, asked_in(request.GET, reading))


@require_safe
def table_xlsx(request: ViewerRequest) -> HttpResponseBase:
    """The whole table as a workbook, with a sheet that says what it is."""
    reading = reading_of(request)
    return workbook_of(request, reading, asked_in(request.GET, reading))
