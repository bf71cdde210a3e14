"""A small house for tests of plans of action: two States of a region with needs, entities, and people of every kind."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.members.queries import viewer_for
from colonnade.needs.models import (
    ActionPlan,
    Assessment,
    PlanActivity,
    PlanConsent,
    PlanIndicator,
    PlanOutcome,
    PlanOutput,
    Recommendation,
)
from colonnade.needs.plans.actions.beginning import Chosen, Frame, begin_plan
from colonnade.needs.plans.actions.consents import Given, record_consent
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
from colonnade.needs.plans.actions.versions import propose_version
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project

TEST = Actor("test")
DAY = date(2019, 6, 1)
FRAME = Frame(title="Safe water", starts_on=DAY, ends_on=date(2021, 6, 1))
GIVEN = Given(by="The ministry", on=DAY, document="NV 1")


@dataclass
class House:
    """People by their names, States, entities and needs by code; ``project`` is ALPHA's."""

    people: dict[str, Person]
    states: dict[str, Country]
    region: Region
    entities: dict[str, Entity]
    needs: dict[str, Recommendation]
    project: Project

    def viewer(self, who: str) -> Viewer:
        """Somebody as they see now."""
        return viewer_for(self.people[who], timezone.localdate())

    def by(self, plan: ActionPlan, who: str) -> dict[str, Any]:
        """What a write takes, of somebody who looked at the plan as it is now."""
        return {"plan": plan, "seen_version": fresh(plan).version, "person": self.people[who], "actor": TEST}

    def begin(self, who: str = "officer", *needs: str, states: tuple[str, ...] = ("QMA",), **given: Any) -> ActionPlan:
        """A plan of one State, or of the region."""
        return begin_plan(
            frame=FRAME, states=[self.states[code] for code in states], region=self.region if len(states) > 1 else None,
            needs=[Chosen(self.needs[name], f"Why {name}") for name in needs], person=self.people[who], actor=TEST,
            **given,
        )  # fmt: skip

    def outline(self, plan: ActionPlan, who: str = "officer") -> PlanActivity:
        """An outcome, an output, an activity of ALPHA's for 100, 40 of it funded, two indicators, a risk."""
        write_outcome(text="People drink safe water", **self.by(plan, who))
        outcome = PlanOutcome.objects.unscoped("test").get(of_plan=plan)
        write_output(text="Wells", outcome=outcome.key, **self.by(plan, who))
        output = PlanOutput.objects.unscoped("test").get(of_plan=plan)
        told = IndicatorTold(text="Wells dug", unit="wells", baseline=Decimal(0), target=Decimal(10), due_on=DAY)
        write_indicator(told=told, output=output.key, **self.by(plan, who))
        told = IndicatorTold(text="Ill", unit="per cent", baseline=Decimal(9), target=Decimal(1), due_on=DAY)
        write_indicator(told=told, outcome=outcome.key, **self.by(plan, who))
        risk = RiskTold(text="Drought", likelihood="low", impact="high", response="Dig deeper", owner="The ministry")
        write_risk(told=risk, **self.by(plan, who))
        return self.activity(plan, who)

    def told(self, **changed: Any) -> ActivityTold:
        """An activity of ALPHA's with BETA."""
        given: dict[str, Any] = {
            "text": "Dig wells", "lead": self.entities["ALPHA"], "partners": [self.entities["BETA"]], "starts_on": DAY,
            "ends_on": DAY + timedelta(days=30), "cost": Decimal(100), "funded": Decimal(40), "funded_from": "A fund",
        }  # fmt: skip
        return ActivityTold(**given | changed)

    def activity(self, plan: ActionPlan, who: str = "officer", **changed: Any) -> PlanActivity:
        """One more activity under the output."""
        output = PlanOutput.objects.unscoped("test").filter(of_plan=plan).earliest("pk")
        return write_activity(told=self.told(**changed), output=output.key, **self.by(plan, who))

    def accept(self, plan: ActionPlan, who: str = "alpha") -> None:
        """An entity accepts to lead what names it."""
        rows = PlanActivity.objects.unscoped("test").filter(of_plan=plan, lead__code=who.upper())
        answer_lead(plan=plan, keys=[each.key for each in rows], answer="accepted", person=self.people[who], actor=TEST)

    def agree(self, plan: ActionPlan, *who: str) -> ActionPlan:
        """Accepted, proposed and agreed by the States of ``who``."""
        self.accept(plan)
        propose_version(**self.by(plan, "officer"))
        for name in who or ("state",):
            self.consent(plan, name, "version")
        return fresh(plan)

    def agreed(self, *needs: str) -> ActionPlan:
        """A plan that its State agreed with."""
        plan = self.begin("officer", *needs)
        self.outline(plan)
        return self.agree(plan)

    def consent(self, plan: ActionPlan, who: str, covers: str, state: str = "") -> PlanConsent:
        """A consent that somebody records, of the State that they speak for."""
        code = state or ("QMB" if who == "other_state" else "QMA")
        return record_consent(
            country=self.states[code], covers=PlanConsent.Covers(covers), given=GIVEN, **self.by(plan, who)
        )


