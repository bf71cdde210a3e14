"""A plan's content as JSON and back, and the costed table that donors read. Pure.

What is frozen holds no need and no project: a version's rows name those, each for whoever sees it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from colonnade.needs.plans.content import (
    Activity,
    Indicator,
    NamedState,
    Outcome,
    Output,
    PlanContent,
    PlannedRisk,
    Total,
    money_of,
    summed,
)

_DATES: Final = ("starts_on", "ends_on", "due_on", "latest_on", "agreed_on", "on", "as_of")
_NUMBERS: Final = ("cost", "funded", "baseline", "target", "latest")
#: What not every reader of a version may see, and what is said of it elsewhere.
_LEFT_OUT: Final = ("needs", "agreed", "waits_for", "agreed_on", "level", "number")
_PROJECT: Final = ("project_id", "project_reference", "project_title")


def frozen(content: PlanContent) -> dict[str, Any]:
    """What a version keeps of a plan: everything but its needs, projects, level and consents."""
    kept = {name: value for name, value in asdict(content).items() if name not in _LEFT_OUT}
    found = _plain(kept)
    assert isinstance(found, dict)
    for outcome in found["outcomes"]:
        for output in outcome["outputs"]:
            for activity in output["activities"]:
                for name in _PROJECT:
                    del activity[name]
    return found


def thawed(kept: Mapping[str, Any], *, level: str, number: int) -> PlanContent:
    """A version as it was proposed. Raises :class:`KeyError` or :class:`TypeError` where it was not made by
    :func:`frozen`."""
    values = _read(kept)
    outcomes = tuple(
        Outcome(
            **outcome
            | {
                "indicators": tuple(Indicator(**each) for each in outcome["indicators"]),
                "outputs": tuple(_output(each) for each in outcome["outputs"]),
            }
        )
        for outcome in values["outcomes"]
    )
    risks = tuple(PlannedRisk(**each) for each in values["risks"])
    states = tuple(NamedState(**each) for each in values["states"])
    own = values | {"outcomes": outcomes, "risks": risks, "states": states}
    return PlanContent(**own, level=level, number=number)


def _output(values: Mapping[str, Any]) -> Output:
    return Output(
        key=values["key"],
        text=values["text"],
        indicators=tuple(Indicator(**each) for each in values["indicators"]),
        activities=tuple(Activity(**each | {"partners": tuple(each["partners"])}) for each in values["activities"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CostedLine:
    """An activity as its donors read it. ``lead`` is the code of the entity."""

    activity: str
    lead: str
    lead_name: str
    starts_on: date
    ends_on: date
    cost: Decimal
    funded: Decimal

    @property
    def money(self) -> Total:
        """Its cost, and what of it is funded."""
        return money_of(self.cost, self.funded)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostedOutput:
    """An output with its activities."""

    output: str
    lines: tuple[CostedLine, ...]

    @property
    def money(self) -> Total:
        """The sum of its activities."""
        return summed(each.money for each in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostedTable:
    """What a plan costs: outputs, activities, who leads them, funded and not. Nothing of needs, risks or projects."""

    title: str
    place: str
    place_code: str
    is_regional: bool
    starts_on: date
    ends_on: date
    number: int
    agreed_on: date
    as_of: date
    outputs: tuple[CostedOutput, ...]

    @property
    def money(self) -> Total:
        """The sum of everything."""
        return summed(each.money for each in self.outputs)


def costed(content: PlanContent, agreed_on: date, as_of: date) -> CostedTable:
    """The costed table of an agreed version."""
    return CostedTable(
        title=content.title,
        place=content.place,
        place_code=content.place_code,
        is_regional=content.is_regional,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        number=content.number,
        agreed_on=agreed_on,
        as_of=as_of,
        outputs=tuple(
            CostedOutput(
                output=output.text,
                lines=tuple(
                    CostedLine(
                        activity=each.text, lead=each.lead, lead_name=each.lead_name, starts_on=each.starts_on,
                        ends_on=each.ends_on, cost=each.cost, funded=each.funded,
                    )
                    for each in output.activities
                ),
            )
            for output in content.outputs
        ),
    )  # fmt: skip


def table_kept(table: CostedTable) -> dict[str, Any]:
    """A costed table as JSON."""
    found = _plain(asdict(table))
    assert isinstance(found, dict)
    return found


def table_read(kept: Mapping[str, Any]) -> CostedTable:
    """A costed table that :func:`table_kept` wrote."""
    values = _read(kept)
    outputs = tuple(
        CostedOutput(output=each["output"], lines=tuple(CostedLine(**line) for line in each["lines"]))
        for each in values["outputs"]
    )
    return CostedTable(**values | {"outputs": outputs})


def _plain(value: Any) -> Any:
    """Days and numbers as texts, tuples as lists."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in kept.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _NUMBERS:
        return Decimal(value)
    if isinstance(value, list):
        return [_read(each) if isinstance(each, dict) else each for each in value]
    return value
