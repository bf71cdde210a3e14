"""Views of requests: those that a reader may see, and a page for each."""

from typing import Final

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.needs.assistance.access import why_never_file
from colonnade.needs.assistance.queries import (
    likely_twins,
    notices_of,
    passings_of,
    process_now,
    proposals_for,
    questions_of,
    request_called,
    rules_now,
    steps_of,
    told_of,
    waiting_for,
)
from colonnade.needs.assistance.workflow import NOT_OVER, OPEN
from colonnade.needs.models import AssistanceRequest
from colonnade.strategy.models import Strategy
from colonnade.web.assistance import card
from colonnade.web.assistance.listed import ListForm, chosen, requests_table
from colonnade.web.assistance.words import clock_words, kind_title, step_title
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.parameters import address_of, pairs_in
from colonnade.web.shared.requests import ViewerRequest

PAGE_SIZE: Final = 50
_FILES: Final = (("csv", "CSV"), ("xlsx", "Excel"))


@require_safe
def requests_page(request: ViewerRequest) -> HttpResponse:
    """The requests that the reader may see, filtered as the address says."""
    viewer, today, rules = request.viewer, timezone.localdate(), rules_now()
    number = page_number(request.GET)
    with reading_as(viewer):
        form = ListForm(viewer, request.GET)
        if not form.is_valid():
            raise Http404
        found = chosen(viewer, form.cleaned_data, today)
        pages = pages_of(number, PAGE_SIZE, found.count(), request.GET)
        shown = list(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        waiting = waiting_for(viewer).count() if viewer.entity_ids else 0
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "table": requests_table(_("Requests that you may read, the latest first"), shown, rules, today),
        "pages": pages,
        "downloads": downloads(request.GET) if shown else [],
        "waiting": waiting,
        "files": why_never_file(viewer) is None and rules is not None,
        "joins": why_never_file(viewer) is None and rules is not None and rules.joining is not None,
        "process": process_now(),
        "illustrative": any(is_illustrative(each) for each in shown),
    }
    return render(request, "assistance/requests.html", context)


@require_safe
def request_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A request: what is asked, its channel and who is told, proposals, answers, lead, clock, safeguards, steps."""
    viewer, today, rules = request.viewer, timezone.localdate(), rules_now()
    asked = request_of(request, public_id, "request-page")
    with reading_as(viewer):
        passings = passings_of(viewer, asked)
        triages = card.may_triage(viewer, asked)
        twins = likely_twins(viewer, asked.country, told_of(asked)) if triages else []
        proposed = proposals_for(viewer, asked, rules) if triages and rules else []
        is_open = asked.standing in OPEN
        questions = questions_of(viewer, asked)
        context = {
            "asked": asked,
            "kind": kind_title(rules, asked),
            "illustrative": is_illustrative(asked),
            "acts": card.acts_of(viewer, asked, passings),
            "facts": card.request_facts(viewer, asked, rules, circle()),
            "clock": clock_words(asked.due_on, today),
            "overdue": asked.due_on is not None and asked.due_on < today,
            "waits_for": step_title(rules, asked.standing),
            "ended": asked.standing not in NOT_OVER,
            "told": card.told_of(viewer, asked, notices_of(viewer, asked)),
            "passings": card.passings_table(passings, today, is_open=is_open),
            "proposals": card.proposals_table(proposed),
            "triages": triages,
            "twins": card.twins_list([each for each in twins if each.request.pk != asked.pk]),
            "questions": card.questions_list(questions),
            "unanswered": sum(1 for each in questions if each.answer is None),
            "happened": card.happened(steps_of(viewer, asked)),
            "crumbs": crumbs(Crumb(asked.title)),
        }
    return render(request, "assistance/request.html", context)


def request_of(request: ViewerRequest, public_id: str, page: str) -> AssistanceRequest:
    """The request that an address names, noted as read. One that the reader may not see is not there."""
    found = request_called(request.viewer, public_id)
    if found is None:
        raise Http404
    note_if_restricted(request, found, page)
    return found


def downloads(asked: QueryDict) -> list[Download]:
    """The files of what an address asks for."""
    pairs = pairs_in(asked, without=["page"])
    return [Download(title, address_of(pairs, reverse(f"requests-{kind}"))) for kind, title in _FILES]


def is_illustrative(asked: AssistanceRequest) -> bool:
    """Whether a request was made to illustrate."""
    return asked.provenance == Provenance.ILLUSTRATIVE


def circle() -> str:
    """What the strategy calls the entities that work together under it."""
    strategy = Strategy.objects.first()
    return (strategy.coordination_short or strategy.short_title) if strategy else ""


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    return [Crumb(_("Requests"), reverse("requests")), *steps]