def fresh(plan: ActionPlan) -> ActionPlan:
    """The plan as it stands now."""
    return ActionPlan.objects.unscoped("test").select_related("country", "region").get(pk=plan.pk)


def indicators(plan: ActionPlan) -> dict[str, str]:
    """Title of an indicator -> its key."""
    return dict(PlanIndicator.objects.unscoped("test").filter(of_plan=plan).values_list("text", "key"))


def house_of_plans() -> House:
    """Fill an empty registry with it. Needs: ``open`` and ``kept`` of QMA, ``there`` of QMB."""
    region = Region.objects.create(code="R", name="The basin", fictional=True)
    states = {code: Country.objects.create(code=code, name=f"Land {code}", region=region) for code in ("QMA", "QMB")}
    entities = {
        code: Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("ALPHA", "BETA", "GAMMA", "DELTA")
    }
    needs = {}
    for name, state, level in (
        ("open", "QMA", "compact"), ("kept", "QMA", "restricted"), ("more", "QMA", "compact"),
        ("there", "QMB", "compact"),
    ):  # fmt: skip
        visit = Assessment.objects.unscoped("test").create(
            country=states[state], assessor=entities["DELTA"], kind="visit", starts_on=DAY, ends_on=DAY
        )
        needs[name] = Recommendation.objects.unscoped("test").create(
            reference=f"R-{name}", level=level, assessment=visit, country=states[state], title=f"Need {name}",
            text="x", priority="high", issued_on=DAY,
        )  # fmt: skip
    project = Project.objects.unscoped("test").create(
        reference="P-1", title="Dig", lead_entity=entities["ALPHA"], status="ongoing", level="restricted",
        state=states["QMA"], budget_usd=100, funding_usd=40,
    )  # fmt: skip

    def person(name: str, *roles: tuple[Role, str | None, str | None]) -> Person:
        made = Person.objects.create(email=f"{name}@demo.example", name=name)
        for role, entity, country in roles:
            RoleHeld.objects.create(
                person=made, role=role, entity=entities.get(entity or ""), country=states.get(country or ""),
                starts_on=DAY,
            )  # fmt: skip
        return made

    people = {
        "state": person("state", (Role.STATE, None, "QMA")),
        "other_state": person("other_state", (Role.STATE, None, "QMB")),
        "officer": person("officer", (Role.SECRETARIAT, None, None)),
        "second": person("second", (Role.SECRETARIAT, None, None)),
        "assessor": person("assessor", (Role.ASSESSOR, "DELTA", "QMA")),
        "auditor": person("auditor", (Role.AUDITOR, None, None)),
        "donor": person("donor", (Role.DONOR, None, "QMA")),
        "board": person("board", (Role.BOARD, None, None)),
        **{code.lower(): person(code.lower(), (Role.ENTITY, code, None)) for code in ("ALPHA", "BETA", "GAMMA")},
    }
    return House(people, states, region, entities, needs, project)
