"""A data pack that was read and found sound: the strategy, and the typed rows of each file."""

from dataclasses import dataclass
from pathlib import Path

from colonnade.packs.header import Strategy
from colonnade.packs.rows.funding import Appeal, Contributor, SeedAward, SeedRound, Window
from colonnade.packs.rows.members import Arrangement, Entity, WorkingGroup
from colonnade.packs.rows.places import Country, Region
from colonnade.packs.rows.portfolio import Programme
from colonnade.packs.rows.results import Conference, Oversight, Publication, Submission
from colonnade.packs.rows.strategy import Area, Document, Instrument, Mandate, Marker, Pillar, Safeguard, Target, Theme
from colonnade.packs.rule_books import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A strategy as data. Each file's rows stand in the order of the file; ``digest`` changes with any of its bytes.

    ``regions`` and ``countries`` are those of the world followed by the pack's own. Without a ``board`` nobody applies,
    without ``assistance`` nobody files a request.
    """

    folder: Path
    digest: str
    strategy: Strategy
    pillars: tuple[Pillar, ...]
    themes: tuple[Theme, ...]
    areas: tuple[Area, ...]
    entities: tuple[Entity, ...]
    working_groups: tuple[WorkingGroup, ...]
    arrangements: tuple[Arrangement, ...]
    mandates: tuple[Mandate, ...]
    documents: tuple[Document, ...]
    instruments: tuple[Instrument, ...]
    safeguards: tuple[Safeguard, ...]
    markers: tuple[Marker, ...]
    targets: tuple[Target, ...]
    submissions: tuple[Submission, ...]
    seed_rounds: tuple[SeedRound, ...]
    seed_awards: tuple[SeedAward, ...]
    contributors: tuple[Contributor, ...]
    appeals: tuple[Appeal, ...]
    windows: tuple[Window, ...]
    conferences: tuple[Conference, ...]
    programmes: tuple[Programme, ...]
    publications: tuple[Publication, ...]
    oversight: tuple[Oversight, ...]
    regions: tuple[Region, ...]
    countries: tuple[Country, ...]
    board: RuleBook | None = None
    assistance: RuleBook | None = None
