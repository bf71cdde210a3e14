"""The tile map: one square a State, arranged by region. Small States are as large as big ones, and no border is drawn.

A tile prints its number; its shade only repeats it. Shades are quantiles of what is above nought, so that one large
State does not make all others pale; equal values have equal shades.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

Value = int | Decimal
#: How many shades there are. Dark ink is legible on each of them, and on paper without any.
SHADES: Final = 4
#: The shade of nought, of nothing reported, and of what is not released.
BLANK: Final = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a State: ``text`` is its number as printed (``–`` where there is none), ``value`` is what it is
    shaded by. ``href`` is where the tile leads, empty where nowhere."""

    code: str
    name: str
    region: str
    text: str
    value: Value | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square."""

    code: str
    name: str
    text: str
    href: str
    shade: int


@dataclass(frozen=True, slots=True)
class TileRegion:
    """A region's squares, by the names of their States. ``href`` and ``text`` are of the region, where given."""

    title: str
    tiles: tuple[Tile, ...]
    text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the legend: the values that have a shade."""

    shade: int
    text: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """A map. ``title`` says what the numbers are of, and as of when."""

    title: str
    regions: tuple[TileRegion, ...]
    legend: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RegionNumber:
    """A region's own number and page."""

    text: str
    href: str = ""


def tile_map(
    title: str,
    places: Iterable[Place],
    *,
    regions: dict[str, RegionNumber] | None = None,
    shades: int = SHADES,
) -> TileMap:
    """The map of ``places``. Regions stand in the order in which they come; ``regions`` gives their numbers."""
    met: dict[str, list[Place]] = {}
    for place in places:
        met.setdefault(place.region, []).append(place)
    every = [place for group in met.values() for place in group]
    bounds = quantile_bounds([place.value for place in every if place.value is not None], shades)
    own = regions or {}
    return TileMap(
        title,
        tuple(
            TileRegion(
                region,
                tuple(
                    Tile(place.code, place.name, place.text, place.href, shade_of(place.value, bounds))
                    for place in sorted(group, key=lambda place: place.name)
                ),
                own[region].text if region in own else "",
                own[region].href if region in own else "",
            )
            for region, group in met.items()
        ),
        _legend(every, bounds),
    )


def quantile_bounds(values: Sequence[Value], shades: int = SHADES) -> tuple[Value, ...]:
    """The largest value of each shade, rising; at most ``shades`` of them, fewer where values are few or equal.

    Only values above nought count. The last bound is the largest value.
    """
    rising = sorted(value for value in values if value > 0)
    if not rising:
        return ()
    cuts = [rising[-(-len(rising) * part // shades) - 1] for part in range(1, shades + 1)]
    return tuple(dict.fromkeys(cuts))


def shade_of(value: Value | None, bounds: Sequence[Value]) -> int:
    """The shade of a value, 1 the palest; :data:`BLANK` for nought, less, and nothing."""
    if value is None or value <= 0 or not bounds:
        return BLANK
    return min(bisect_left(bounds, value), len(bounds) - 1) + 1


def _legend(places: Sequence[Place], bounds: Sequence[Value]) -> tuple[Step, ...]:
    """For each shade the smallest and the largest number in it, as the tiles print them."""
    steps = []
    for shade in range(1, len(bounds) + 1):
        inside = sorted(
            ((place.value, place.text) for place in places if place.value and shade_of(place.value, bounds) == shade),
            key=lambda pair: pair[0],
        )
        first, last = inside[0][1], inside[-1][1]
        steps.append(Step(shade, first if first == last else f"{first} – {last}"))
    return tuple(steps)
