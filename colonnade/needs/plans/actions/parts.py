"""Writing what a draft says: outcomes, outputs, activities, indicators, risks. Each is added, changed or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Entity, Person
from colonnade.needs.models import (
    ActionPlan,
    PlanActivity,
    PlanIndicator,
    PlanOutcome,
    PlanOutput,
    PlanRisk,
)
from colonnade.needs.models.plan_drafts import PlanPart
from colonnade.needs.plans.actions.writing import WHY, PlanRefused, cut, for_draft, insist, sync_named, touched
from colonnade.needs.plans.periods import Period, why_not_due, wrong_days
from colonnade.portfolio.models import Project

P = TypeVar("P", bound=PlanPart)

#: The word of an address -> what it names.
KINDS: Final[dict[str, type[PlanPart]]] = {
    "outcome": PlanOutcome,
    "output": PlanOutput,
    "activity": PlanActivity,
    "indicator": PlanIndicator,
    "risk": PlanRisk,
}
#: What, when it changes, is something else than what the lead accepted.
_ACCEPTED: Final = ("text", "lead_id", "starts_on", "ends_on", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTold:
    """Who does what by when; amounts in US dollars. Without a ``project``, one that the writer does not see stays."""

    text: str
    lead: Entity
    partners: Sequence[Entity]
    starts_on: date
    ends_on: date
    cost: Decimal
    funded: Decimal
    funded_from: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTold:
    """How something is measured."""

    text: str
    unit: str
    baseline: Decimal | None
    target: Decimal
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTold:
    """What could go wrong, and what is done about it by whom."""

    text: str
    likelihood: str
    impact: str
    response: str
    owner: str


@action
def write_outcome(
    *, plan: ActionPlan, text: str, key: str = "", seen_version: int, person: Person, actor: Actor
) -> PlanOutcome:
    """Add an outcome, or change the one called ``key``. Raises :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version, text)
    row = _row(current, PlanOutcome, key)
    return _saved(current, row, text)


@action
def write_output(
    *, plan: ActionPlan, text: str, outcome: str = "", key: str = "", seen_version: int, person: Person, actor: Actor
) -> PlanOutput:
    """Add an output to the ``outcome`` of that key, or change the one called ``key``. Raises :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version, text)
    row = _row(current, PlanOutput, key)
    if not key:
        row.outcome = _part(current, PlanOutcome, outcome)
    return _saved(current, row, text)


@action
def write_activity(
    *,
    plan: ActionPlan,
    told: ActivityTold,
    output: str = "",
    key: str = "",
    seen_version: int,
    person: Person,
    actor: Actor,
) -> PlanActivity:
    """Add an activity to the ``output`` of that key, or change the one called ``key``; its lead answers anew where it
    became another. Raises :class:`PlanRefused`."""
    viewer, current = for_draft(plan, person, seen_version, told.text, told.funded_from)
    if told.ends_on < told.starts_on:
        raise PlanRefused(_("The activity would end before it begins."))
    wrong = wrong_days(Period(current.starts_on, current.ends_on), starts_on=told.starts_on, ends_on=told.ends_on)
    insist(" ".join(wrong.values()))
    if not 0 <= told.funded <= told.cost:
        raise PlanRefused(_("What is funded lies between nothing and the cost."))
    row = _row(current, PlanActivity, key)
    if not key:
        row.output = _part(current, PlanOutput, output)
    before = [getattr(row, name) for name in _ACCEPTED]
    row.lead, row.partners = told.lead, [each.code for each in told.partners if each.pk != told.lead.pk]
    row.starts_on, row.ends_on, row.funded_from = told.starts_on, told.ends_on, cut(told.funded_from)
    row.cost, row.funded = told.cost, told.funded
    row.for_project_id = _project(viewer, row, told.project)
    row.text = cut(told.text)
    if before != [getattr(row, name) for name in _ACCEPTED]:
        row.answer, row.says, row.answered_on, row.answered_by = "", "", None, None
    saved = _saved(current, row, told.text)
    sync_named(current)
    return saved


@action
def write_indicator(
    *,
    plan: ActionPlan,
    told: IndicatorTold,
    outcome: str = "",
    output: str = "",
    key: str = "",
    seen_version: int,
    person: Person,
    actor: Actor,
) -> PlanIndicator:
    """Add an indicator to the ``outcome`` or the ``output`` of that key, or change the one called ``key``. Raises
    :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version, told.text, told.unit)
    row = _row(current, PlanIndicator, key)
    if not key:
        row.outcome = _part(current, PlanOutcome, outcome) if outcome else None
        row.output = _part(current, PlanOutput, output) if not outcome else None
    if told.baseline == told.target:
        raise PlanRefused(_("The target is where it begins: nothing would be measured."))
    insist(why_not_due(Period(current.starts_on, current.ends_on), told.due_on))
    row.unit, row.baseline, row.target, row.due_on = told.unit.strip(), told.baseline, told.target, told.due_on
    return _saved(current, row, told.text)


