"""What of a snapshot a reader may read: whole partitions, and rows of others by State or by entity."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from colonnade.core.viewer import Level, Viewer

#: The partition ``restricted/ZZZ`` holds rows that are restricted for two States at once. No State has this code.
SEVERAL_STATES: Final = "ZZZ"
_STATE: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a reader may read. Two readers with equal entitlements read the same rows.

    ``levels`` and the restricted partitions of ``states`` (``None``: every State's) are read whole. Of the other
    partitions, a reader also reads the compact rows that concern one of ``states`` and the restricted rows that name
    one of ``entities``; none where every partition is theirs.
    """

    levels: frozenset[Level]
    states: frozenset[str] | None = frozenset()
    entities: frozenset[str] = frozenset()

    @property
    def is_of_whole_partitions(self) -> bool:
        """Whether the reader reads whole levels and nothing else, as every audience does."""
        return self.states is None or not (self.states or self.entities)

    def includes(self, partition: str) -> bool:
        """Whether ``public``, ``compact`` or ``restricted/<STATE>`` may be opened."""
        level, _, state = partition.partition("/")
        if level == Level.RESTRICTED:
            return bool(_STATE.fullmatch(state)) and (self.states is None or state in self.states)
        return not state and level in self.levels


def partitions_for(viewer: Viewer) -> Entitlement:
    """What ``viewer`` may read: everyone the public partition, and so on inwards."""
    if viewer.sees_restricted:
        return Entitlement(frozenset(Level), None)
    levels = {Level.PUBLIC, Level.COMPACT} if viewer.inside_the_compact else {Level.PUBLIC}
    return Entitlement(frozenset(levels), viewer.country_codes - {SEVERAL_STATES}, viewer.entity_ids)


def partitions_in(folder: Path) -> tuple[str, ...]:
    """The partitions that lie in a snapshot's folder, widest circle first."""
    levels = [level.value for level in (Level.PUBLIC, Level.COMPACT) if (folder / level).is_dir()]
    restricted = folder / Level.RESTRICTED
    states = sorted(path.name for path in restricted.iterdir()) if restricted.is_dir() else []
    return (*levels, *(f"{Level.RESTRICTED}/{state}" for state in states if _STATE.fullmatch(state)))
