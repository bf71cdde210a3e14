"""The rule of coverage, beside the figures that count by it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.needs.coverage import Coverage, coverage_of, part_unmet
from colonnade.needs.models import Response

SAID = st.lists(st.tuples(st.sampled_from(Response.Strength.values), st.sampled_from(Response.Standing.values)))


@pytest.mark.parametrize(
    ("said", "coverage"),
    [
        ([], Coverage.UNMET),
        ([("full", "rejected")], Coverage.UNMET),
        ([("full", "claimed"), ("full", "rejected")], Coverage.CLAIMED),
        ([("full", "claimed"), ("partial", "contested")], Coverage.CONTESTED),
        ([("full", "contested"), ("partial", "verified")], Coverage.PARTLY_MET),
        ([("partial", "verified"), ("full", "verified")], Coverage.MET),
    ],
)
def test_what_is_verified_outweighs_what_is_disputed_and_that_what_is_claimed(
    said: list[tuple[str, str]], coverage: Coverage
) -> None:
    assert coverage_of(said) is coverage


@given(SAID, SAID)
def test_order_and_repetition_say_nothing_and_more_never_uncovers_what_is_verified(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    half = Fraction(1, 2)
    assert coverage_of([*one, *other]) is coverage_of([*other, *one, *other])
    assert part_unmet(coverage_of([*one, *other]), half) <= part_unmet(coverage_of(one), half)
