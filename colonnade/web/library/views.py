"""Views of the library."""

from typing import Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance, Record
from colonnade.web.library import oversight, publications, submissions
from colonnade.web.library.narrowing import RowFacet, groups, narrowed
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.filters import FacetGroup, FilterBar, FilterField, filter_bar
from colonnade.web.shared.pages import Tab, page_number, pages_of
from colonnade.web.shared.parameters import address_with, pairs_in
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import TEXT
from colonnade.web.shared.separated import download
from colonnade.web.shared.sorting import SORT, sorted_head

PAGE_SIZE: Final = 100
R = TypeVar("R", bound=Record)


@require_safe
def library(request: ViewerRequest) -> HttpResponse:
    """Publications, by pillar or by kind, as the address filters and sorts them."""
    query = request.GET
    every = publications.publications()
    facets = publications.facets_of(every)
    rows = publications.ordered(narrowed(every, facets, publications.words_of, query), query)
    number = page_number(query)
    by = publications.grouping(query)
    beside = _("Pillar") if by == publications.BY_KIND else _("Kind")

    def head(text: str, column: str) -> Any:
        return sorted_head(text, column, query, default=publications.DEFAULT_ORDER)

    context = {
        **_shelf(request, "library", every, rows, groups(every, facets, publications.words_of, query)),
        "grouped_by": [
            Tab(title, address_with(query, publications.BY, value), by == value)
            for value, title in ((publications.BY_PILLAR, _("By pillar")), (publications.BY_KIND, _("By kind")))
        ],
        "beside": beside,
        "heads": [head(_("Title"), "title"), head(_("Published"), "published_in"), head(_("Standing"), "standing")],
        "groups": publications.grouped(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], rows, by),
        "pages": pages_of(number, PAGE_SIZE, len(rows), query),
    }
    return render(request, "library/publications.html", context)


@require_safe
def library_oversight(request: ViewerRequest) -> HttpResponse:
    """What audits and evaluations recommended."""
    every = oversight.recommendations()
    facets = oversight.facets_of(every)
    rows = narrowed(every, facets, oversight.words_of, request.GET)
    number = page_number(request.GET)
    context = {
        **_shelf(request, "library-oversight", every, rows, groups(every, facets, oversight.words_of, request.GET)),
        "table": oversight.oversight_table(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        "pages": pages_of(number, PAGE_SIZE, len(rows), request.GET),
    }
    return render(request, "library/oversight.html", context)


@require_safe
def library_submissions(request: ViewerRequest) -> HttpResponse:
    """What was sent in for the report."""
    every = submissions.submissions()
    facets = submissions.facets_of()
    rows = narrowed(every, facets, submissions.words_of, request.GET)
    number = page_number(request.GET)
    context = {
        **_shelf(request, "library-submissions", every, rows, groups(every, facets, submissions.words_of, request.GET)),
        "stats": submissions.counts_of(every) if every else (),
        "table": submissions.submissions_table(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        "pages": pages_of(number, PAGE_SIZE, len(rows), request.GET),
    }
    return render(request, "library/submissions.html", context)


@require_safe
def publications_file(request: ViewerRequest) -> StreamingHttpResponse:
    """Exactly the publications of the page, all of them, as CSV."""
    every = publications.publications()
    found = narrowed(every, publications.facets_of(every), publications.words_of, request.GET)
    rows = publications.ordered(found, request.GET)
    return download("publications", publications.header(), publications.fields_of(rows))


@require_safe
def oversight_file(request: ViewerRequest) -> StreamingHttpResponse:
    """Exactly the oversight recommendations of the page, as CSV."""
    every = oversight.recommendations()
    rows = narrowed(every, oversight.facets_of(every), oversight.words_of, request.GET)
    return download("oversight-recommendations", oversight.header(), oversight.fields_of(rows))


@require_safe
def submissions_file(request: ViewerRequest) -> StreamingHttpResponse:
    """Exactly the submissions of the page, as CSV."""
    facets: list[RowFacet[Any]] = list(submissions.facets_of())
    rows = narrowed(submissions.submissions(), facets, submissions.words_of, request.GET)
    return download("submissions", submissions.header(), submissions.fields_of(rows))


def _shelf(request: HttpRequest, name: str, every: list[R], rows: list[R], found: list[FacetGroup]) -> dict[str, Any]:
    """What every shelf shows: where else one can go, the filters, how many rows are left of how many, the file."""
    query = request.GET
    bar: FilterBar = filter_bar(
        query, found, [FilterField(TEXT, _("Search"))], path=reverse(name), keep=(SORT, publications.BY)
    )
    kept = pairs_in(query)
    return {
        "tabs": _tabs(name),
        "bar": bar,
        "every": len(every),
        "left": len(rows),
        "downloads": [Download("CSV", address_with(query, SORT, dict(kept).get(SORT, ""), reverse(f"{name}-csv")))],
        "illustrative": any(row.provenance == Provenance.ILLUSTRATIVE for row in every),
    }


def _tabs(current: str) -> list[Tab]:
    shelves = (
        ("library", _("Publications")),
        ("library-oversight", _("Oversight recommendations")),
        ("library-submissions", _("Submissions received")),
    )
    return [Tab(title, reverse(name), name == current) for name, title in shelves]
