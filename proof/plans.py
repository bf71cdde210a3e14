"""Plans of action of every State wherever one can stand, at both levels, with all that hangs on each.

Nobody outside of its circle reads what a plan holds until its States let them, so that every text is a canary, but for
the costed tables that are shared, which everybody reads.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Entity
from colonnade.needs.models import (
    ActionPlan,
    ActivityReport,
    AssistanceRequest,
    IndicatorReport,
    PlanActivity,
    PlanConsent,
    PlanCosts,
    PlanEntity,
    PlanIndicator,
    PlanNeed,
    PlanOutcome,
    PlanOutput,
    PlanRisk,
    PlanState,
    PlanStep,
    PlanVersion,
    Recommendation,
    VersionNeed,
    VersionProject,
)
from colonnade.needs.plans.content import (
    Activity,
    Indicator,
    NamedState,
    Outcome,
    Output,
    PlanContent,
    PlannedRisk,
)
from colonnade.needs.plans.freezing import costed, frozen, table_kept
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project
from proof.canaries import canary, canary_amount
from proof.people import NOON, person_called
from proof.registry import DAY, WHY


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan: its States, level, standing and number of agreed versions, lead and partner, needs, project, whether its
    costs are shared."""

    states: tuple[str, ...]
    level: str
    standing: str
    agreed: int
    lead: str
    partner: str
    needs: tuple[int, ...]
    project: int
    shared: bool = False
    request: int | None = None


PLANS: Final = (
    _Planned(("QMA",), "restricted", "drafting", 0, "ALPHA", "ALPHA", (0, 5, 7), 52, request=4),
    _Planned(("QMA",), "restricted", "agreed", 1, "BETA", "GAMMA", (3, 6, 0), 46, shared=True),
    _Planned(("QMA",), "compact", "drafting", 1, "ALPHA", "GAMMA", (5, 1, 7), 55),
    _Planned(("QMB",), "restricted", "proposed", 0, "GAMMA", "BETA", (10, 13), 58),
    _Planned(("QMB",), "compact", "agreed", 2, "BETA", "BETA", (13, 12), 60, shared=True),
    _Planned(("QMC",), "restricted", "ended", 1, "DELTA", "ALPHA", (16,), 62, request=10),
    _Planned(("QMA", "QMB"), "restricted", "proposed", 0, "BETA", "DELTA", (6, 13, 8), 54),
    _Planned(("QMB", "QMC"), "compact", "agreed", 1, "ALPHA", "DELTA", (14, 16), 64),
)


