"""Illustrative plans of action of fictional States: one that was agreed twice and is reported on, one of a region
that waits for a State, one that is drafted.

They are written through the ordinary actions by the people of a demonstration, so that every rule holds for them. Each
says that it was made to illustrate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import ActionPlan, PlanActivity, PlanConsent, PlanIndicator, Recommendation
from colonnade.needs.plans.actions.beginning import Chosen, Frame, begin_plan
from colonnade.needs.plans.actions.consents import Given, confirm_consent, record_consent
from colonnade.needs.plans.actions.leading import answer_lead
from colonnade.needs.plans.actions.parts import (
    ActivityTold,
    IndicatorTold,
    RiskTold,
    write_activity,
    write_indicator,
    write_outcome,
    write_output,
    write_risk,
)
from colonnade.needs.plans.actions.reporting import report_activity, report_indicator
from colonnade.needs.plans.actions.versions import propose_version, redraft_plan
from colonnade.needs.plans.candidates import projects_to_take
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project

MADE_UP: Final = Provenance.ILLUSTRATIVE
_WHY: Final = "they are illustrative, all of them"
_NEEDS: Final = 4
_REASONS: Final = (
    "Illustrative: nobody answers it yet, and much else rests on it.",
    "Illustrative: it was asked for at the last visit, too.",
    "Illustrative: what is done so far meets a part of it.",
    "Illustrative: it can wait for a year.",
)


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan that is being made, and by whom."""

    plan: ActionPlan
    officer: Person
    actor: Actor
    today: date

    def by(self, person: Person | None = None) -> dict[str, Any]:
        """What a write takes, of somebody who looked at the plan as it is now."""
        now = ActionPlan.objects.unscoped(_WHY).get(pk=self.plan.pk)
        return {"plan": now, "seen_version": now.version, "person": person or self.officer, "actor": self.actor}

    def told(self, person: Person) -> dict[str, Any]:
        """What a report takes."""
        return {"plan": self.plan, "person": person, "actor": self.actor}

    def activities(self) -> list[PlanActivity]:
        """The activities of the draft."""
        rows = PlanActivity.objects.unscoped(_WHY).filter(of_plan=self.plan).order_by("place")
        return list(rows.select_related("lead"))


@action
def record_illustrative_plans(
    *,
    officer: Person,
    second: Person,
    focal_points: Sequence[Person],
    states: Sequence[Person],
    today: date,
    actor: Actor,
) -> bool:
    """Write them: ``officer`` drafts, ``focal_points`` lead, ``states`` agree, ``second`` confirms who reads; whether
    there was anything to record. Nothing is recorded twice, and nothing where there are too few people."""
    known = ActionPlan.objects.unscoped("whether they are there").filter(provenance=MADE_UP)
    if not states or len(focal_points) < 2 or known.exists():
        return False
    one, other = (_country_of(each, today) for each in (states[0], states[-1]))
    first = _begin(f"Illustrative plan of action of {one.name}", [one], None, officer, today, actor)
    _outline(first, focal_points)
    _accept(first, focal_points)
    _agree(first, states[:1], "Illustrative: the first version.")
    _progress(first, focal_points)
    _again(first, focal_points, states[0])
    for covers in (PlanConsent.Covers.COMPACT, PlanConsent.Covers.COSTS):
        confirm_consent(consent=_consent(first, states[0], covers), person=second, actor=actor)
    named = list(Country.objects.filter(region=one.region).order_by("code")[:3])
    if one in named and len(named) > 1:
        wide = _begin(f"Illustrative plan of {one.region.name}", named, one.region, officer, today, actor)
        _outline(wide, focal_points)
        _accept(wide, focal_points)
        propose_version(changes="Illustrative: a plan of neighbours.", **wide.by())
        _consent(wide, states[0], PlanConsent.Covers.VERSION)
    draft = _begin(f"Illustrative draft of a plan of {other.name}", [other], None, officer, today, actor)
    _outline(draft, focal_points)
    _accept(draft, focal_points[:1])
    return True


def _begin(
    title: str, states: list[Country], region: Region | None, officer: Person, today: date, actor: Actor
) -> _Made:
    viewer = viewer_for(officer, today)
    rows = Recommendation.objects.visible_to(viewer).filter(
        standing=Recommendation.Standing.OPEN, provenance=MADE_UP, country__in=states
    )
    needs = [
        Chosen(need, reason)
        for need, reason in zip(rows.exclude(title="").order_by("reference")[:_NEEDS], _REASONS, strict=False)
    ]
    frame = Frame(title=title[:200], starts_on=today - timedelta(days=240), ends_on=today + timedelta(days=855))
    plan = begin_plan(
        frame=frame, states=states, region=region, needs=needs, provenance=MADE_UP, person=officer, actor=actor
    )
    return _Made(plan, officer, actor, today)