@action
def write_risk(
    *, plan: ActionPlan, told: RiskTold, key: str = "", seen_version: int, person: Person, actor: Actor
) -> PlanRisk:
    """Add a risk, or change the one called ``key``. Raises :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version, told.text, told.response, told.owner)
    if {told.likelihood, told.impact} - set(PlanRisk.Degree.values):
        raise PlanRefused(_("A risk is low, medium or high."))
    row = _row(current, PlanRisk, key)
    row.likelihood, row.impact = told.likelihood, told.impact
    row.response, row.owner = cut(told.response), told.owner.strip()
    return _saved(current, row, told.text)


@action
def drop_part(*, plan: ActionPlan, kind: str, key: str, seen_version: int, person: Person, actor: Actor) -> ActionPlan:
    """Drop a part of a draft that has no parts of its own. Versions that were proposed keep it. Raises
    :class:`PlanRefused`."""
    _viewer, current = for_draft(plan, person, seen_version)
    if kind not in KINDS:
        raise PlanRefused(_("There is no such part in this draft."))
    row = _part(current, KINDS[kind], key)
    inside = {"outcome": ("output", "indicator"), "output": ("activity", "indicator")}.get(kind, ())
    if any(_rows(KINDS[part]).filter(**{kind: row}).exists() for part in inside):
        raise PlanRefused(_("Drop what belongs to it first."))
    _rows(KINDS[kind]).filter(pk=row.pk).delete()
    if kind == "activity":
        sync_named(current)
    touched(current)
    return current


def _rows(model: type[P]) -> "GuardedQuerySet[P]":
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, GuardedQuerySet)
    return rows.unscoped(WHY)


def _part(plan: ActionPlan, model: type[P], key: str) -> P:
    row = _rows(model).filter(of_plan=plan, key=key).first()
    if row is None:
        raise PlanRefused(_("There is no such part in this draft."))
    return row


def _row(plan: ActionPlan, model: type[P], key: str) -> P:
    """The part called ``key``, or a new one after the others."""
    if key:
        return _part(plan, model, key)
    last = _rows(model).filter(of_plan=plan).order_by("-place").values_list("place", flat=True).first()
    return model(of_plan=plan, place=(last or 0) + 1)


def _saved(plan: ActionPlan, row: P, text: str) -> P:
    row.text = cut(text)
    if not row.text:
        raise PlanRefused(_("Say what it is."))
    row.save()
    touched(plan)
    return row


def _project(viewer: Viewer, row: PlanActivity, chosen: Project | None) -> int | None:
    if chosen is not None:
        if not Project.objects.visible_to(viewer).filter(pk=chosen.pk).exists():
            raise PlanRefused(_("There is no such project among those that you may read."))
        return chosen.pk
    unseen = row.for_project_id
    if unseen is not None and not Project.objects.visible_to(viewer).filter(pk=unseen).exists():
        return unseen
    return None
