"""Merging what two people made of the same values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.core.merging import Side, merge

FIELDS = ("title", "status", "ends_on")
# Few different values, so that sides often agree.
SIDE = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in FIELDS})


@given(SIDE, SIDE, SIDE)
def test_every_field_is_merged_or_in_conflict_and_comes_from_one_of_the_two(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    merged = merge(base, theirs, mine)
    assert {*merged.values, *merged.conflicts} == set(FIELDS)
    assert not set(merged.values) & set(merged.conflicts)
    assert all(value in (theirs[name], mine[name]) for name, value in merged.values.items())


@given(SIDE, SIDE, SIDE)
def test_a_change_of_either_side_is_never_lost(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    merged = merge(base, theirs, mine)
    for name in FIELDS:
        changed = {side[name] for side in (theirs, mine) if side[name] != base[name]}
        if len(changed) == 2:
            assert name in merged.conflicts
        else:
            assert merged.values[name] == (changed.pop() if changed else base[name])


@given(SIDE, SIDE, SIDE)
def test_what_goes_together_is_of_one_side_or_in_conflict(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    group = ("title", "status")
    merged = merge(base, theirs, mine, together=(group,))
    settled = [merged.values[name] for name in group if name in merged.values]
    if len(settled) == len(group):
        assert settled in ([side[name] for name in group] for side in (theirs, mine))


@given(SIDE, SIDE)
def test_where_only_one_side_changed_anything_the_merge_is_that_side(
    base: dict[str, str], changed: dict[str, str]
) -> None:
    assert merge(base, changed, base).values == changed
    assert merge(base, base, changed).values == changed
    assert merge(base, changed, changed).conflicts == ()


@given(SIDE, SIDE, SIDE)
def test_it_does_not_matter_who_came_first(base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]) -> None:
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    assert (one.values, one.conflicts) == (other.values, other.conflicts)
    swapped = {Side.MINE: Side.THEIRS, Side.THEIRS: Side.MINE, Side.BOTH: Side.BOTH}
    assert {name: swapped[side] for name, side in one.sides.items()} == dict(other.sides)


@given(SIDE, SIDE, SIDE, SIDE)
def test_what_was_merged_merges_again_without_a_conflict_over_the_same_sides(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str], chosen: dict[str, str]
) -> None:
    merged = merge(base, theirs, mine)
    result = {name: merged.values.get(name, chosen[name]) for name in FIELDS}
    assert merge(theirs, theirs, result).values == result


def test_sides_with_other_fields_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="same fields"):
        merge({"a": 1}, {"a": 1}, {"b": 1})
