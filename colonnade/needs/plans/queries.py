"""Plans of action as one reader sees them: the draft, a version with what was reported since, the costed table.

What a plan says is filled with a bounded number of queries, whatever its length. A need, and a project, stand in it
where the reader sees them: the others leave no gap, since ranks are counted over what is seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from colonnade.core.viewer import Viewer
from colonnade.needs.coverage import coverage_of
from colonnade.needs.models import (
    ActionPlan,
    ActivityReport,
    IndicatorReport,
    PlanActivity,
    PlanConsent,
    PlanCosts,
    PlanIndicator,
    PlanNeed,
    PlanOutcome,
    PlanOutput,
    PlanRisk,
    PlanState,
    PlanStep,
    PlanVersion,
    Recommendation,
    Response,
    VersionNeed,
    VersionProject,
)
from colonnade.needs.plans.content import (
    Activity,
    Agreed,
    Indicator,
    Measured,
    NamedState,
    Outcome,
    Output,
    PlanContent,
    PlannedNeed,
    PlannedRisk,
    Reported,
    with_projects,
    with_reports,
)
from colonnade.needs.plans.freezing import CostedTable, table_read, thawed
from colonnade.needs.queries import kept_values
from colonnade.portfolio.models import Project

_PLACES: Final = ("country", "region")


def plans_of(viewer: Viewer) -> QuerySet[ActionPlan]:
    """The plans that ``viewer`` may see, the latest first."""
    return ActionPlan.objects.visible_to(viewer).select_related(*_PLACES)


def plan_called(viewer: Viewer, public_id: str) -> ActionPlan | None:
    """The plan, where ``viewer`` may see it."""
    return plans_of(viewer).filter(public_id=public_id).first()


def states_of(viewer: Viewer, plan: ActionPlan) -> list[PlanState]:
    """The States whose plan it is, for its circle; empty for every other reader."""
    return list(PlanState.objects.visible_to(viewer).filter(of_plan=plan).select_related("country"))


def is_of_circle(viewer: Viewer, plan: ActionPlan) -> bool:
    """Whether ``viewer`` reads what is being drafted; every plan has a State, which its circle sees."""
    return PlanState.objects.visible_to(viewer).filter(of_plan=plan).exists()


def versions_of(viewer: Viewer, plan: ActionPlan) -> list[PlanVersion]:
    """The versions that ``viewer`` may see, the latest first."""
    return list(PlanVersion.objects.visible_to(viewer).filter(of_plan=plan).select_related("of_plan"))


def version_in_force(viewer: Viewer, plan: ActionPlan) -> PlanVersion | None:
    """The last version that was agreed."""
    agreed = PlanVersion.objects.visible_to(viewer).filter(of_plan=plan, standing=PlanVersion.Standing.AGREED)
    return agreed.first()


def version_proposed(viewer: Viewer, plan: ActionPlan) -> PlanVersion | None:
    """The version that waits for the States, for its circle."""
    waiting = PlanVersion.objects.visible_to(viewer).filter(of_plan=plan, standing=PlanVersion.Standing.PROPOSED)
    return waiting.first()


def consents_of(viewer: Viewer, plan: ActionPlan) -> list[PlanConsent]:
    """What the States consented to, the latest first, for its circle."""
    return list(PlanConsent.objects.visible_to(viewer).filter(of_plan=plan).select_related("country"))


def steps_of(viewer: Viewer, plan: ActionPlan) -> list[PlanStep]:
    """What was done with a plan, the first step first, for its circle."""
    return list(PlanStep.objects.visible_to(viewer).filter(of_plan=plan).select_related("entity", "country"))


def plan_content(plan: ActionPlan, viewer: Viewer) -> PlanContent | None:
    """What a plan says to ``viewer``: the version in force with what was reported since; where there is none, and they
    are of its circle, the version that is proposed, or the draft. ``None`` where there is nothing for them."""
    version = version_in_force(viewer, plan) or version_proposed(viewer, plan)
    return version_content(viewer, plan, version) if version is not None else draft_content(plan, viewer)


def version_content(viewer: Viewer, plan: ActionPlan, version: PlanVersion, *, as_frozen: bool = False) -> PlanContent:
    """A version as ``viewer`` may see it, with what was reported since, or only ``as_frozen``."""
    found = thawed(version.content, level=plan.level, number=version.number)
    rows = VersionNeed.objects.visible_to(viewer).filter(of_version=version)
    ties = VersionProject.objects.visible_to(viewer).filter(of_version=version)
    found = with_projects(found, _projects(viewer, dict(ties.values_list("key", "project_id"))))
    if not as_frozen:
        found = with_reports(found, _reported(viewer, plan, version), _measured(viewer, plan))
    agreed, waits_for = _consents(viewer, version, found.states)
    return replace(found, needs=_needs(viewer, rows), agreed_on=version.agreed_on, agreed=agreed, waits_for=waits_for)


def draft_content(plan: ActionPlan, viewer: Viewer) -> PlanContent | None:
    """What is being drafted, for the plan's circle; ``None`` for every other reader."""
    states = states_of(viewer, plan)
    if not states:
        return None
    place = plan.country or plan.region
    assert place is not None  # the database insists
    named = tuple(NamedState(each.country.code, each.country.name) for each in states)
    return PlanContent(
        title=plan.title,
        place=place.name,
        place_code=place.code,
        is_regional=plan.country_id is None,
        states=named,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        level=plan.level,
        waits_for=named,
        outcomes=_outcomes(viewer, plan),
        needs=_needs(viewer, PlanNeed.objects.visible_to(viewer).filter(of_plan=plan)),
        risks=tuple(
            PlannedRisk(
                key=each.key, text=each.text, likelihood=each.likelihood, impact=each.impact, response=each.response,
                owner=each.owner,
            )
            for each in PlanRisk.objects.visible_to(viewer).filter(of_plan=plan)
        ),
    )  # fmt: skip


