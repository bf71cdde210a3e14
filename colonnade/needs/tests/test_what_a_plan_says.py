"""The content of plans of action as plain data: sums that add up, indicators, what is frozen of it and read again."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.needs.plans.content import (
    STATUSES,
    Activity,
    Indicator,
    Measured,
    NamedState,
    Outcome,
    Output,
    PlanContent,
    PlannedNeed,
    PlannedRisk,
    Reported,
    SumWrong,
    summed,
    with_projects,
    with_reports,
)
from colonnade.needs.plans.freezing import costed, frozen, table_kept, table_read, thawed

DAY = date(2019, 6, 1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
TEXT = st.text(max_size=20)
CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
VALUE = st.integers(-(10**8), 10**8).map(lambda value: Decimal(value) / 10_000)
KEYS = st.integers(0, 30).map("k{}".format)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """An activity, with a project or without."""
    cost = draw(CENTS)
    project = draw(st.booleans())
    return Activity(
        key=draw(KEYS), text=draw(TEXT), lead=draw(st.sampled_from("ABC")), lead_name="N",
        partners=tuple(draw(st.lists(st.sampled_from("ABC"), max_size=2))), starts_on=draw(DAYS), ends_on=draw(DAYS),
        cost=cost, funded=min(draw(CENTS), cost), funded_from=draw(TEXT), status=draw(st.sampled_from(STATUSES)),
        project_id="p" if project else "", project_reference="P-1" if project else "",
        project_title="Wells" if project else "",
    )  # fmt: skip


INDICATORS = st.builds(
    Indicator, key=KEYS, title=TEXT, unit=TEXT, baseline=st.none() | VALUE, target=VALUE, due_on=DAYS,
    latest=st.none() | VALUE, latest_on=st.just(DAY),
)  # fmt: skip
OUTPUTS = st.builds(
    Output, key=KEYS, text=TEXT, activities=st.lists(activities(), max_size=3).map(tuple),
    indicators=st.lists(INDICATORS, max_size=2).map(tuple),
)  # fmt: skip
OUTCOMES = st.builds(
    Outcome, key=KEYS, text=TEXT, outputs=st.lists(OUTPUTS, max_size=3).map(tuple),
    indicators=st.lists(INDICATORS, max_size=2).map(tuple),
)  # fmt: skip
DEGREES = st.sampled_from(["low", "medium", "high"])
RISKS = st.builds(PlannedRisk, key=KEYS, text=TEXT, likelihood=DEGREES, impact=DEGREES, response=TEXT, owner=TEXT)
NEED = PlannedNeed(
    rank=1, public_id="n1", reference="R-1", title="Wells", country="QMA", priority="high", coverage="unmet", reason=""
)
CONTENTS = st.builds(
    PlanContent, title=TEXT, place=TEXT, place_code=st.just("QMA"), is_regional=st.booleans(),
    states=st.just((NamedState("QMA", "Here"),)), starts_on=DAYS, ends_on=DAYS, level=st.just("compact"),
    number=st.integers(1, 9), outcomes=st.lists(OUTCOMES, max_size=3).map(tuple), needs=st.just((NEED,)),
    risks=st.lists(RISKS, max_size=2).map(tuple),
)  # fmt: skip


@given(CONTENTS)
def test_sums_of_a_plan_add_up_from_its_activities_to_the_whole(content: PlanContent) -> None:
    costs = sum((each.cost for each in content.activities), Decimal(0))
    funded = sum((each.funded for each in content.activities), Decimal(0))
    assert (content.money.cost.amount, content.money.funded.amount) == (costs, funded)
    assert content.money.unfunded.amount == sum((each.money.unfunded.amount for each in content.activities), Decimal(0))
    of_parts = [[each.money for each in found] for found in (content.outcomes, content.outputs)]
    for parts in (*of_parts, [each.money for each in content.activities]):
        assert summed(parts) == content.money
        for each in parts:
            assert each.cost == each.funded + each.unfunded
            assert each.unfunded.amount >= 0
            assert each.share is None or 0 <= each.share <= 1


@given(CONTENTS)
def test_counts_by_status_and_by_lead_hold_each_activity_once(content: PlanContent) -> None:
    for parted in (content.by_status(), content.by_lead()):
        assert sum(len(found) for found in parted.values()) == len(content.activities)
    assert all(each.lead == code for code, found in content.by_lead().items() for each in found)


def names_in(kept: Any) -> set[str]:
    """Every name under which something is kept, however deep; texts may be called anything."""
    if isinstance(kept, dict):
        return {*kept, *(name for each in kept.values() for name in names_in(each))}
    return {name for each in kept for name in names_in(each)} if isinstance(kept, list | tuple) else set()


@given(CONTENTS)
def test_what_is_frozen_is_read_again_without_needs_and_projects(content: PlanContent) -> None:
    kept = frozen(content)
    bare = with_projects(content, {each.key: ("", "", "") for each in content.activities})
    assert thawed(json.loads(json.dumps(kept)), level="compact", number=content.number) == replace(bare, needs=())
    assert not {name for name in names_in(kept) if "need" in name or "project" in name}


@given(CONTENTS)
def test_the_costed_table_sums_up_to_the_plan_and_says_nothing_of_needs_and_risks(content: PlanContent) -> None:
    table = costed(content, DAY, DAY)
    kept = table_kept(table)
    assert table_read(json.loads(json.dumps(kept))) == table
    assert table.money == content.money
    assert [each.money for each in table.outputs] == [each.money for each in content.outputs]
    inside = ("need", "risk", "project", "remark", "reason", "key")
    assert not {name for name in names_in(kept) if name.startswith(inside)}


@given(CONTENTS, st.dictionaries(KEYS, st.builds(Reported, st.sampled_from(STATUSES), CENTS), max_size=5))
def test_what_is_reported_counts_up_to_the_cost_that_was_agreed(
    content: PlanContent, told: dict[str, Reported]
) -> None:
    found = with_reports(content, told, {})
    assert found.money.cost == content.money.cost
    for before, after in zip(content.activities, found.activities, strict=True):
        expected = told.get(before.key, Reported(before.status, before.funded))
        assert (after.status, after.funded) == (expected.status, min(expected.funded, before.cost))


def test_the_last_value_of_an_indicator_is_that_reported() -> None:
    one = Indicator(key="k", title="Wells", unit="wells", baseline=Decimal(0), target=Decimal(10), due_on=DAY)
    content = PlanContent(
        title="T", place="Here", place_code="QMA", is_regional=False, states=(), starts_on=DAY, ends_on=DAY,
        level="restricted", outcomes=(Outcome(key="o", text="O", indicators=(one,)),),
    )  # fmt: skip
    told = with_reports(content, {}, {"k": Measured(Decimal(4), DAY), "other": Measured(Decimal(9), DAY)})
    (after,) = told.indicators
    assert (after.latest, after.latest_on, after.way, after.is_met) == (Decimal(4), DAY, Decimal("0.4"), False)
    assert one.way is None


@given(INDICATORS)
def test_the_way_to_a_target_is_a_part_of_it_and_whole_where_it_is_met(one: Indicator) -> None:
    assert (one.way is None) == (one.latest is None)
    assert one.way is None or 0 <= one.way <= 1
    assert replace(one, latest=one.target).is_met


@pytest.mark.parametrize(("baseline", "latest", "met"), [(10, 2, True), (10, 3, False), (10, 1, True), (10, 11, False)])
def test_a_target_below_its_baseline_is_met_from_above(baseline: int, latest: int, *, met: bool) -> None:
    one = Indicator(
        key="k", title="Attacks", unit="a year", baseline=Decimal(baseline), target=Decimal(2), due_on=DAY,
        latest=Decimal(latest), latest_on=DAY,
    )  # fmt: skip
    assert one.is_met is met


@pytest.mark.parametrize("funded", [Decimal(-1), Decimal("10.01")])
def test_an_activity_is_not_funded_beyond_its_cost(funded: Decimal) -> None:
    with pytest.raises(SumWrong, match="k1"):
        Activity(
            key="k1", text="Dig", lead="A", lead_name="A", starts_on=DAY, ends_on=DAY, cost=Decimal(10), funded=funded
        )


@given(activities(), st.integers(-400, 400))
def test_an_activity_is_overdue_while_its_day_is_over_and_something_is_to_do(one: Activity, days: int) -> None:
    today = one.ends_on + timedelta(days=days)
    assert one.is_overdue(today) == (days > 0 and one.status in ("planned", "under_way"))
