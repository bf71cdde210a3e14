"""What a plan of action says, as plain data: pages, documents and frozen versions read this tree. Pure.

Amounts are US dollars, exact, and add up: of every activity and of every sum of them, cost is funded and unfunded
together. What is frozen of a plan holds neither needs nor projects, since not every reader of it may see them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from colonnade.core.money import Money

CURRENCY: Final = "USD"
NOTHING: Final = Decimal("0.00")
#: Statuses of activities on which there is still something to do, and the others.
OPEN_STATUSES: Final = ("planned", "under_way")
STATUSES: Final = (*OPEN_STATUSES, "done", "stopped")


class SumWrong(ValueError):
    """An activity would be funded beyond its cost, or with less than nothing."""


@dataclass(frozen=True, slots=True)
class Total:
    """What something costs and what of it is funded."""

    cost: Money
    funded: Money

    @property
    def unfunded(self) -> Money:
        """What is still missing."""
        return self.cost + -self.funded

    @property
    def share(self) -> Decimal | None:
        """The part, 0 to 1, that is funded; ``None`` where nothing is needed."""
        return self.funded.amount / self.cost.amount if self.cost.amount else None

    def __add__(self, other: "Total") -> "Total":
        return Total(self.cost + other.cost, self.funded + other.funded)


def money_of(cost: Decimal, funded: Decimal) -> Total:
    """A cost in US dollars and what of it is funded."""
    return Total(Money(cost, CURRENCY), Money(funded, CURRENCY))


def summed(parts: Iterable[Total]) -> Total:
    """The sum; nothing of nothing."""
    return sum(parts, start=money_of(NOTHING, NOTHING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """How something is measured. ``latest`` is the last value reported, ``latest_on`` its day."""

    key: str
    title: str
    unit: str
    baseline: Decimal | None
    target: Decimal
    due_on: date
    latest: Decimal | None = None
    latest_on: date | None = None

    @property
    def way(self) -> Decimal | None:
        """The part of the way from the baseline (0 where there is none) to the target that is gone, 0 to 1; ``None``
        where nothing was reported yet."""
        if self.latest is None:
            return None
        begin = self.baseline or Decimal(0)
        if self.target == begin:
            return Decimal(1) if self.latest == self.target else Decimal(0)
        return min(max((self.latest - begin) / (self.target - begin), Decimal(0)), Decimal(1))

    @property
    def is_met(self) -> bool:
        """Whether the last value reaches the target, from the side of the baseline."""
        return self.way == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Who does what by when. ``lead`` and ``partners`` are codes of entities; ``project_id`` is the public identifier
    of its project, empty where there is none or the reader does not see it."""

    key: str
    text: str
    lead: str
    lead_name: str
    partners: tuple[str, ...] = ()
    starts_on: date
    ends_on: date
    cost: Decimal
    funded: Decimal
    funded_from: str = ""
    status: str = "planned"
    project_id: str = ""
    project_reference: str = ""
    project_title: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.funded <= self.cost:
            raise SumWrong(f"activity {self.key}: {self.funded} of {self.cost} is funded")

    @property
    def money(self) -> Total:
        """Its cost, and what of it is funded."""
        return money_of(self.cost, self.funded)

    def is_overdue(self, today: date) -> bool:
        """Whether its last day is over and there is still something to do."""
        return self.ends_on < today and self.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What will be there, by which activities."""

    key: str
    text: str
    activities: tuple[Activity, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def money(self) -> Total:
        """The sum of its activities."""
        return summed(each.money for each in self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What will be different, through which outputs."""

    key: str
    text: str
    outputs: tuple[Output, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def money(self) -> Total:
        """The sum of its outputs."""
        return summed(each.money for each in self.outputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNeed:
    """A need that the plan answers, as one reader sees it. ``rank`` counts those that they see, from 1; ``title`` and
    ``priority`` are empty where its State keeps them."""

    rank: int
    public_id: str
    reference: str
    title: str
    country: str
    priority: str
    coverage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRisk:
    """What could go wrong. ``likelihood`` and ``impact`` are ``low``, ``medium`` or ``high``."""

    key: str
    text: str
    likelihood: str
    impact: str
    response: str
    owner: str


@dataclass(frozen=True, slots=True)
class NamedState:
    """A State whose plan it is: ISO alpha-3 and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """That a State agreed with a version. Which office, and in which document, is told in the plan's circle only."""

    state: NamedState
    on: date
    given_by: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """A plan as one reader sees it.

    ``number`` is that of the version, 0 for a draft that nobody agreed with; ``waits_for`` names the States whose
    consent is not there yet. ``place`` is the name of the country or the region, ``place_code`` its code, ``states``
    the States whose plan it is.
    """

    title: str
    place: str
    place_code: str
    is_regional: bool
    states: tuple[NamedState, ...]
    starts_on: date
    ends_on: date
    level: str
    number: int = 0
    agreed_on: date | None = None
    agreed: tuple[Agreed, ...] = ()
    waits_for: tuple[NamedState, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    needs: tuple[PlannedNeed, ...] = ()
    risks: tuple[PlannedRisk, ...] = ()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """All outputs, in order."""
        return tuple(output for outcome in self.outcomes for output in outcome.outputs)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, in order."""
        return tuple(activity for output in self.outputs for activity in output.activities)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators: those of an outcome, then those of its outputs."""
        found: list[Indicator] = []
        for outcome in self.outcomes:
            found += outcome.indicators
            for output in outcome.outputs:
                found += output.indicators
        return tuple(found)

    @property
    def money(self) -> Total:
        """The sum of everything."""
        return summed(each.money for each in self.activities)

    def by_status(self) -> dict[str, tuple[Activity, ...]]:
        """The activities by how far they are, every status named."""
        return {status: tuple(each for each in self.activities if each.status == status) for status in STATUSES}

    def overdue(self, today: date) -> tuple[Activity, ...]:
        """The activities whose last day is over and that are not done."""
        return tuple(each for each in self.activities if each.is_overdue(today))

    def by_lead(self) -> dict[str, tuple[Activity, ...]]:
        """The activities by the code of the entity that leads them, in the order of the codes."""
        codes = sorted({each.lead for each in self.activities})
        return {code: tuple(each for each in self.activities if each.lead == code) for code in codes}


@dataclass(frozen=True, slots=True)
class Reported:
    """The last report of an activity."""

    status: str
    funded: Decimal


@dataclass(frozen=True, slots=True)
class Measured:
    """The last value of an indicator."""

    value: Decimal
    on: date


def with_reports(
    content: PlanContent, activities: Mapping[str, Reported], indicators: Mapping[str, Measured]
) -> PlanContent:
    """A version with what was reported since, by the keys of activities and indicators. What is reported as funded
    counts up to the cost that was agreed."""

    def activity(one: Activity) -> Activity:
        told = activities.get(one.key)
        return one if told is None else replace(one, status=told.status, funded=min(told.funded, one.cost))

    def indicator(one: Indicator) -> Indicator:
        told = indicators.get(one.key)
        return one if told is None else replace(one, latest=told.value, latest_on=told.on)

    return _mapped(content, activity, indicator)


def with_projects(content: PlanContent, projects: Mapping[str, tuple[str, str, str]]) -> PlanContent:
    """A version with the projects that a reader sees: key of the activity -> public identifier, reference, title."""

    def activity(one: Activity) -> Activity:
        seen = projects.get(one.key)
        if seen is None:
            return one
        return replace(one, project_id=seen[0], project_reference=seen[1], project_title=seen[2])

    return _mapped(content, activity, lambda one: one)


def _mapped(
    content: PlanContent, activity: Callable[[Activity], Activity], indicator: Callable[[Indicator], Indicator]
) -> PlanContent:
    return replace(
        content,
        outcomes=tuple(
            replace(
                outcome,
                indicators=tuple(indicator(each) for each in outcome.indicators),
                outputs=tuple(
                    replace(
                        output,
                        indicators=tuple(indicator(each) for each in output.indicators),
                        activities=tuple(activity(each) for each in output.activities),
                    )
                    for output in outcome.outputs
                ),
            )
            for outcome in content.outcomes
        ),
    )
