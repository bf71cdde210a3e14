"""Views of needs: the list, its files, and a page for each."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.access import why_never_suggest
from colonnade.needs.access import why_not_follow
from colonnade.needs.assessments.access import why_never_record, why_not_revise
from colonnade.needs.assistance.access import why_not_file
from colonnade.needs.assistance.queries import process_now, requests_of
from colonnade.needs.models import Recommendation
from colonnade.needs.queries import liftings_waiting, need_called, seen
from colonnade.needs.responses.access import why_never_claim
from colonnade.web.listing.views import list_page, list_separated, list_workbook
from colonnade.web.needs.between import between_them
from colonnade.web.needs.card import need_card
from colonnade.web.needs.confidentiality import confidentiality_of
from colonnade.web.needs.listed import NEEDS
from colonnade.web.needs.reads import note_reading
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def needs(request: ViewerRequest) -> HttpResponse:
    """The needs that the reader may see, filtered and sorted as the address says."""
    follows = why_not_follow(request.viewer) is None
    more = {
        "follows": follows,
        "waiting": len(liftings_waiting(request.viewer)) if follows else 0,
        "records": why_never_record(request.viewer) is None,
    }
    return list_page(request, NEEDS, "needs/needs.html", more)


@require_safe
def needs_separated(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as CSV."""
    return list_separated(request, NEEDS)


@require_safe
def needs_workbook(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as Excel."""
    return list_workbook(request, NEEDS)


@require_safe
def need(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Everything about one need that the reader may see; for those concerned, its confidentiality."""
    found = need_of(request, public_id)
    shown = seen(request.viewer, found)
    note_reading(request, shown, "need-page")
    card = need_card(request.viewer, shown)
    open_need = found.standing == Recommendation.Standing.OPEN
    may_file = why_not_file(request.viewer, found.country) is None and process_now() is not None
    context = {
        "card": card,
        "need": found,
        "illustrative": card.illustrative,
        "confidentiality": confidentiality_of(request.viewer, found),
        "between": between_them(request.viewer, found),
        "revises": why_not_revise(request.viewer, found) is None,
        "claims": why_never_claim(request.viewer) is None and open_need,
        "requests": list(requests_of(request.viewer).filter(answers_need=found)),
        "files": open_need and may_file,
        "suggests": why_never_suggest(request.viewer) is None and open_need,
        "crumbs": crumbs(Crumb(found.reference)),
    }
    return render(request, "needs/need.html", context)


def need_of(request: ViewerRequest, public_id: str) -> Recommendation:
    """The need that an address names. One that the reader may not see is not there."""
    found = need_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    return [Crumb(_("Needs"), reverse("needs")), *steps]