def costs_of(viewer: Viewer) -> QuerySet[PlanCosts]:
    """The costed tables that ``viewer`` may see."""
    return PlanCosts.objects.visible_to(viewer)


def costs_called(viewer: Viewer, public_id: str) -> PlanCosts | None:
    """The costed table of that address, where ``viewer`` may see it."""
    return costs_of(viewer).filter(public_id=public_id).first()


def costs_of_plan(viewer: Viewer, plan: ActionPlan) -> PlanCosts | None:
    """The costed table of a plan; ``None`` before it is agreed."""
    return costs_of(viewer).filter(of_plan=plan).first()


def costed_table(costs: PlanCosts) -> CostedTable:
    """What a costed table says."""
    return table_read(costs.table)


def _outcomes(viewer: Viewer, plan: ActionPlan) -> tuple[Outcome, ...]:
    measured = _measured(viewer, plan)
    indicators: dict[tuple[str, int | None], list[Indicator]] = defaultdict(list)
    for row in PlanIndicator.objects.visible_to(viewer).filter(of_plan=plan):
        told = measured.get(row.key)
        holder = ("output", row.output_id) if row.outcome_id is None else ("outcome", row.outcome_id)
        indicators[holder].append(
            Indicator(
                key=row.key, title=row.text, unit=row.unit, baseline=row.baseline, target=row.target,
                due_on=row.due_on, latest=told.value if told else None, latest_on=told.on if told else None,
            )
        )  # fmt: skip
    activities = _activities(viewer, plan)
    outputs: dict[int, list[Output]] = defaultdict(list)
    for output in PlanOutput.objects.visible_to(viewer).filter(of_plan=plan):
        outputs[output.outcome_id].append(
            Output(
                key=output.key,
                text=output.text,
                activities=tuple(activities[output.pk]),
                indicators=tuple(indicators["output", output.pk]),
            )
        )
    return tuple(
        Outcome(
            key=each.key,
            text=each.text,
            outputs=tuple(outputs[each.pk]),
            indicators=tuple(indicators["outcome", each.pk]),
        )
        for each in PlanOutcome.objects.visible_to(viewer).filter(of_plan=plan)
    )


