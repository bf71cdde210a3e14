"""Views of the money."""

from typing import Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.reads import note_reads
from colonnade.audit.records import Provenance
from colonnade.funding.access import reads_of
from colonnade.funding.models import Appeal, Contributor, SeedRound
from colonnade.web.fund.audience import seen_as
from colonnade.web.fund.contributor import in_the_fund, report_file
from colonnade.web.money.appeals import appeal_stats, is_counted
from colonnade.web.money.contributors import (
    contributions_brief,
    contributions_of,
    contributions_table,
    contributor_facts,
    trust_fund,
)
from colonnade.web.money.seed import round_page, rounds_table
from colonnade.web.money.shortfalls import headlines, shortfalls
from colonnade.web.money.ways import ways_to_fund
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.documents import CONTENT_TYPES
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import page_number, pages_of
from colonnade.web.shared.parameters import address_of, pairs_in
from colonnade.web.shared.requests import ViewerRequest, actor_of
from colonnade.web.shared.stepping_up import confirmation_first

PAGE_SIZE: Final = 50


@require_safe
def money(request: ViewerRequest) -> HttpResponse:
    """What is short, and who could fund it."""
    reading = reading_of(request)
    inventory = reading.inventory()
    appeals = list(Appeal.objects.order_by("-first_year", "key"))
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(),
        "stats": headlines(reading) if inventory else (),
        "ways": ways_to_fund(reading),
        "short": shortfalls(reading) if inventory else None,
        "appeals": [(each, appeal_stats(reading) if is_counted(reading, each) else ()) for each in appeals],
        "rounds": rounds_table(reading),
        "fund": trust_fund(reading),
    }
    return render(request, "money/money.html", context)


@require_safe
def seed_round(request: ViewerRequest, code: str) -> HttpResponse:
    """One round of seed money, with its awards."""
    reading = reading_of(request)
    page = round_page(reading, get_object_or_404(SeedRound, code=code))
    return render(
        request, "money/seed-round.html", {"reading": reading, "page": page, "illustrative": page.illustrative}
    )


@require_safe
def contributor(request: ViewerRequest, code: str) -> HttpResponse:
    """One contributor: their place in the published list, and what is recorded of what they gave."""
    reading = reading_of(request)
    found = get_object_or_404(Contributor.objects.select_related("country", "entity"), code=code)
    given = contributions_of(reading.reader.viewer, found)
    number = page_number(request.GET)
    pages = pages_of(number, PAGE_SIZE, given.count(), request.GET)
    shown = list(given[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    illustrative = Provenance.ILLUSTRATIVE in {found.provenance, *(row.provenance for row in shown)}
    in_fund = in_the_fund(reading.reader.viewer, found)
    context = {
        "reading": reading,
        "seen_as": seen_as(reading.reader),
        "contributor": found,
        "facts": contributor_facts(reading, found),
        "given": contributions_table(shown),
        "fund": in_fund,
        "reports": [
            Download(title, address_of(pairs_in(request.GET), reverse("contributor-report", args=[code, kind])))
            for kind, title in (("docx", _("Word")), ("pdf", _("PDF")))
        ],
        "pages": pages,
        "illustrative": illustrative or in_fund.illustrative,
    }
    return render(request, "money/contributor.html", context)


@require_safe
def contributor_report(request: ViewerRequest, code: str, kind: str) -> HttpResponseBase:
    """The report to a contributor, as this reader may have it; with what is not published in it, after a question."""
    found = get_object_or_404(Contributor.objects.select_related("country", "entity"), code=code)
    if kind not in CONTENT_TYPES:
        raise Http404
    reading = reading_of(request)
    viewer = reading.reader.viewer
    inside = reads_of(viewer, found) or viewer.inside_the_compact
    if inside and (question := confirmation_first(request)) is not None:
        return question
    with translation.override("en"):
        label = seen_as(reading.reader)
    content = report_file(
        viewer, found, kind, label=label, circle=label if inside else "", reported=contributions_brief(viewer, found)
    )
    if inside:
        note_reads(
            table=Contributor._meta.db_table, row_ids=[found.pk], what=f"contributor-{kind}", actor=actor_of(request)
        )
    headers = {"Content-Disposition": f'attachment; filename="contributor-{found.code}.{kind}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[kind], headers=headers)
