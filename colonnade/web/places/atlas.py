"""States and regions by name, in the reader's language. Public: nothing here depends on who looks."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from colonnade.places.models import Country, Region
from colonnade.web.shared.kept import Kept

#: Standings that are listed even where nothing is known of them.
STATES: Final = frozenset({Country.Standing.MEMBER, Country.Standing.OBSERVER, Country.Standing.FICTIONAL})


@dataclass(frozen=True, slots=True)
class State:
    """A State, or another area that projects can name. ``english`` is its name in the strategy's documents."""

    code: str
    name: str
    english: str
    region: str
    standing: str

    @property
    def is_fictional(self) -> bool:
        return self.standing == Country.Standing.FICTIONAL

    @property
    def is_listed(self) -> bool:
        """Whether it is listed though nothing is known of it; other areas only stand where something is."""
        return self.standing in STATES


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region, and the code of the wider one that it lies in, empty for the widest."""

    code: str
    name: str
    parent: str
    fictional: bool


@dataclass(frozen=True)
class Atlas:
    """Every State by code, in the order of names, and every region by code, in the order of lists."""

    states: Mapping[str, State]
    regions: Mapping[str, RegionName]

    def within(self, region: str) -> frozenset[str]:
        """The codes of a region and of every region inside it."""
        return frozenset({region}).union(*(self.within(part) for part in self._parts.get(region, ())))

    def around(self, region: str) -> tuple[str, ...]:
        """The codes of the regions that ``region`` lies in, the nearest first. The whole world is none."""
        found = []
        parent = self.regions[region].parent
        while parent and self.regions[parent].parent:
            found.append(parent)
            parent = self.regions[parent].parent
        return tuple(found)

    def parts_of(self, region: str) -> tuple[RegionName, ...]:
        """The regions right inside ``region``."""
        return tuple(self.regions[code] for code in self._parts.get(region, ()))

    def states_in(self, region: str) -> tuple[State, ...]:
        """The States of a region and of the regions inside it, by name."""
        inside = self.within(region)
        return tuple(state for state in self.states.values() if state.region in inside)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = {}
        for region in self.regions.values():
            parts.setdefault(region.parent, []).append(region.code)
        return parts


_atlases: Final[Kept[Atlas]] = Kept(16)


def open_atlas(language: str, snapshot: Path) -> Atlas:
    """The atlas for readers of ``language``, kept as long as the registry stands as in ``snapshot``."""
    return _atlases.get((language, snapshot), lambda: _read(language))


def _read(language: str) -> Atlas:
    states = [
        State(country.code, country.name_in(language), country.name, country.region.code, country.standing)
        for country in Country.objects.select_related("region")
    ]
    regions = Region.objects.select_related("parent")
    return Atlas(
        {state.code: state for state in sorted(states, key=lambda state: plain(state.name))},
        {
            region.code: RegionName(
                region.code, region.name, region.parent.code if region.parent else "", region.fictional
            )
            for region in regions
        },
    )


def matching(states: Iterator[State] | tuple[State, ...], text: str) -> list[State]:
    """The States whose name, English name or code has every word of ``text``, whatever its accents and capitals."""
    words = plain(text).split()
    return [
        state for state in states if all(word in plain(f"{state.name} {state.english} {state.code}") for word in words)
    ]


def plain(text: str) -> str:
    """``text`` in small letters without accents, for comparing."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).casefold()
