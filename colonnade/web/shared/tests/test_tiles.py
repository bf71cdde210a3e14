"""The tile map and bars: shades and lengths that rise with what they stand for."""

from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.shared.bars import bar_lengths
from colonnade.web.shared.tiles import BLANK, SHADES, Place, RegionNumber, Step, quantile_bounds, shade_of, tile_map

VALUES = st.lists(st.integers(-5, 1000), max_size=60)


@given(VALUES, st.integers(1, 6))
def test_a_larger_value_never_has_a_paler_shade_and_equal_ones_have_the_same(values: list[int], shades: int) -> None:
    bounds = quantile_bounds(values, shades)
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) <= shades
    pairs = [(value, shade_of(value, bounds)) for value in sorted(values)]
    assert [shade for _, shade in pairs] == sorted(shade for _, shade in pairs)
    assert {value <= 0 for value, shade in pairs if shade == BLANK} <= {True}
    assert all(1 <= shade <= shades for value, shade in pairs if value > 0)


@given(st.lists(st.integers(1, 10_000), min_size=SHADES, unique=True))
def test_different_values_are_divided_evenly(values: list[int]) -> None:
    bounds = quantile_bounds(values)
    sizes = [sum(shade_of(value, bounds) == shade for value in values) for shade in range(1, SHADES + 1)]
    assert max(sizes) - min(sizes) <= 1


def test_one_large_state_does_not_make_all_others_pale() -> None:
    bounds = quantile_bounds([1, 2, 3, 4, 5, 6, 7, 1000])
    assert [shade_of(value, bounds) for value in (1, 3, 5, 7, 1000)] == [1, 2, 3, 4, 4]


def test_nothing_reported_has_no_shade() -> None:
    assert shade_of(None, (3,)) == shade_of(0, (3,)) == BLANK
    assert quantile_bounds([]) == ()
    assert shade_of(3, ()) == BLANK


def test_the_map_arranges_states_by_region_and_name_and_says_what_its_shades_mean() -> None:
    places = [
        Place("QMB", "Thereland", "North", "2", 2, "/b/"),
        Place("QMA", "Hereland", "North", "9", 9, "/a/"),
        Place("QMC", "Elsewhere", "South", "–"),
    ]
    drawn = tile_map("Projects", places, regions={"North": RegionNumber("11", "/n/")})
    assert [(region.title, region.text, region.href) for region in drawn.regions] == [
        ("North", "11", "/n/"),
        ("South", "", ""),
    ]
    assert [(tile.code, tile.text, tile.shade) for tile in drawn.regions[0].tiles] == [("QMA", "9", 2), ("QMB", "2", 1)]
    assert drawn.regions[1].tiles[0].shade == BLANK
    assert drawn.legend == (Step(1, "2"), Step(2, "9"))


@given(st.lists(st.none() | st.integers(-9, 10**12), max_size=20))
def test_bars_rise_with_their_values_and_what_is_small_still_shows(values: list[int | None]) -> None:
    lengths = bar_lengths(values)
    pairs = sorted(zip((value or 0 for value in values), lengths, strict=True))
    assert all((length > 0) == (value > 0) for value, length in pairs)
    assert [length for value, length in pairs if value > 0] == sorted(length for value, length in pairs if value > 0)
    assert max(lengths, default=0) in (0, 100)
