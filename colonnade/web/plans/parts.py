"""The views in which a part of a draft is added, changed or dropped: small forms, one thing each."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.needs.models import (
    ActionPlan,
    PlanActivity,
    PlanOutcome,
    PlanOutput,
)
from colonnade.needs.models.plan_drafts import PlanPart
from colonnade.needs.plans.actions.parts import (
    KINDS,
    drop_part,
    write_activity,
    write_indicator,
    write_outcome,
    write_output,
    write_risk,
)
from colonnade.needs.plans.candidates import project_to_take, projects_to_take
from colonnade.needs.plans.periods import Period
from colonnade.portfolio.models import Project
from colonnade.web.plans.drafting import by, writable
from colonnade.web.plans.forms import (
    ActivityForm,
    IndicatorForm,
    OutcomeForm,
    OutputForm,
    RiskForm,
    Versioned,
    choose,
)
from colonnade.web.plans.steps import FORMS, form_page
from colonnade.web.plans.words import ADD, PARTS
from colonnade.web.shared.requests import ViewerRequest

_FORMS: Final[dict[str, type[Versioned]]] = {
    "outcome": OutcomeForm, "output": OutputForm, "indicator": IndicatorForm, "risk": RiskForm,
}  # fmt: skip
#: Kind -> the fields in which the place of a new part is chosen; what is there already stays where it is.
_PLACED: Final = {"output": "outcome", "activity": "output", "indicator": "measures"}
_OF: Final = ":"


@require_http_methods(FORMS)
def add_page(request: ViewerRequest, public_id: str, kind: str) -> HttpResponse:
    """Add a part; an activity perhaps from a project. For whoever may not, there is no such page."""
    at = writable(request, public_id, "plan-add")
    if kind not in KINDS:
        raise Http404
    with reading_as(request.viewer):
        form = _form(request, at.plan, kind, None)
        missing = ""
        if kind in _PLACED:
            places = _places(request.viewer, at.plan, kind)
            choose(form, _PLACED[kind], places)
            missing = (
                "" if places else _("There is nothing yet that it could belong to: add an outcome or output first.")
            )
    title = str(ADD[kind])
    return form_page(
        request, at.plan, form, _writer(request, at.plan, kind, form, ""), title, {"why_not": missing},
        then="plan-draft",
    )  # fmt: skip


@require_http_methods(FORMS)
def part_page(request: ViewerRequest, public_id: str, kind: str, key: str) -> HttpResponse:
    """Change a part. For whoever may not, there is no such page."""
    at = writable(request, public_id, "plan-part")
    with reading_as(request.viewer):
        row = _row(request.viewer, at.plan, kind, key)
        form = _form(request, at.plan, kind, row)
    if kind in _PLACED:
        del form.fields[_PLACED[kind]]
    context = {
        "drop": reverse("plan-drop", args=[public_id, kind, key]),
        "lead": _("Its lead is asked again where its words, lead, days or cost change.") if kind == "activity" else "",
    }
    title = _("Change: %(part)s") % {"part": PARTS[kind]}
    return form_page(
        request, at.plan, form, _writer(request, at.plan, kind, form, key), title, context, then="plan-draft"
    )


@require_http_methods(FORMS)
def drop_page(request: ViewerRequest, public_id: str, kind: str, key: str) -> HttpResponse:
    """Drop a part of a draft. For whoever may not, there is no such page."""
    at = writable(request, public_id, "plan-drop")
    with reading_as(request.viewer):
        row = _row(request.viewer, at.plan, kind, key)
    form = Versioned(request.POST or None, initial={"seen_version": at.plan.version})

    def write() -> ActionPlan:
        return drop_part(plan=at.plan, kind=kind, key=key, **by(request, form))

    title = _("Drop: %(part)s") % {"part": PARTS[kind]}
    context = {"lead": f"{row.text}. {_('Versions that were proposed keep it.')}"}
    return form_page(request, at.plan, form, write, title, context, then="plan-draft")


def _row(viewer: Viewer, plan: ActionPlan, kind: str, key: str) -> PlanPart:
    if kind not in KINDS:
        raise Http404
    model: Any = KINDS[kind]
    found: PlanPart | None = model.objects.visible_to(viewer).filter(of_plan=plan, key=key).first()
    if found is None:
        raise Http404
    return found


def _places(viewer: Viewer, plan: ActionPlan, kind: str) -> list[tuple[str, str]]:
    """Where a new part can be."""
    outcomes = PlanOutcome.objects.visible_to(viewer).filter(of_plan=plan)
    outputs = PlanOutput.objects.visible_to(viewer).filter(of_plan=plan)
    if kind == "output":
        return [(each.key, each.text) for each in outcomes]
    if kind == "activity":
        return [(each.key, each.text) for each in outputs]
    return [
        *((f"outcome{_OF}{each.key}", f"{PARTS['outcome']}: {each.text}") for each in outcomes),
        *((f"output{_OF}{each.key}", f"{PARTS['output']}: {each.text}") for each in outputs),
    ]


def _form(request: ViewerRequest, plan: ActionPlan, kind: str, row: PlanPart | None) -> Versioned:
    initial: dict[str, Any] = {"seen_version": plan.version}
    if kind == "activity":
        assert row is None or isinstance(row, PlanActivity)
        return _activity_form(request, plan, row, initial)
    if row is not None:
        initial |= {name: getattr(row, name) for name in _FORMS[kind].base_fields if hasattr(row, name)}
    return _FORMS[kind](request.POST or None, initial=initial)


def _activity_form(
    request: ViewerRequest, plan: ActionPlan, row: PlanActivity | None, initial: dict[str, Any]
) -> ActivityForm:
    """Projects that answer the plan's needs can be chosen, the one that it is already, and one that was asked for."""
    viewer = request.viewer
    projects = {each.public_id: each for each in projects_to_take(viewer, plan)}
    if row is not None:
        own = Project.objects.visible_to(viewer).filter(pk=row.for_project_id or 0).first()
        if own is not None:
            projects[own.public_id] = own
        partners = Entity.objects.filter(code__in=row.partners)
        names = ("text", "starts_on", "ends_on", "cost", "funded", "funded_from")
        initial |= {name: getattr(row, name) for name in names}
        initial |= {"lead": row.lead_id, "partners": partners, "project": own.public_id if own is not None else ""}
    else:
        initial |= {"funded": 0} | _taken(viewer, request.GET.get("project", ""), projects)
    return ActivityForm(Period(plan.starts_on, plan.ends_on), projects, request.POST or None, initial=initial)