@action
def fill_plans(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    for number, planned in enumerate(PLANS):
        _plan(number, planned)


def _plan(number: int, planned: _Planned) -> None:
    clerk = person_called("officer-1")
    states = [Country.objects.select_related("region").get(code=code) for code in planned.states]
    place: dict[str, Any] = {"country": states[0]} if len(states) == 1 else {"region": states[0].region}
    rows = AssistanceRequest.objects.unscoped(WHY)
    asked = None if planned.request is None else rows.get(public_id=f"f{planned.request:015}")
    plan = ActionPlan.objects.unscoped(WHY).create(
        public_id=f"y{number:015}", level=planned.level, title=f"Plan {canary('plan', number)}", starts_on=DAY,
        ends_on=DAY.replace(year=DAY.year + 2), standing=planned.standing, standing_since=DAY, begun_by=clerk,
        begun_on=DAY, reason=_word(number, "reason"), provenance="illustrative",
        from_request=asked,
        **place,
    )  # fmt: skip
    for state in states:
        PlanState.objects.unscoped(WHY).create(of_plan=plan, country=state)
    for code in {planned.lead, planned.partner}:
        PlanEntity.objects.unscoped(WHY).create(of_plan=plan, entity=Entity.objects.get(code=code))
    project = Project.objects.unscoped(WHY).get(public_id=f"p{planned.project:015}")
    needs = [Recommendation.objects.unscoped(WHY).get(public_id=f"n{each:015}") for each in planned.needs]
    _draft(plan, number, planned, needs, project)
    PlanStep.objects.unscoped(WHY).create(
        of_plan=plan, done="begun", standing="drafting", says=_word(number, "step"), taken_at=NOON
    )
    for version in range(1, planned.agreed + 1):
        _version(plan, number, version, planned, states, needs, project)
    if planned.standing == "proposed":
        _version(plan, number, planned.agreed + 1, planned, states, needs, project)
    if planned.agreed:
        _after(plan, number, planned, states)


def _draft(plan: ActionPlan, number: int, planned: _Planned, needs: list[Recommendation], project: Project) -> None:
    lead, at = Entity.objects.get(code=planned.lead), {"of_plan": plan, "place": 1}
    accepted = planned.standing != "drafting" or planned.agreed
    outcome = PlanOutcome.objects.unscoped(WHY).create(
        **at, key=f"yo{number:014}", text=_word(number, "outcome")
    )  # fmt: skip
    output = PlanOutput.objects.unscoped(WHY).create(
        **at, key=f"yp{number:014}", text=_word(number, "output"), outcome=outcome
    )
    PlanActivity.objects.unscoped(WHY).create(
        **at, key=f"ya{number:014}", text=_word(number, "activity"), output=output, lead=lead,
        partners=[planned.partner], starts_on=DAY, ends_on=DAY, cost=canary_amount("plan", number, "cost"),
        funded=1000 + number, funded_from=_word(number, "from"), for_project=project,
        answer="accepted" if accepted else "", says=_word(number, "accepts") if accepted else "",
        answered_on=DAY if accepted else None, answered_by=person_called("entity") if accepted else None,
    )  # fmt: skip
    PlanIndicator.objects.unscoped(WHY).create(
        **at, key=f"yi{number:014}", text=_word(number, "indicator"), output=output, unit="wells", baseline=0,
        target=10, due_on=DAY,
    )  # fmt: skip
    PlanRisk.objects.unscoped(WHY).create(
        **at, key=f"yr{number:014}", text=_word(number, "risk"), likelihood="low", impact="high",
        response=_word(number, "response"), owner="The ministry",
    )  # fmt: skip
    for place, need in enumerate(needs, start=1):
        PlanNeed.objects.unscoped(WHY).create(of_plan=plan, need=need, place=place, reason=_reason(number, need))


def _version(
    plan: ActionPlan, number: int, version: int, planned: _Planned, states: list[Country],
    needs: list[Recommendation], project: Project,
) -> None:  # fmt: skip
    agreed = version <= planned.agreed
    made = PlanVersion.objects.unscoped(WHY).create(
        of_plan=plan, number=version, standing="agreed" if agreed else "proposed",
        content=frozen(_content(plan, number, version, planned, states)), changes=_word(number, f"changes {version}"),
        proposed_by=person_called("officer-1"), proposed_at=NOON, agreed_on=DAY if agreed else None,
    )  # fmt: skip
    for place, need in enumerate(needs, start=1):
        VersionNeed.objects.unscoped(WHY).create(of_version=made, need=need, place=place, reason=_reason(number, need))
    VersionProject.objects.unscoped(WHY).create(of_version=made, key=f"ya{number:014}", project=project)
    for place, state in enumerate(states):
        confirmed = agreed or not place
        PlanConsent.objects.unscoped(WHY).create(
            public_id=f"yv{number:012}{version}{place}", of_plan=plan, covers="version", of_version=made, country=state,
            given_by=f"Ministry {canary('plan', number, 'gave', version, place)}", given_on=DAY,
            document=f"Note {canary('plan', number, 'note', version, place)}", recorded_by=person_called("officer-1"),
            recorded_at=NOON, confirmed_by=_focal_point(state) if confirmed else None,
            confirmed_at=NOON if confirmed else None,
        )  # fmt: skip


def _after(plan: ActionPlan, number: int, planned: _Planned, states: list[Country]) -> None:
    """What comes with an agreed version: consents to readers, the costed table, reports."""
    first, second = person_called("officer-1"), person_called("officer-2")
    opens = (("compact", planned.level == "compact"), ("costs", planned.shared))
    for place, state in enumerate(states):
        for covers, confirmed in opens:
            PlanConsent.objects.unscoped(WHY).create(
                public_id=f"y{covers[:3]}{number:011}{place}", of_plan=plan, covers=covers, country=state,
                given_by=f"Ministry {canary('plan', number, covers, place)}", given_on=DAY, document="Note",
                recorded_by=first, recorded_at=NOON, confirmed_by=second if confirmed else None,
                confirmed_at=NOON if confirmed else None,
            )  # fmt: skip
    content = _content(plan, number, planned.agreed, planned, states, plain=planned.shared)
    PlanCosts.objects.unscoped(WHY).create(
        public_id=f"yc{number:014}", of_plan=plan, table=table_kept(costed(content, DAY, DAY)), shared=planned.shared,
        as_of=DAY,
    )  # fmt: skip
    lead = Entity.objects.get(code=planned.lead)
    ActivityReport.objects.unscoped(WHY).create(
        of_plan=plan, key=f"ya{number:014}", status="under_way", funded=canary_amount("plan", number, "funded") // 10,
        remark=_word(number, "remark"), entity=lead, reported_by=first, reported_at=NOON,
    )  # fmt: skip
    IndicatorReport.objects.unscoped(WHY).create(
        of_plan=plan, key=f"yi{number:014}", value=4, on=DAY, remark=_word(number, "measured"), entity=lead,
        reported_by=first, reported_at=NOON,
    )  # fmt: skip


def _content(
    plan: ActionPlan, number: int, version: int, planned: _Planned, states: list[Country], *, plain: bool = False
) -> PlanContent:
    """What a version says; of a shared table in ``plain`` words, which are no secret."""

    def word(what: str) -> str:
        return f"Wells {what} {number}" if plain else _word(number, f"{what} {version}")

    place: Country | Region = states[0] if len(states) == 1 else states[0].region
    activity = Activity(
        key=f"ya{number:014}", text=word("activity"), lead=planned.lead, lead_name=planned.lead,
        partners=(planned.partner,), starts_on=DAY, ends_on=DAY,
        cost=Decimal(5000 + number if plain else canary_amount("plan", number, "cost", version)),
        funded=Decimal(1000 + number), funded_from="" if plain else word("from"),
    )  # fmt: skip
    measure = Indicator(
        key=f"yi{number:014}", title=word("indicator"), unit="wells", baseline=Decimal(0), target=Decimal(10),
        due_on=date(2021, 1, 1),
    )  # fmt: skip
    output = Output(key=f"yp{number:014}", text=word("output"), activities=(activity,), indicators=(measure,))
    risk = PlannedRisk(
        key=f"yr{number:014}", text=word("risk"), likelihood="low", impact="high", response=word("response"),
        owner="The ministry",
    )  # fmt: skip
    return PlanContent(
        title=f"Wells {number}" if plain else plan.title, place=place.name, place_code=place.code,
        is_regional=len(states) > 1, states=tuple(NamedState(each.code, each.name) for each in states), starts_on=DAY,
        ends_on=plan.ends_on, level=plan.level, number=version,
        outcomes=(Outcome(key=f"yo{number:014}", text=word("outcome"), outputs=(output,)),), risks=(risk,),
    )  # fmt: skip


def _focal_point(state: Country) -> Any:
    return person_called({"QMA": "state", "QMB": "other State"}.get(state.code, "third State"))


def _reason(number: int, need: Recommendation) -> str:
    return f"Since {canary('plan', number, 'need', need.public_id)}"


def _word(number: int, what: str) -> str:
    return f"Planned {canary('plan', number, what)}"
