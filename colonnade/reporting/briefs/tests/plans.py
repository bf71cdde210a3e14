"""A plan of action of any length, as one reader sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from colonnade.needs.plans.content import (
    Activity,
    Agreed,
    Indicator,
    NamedState,
    Outcome,
    Output,
    PlanContent,
    PlannedNeed,
    PlannedRisk,
)
from colonnade.reporting.briefs import PlanFacts

TODAY: Final = date(2020, 3, 2)
TITLE = (
    "Investigators of border posts share what they know with prosecutors in time, under rules that a court can review"
)
STATUSES: Final = ("done", "under_way", "planned", "stopped")
GRADES: Final = ("high", "medium", "low")


def facts(number: int = 4, *, content: PlanContent | None = None) -> PlanFacts:
    """A plan with ``number`` needs and risks, and as many outcomes as two activities an output need."""
    return PlanFacts(
        key="plan-qma",
        content=content or plan(number),
        strategy="Global Strategy",
        symbol="A/74/677",
        today=TODAY,
        audience="member entities of the compact",
        circle="member entities of the compact",
        notice="These records are illustrative.",
    )


def without_what_is_kept(whole: PlanContent) -> PlanContent:
    """The plan as its readers outside see it."""
    return replace(whole, needs=(), risks=())


def plan(number: int) -> PlanContent:
    state = NamedState("QMA", "Marland")
    return PlanContent(
        title="Borders and justice in Marland",
        place="Marland",
        place_code="QMA",
        is_regional=False,
        states=(state,),
        starts_on=date(2019, 6, 1),
        ends_on=date(2022, 5, 31),
        level="compact",
        number=2,
        agreed_on=date(2019, 5, 20),
        agreed=(Agreed(state=state, on=date(2019, 5, 20), given_by="Ministry of Justice", document="Note 14/2019"),),
        outcomes=tuple(_outcome(place, number) for place in range(-(-number // 4))),
        needs=tuple(
            PlannedNeed(
                rank=place + 1,
                public_id=f"n{place}",
                reference=f"QMA-{place:03}",
                title=TITLE,
                country="QMA",
                priority=GRADES[place % 3],
                coverage=("unmet", "partly_met", "met")[place % 3],
                reason="The next visit asks about it",
            )
            for place in range(number)
        ),
        risks=tuple(
            PlannedRisk(
                key=f"r{place}",
                text=TITLE,
                likelihood=GRADES[place % 3],
                impact=GRADES[(place + 1) % 3],
                response="Posts are rotated, and the ministry keeps a reserve",
                owner="Ministry of Justice",
            )
            for place in range(number)
        ),
    )


def _outcome(place: int, number: int) -> Outcome:
    own = range(place * 4, min(number, place * 4 + 4))
    outputs = [own[start : start + 2] for start in range(0, len(own), 2)]
    return Outcome(
        key=f"o{place}",
        text=TITLE,
        indicators=(_indicator(f"oi{place}"),),
        outputs=tuple(
            Output(
                key=f"p{place}-{at}",
                text=f"{TITLE}, output {at}",
                indicators=(_indicator(f"pi{place}-{at}"),),
                activities=tuple(_activity(each) for each in activities),
            )
            for at, activities in enumerate(outputs)
        ),
    )


def _indicator(key: str) -> Indicator:
    return Indicator(
        key=key,
        title="Cases in which evidence from a border post stood in court",
        unit="cases a year",
        baseline=Decimal("3.0000"),
        target=Decimal("1250.5"),
        due_on=date(2021, 12, 31),
        latest=Decimal(40),
        latest_on=date(2020, 1, 31),
    )


def _activity(place: int) -> Activity:
    return Activity(
        key=f"a{place}",
        text=TITLE,
        lead=f"E{place % 9}",
        lead_name=f"ENTITY-{place % 9}",
        partners=("UNODC", "INTERPOL"),
        starts_on=date(2019, 7, 1),
        ends_on=date(2020, 1 + place % 12, 28),
        cost=Decimal(1_250_000 + place),
        funded=Decimal(400_000),
        funded_from="Trust fund",
        status=STATUSES[place % 4],
        project_reference=f"UNODC-{place:04}",
    )
