"""Views of proposals: those that a reader may see, and a page for each."""

from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.core.reading import ring_around
from colonnade.review.access import acts_for, why_not_write
from colonnade.review.amending import why_not_amend
from colonnade.review.models import WITH_THE_APPLICANT, Call, Proposal, Standing
from colonnade.review.summaries import checks_of, cited_need, proposal_called, rules_of
from colonnade.review.workflow import workflow_of
from colonnade.web.proposals.ahead import ahead_of
from colonnade.web.proposals.card import card_of
from colonnade.web.proposals.checking import shown_checks
from colonnade.web.proposals.editing import crumbs
from colonnade.web.proposals.listed import calls_table, is_illustrative, proposals_table
from colonnade.web.proposals.money import ceiling_of
from colonnade.web.proposals.reads import note_needs
from colonnade.web.proposals.returned import returned
from colonnade.web.shared.pages import page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest

PAGE_SIZE: Final = 50


@require_safe
def proposals(request: ViewerRequest) -> HttpResponse:
    """The proposals that the reader may see, and the calls that are open."""
    if request.viewer.user_id is None:
        return redirect_to_login(reverse("proposals"))
    with ring_around(request.viewer):
        found = (
            Proposal.objects.visible_to(request.viewer)
            .select_related("entity", "call")
            .order_by("-standing_since", "pk")
        )
        number = page_number(request.GET)
        pages = pages_of(number, PAGE_SIZE, found.count(), request.GET)
        shown = list(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        opened = Call.objects.visible_to(request.viewer).filter(standing=Call.Standing.OPEN)
        context = {
            "table": proposals_table(_("Proposals that you may read"), shown),
            "pages": pages,
            "calls": calls_table(_("Open for proposals"), list(opened)),
            "illustrative": any(is_illustrative(each) for each in shown),
        }
    return render(request, "proposals/proposals.html", context)


@require_safe
def proposal(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Everything that a proposal says; for its applicants what it lacks, and the steps that it can take."""
    found = proposal_of(request, public_id)
    note_needs(request, [cited_need(request.viewer, found)], "proposal-page")
    with ring_around(request.viewer):
        writes = why_not_write(request.viewer, found) is None and Standing(found.standing) in WITH_THE_APPLICANT
        mine = acts_for(request.viewer, found)
        steps = workflow_of(rules_of(found.call))
        checks = shown_checks(found, checks_of(request.viewer, found, timezone.localdate())) if writes else []
        context = {
            "proposal": found,
            "card": card_of(request.viewer, found),
            "returned": returned(request.viewer, found) if writes else None,
            "writes": writes,
            "mine": mine,
            "checks": checks,
            "lacking": sum(1 for check in checks if check.lacks),
            "ceiling": ceiling_of(request.viewer, found) if writes else None,
            "ahead": ahead_of(request.viewer, found),
            "may_send": steps["submit"].why_not(request.viewer, found) is None,
            "may_withdraw": mine and steps["withdraw"].why_not(request.viewer, found) is None,
            "may_amend": why_not_amend(request.viewer, found) is None,
            "illustrative": is_illustrative(found),
            "crumbs": crumbs(found),
        }
    return render(request, "proposals/proposal.html", context)


def proposal_of(request: ViewerRequest, public_id: str) -> Proposal:
    """The proposal that an address names. One that the reader may not see is not there."""
    found = proposal_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def back_to(found: Proposal) -> HttpResponse:
    """The page of a proposal, after something was done."""
    return redirect("proposal", public_id=found.public_id)
