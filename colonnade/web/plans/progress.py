"""The views in which entities report progress against the version in force: activities and indicators."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.reading import reading_as
from colonnade.needs.models import ActionPlan
from colonnade.needs.plans.access import why_not_report
from colonnade.needs.plans.actions.reporting import measured_by, report_activity, report_indicator
from colonnade.needs.plans.content import PlanContent
from colonnade.needs.plans.queries import plan_content
from colonnade.web.plans.forms import ActivityReportForm, IndicatorReportForm
from colonnade.web.plans.steps import FORMS, form_page
from colonnade.web.plans.tree import money_words
from colonnade.web.plans.views import crumbs, is_illustrative, plan_of, to_plan
from colonnade.web.plans.words import latest, measured, status_title
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


@require_safe
def progress_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What the reader can report: activities that their entities lead, and indicators that these serve."""
    plan, content = _in_force(request, public_id, "plan-progress")
    viewer = request.viewer
    activities = tuple(
        (
            CellView(each.text, reverse("report-plan-activity", args=[public_id, each.key]), header=True),
            CellView(each.lead_name),
            CellView(status_title(each.status), aside=_("overdue") if each.is_overdue(timezone.localdate()) else ""),
            CellView(money_words(each.money)),
        )
        for each in content.activities
        if why_not_report(viewer, plan, [each.lead]) is None
    )
    indicators = tuple(
        (
            CellView(each.title, reverse("report-plan-indicator", args=[public_id, each.key]), header=True),
            CellView(f"{measured(each.target)} {each.unit}"),
            CellView(latest(each)),
        )
        for each in content.indicators
        if why_not_report(viewer, plan, measured_by(content, each.key) or ()) is None
    )
    if not activities and not indicators:
        raise Http404
    context = {
        "plan": plan,
        "illustrative": is_illustrative(plan),
        "title": _("Report progress"),
        "activities": _table(_("Activities"), (_("Activity"), _("Who leads"), _("Status"), _("Money")), activities),
        "indicators": _table(_("Indicators"), (_("Indicator"), _("Target"), _("Last value")), indicators),
        "crumbs": crumbs(to_plan(plan), Crumb(_("Report progress"))),
    }
    return render(request, "plans/progress.html", context)


def _table(caption: str, titles: tuple[str, ...], rows: tuple[tuple[CellView, ...], ...]) -> TableView | None:
    return TableView(caption, tuple(HeaderView(title) for title in titles), rows) if rows else None


@require_http_methods(FORMS)
def activity_page(request: ViewerRequest, public_id: str, key: str) -> HttpResponse:
    """Report how far an activity is, and what is funded. For whoever may not, there is no such page."""
    plan, content = _in_force(request, public_id, "report-plan-activity")
    found = [each for each in content.activities if each.key == key]
    if not found or why_not_report(request.viewer, plan, [found[0].lead]) is not None:
        raise Http404
    form = ActivityReportForm(request.POST or None, initial={"status": found[0].status, "funded": found[0].funded})

    def write() -> Any:
        typed = form.cleaned_data
        return report_activity(
            plan=plan, key=key, status=typed["status"], funded=typed["funded"], remark=typed["remark"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    lead = f"{found[0].text}: {money_words(found[0].money)}"
    return form_page(request, plan, form, write, _("Report on an activity"), {"lead": lead}, then="plan-progress")


@require_http_methods(FORMS)
def indicator_page(request: ViewerRequest, public_id: str, key: str) -> HttpResponse:
    """Report what an indicator measured. For whoever may not, there is no such page."""
    plan, content = _in_force(request, public_id, "report-plan-indicator")
    found = [each for each in content.indicators if each.key == key]
    leads = measured_by(content, key)
    if not found or leads is None or why_not_report(request.viewer, plan, leads) is not None:
        raise Http404
    form = IndicatorReportForm(request.POST or None, initial={"on": timezone.localdate()})

    def write() -> Any:
        typed = form.cleaned_data
        return report_indicator(
            plan=plan, key=key, value=typed["value"], on=typed["on"], remark=typed["remark"],
            person=person_of(request), actor=actor_of(request),
        )  # fmt: skip

    one = found[0]
    target = _("target %(target)s %(unit)s") % {"target": measured(one.target), "unit": one.unit}
    lead = f"{one.title}: {target}, {latest(one)}"
    return form_page(request, plan, form, write, _("Report on an indicator"), {"lead": lead}, then="plan-progress")


def _in_force(request: ViewerRequest, public_id: str, page: str) -> tuple[ActionPlan, PlanContent]:
    """The plan and its version in force; where none is, there is nothing to report."""
    plan = plan_of(request, public_id, page)
    with reading_as(request.viewer):
        content = plan_content(plan, request.viewer)
    if content is None or content.agreed_on is None:
        raise Http404
    return plan, content
