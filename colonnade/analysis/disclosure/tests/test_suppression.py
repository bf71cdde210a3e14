"""Tables are shown as far as nothing sensitive follows from them, and no further cell stays out for nothing."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.disclosure.auditing import audit
from colonnade.analysis.disclosure.policy import Policy, Sensitivity, sensitivity
from colonnade.analysis.disclosure.statements import Group, Statement, Weighed, World, system_of
from colonnade.analysis.disclosure.suppression import Suppressed, suppress
from colonnade.analysis.disclosure.tables import ALL, Key, Table, linked, table_over
from colonnade.analysis.disclosure.tests.attackers import range_of

POLICY = Policy()
SMALL = Policy(minimum_count=3, minimum_contributors=2, dominance_percent=0)


def world_and_table(counts: dict[Key, int], states: int = 12, name: str = "T") -> tuple[World, Table, dict[str, Key]]:
    """A table with these counts, its records of States in turn."""
    placed = {f"{row}{column}{each}": (row, column) for (row, column), n in counts.items() for each in range(n)}
    records = {member: Weighed(Fraction(1), f"S{place % states}") for place, member in enumerate(placed)}
    rows = sorted({row for row, _ in counts} - {ALL})
    columns = sorted({column for _, column in counts} - {ALL})
    return World(records), table_over(name, placed, rows, columns), placed


def test_a_table_without_sensitive_cells_is_shown_whole() -> None:
    world, table, _ = world_and_table({("a", ALL): 20, ("b", ALL): 9, ("c", ALL): 7})
    assert suppress(world, table, POLICY).hidden == frozenset()


def test_one_small_cell_takes_the_next_smallest_with_it() -> None:
    world, table, _ = world_and_table({("a", ALL): 20, ("b", ALL): 9, ("c", ALL): 2})
    found = suppress(world, table, POLICY)
    assert found.primary == {("c", ALL): Sensitivity.SMALL}
    assert found.further == {("b", ALL)}
    assert found.audit.passes


def test_two_small_cells_that_add_up_to_a_small_number_take_a_third_with_them() -> None:
    world, table, _ = world_and_table({("a", ALL): 20, ("b", ALL): 9, ("c", ALL): 1, ("d", ALL): 1})
    assert suppress(world, table, POLICY).further == {("b", ALL)}


def test_an_empty_cell_is_protected_like_a_small_one() -> None:
    world, table, _ = world_and_table({("a", ALL): 20, ("b", ALL): 9, ("c", ALL): 0})
    found = suppress(world, table, POLICY)
    assert found.primary == {("c", ALL): Sensitivity.EMPTY}
    assert found.further == {("b", ALL)}
    assert suppress(world, table, Policy(protects_empty=False)).hidden == frozenset()


def test_a_small_cell_within_rows_and_columns_takes_three_more() -> None:
    counts = {(row, column): 9 for row in "abc" for column in "xyz"} | {("a", "x"): 1}
    world, table, _ = world_and_table(counts)
    found = suppress(world, table, POLICY)
    assert list(found.primary) == [("a", "x")]
    assert len(found.further) == 3
    assert all(table.is_inner(key) for key in found.further)


def test_a_total_too_small_to_be_shown_leaves_nothing() -> None:
    world, table, _ = world_and_table({("a", ALL): 2, ("b", ALL): 1})
    assert suppress(world, table, POLICY).hidden == frozenset(table.cells)


def test_what_was_released_before_counts() -> None:
    # By row first; by column, one cell more has to stay out because the same records were counted before.
    world, _table, placed = world_and_table({("a", "x"): 20, ("b", "x"): 20, ("a", "y"): 2})
    before = table_over("before", {m: (key[0], ALL) for m, key in placed.items()}, ["a", "b"])
    without = {m: (key[1], ALL) for m, key in placed.items() if key[1] == "x"}
    release = table_over("now", without, ())
    assert suppress(world, release, POLICY).audit.passes
    found = suppress(world, release, POLICY, known=before.statements(world))
    assert found.hidden == {(ALL, ALL)}


def test_what_could_be_derived_before_is_no_reason_to_refuse_something_else() -> None:
    world, table, placed = world_and_table({("a", ALL): 20, ("b", ALL): 20})
    first = sorted(placed)[:1]
    leak = table_over("leak", dict.fromkeys(first, (ALL, ALL)), ())
    found = suppress(world, table, POLICY, known=leak.statements(world))
    assert found.audit.passes
    assert [each.members for each in found.standing] == [frozenset(first)]


def test_an_empty_cell_is_not_given_away_by_a_total_that_two_tables_print() -> None:
    world, table, placed = world_and_table({("a", ALL): 20, ("b", ALL): 9, ("c", ALL): 0})
    total = table_over("total", dict.fromkeys(placed, (ALL, ALL)), ())
    table, total = linked([table, total])
    world = World(world.records, phantoms=table.phantoms | total.phantoms)
    found = suppress(world, table, POLICY, known=total.statements(world))
    assert found.audit.passes
    assert (ALL, ALL) not in found.hidden


def test_an_empty_cell_stands_in_other_tables_only_where_its_codes_agree() -> None:
    placed = {"1": ("a", ALL), "2": ("b", ALL)}
    by_row = table_over("by row", placed, ["a", "b", "c"], dimensions=("row", ""))
    both = {"1": ("a", "x"), "2": ("b", "y")}
    crossed = table_over("crossed", both, ["a", "b", "c"], ["x", "y"], dimensions=("row", "column"))
    linked_row, linked_both = linked([by_row, crossed])
    phantoms = linked_row.cells["c", ALL]
    assert phantoms <= linked_both.cells["c", "x"] | linked_both.cells["c", "y"]
    assert not phantoms & (linked_both.cells["a", "x"] | linked_both.cells["b", "y"])


tables = st.dictionaries(
    st.sampled_from([(row, column) for row in "abc" for column in "xy"]), st.integers(0, 4), min_size=6, max_size=6
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_whoever_tries_everything_learns_nothing_sensitive_from_a_random_table(counts: dict[Key, int]) -> None:
    world, table, _ = world_and_table(counts)
    found = suppress(world, table, SMALL)
    assert found.audit.passes
    shown = table.statements(world, found.hidden)
    if not any(statement.members == table.cells[ALL, ALL] for statement in shown):
        return  # without the total, the attacker's list of worlds has no end
    full = World(world.records, phantoms=table.phantoms)
    system = system_of(full, shown, table.groups(table.cells))
    for key, reason in found.primary.items():
        low, high = range_of(system, system.form(table.cells[key]))
        assert high - low >= 3, (key, reason, counts, found.hidden)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.integers(0, 7)), min_size=20, max_size=80),
    st.integers(0, 2),
)
def test_nothing_sensitive_follows_from_random_tables_released_one_after_another(
    drawn: list[tuple[str, str, int]], later: int
) -> None:
    records = {str(place): Weighed(Fraction(1), f"S{state}") for place, (_, _, state) in enumerate(drawn)}
    world = World(records)
    rows = {str(place): (row, ALL) for place, (row, _, _) in enumerate(drawn)}
    columns = {str(place): (column, ALL) for place, (_, column, _) in enumerate(drawn)}
    crossed = {str(place): (row, column) for place, (row, column, _) in enumerate(drawn)}
    # The first release is older: the last records had not come yet.
    early = {member: key for member, key in rows.items() if int(member) < len(drawn) - later}
    stages = [
        table_over("by row, early", early, sorted({key[0] for key in rows.values()})),
        table_over("by column", columns, sorted({key[0] for key in columns.values()})),
        table_over(
            "crossed", crossed, sorted({k[0] for k in crossed.values()}), sorted({k[1] for k in crossed.values()})
        ),
    ]
    known: list[Statement] = []
    protected: list[Group] = []
    for table in stages:
        world = World(records, phantoms=world.phantoms | table.phantoms)
        found = suppress(world, table, POLICY, known=known, protected=protected)
        if not found.audit.passes:
            continue
        known += table.statements(world, found.hidden)
        protected += table.groups(found.primary)
    assert audit(world, known, protected, POLICY).passes


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_further_cell_stays_out_for_nothing(counts: dict[Key, int]) -> None:
    world, table, _ = world_and_table(counts)
    found = suppress(world, table, SMALL)
    full = World(world.records, phantoms=table.phantoms)
    for key in found.further:
        shown = table.statements(full, found.hidden - {key})
        assert not audit(full, shown, table.groups(found.primary), SMALL).passes


def test_every_sensitive_cell_of_a_table_stays_out() -> None:
    counts = {(row, column): size for row, size in zip("abcd", (1, 4, 20, 30), strict=True) for column in "xyz"}
    world, table, _ = world_and_table(counts)
    found: Suppressed = suppress(world, table, POLICY)
    for key, members in table.cells.items():
        if sensitivity(world.makeup(members), POLICY):
            assert key in found.hidden
