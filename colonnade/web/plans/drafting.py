"""The views in which a draft is read and written: all of it on one page, its title and period, its needs."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.models import ActionPlan, PlanActivity
from colonnade.needs.plans.access import Held, why_not_draft
from colonnade.needs.plans.actions.beginning import choose_needs, edit_plan
from colonnade.needs.plans.candidates import needs_to_choose, projects_called, projects_to_take, unread_by_leads
from colonnade.needs.plans.content import PlanContent
from colonnade.needs.plans.queries import draft_content
from colonnade.portfolio.models import Project
from colonnade.web.plans.forms import FrameForm, NeedsForm
from colonnade.web.plans.steps import FORMS, form_page
from colonnade.web.plans.tree import money_words, outside_period
from colonnade.web.plans.views import crumbs, held_of, is_illustrative, says, to_plan
from colonnade.web.plans.words import ADD
from colonnade.web.shared.facts import amount
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


@require_safe
def draft_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is being drafted, with the way to change each part; projects that could be taken over, and where a project
    reports other amounts. For whoever is not of its circle, there is no such page."""
    viewer, at = request.viewer, held_of(request, public_id, "plan-draft")
    writes = why_not_draft(viewer, at) is None
    with reading_as(viewer):
        content = draft_content(at.plan, viewer)
        if content is None:
            raise Http404
        answers = PlanActivity.objects.visible_to(viewer).filter(of_plan=at.plan).select_related("lead")
        context = {
            "plan": at.plan,
            "illustrative": is_illustrative(at.plan),
            "title": _("Draft"),
            "writes": writes,
            "money": money_words(content.money),
            "adds": [
                (str(title), reverse("plan-add", args=[public_id, kind]))
                for kind, title in ADD.items()
                if _can_stand(content, kind)
            ],
            "answers": _answers_table(answers),
            "projects": projects_to_take(viewer, at.plan) if writes and content.outputs else [],
            "outside": outside_period(content, public_id) if writes else [],
            "unread": unread_by_leads(viewer, content) if writes else [],
            "otherwise": _otherwise(viewer, content),
            **says(content, public_id if writes else ""),
            "crumbs": crumbs(to_plan(at.plan), Crumb(_("Draft"))),
        }
    return render(request, "plans/draft.html", context)


def _can_stand(content: PlanContent, kind: str) -> bool:
    """Whether there is what a part of this kind belongs to."""
    if kind == "activity":
        return bool(content.outputs)
    return bool(content.outcomes) or kind not in ("output", "indicator")


def _answers_table(rows: QuerySet[PlanActivity]) -> TableView | None:
    found = [
        (
            CellView(each.text, header=True),
            CellView(each.lead.abbreviation, record_address("entity", each.lead.code)),
            CellView(str(each.get_answer_display())),
            CellView(each.says or "–"),
        )
        for each in rows
    ]
    if not found:
        return None
    header = tuple(HeaderView(title) for title in (_("Activity"), _("Lead"), _("Answer"), _("What it says")))
    return TableView(_("Answers of the leads"), header, tuple(found))


def _otherwise(viewer: Viewer, content: PlanContent) -> list[dict[str, str]]:
    """Activities whose project, as the reader sees it, reports another budget or funding than the plan says."""
    tied = [each for each in content.activities if each.project_id]
    known: dict[str, Project] = projects_called(viewer, [each.project_id for each in tied]) if tied else {}
    found = []
    for each in tied:
        project = known[each.project_id]
        if (project.budget_usd, project.funding_usd) != (each.cost, each.funded):
            found.append(
                {
                    "text": each.text,
                    "address": record_address(PROJECT, each.project_id),
                    "plan": money_words(each.money),
                    "project": _("%(budget)s budget, %(funding)s funding")
                    % {
                        "budget": amount(project.budget_usd) or _("not reported"),
                        "funding": amount(project.funding_usd) or _("not reported"),
                    },
                }
            )
    return found


@require_http_methods(FORMS)
def frame_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Change the title and the period. For whoever may not, there is no such page."""
    at = writable(request, public_id, "plan-frame")
    plan = at.plan
    initial = {"title": plan.title, "starts_on": plan.starts_on, "ends_on": plan.ends_on, "seen_version": plan.version}
    form = FrameForm(request.POST or None, initial=initial)

    def write() -> ActionPlan:
        return edit_plan(plan=plan, frame=form.frame, **by(request, form))

    return form_page(request, plan, form, write, _("Change title and period"), {}, then="plan-draft")


@require_http_methods(FORMS)
def needs_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Choose the needs that the draft answers, rank them, say why. For whoever may not, there is no such page."""
    at = writable(request, public_id, "plan-needs")
    with reading_as(request.viewer):
        candidates = needs_to_choose(request.viewer, at.states, at.plan)
    form = NeedsForm(candidates, request.POST or None, initial={"seen_version": at.plan.version})

    def write() -> ActionPlan:
        return choose_needs(plan=at.plan, needs=form.chosen, **by(request, form))

    context = {"lead": _("Tick the needs that the plan answers, and say in which place each comes, 1 the most urgent.")}
    return form_page(
        request, at.plan, form, write, _("Choose and rank needs"), context, template="plans/needs.html",
        then="plan-draft",
    )  # fmt: skip


def writable(request: ViewerRequest, public_id: str, page: str) -> Held:
    """The plan, where the reader may write its draft; otherwise the page is not there."""
    at = held_of(request, public_id, page)
    if why_not_draft(request.viewer, at) is not None:
        raise Http404
    return at


def by(request: ViewerRequest, form: Any) -> dict[str, Any]:
    """What every write of a draft takes: the version that was looked at, and who writes."""
    return {
        "seen_version": form.cleaned_data["seen_version"],
        "person": person_of(request),
        "actor": actor_of(request),
    }
