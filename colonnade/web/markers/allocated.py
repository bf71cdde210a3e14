"""What the fund allocated to projects of each score, and the allocations behind it. The ledger counts itself."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.funding.queries.markers import AllocatedToScore, allocated_by_score, allocations_scored
from colonnade.portfolio.marker_actions import Scales, scales
from colonnade.web.fund.allocations import allocations_table
from colonnade.web.fund.amounts import to_the_cent
from colonnade.web.markers.words import marker_title, score_title
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.requests import ViewerRequest

MARKER, SCORE, NONE = "marker", "score", "none"
PAGE_SIZE: Final = 50
NOTHING: Final = "–"


@require_safe
def allocations_page(request: ViewerRequest) -> HttpResponse:
    """The allocations to projects with one score of a marker, or with any."""
    known = scales()
    marker, score = request.GET.get(MARKER, ""), request.GET.get(SCORE, "")
    if marker not in known or score not in ("", NONE, *map(str, known[marker])):
        raise Http404
    number = page_number(request.GET)
    with reading_as(request.viewer):
        rows = allocations_scored(request.viewer, marker)
        if score == NONE:
            rows = rows.filter(score__isnull=True)
        elif score:
            rows = rows.filter(score=int(score))
        pages = pages_of(number, PAGE_SIZE, rows.count(), request.GET)
        found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    said = _title(known, marker, score)
    context = {
        "said": said,
        "table": allocations_table(found, _("Allocations, the latest first")) if found else None,
        "pages": pages,
        "illustrative": any(one.provenance == "illustrative" for one in found),
        "crumbs": [
            Crumb(_("Markers"), address_of([(MARKER, marker)], reverse("markers"))),
            Crumb(_("Allocations of the fund")),
        ],
    }
    return render(request, "markers/allocations.html", context)


def _title(known: Scales, marker: str, score: str) -> str:
    if not score:
        return marker_title(marker)
    words = _("Not scored") if score == NONE else score_title(known, marker, int(score))
    return f"{marker_title(marker)}, {words}"


def allocated_table(viewer: Viewer, known: Scales, marker: str) -> TableView | None:
    """What the fund set aside for projects of each score; ``None`` where the reader sees no allocation."""
    with reading_as(viewer):
        found = allocated_by_score(viewer, marker)
    if not found:
        return None
    scored = sum((each.usd for each in found if each.score is not None), Decimal(0))
    header = (
        HeaderView(_("Score")),
        HeaderView(_("Share of what went to scored projects (per cent)"), numeric=True),
        HeaderView(_("Allocations"), numeric=True),
        HeaderView(_("Allocated (US dollars)"), numeric=True),
    )
    rows = tuple(_row(known, marker, each, scored) for each in found)
    return TableView(_("What the fund allocated, by score"), header, rows, _totals(marker, found))


def _row(known: Scales, marker: str, each: AllocatedToScore, scored: Decimal) -> tuple[CellView, ...]:
    score = NONE if each.score is None else str(each.score)
    href = _address(marker, score)
    title = _("Not scored") if each.score is None else score_title(known, marker, each.score)
    share = NOTHING if each.score is None or not scored else grouped(100 * each.usd / scored, 1)
    return (
        CellView(title, header=True),
        CellView(share, "" if share == NOTHING else href, numeric=True),
        CellView(grouped(each.allocations), href, numeric=True),
        CellView(to_the_cent(each.usd), href, numeric=True),
    )


def _totals(marker: str, found: Sequence[AllocatedToScore]) -> tuple[CellView, ...]:
    href = _address(marker, "")
    return (
        CellView(_("Total"), header=True),
        CellView("", numeric=True),
        CellView(grouped(sum(each.allocations for each in found)), href, numeric=True),
        CellView(to_the_cent(sum((each.usd for each in found), Decimal(0))), href, numeric=True),
    )


def _address(marker: str, score: str) -> str:
    return address_of([(MARKER, marker), *([(SCORE, score)] if score else [])], reverse("marker-allocations"))
