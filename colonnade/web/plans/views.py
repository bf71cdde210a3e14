"""Views of plans of action: those that a reader may see, a page for each, and the costed table that donors read."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.models import ActionPlan, ActivityReport, IndicatorReport, PlanActivity
from colonnade.needs.plans.access import Held, why_never_begin
from colonnade.needs.plans.content import PlanContent
from colonnade.needs.plans.queries import (
    consents_of,
    costed_table,
    costs_called,
    costs_of,
    costs_of_plan,
    plan_called,
    plan_content,
    states_of,
    steps_of,
    version_proposed,
)
from colonnade.needs.plans.standing import stands
from colonnade.web.assistance.views import circle
from colonnade.web.plans import card
from colonnade.web.plans.consenting import consents_list
from colonnade.web.plans.documents import costs_files, files_of
from colonnade.web.plans.listed import ListForm, chosen, costs_table, plans_table
from colonnade.web.plans.tree import activities_table, branches, costed_view, needs_table, risks_table
from colonnade.web.plans.waiting import plans_waiting
from colonnade.web.plans.words import coming_words, standing_title
from colonnade.web.shared.opened import note_if_restricted
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.requests import ViewerRequest

PAGE_SIZE: Final = 50


@require_safe
def plans_page(request: ViewerRequest) -> HttpResponse:
    """The plans that the reader may see, filtered as the address says, and the costed tables that are shared."""
    viewer, number = request.viewer, page_number(request.GET)
    with reading_as(viewer):
        form = ListForm(viewer, request.GET)
        if not form.is_valid():
            raise Http404
        found = chosen(viewer, form.cleaned_data)
        pages = pages_of(number, PAGE_SIZE, found.count(), request.GET)
        shown = list(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        costs = costs_table(list(costs_of(viewer).order_by("-as_of", "pk")[:PAGE_SIZE]))
        waiting = plans_waiting(viewer)
        table = plans_table(viewer, shown)
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "table": table,
        "costs": costs,
        "pages": pages,
        "waiting": waiting,
        "begins": why_never_begin(viewer) is None,
        "illustrative": any(is_illustrative(each) for each in shown),
    }
    return render(request, "plans/plans.html", context)


@require_safe
def plan_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A plan: what is in force, or proposed, or drafted; how far it is; for its circle consents and steps."""
    viewer, today = request.viewer, timezone.localdate()
    plan = plan_of(request, public_id, "plan-page")
    with reading_as(viewer):
        content = plan_content(plan, viewer)
        states = states_of(viewer, plan)
        at = Held(plan, frozenset(each.country.code for each in states))
        named = list(
            PlanActivity.objects.visible_to(viewer)
            .filter(of_plan=plan, lead__code__in=viewer.entity_ids)
            .select_related("lead", "of_plan")
        )
        agreed = content is not None and content.agreed_on is not None
        stood = stands(plan, content.agreed_on if content is not None else None, in_circle=bool(states))
        costs = costs_of_plan(viewer, plan) if agreed else None
        waits = version_proposed(viewer, plan) if plan.standing == ActionPlan.Standing.PROPOSED else None
        consents = consents_of(viewer, plan) if states else []
        title, opened = card.shown_of(content, request.GET.get("show", ""), today) if content else ("", ())
        context = {
            "plan": plan,
            "illustrative": is_illustrative(plan),
            "standing": standing_title(stood),
            "coming": coming_words(stood),
            "ended": plan.standing == ActionPlan.Standing.ENDED,
            "facts": card.plan_facts(viewer, plan, content, circle(), costs),
            "acts": card.acts_of(viewer, at, named, content, consents, waits),
            "content": content,
            "downloads": files_of(plan) if content else (),
            "agreed": agreed,
            "proposed": waits if agreed else None,
            "costs": costs,
            "consents": consents_list(viewer, plan, consents),
            "happened": card.happened(steps_of(viewer, plan) if states else []),
            "shown_title": title,
            "shown": activities_table(opened, today, title),
            **_told(viewer, plan, content),
            "crumbs": crumbs(Crumb(plan.title)),
        }
    if content is not None:
        context |= says(content) | {"stats": card.progress(plan, content, today, costs)}
    return render(request, "plans/plan.html", context)


@require_safe
def costs_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The costed table of a plan, for whoever may see it: nothing of needs, risks or remarks."""
    with reading_as(request.viewer):
        found = costs_called(request.viewer, public_id)
    if found is None:
        raise Http404
    table = costed_table(found)
    context = {
        "costs": found,
        "table": table,
        "costed": costed_view(table),
        "downloads": costs_files(found),
        "crumbs": crumbs(Crumb(table.title)),
    }
    return render(request, "plans/costs.html", context)


def says(content: PlanContent, draft: str = "") -> dict[str, Any]:
    """What the templates print of a plan's content; in a ``draft`` each part leads to where it is changed."""
    return {
        "regional": content.is_regional,
        "branches": branches(content, timezone.localdate(), draft),
        "needs": needs_table(content.needs),
        "risks": risks_table(content.risks, draft),
    }


def _told(viewer: Viewer, plan: ActionPlan, content: PlanContent | None) -> dict[str, Any]:
    if content is None or content.agreed_on is None:
        return {"reports": None}
    activities = ActivityReport.objects.visible_to(viewer).filter(of_plan=plan).select_related("entity")
    indicators = IndicatorReport.objects.visible_to(viewer).filter(of_plan=plan).select_related("entity")
    return {
        "reports": card.reports_table(
            content,
            list(activities.order_by("-reported_at", "-pk")[: card.MOST_REPORTS]),
            list(indicators.order_by("-reported_at", "-pk")[: card.MOST_REPORTS]),
        )
    }


def plan_of(request: ViewerRequest, public_id: str, page: str) -> ActionPlan:
    """The plan that an address names, noted as read. One that the reader may not see is not there."""
    found = plan_called(request.viewer, public_id)
    if found is None:
        raise Http404
    note_if_restricted(request, found, page)
    return found


def held_of(request: ViewerRequest, public_id: str, page: str) -> Held:
    """The same with its States; for whoever is not of its circle, the page is not there."""
    plan = plan_of(request, public_id, page)
    states = frozenset(each.country.code for each in states_of(request.viewer, plan))
    if not states:
        raise Http404
    return Held(plan, states)


def is_illustrative(plan: ActionPlan) -> bool:
    """Whether a plan was made to illustrate."""
    return plan.provenance == Provenance.ILLUSTRATIVE


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    return [Crumb(_("Plans"), reverse("plans")), *steps]


def to_plan(plan: ActionPlan) -> Crumb:
    """The way to a plan's page."""
    return Crumb(plan.title, reverse("action-plan", args=[plan.public_id]))