def _outline(made: _Made, focal_points: Sequence[Person]) -> None:
    """Two outcomes with their outputs, activities, indicators and a risk: words that fit any strategy."""
    today, entities = made.today, [_entity_of(each, made.today) for each in focal_points]
    better = write_outcome(text="Illustrative: the services do more of what is needed, and do it better.", **made.by())
    lasting = write_outcome(text="Illustrative: what was begun goes on without help from outside.", **made.by())
    trained = write_output(text="Staff of the services are trained.", outcome=better.key, **made.by())
    linked = write_output(text="The services share what they know.", outcome=better.key, **made.by())
    lawful = write_output(text="Laws and budgets provide for it.", outcome=lasting.key, **made.by())
    taken = projects_to_take(viewer_for(made.officer, today), made.plan)
    theirs = {each.lead_entity_id: each for each in reversed(taken)}
    for output, text, lead, first, last, cost, funded in (
        (trained, "train the staff of three provinces", 0, -240, -20, 450_000, 300_000),
        (trained, "equip and train two offices at the border", 1, -120, 240, 820_000, 250_000),
        (linked, "set up a place where the services work together", 0, -60, 500, 380_000, 0),
        (lawful, "advise on two laws and on the budget", 1, -200, 60, 290_000, 290_000),
    ):
        told = ActivityTold(
            text=f"Illustrative: {text}.", lead=entities[lead], partners=[entities[1 - lead]],
            starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last), cost=Decimal(cost),
            funded=Decimal(funded), funded_from="An illustrative fund" if funded else "",
            project=theirs.pop(entities[lead].pk, None),
        )  # fmt: skip
        write_activity(told=told, output=output.key, **made.by())
    for outcome, measured, text, unit, baseline, target in (
        (better.key, "", "Cases that the services close within a year", "per cent", 12, 40),
        ("", trained.key, "Staff trained", "people", 0, 240),
        ("", lawful.key, "Laws that provide for it", "laws", 0, 2),
    ):
        measure = IndicatorTold(
            text=text, unit=unit, baseline=Decimal(baseline), target=Decimal(target),
            due_on=today + timedelta(days=600),
        )  # fmt: skip
        write_indicator(told=measure, outcome=outcome, output=measured, **made.by())
    risk = RiskTold(
        text="Illustrative: those who were trained move to other offices.", likelihood="medium", impact="high",
        response="Training of trainers, and lists that the services keep.", owner="The ministry of planning",
    )  # fmt: skip
    write_risk(told=risk, **made.by())


def _accept(made: _Made, focal_points: Sequence[Person]) -> None:
    for person in focal_points:
        code = _entity_of(person, made.today).code
        keys = [each.key for each in made.activities() if each.lead.code == code and not each.answer]
        if keys:
            answer_lead(keys=keys, answer=PlanActivity.Answer.ACCEPTED, **made.told(person))


def _agree(made: _Made, states: Sequence[Person], changes: str) -> None:
    propose_version(changes=changes, **made.by())
    for person in states:
        _consent(made, person, PlanConsent.Covers.VERSION)


def _consent(made: _Made, person: Person, covers: PlanConsent.Covers) -> PlanConsent:
    given = Given(by="The ministry of foreign affairs", on=made.today, document="Illustrative note verbale")
    return record_consent(country=_country_of(person, made.today), covers=covers, given=given, **made.by(person))


def _progress(made: _Made, focal_points: Sequence[Person]) -> None:
    people = {_entity_of(each, made.today).code: each for each in focal_points}
    for each, (status, funded) in zip(
        made.activities(),
        (("under_way", 450_000), ("under_way", 400_000), ("planned", 0), ("done", 290_000)),
        strict=True,
    ):
        report_activity(
            key=each.key, status=status, funded=Decimal(funded), remark="Illustrative report.",
            **made.told(people[each.lead.code]),
        )  # fmt: skip
    rows = PlanIndicator.objects.unscoped(_WHY).filter(of_plan=made.plan).order_by("place")
    for indicator, value in zip(rows, (18, 130, 2), strict=True):
        report_indicator(
            key=indicator.key,
            value=Decimal(value),
            on=made.today,
            remark="Illustrative report.",
            **made.told(made.officer),
        )


def _again(made: _Made, focal_points: Sequence[Person], state: Person) -> None:
    """A second version: one activity is larger, and costs more."""
    redraft_plan(reason="Illustrative: a third office is to be equipped.", **made.by(state))
    each = made.activities()[1]
    told = ActivityTold(
        text="Illustrative: equip and train three offices at the border.", lead=each.lead,
        partners=list(Entity.objects.filter(code__in=each.partners)), starts_on=each.starts_on, ends_on=each.ends_on,
        cost=each.cost + 300_000, funded=each.funded, funded_from=each.funded_from, project=_project_of(each),
    )  # fmt: skip
    write_activity(told=told, key=each.key, **made.by())
    _accept(made, focal_points)
    _agree(made, [state], "Illustrative: a third office.")


def _project_of(activity: PlanActivity) -> Project | None:
    return Project.objects.unscoped(_WHY).filter(pk=activity.for_project_id or 0).first()


def _entity_of(person: Person, today: date) -> Entity:
    return Entity.objects.get(code=min(viewer_for(person, today).entity_ids))


def _country_of(person: Person, today: date) -> Country:
    return Country.objects.select_related("region").get(code=min(viewer_for(person, today).country_codes))
