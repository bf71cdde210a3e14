"""A list and its two files. An area names its list, and answers with these."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from colonnade.analysis.crosstab.dimensions import IDENTIFIER
from colonnade.web.listing.asked import Asked, asked_in
from colonnade.web.listing.files import separated_file, workbook_file
from colonnade.web.listing.model import ListOf
from colonnade.web.listing.page import page_of, said_beside
from colonnade.web.saved.menu import saved_menu
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.taking import before_taking, closed_records, taken


def list_page(
    request: ViewerRequest,
    of: ListOf,
    template: str = "listing/list.html",
    more: Mapping[str, Any] | None = None,
    beside: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page that an address asks for; ``more`` is what the area's own template says besides, ``beside`` what is said
    of single records (by their address)."""
    context = page_of(_asked(request, of), request.GET)
    if beside:
        context["table"] = said_beside(context["table"], beside)
    return render(request, template, {**context, "saved": saved_menu(request, of.page), **(more or {})})


def list_separated(request: ViewerRequest, of: ListOf) -> HttpResponseBase:
    """Every row of it, as CSV; with restricted rows among them, after a question."""
    asked = _asked(request, of)
    return _before(request, asked, "csv") or separated_file(asked)


def list_workbook(request: ViewerRequest, of: ListOf) -> HttpResponseBase:
    """Every row of it, as Excel; with restricted rows among them, after a question."""
    asked = _asked(request, of)
    return _before(request, asked, "xlsx") or workbook_file(asked, request)


def _before(request: ViewerRequest, asked: Asked, ending: str) -> HttpResponseBase | None:
    kind = IDENTIFIER[asked.of.subject]
    closed = closed_records(asked.reading.reader.viewer, kind)
    if not closed:
        return None
    rows = taken(closed, (row[0] for row in asked.reading.every_row(asked.selection, [kind])))
    return before_taking(request, f"{asked.of.page.value}-{ending}", {kind: rows})


def _asked(request: ViewerRequest, of: ListOf) -> Asked:
    return asked_in(request.GET, of, reading_of(request))
