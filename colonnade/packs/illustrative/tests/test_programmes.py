"""Programmes under way: leads and States are shared out exactly, or refused."""

import random
from collections import Counter

import pytest

from colonnade.packs.illustrative.programmes import Plan, share_leads, share_states
from colonnade.packs.illustrative.records import MadeState
from colonnade.packs.illustrative.vocabulary import Topic

STATES = [MadeState(f"Q{region}{letter}", f"State {region}{letter}", region) for region in "MN" for letter in "ABCDEF"]


def topic(*leads: str) -> Topic:
    return Topic("wells", "supply", "wells", (), (), leads, (), 1, (), (), (), (), (), (), ())


def plans(scopes: str, entity: str, *leads: str) -> list[Plan]:
    """Ongoing projects, one for each letter: n national, r regional, g global."""
    names = {"n": "national", "r": "regional", "g": "global"}
    return [Plan("supply", names[letter], "ongoing", topic(*leads), entity) for letter in scopes]


@pytest.mark.parametrize("number", [2, 3, 5, 6])
def test_an_office_leads_as_many_as_asked_whether_it_led_more_or_fewer(number: int) -> None:
    planned = [*plans("nnnn", "VWO", "VWO", "LAB"), *plans("nnnn", "LAB", "VWO", "LAB")]
    share_leads(random.Random(1), planned, ["VWO", "LAB"], [{"entities": ["LAB"], "number": number}])
    assert Counter(plan.entity for plan in planned)["LAB"] == number


def test_projects_that_are_not_typical_are_not_handed_over() -> None:
    planned = plans("nnn", "VWO", "VWO")
    with pytest.raises(ValueError, match="only 0 ongoing projects"):
        share_leads(random.Random(1), planned, ["VWO", "LAB"], [{"entities": ["LAB"], "number": 1}])


@pytest.mark.parametrize("total", [4, 7, 12])
def test_national_and_regional_projects_reach_the_states_asked_for_and_no_more(total: int) -> None:
    planned = plans("nnrrg", "LAB", "LAB")
    shared = share_states(random.Random(1), planned, STATES, [{"entities": ["LAB"], "states": total}])
    assert len({state for reached in shared.values() for state in reached}) == total
    assert [len(shared[place]) for place in (0, 1)] == [1, 1]
    assert 4 not in shared
    for place in (2, 3):
        assert len(shared[place]) >= 2
        assert len({state.region for state in shared[place]}) == 1


def test_a_wider_programme_reaches_the_narrower_ones_states_too() -> None:
    planned = [*plans("nr", "LAB", "LAB"), *plans("nn", "VWO", "VWO")]
    asked = [{"entities": ["LAB"], "states": 4}, {"entities": ["LAB", "VWO"], "states": 5}]
    shared = share_states(random.Random(1), planned, STATES, asked)
    assert len({state for place in (0, 1) for state in shared[place]}) == 4
    assert len({state for reached in shared.values() for state in reached}) == 5


def test_more_states_than_projects_can_reach_are_refused() -> None:
    with pytest.raises(ValueError, match="reach 2 States, not 3"):
        share_states(random.Random(1), plans("nn", "LAB", "LAB"), STATES, [{"entities": ["LAB"], "states": 3}])


def test_who_gives_projects_away_keeps_two() -> None:
    planned = plans("nnnn", "VWO", "VWO", "LAB")
    with pytest.raises(ValueError, match="only 2 ongoing projects"):
        share_leads(random.Random(1), planned, ["VWO", "LAB"], [{"entities": ["LAB"], "number": 3}])
