"""What a number of a call is made of adds up to it, whatever the proposals."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from colonnade.review.passages import MEASURES, NOTHING, Passed, behind, days_per_step, spent_by, success_by

STEPS = ("submitted", "screening", "scoring", "board", "decision")
SUMS = st.decimals(0, 1000, places=2)


@st.composite
def proposals(draw: st.DrawFn) -> Passed:
    days = sorted(draw(st.lists(st.integers(0, 400), min_size=1, max_size=len(STEPS))))
    outcome = draw(st.sampled_from(["", "approve", "conditions", "defer", "reject"]))
    return Passed(
        public_id="j1",
        title="Wells",
        reached=tuple((step, date(2020, 1, 1) + timedelta(day)) for step, day in zip(STEPS, days, strict=False)),
        outcome=outcome,
        asked=draw(SUMS),
        recommended=draw(st.none() | SUMS),
        given=draw(SUMS) if outcome in ("approve", "conditions") else NOTHING,
        traits={"entity": draw(st.sampled_from(["ALPHA", "BETA", ""]))},
    )


@given(st.lists(proposals(), max_size=12))
def test_every_number_is_the_sum_of_what_is_behind_it(passed: list[Passed]) -> None:
    for found in success_by("entity", passed):
        among = [each for each in passed if each.traits["entity"] == found.trait]
        for measure in MEASURES:
            adds = [added for _each, added in behind(measure, among)]
            assert all(adds)
            assert Decimal(sum(adds)) == getattr(found, measure)


@given(st.lists(proposals(), max_size=12))
def test_days_of_a_step_are_those_of_the_proposals_that_passed_it(passed: list[Passed]) -> None:
    for found in days_per_step(passed):
        spent = [days for each in passed for step, days in spent_by(each) if step == found.step]
        assert (found.proposals, found.shortest, found.longest) == (len(spent), min(spent), max(spent))
        assert found.shortest <= found.middle <= found.longest