def _activities(viewer: Viewer, plan: ActionPlan) -> dict[int, list[Activity]]:
    """The activities of a draft, by the key of their output."""
    rows = list(PlanActivity.objects.visible_to(viewer).filter(of_plan=plan).select_related("lead"))
    projects = _projects(viewer, {each.key: each.for_project_id for each in rows if each.for_project_id is not None})
    found: dict[int, list[Activity]] = defaultdict(list)
    for each in rows:
        project = projects.get(each.key, ("", "", ""))
        found[each.output_id].append(
            Activity(
                key=each.key, text=each.text, lead=each.lead.code, lead_name=each.lead.abbreviation,
                partners=tuple(each.partners), starts_on=each.starts_on, ends_on=each.ends_on, cost=each.cost,
                funded=each.funded, funded_from=each.funded_from, status=each.status, project_id=project[0],
                project_reference=project[1], project_title=project[2],
            )
        )  # fmt: skip
    return found


def _projects(viewer: Viewer, ties: Mapping[str, int]) -> dict[str, tuple[str, str, str]]:
    """Key of an activity -> public identifier, reference and title of its project, where ``viewer`` sees it."""
    if not ties:
        return {}
    rows = Project.objects.visible_to(viewer).filter(pk__in=set(ties.values())).order_by()
    known = {each.pk: (each.public_id, each.reference, each.title) for each in rows}
    return {key: known[project] for key, project in ties.items() if project in known}


def _needs(viewer: Viewer, rows: Iterable[PlanNeed | VersionNeed]) -> tuple[PlannedNeed, ...]:
    """The needs of a plan that ``viewer`` sees, ranked anew."""
    placed = sorted(rows, key=lambda each: (each.place, each.pk))
    keys = [each.need_id for each in placed]
    if not keys:
        return ()
    seen = Recommendation.objects.visible_to(viewer).filter(pk__in=keys).select_related("country").order_by()
    known = {each.pk: each for each in seen}
    kept = kept_values(viewer, known.values())
    answers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    responses = Response.objects.visible_to(viewer).filter(recommendation__in=keys).order_by()
    for key, strength, standing in responses.values_list("recommendation_id", "strength", "standing"):
        answers[key].append((strength, standing))
    shown = [each for each in placed if each.need_id in known]
    return tuple(
        PlannedNeed(
            rank=rank,
            public_id=(need := known[each.need_id]).public_id,
            reference=need.reference,
            title=kept.get(need.pk, {}).get("title", need.title),
            country=need.country.code,
            priority=kept.get(need.pk, {}).get("priority", need.priority),
            coverage=coverage_of(answers[need.pk]).value,
            reason=each.reason,
        )
        for rank, each in enumerate(shown, start=1)
    )


def _reported(viewer: Viewer, plan: ActionPlan, version: PlanVersion) -> dict[str, Reported]:
    """Key of an activity -> what was reported of it after ``version`` was proposed, the last counts."""
    rows = ActivityReport.objects.visible_to(viewer).filter(of_plan=plan, reported_at__gte=version.proposed_at)
    return {key: Reported(status, funded) for key, status, funded in rows.values_list("key", "status", "funded")}


def _measured(viewer: Viewer, plan: ActionPlan) -> dict[str, Measured]:
    """Key of an indicator -> its last value."""
    rows = IndicatorReport.objects.visible_to(viewer).filter(of_plan=plan)
    return {key: Measured(value, on) for key, value, on in rows.values_list("key", "value", "on")}


def _consents(
    viewer: Viewer, version: PlanVersion, states: tuple[NamedState, ...]
) -> tuple[tuple[Agreed, ...], tuple[NamedState, ...]]:
    """Which States agreed with a version, and which did not yet. Outside of the circle no consent is told: every State
    agreed with a version that is read there."""
    rows = PlanConsent.objects.visible_to(viewer).filter(of_version=version, withdrawn_at__isnull=True)
    given = {each.country.code: each for each in rows.select_related("country") if each.confirmed_by_id is not None}
    agreed_on = version.agreed_on
    if agreed_on is not None and not given:
        return tuple(Agreed(state=state, on=agreed_on) for state in states), ()
    agreed = tuple(
        Agreed(state=state, on=consent.given_on, given_by=consent.given_by, document=consent.document)
        for state in states
        if (consent := given.get(state.code)) is not None
    )
    return agreed, tuple(state for state in states if state.code not in given)
