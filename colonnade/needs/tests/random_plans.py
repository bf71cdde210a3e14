"""Plans of action drawn by chance, for registries of tests: of every level and standing, with all that hangs on one."""

from datetime import date
from random import Random
from typing import Any

from colonnade.members.models import Entity, Person
from colonnade.needs.models import (
    ActionPlan,
    ActivityReport,
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
from colonnade.places.models import Country
from colonnade.portfolio.models import Project

DAY = date(2019, 8, 31)
WHY = "test"


def fill_plans(
    random: Random,
    countries: list[Country],
    entities: list[Entity],
    needs: list[Recommendation],
    projects: list[Project],
) -> None:
    """Eight plans of one country or two, each with a version that was agreed and one that was not."""
    person, _ = Person.objects.get_or_create(email="one@office.example")
    for number in range(8):
        states = random.sample(countries, random.randint(1, 2))
        place: dict[str, Any] = {"country": states[0]} if len(states) == 1 else {"region": states[0].region}
        plan = ActionPlan.objects.unscoped(WHY).create(
            title=f"Plan {number}", level=random.choice(("compact", "restricted")), starts_on=DAY, ends_on=DAY,
            standing_since=DAY, begun_by=person, begun_on=DAY, **place,
        )  # fmt: skip
        for state in states:
            PlanState.objects.unscoped(WHY).create(of_plan=plan, country=state)
        for entity in random.sample(entities, random.randint(0, 2)):
            PlanEntity.objects.unscoped(WHY).create(of_plan=plan, entity=entity)
        _draft(plan, random.choice(entities), random.sample(needs, 3), random.choice(projects))
        for place_of, standing in enumerate(("agreed", "proposed"), start=1):
            version = PlanVersion.objects.unscoped(WHY).create(
                of_plan=plan, number=place_of, standing=standing, content={}, proposed_by=person,
                agreed_on=DAY if standing == "agreed" else None,
            )  # fmt: skip
            for place_in, need in enumerate(random.sample(needs, 4)):
                VersionNeed.objects.unscoped(WHY).create(of_version=version, need=need, place=place_in)
            for project in random.sample(projects, 4):
                VersionProject.objects.unscoped(WHY).create(of_version=version, key=str(project.pk), project=project)
        PlanConsent.objects.unscoped(WHY).create(
            of_plan=plan, covers="costs", country=states[0], given_by="x", given_on=DAY, document="x",
            recorded_by=person,
        )  # fmt: skip
        PlanCosts.objects.unscoped(WHY).create(of_plan=plan, table={}, shared=random.random() < 0.5, as_of=DAY)
        PlanStep.objects.unscoped(WHY).create(of_plan=plan, done="begun", standing="drafting")
        ActivityReport.objects.unscoped(WHY).create(of_plan=plan, key="k", status="done", funded=1, reported_by=person)
        IndicatorReport.objects.unscoped(WHY).create(of_plan=plan, key="k", value=1, on=DAY, reported_by=person)


def _draft(plan: ActionPlan, lead: Entity, needs: list[Recommendation], project: Project) -> None:
    outcome = PlanOutcome.objects.unscoped(WHY).create(of_plan=plan, place=1, text="x")
    output = PlanOutput.objects.unscoped(WHY).create(of_plan=plan, place=1, text="x", outcome=outcome)
    PlanActivity.objects.unscoped(WHY).create(
        of_plan=plan, place=1, text="x", output=output, lead=lead, starts_on=DAY, ends_on=DAY, cost=1,
        for_project=project,
    )  # fmt: skip
    PlanIndicator.objects.unscoped(WHY).create(
        of_plan=plan, place=1, text="x", outcome=outcome, unit="x", target=1, due_on=DAY
    )
    PlanRisk.objects.unscoped(WHY).create(
        of_plan=plan, place=1, text="x", likelihood="low", impact="low", response="x", owner="x"
    )
    for place, need in enumerate(needs):
        PlanNeed.objects.unscoped(WHY).create(of_plan=plan, need=need, place=place)