def _taken(viewer: Viewer, public_id: str, projects: dict[str, Project]) -> dict[str, Any]:
    """What a project says already, for the writer to change."""
    project = project_to_take(viewer, public_id) if public_id else None
    if project is None:
        return {}
    projects[project.public_id] = project
    cost, funded = project.budget_usd, project.funding_usd
    if cost is not None and funded is not None:
        funded = min(funded, cost)
    return {
        "text": project.title, "lead": project.lead_entity_id, "starts_on": project.starts_on,
        "ends_on": project.ends_on, "cost": cost, "funded": funded or 0, "project": project.public_id,
    }  # fmt: skip


def _writer(request: ViewerRequest, plan: ActionPlan, kind: str, form: Any, key: str) -> Callable[[], PlanPart]:
    def write() -> PlanPart:
        typed, given = form.cleaned_data, {"plan": plan, "key": key, **by(request, form)}
        match kind:
            case "outcome":
                return write_outcome(text=typed["text"], **given)
            case "output":
                return write_output(text=typed["text"], outcome=typed.get("outcome", ""), **given)
            case "activity":
                return write_activity(told=form.told, output=typed.get("output", ""), **given)
            case "indicator":
                of, _between, place = typed.get("measures", "").partition(_OF)
                return write_indicator(told=form.told, **({of: place} if of else {}), **given)
        return write_risk(told=form.told, **given)

    return write
