"""The pure parts of requests: rules read or refused by path, points that add up, likeness, clocks."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.core.parts import RulesWrong
from colonnade.needs.assistance.clocks import Clock, due_after
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.triage import Facts, points, proposals
from colonnade.needs.assistance.twins import Told, likeness
from colonnade.needs.tests.assistance_house import RULES

WEIGHTS = st.fixed_dictionaries({name: st.integers(0, 100) for name in ("mandate", "presence", "delivery", "capacity")})
NUMBER = st.integers(0, 50)
FACTS = st.builds(
    Facts, st.sampled_from(["A", "B", "C", "D"]), leads=NUMBER, joins=NUMBER, there=NUMBER, on_theme=NUMBER,
    done_there=NUMBER, done_on_theme=NUMBER, busy=NUMBER,
)  # fmt: skip
KEY = st.none() | st.integers(1, 3)
TOLD = st.builds(Told, words=st.text(max_size=40), kind=st.sampled_from(["", "a", "b"]), need=KEY, theme=KEY)


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("steps", 0, "code"), "sieving", "steps[0].code"),
        (("steps", 1, "code"), "triage", "steps[1].code"),
        (("channels", 0, "to"), "nobody", "channels[0].to"),
        (("channels", 1, "code"), "entity", "channels[1].code"),
        (("kinds", 0, "channels"), ["nothing"], "kinds[0].channels"),
        (("kinds", 0, "channels"), [], "kinds[0].channels"),
        (("kinds", 0, "channels"), "entity", "kinds[0].channels"),
        (("tells", 0, "act"), "shout", "tells[0].act"),
        (("tells", 0, "when"), "never", "tells[0].when"),
        (("tells", 0, "kinds"), ["nothing"], "tells[0].kinds"),
        (("joining", "days"), -1, "joining.days"),
        (("triage",), {"mandate": 101}, "triage.mandate"),
        (("steps", 0, "hours"), 2, "steps[0].hours"),
    ],
)
def test_what_is_wrong_in_the_rules_is_named_by_its_path(path: tuple[Any, ...], value: object, named: str) -> None:
    document = deepcopy(RULES)
    at: Any = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(RulesWrong) as wrong:
        Rules.read(document)
    assert named in [fault.path for fault in wrong.value.faults]
    assert all(fault.message and fault.mend for fault in wrong.value.faults)


def test_who_is_told_follows_kind_channel_and_whom_it_touches() -> None:
    rules = Rules.read(RULES)

    def acts(*given: str, facilitation: bool = False) -> list[str]:
        return [each.act for each in rules.told(*given, facilitation=facilitation)]

    assert acts("general", "chair", "both", facilitation=True) == []
    assert acts("women-children", "entity", "women") == ["inform"]
    assert acts("women-children", "entity", "both", facilitation=True) == ["inform", "consult", "approach"]
    assert (rules.days("answers"), rules.days("nothing")) == (21, 0)


@given(FACTS, WEIGHTS)
def test_parts_of_a_proposal_stay_within_their_weights(facts: Facts, weights: dict[str, int]) -> None:
    found = points(facts, weights)
    assert found.keys() == weights.keys()
    assert all(0 <= found[name] <= weights[name] for name in weights)


@given(FACTS, WEIGHTS, st.sampled_from(["leads", "joins", "there", "on_theme", "done_there", "done_on_theme"]))
def test_more_of_anything_never_lowers_a_score_and_more_to_do_never_raises_it(
    facts: Facts, weights: dict[str, int], name: str
) -> None:
    more = Facts(**{**{each: getattr(facts, each) for each in facts.__slots__}, name: getattr(facts, name) + 1})
    busier = Facts(**{**{each: getattr(facts, each) for each in facts.__slots__}, "busy": facts.busy + 1})
    score = sum(points(facts, weights).values())
    assert sum(points(busier, weights).values()) <= score <= sum(points(more, weights).values())


@given(st.lists(FACTS, max_size=8), WEIGHTS, st.integers(0, 5))
def test_proposals_are_ranked_by_scores_that_their_parts_add_up_to(
    known: list[Facts], weights: dict[str, int], most: int
) -> None:
    found = proposals(known, weights, most)
    assert len(found) <= most
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(each.score == sum(each.parts.values()) > 0 for each in found)


@given(TOLD, TOLD)
def test_likeness_is_the_same_both_ways_and_between_0_and_100(one: Told, other: Told) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found.hundredths <= 100


@given(st.text(min_size=3, max_size=60).filter(lambda text: any(each.isalnum() for each in text)))
def test_a_request_is_its_own_likely_twin(words: str) -> None:
    assert likeness(Told(words), Told(words)).is_likely


def test_other_words_about_another_matter_are_no_twin() -> None:
    one = Told("Training for border posts in the north", kind="general")
    assert not likeness(one, Told("Forensic laboratory for the police academy", kind="general")).is_likely
    assert likeness(one, Told("Training for the northern border posts", kind="general")).is_likely
    assert likeness(Told("تدريب مراكز الحدود في الشمال"), Told("تدريب لمراكز الحدود في الشمال")).is_likely


def test_requests_to_join_are_twins_of_the_same_programme_alone() -> None:
    one = Told("Travel", programme=1)
    assert likeness(one, Told("Else", programme=1)).hundredths == 100
    assert not likeness(one, Told("Travel", programme=2)).is_likely
    assert not likeness(one, Told("Travel")).is_likely


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 900), st.integers(-900, 900))
def test_a_clock_has_days_left_or_is_overdue_and_never_both(begins: date, days: int, later: int) -> None:
    due = due_after(begins, days)
    assert (due is None) == (days == 0)
    if due is not None:
        clock = Clock(due, begins + timedelta(days=later))
        assert clock.left - clock.overdue == days - later
        assert 0 in (clock.left, clock.overdue)
