"""What can be derived from published sums is found, exactly and by bounds; what cannot is not claimed to be."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.disclosure.auditing import Audit, Way, audit
from colonnade.analysis.disclosure.bounds import Bounds, Contradiction
from colonnade.analysis.disclosure.elimination import Echelon
from colonnade.analysis.disclosure.policy import BadPolicy, Makeup, Policy, Sensitivity, sensitivity
from colonnade.analysis.disclosure.statements import Group, Statement, Weighed, World, system_of
from colonnade.analysis.disclosure.tests.attackers import range_of

POLICY = Policy()


def world_of(number: int, states: int = 20) -> World:
    """Records ``0`` to ``number - 1``, of States in turn."""
    return World({str(place): Weighed(Fraction(1), f"S{place % states}") for place in range(number)})


def said(world: World, name: str, members: set[str]) -> Statement:
    value = world.value(members)
    return Statement(name, frozenset(members), value, value)


def some(start: int, end: int) -> set[str]:
    return {str(place) for place in range(start, end)}


def checked(world: World, *statements: Statement, groups: tuple[Group, ...] = ()) -> Audit:
    return audit(world, statements, groups, POLICY)


# --- sensitivity -----------------------------------------------------------------------------------------------------


def makeup(*parts: int) -> Makeup:
    return Makeup(sum(parts), {str(place): Fraction(part) for place, part in enumerate(parts)})


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), Sensitivity.EMPTY),
        ((2, 1, 1), Sensitivity.SMALL),
        ((6, 6), Sensitivity.FEW_CONTRIBUTORS),
        ((200, 5, 1), Sensitivity.DOMINATED),
        ((3, 3, 3), None),
    ],
)
def test_a_cell_is_sensitive_by_the_first_rule_that_it_breaks(
    parts: tuple[int, ...], expected: Sensitivity | None
) -> None:
    assert sensitivity(makeup(*parts), POLICY) is expected


def test_an_empty_cell_may_be_known_where_the_policy_says_so() -> None:
    assert sensitivity(makeup(), Policy(protects_empty=False)) is None


def test_the_second_largest_contributor_cannot_come_near_the_largest() -> None:
    # The second knows its own 90; what is left beside the largest's 100 is 9, which is within 10 per cent of it.
    assert sensitivity(makeup(100, 90, 9), POLICY) is Sensitivity.DOMINATED
    assert sensitivity(makeup(100, 90, 10), POLICY) is None


@pytest.mark.parametrize("wrong", [{"minimum_count": 1}, {"minimum_contributors": 1}, {"interval_percent": 0}])
def test_a_policy_that_protects_nothing_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadPolicy):
        Policy(**wrong)  # type: ignore[arg-type]  # small numbers


def test_a_policy_is_read_back_as_it_was_written() -> None:
    policy = Policy(minimum_count=7, protects_empty=False)
    assert Policy.from_json(policy.as_json()) == policy


# --- planted disclosures ---------------------------------------------------------------------------------------------


def test_a_large_total_alone_gives_nothing_away() -> None:
    world = world_of(40)
    result = checked(world, said(world, "all", some(0, 40)))
    assert result.passes
    assert result.statements == 1


def test_a_published_small_cell_is_found() -> None:
    world = world_of(40)
    found = checked(world, said(world, "small", some(0, 3))).findings
    assert [(each.name, each.way, each.reason, each.value) for each in found] == [
        ("small", Way.EXACTLY, Sensitivity.SMALL, Fraction(3))
    ]


def test_a_total_and_all_but_one_of_its_parts_give_the_last_one() -> None:
    world = world_of(32)
    statements = [
        said(world, "all", some(0, 32)),
        said(world, "first", some(0, 15)),
        said(world, "second", some(15, 30)),
    ]
    last = Group("last", frozenset(some(30, 32)))
    (found,) = checked(world, *statements, groups=(last,)).findings
    assert (found.name, found.value) == ("last", Fraction(2))
    assert found.combination == {"all": 1, "first": -1, "second": -1}


def test_two_releases_that_differ_by_one_record_give_that_record() -> None:
    world = world_of(41)
    found = checked(world, said(world, "in May", some(0, 40)), said(world, "in June", some(0, 41))).findings
    assert {frozenset({"40"})} == {each.members for each in found}
    assert found[0].way is Way.EXACTLY


def test_a_record_that_came_and_one_that_went_hide_each_other_but_not_their_difference_from_both_sides() -> None:
    world = world_of(42)
    may, june = said(world, "in May", some(0, 41)), said(world, "in June", some(0, 40) | {"41"})
    assert checked(world, may, june).passes
    both = said(world, "in both", some(0, 40))
    assert {each.members for each in checked(world, may, june, both).findings} == {
        frozenset({"40"}),
        frozenset({"41"}),
    }


def test_overlapping_releases_by_three_are_found_where_no_two_are() -> None:
    # A+B, B+C and A+C determine A, B and C.
    world = world_of(30)
    parts = {"A": some(0, 2), "B": some(2, 16), "C": some(16, 30)}
    statements = [said(world, f"{a}{b}", parts[a] | parts[b]) for a, b in ("AB", "BC", "AC")]
    found = checked(world, *statements).findings
    assert frozenset(parts["A"]) in {each.members for each in found}
    assert found[0].combination == {"AB": Fraction(1, 2), "AC": Fraction(1, 2), "BC": Fraction(-1, 2)}


def test_a_small_group_that_nobody_asked_after_is_found_by_its_difference() -> None:
    world = world_of(44)
    wider, narrower = said(world, "wider", some(0, 44)), said(world, "narrower", some(0, 41))
    (found,) = checked(world, wider, narrower).findings
    assert (found.value, found.reason) == (Fraction(3), Sensitivity.SMALL)


def test_a_figure_published_outside_counts_as_known() -> None:
    world = world_of(40)
    table = [said(world, "first", some(0, 18)), said(world, "second", some(18, 36))]
    last = (Group("last", frozenset(some(36, 40))),)
    assert checked(world, *table, groups=last).passes
    outside = Statement("a paper: about 40", frozenset(some(0, 40)), Fraction(39), Fraction(41))
    (found,) = checked(world, *table, outside, groups=last).findings
    assert (found.way, found.low, found.high) == (Way.BOUNDS, Fraction(3), Fraction(5))


def test_more_than_a_number_is_a_bound_on_one_side_only() -> None:
    world = world_of(40)
    table = [said(world, "first", some(0, 18)), said(world, "second", some(18, 36))]
    more = Statement("a paper: more than 38", frozenset(some(0, 40)), Fraction(39), None)
    assert checked(world, *table, more, groups=(Group("last", frozenset(some(36, 40))),)).passes


def test_statements_that_cannot_all_be_true_are_said_to_contradict() -> None:
    world = world_of(40)
    statements = [said(world, "all", some(0, 40)), Statement("more", frozenset(some(0, 40)), Fraction(50), None)]
    (found,) = checked(world, *statements, groups=(Group("some", frozenset(some(0, 3))),)).findings
    assert found.way is Way.CONTRADICTION


def test_a_narrow_interval_is_found_though_nothing_follows_exactly() -> None:
    # Two suppressed cells of 1 and 2 that must add up to 3: each lies from 0 to 3, which is too narrow.
    world = world_of(33)
    statements = [said(world, "all", some(0, 33)), said(world, "rest", some(0, 30))]
    groups = (Group("one", frozenset({"30"})), Group("two", frozenset({"31", "32"})))
    names = {(each.name, each.way) for each in checked(world, *statements, groups=groups).findings}
    assert ("one", Way.BOUNDS) in names
    assert ("two", Way.BOUNDS) in names


def test_amounts_are_held_to_a_share_of_their_value() -> None:
    amounts = {"a": 50_000_000, "b": 200_000, "c": 100_000_000, "d": 90_000_000, "e": 80_000_000}
    world = World({name: Weighed(Fraction(amount), name) for name, amount in amounts.items()}, counted=False)
    total = said(world, "all", set(amounts))
    rest = said(world, "rest", {"c", "d", "e"})
    asked, policy = (Group("a", frozenset({"a"})),), Policy(minimum_count=3)
    found = audit(world, [total, rest], asked, policy).findings
    # a and b together are known exactly: 50.2 million of two contributors. a alone may be anything below that.
    assert {each.members for each in found} == {frozenset({"a", "b"})}
    nearly = Statement("b, as printed elsewhere", frozenset({"b"}), Fraction(100_000), Fraction(300_000))
    found = audit(world, [total, rest, nearly], asked, policy).findings
    assert ("a", Way.BOUNDS) in {(each.name, each.way) for each in found}


def test_records_that_the_reader_sees_are_no_unknowns() -> None:
    world = world_of(3)
    statement = Statement("all", frozenset(some(0, 40)), Fraction(3), Fraction(3))
    assert system_of(world, [statement]).atoms == (frozenset(some(0, 3)),)


# --- against one who tries everything --------------------------------------------------------------------------------

subsets = st.frozensets(st.sampled_from([str(place) for place in range(9)]), min_size=1)


@settings(max_examples=150, deadline=None)
@given(st.lists(subsets, min_size=1, max_size=4), subsets)
def test_bounds_and_elimination_agree_with_whoever_tries_everything(
    published: list[frozenset[str]], asked: frozenset[str]
) -> None:
    world = world_of(9)
    statements = [said(world, "all", some(0, 9))]
    statements += [said(world, f"set {place}", set(members)) for place, members in enumerate(published)]
    system = system_of(world, statements, [Group("asked", asked)])
    form = system.form(asked)
    low, high = range_of(system, form)
    interval = Bounds(system).interval(form)
    assert (interval.low, interval.high) == (low, high)
    derived = Echelon(system).derive(form)
    if derived is not None:
        assert derived.value == low == high == world.value(asked)
        combined = sum(share * dict(_values(statements))[name] for name, share in derived.combination.items())
        assert combined == derived.value


def _values(statements: list[Statement]) -> list[tuple[str, Fraction]]:
    return [(statement.name, statement.low) for statement in statements]


def test_bounds_of_statements_that_contradict_are_refused() -> None:
    world = world_of(4)
    system = system_of(
        world,
        [
            Statement("low", frozenset(some(0, 4)), Fraction(0), Fraction(2)),
            Statement("high", frozenset(some(0, 4)), Fraction(3), None),
        ],
    )
    with pytest.raises(Contradiction):
        Bounds(system).interval(system.form(some(0, 4)))
