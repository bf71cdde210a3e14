"""Every file of a data pack, its columns and rules, derived from the row types of :mod:`colonnade.packs.rows`.

A strategy writes these files in one folder, beside ``strategy.toml`` (:mod:`colonnade.packs.header`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from colonnade.packs.columns import Table, table
from colonnade.packs.rows.funding import Appeal, Contributor, SeedAward, SeedRound, Window
from colonnade.packs.rows.members import Arrangement, Entity, WorkingGroup
from colonnade.packs.rows.places import Country, Region
from colonnade.packs.rows.portfolio import Programme
from colonnade.packs.rows.results import Conference, Oversight, Publication, Submission
from colonnade.packs.rows.strategy import Area, Document, Instrument, Mandate, Marker, Pillar, Safeguard, Target, Theme

#: The files of a pack, in the order in which they are read and explained.
TABLES: Final[tuple[Table, ...]] = (
    table("pillars", Pillar, required=True),
    table("themes", Theme),
    table("areas", Area),
    table("entities", Entity, required=True),
    table("working_groups", WorkingGroup),
    table("arrangements", Arrangement),
    table("mandates", Mandate, unique_together=[("body", "number", "year")]),
    table("documents", Document),
    table("instruments", Instrument, unique_together=[("title", "year")]),
    table("safeguards", Safeguard),
    table("markers", Marker, unique_together=[("marker", "level")]),
    table("targets", Target),
    table("submissions", Submission),
    table("seed_rounds", SeedRound),
    table("seed_awards", SeedAward, unique_together=[("round", "number")]),
    table("contributors", Contributor),
    table("appeals", Appeal, in_order=[("first_year", "last_year")]),
    table("windows", Window),
    table("conferences", Conference, in_order=[("starts_on", "ends_on")]),
    table("programmes", Programme),
    table("publications", Publication),
    table("oversight", Oversight),
    table("regions", Region),
    table("countries", Country),
)

BY_NAME: Final[Mapping[str, Table]] = MappingProxyType({each.name: each for each in TABLES})

#: What else may lie in a pack's folder, and what reads it.
OTHER_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "strategy.toml": "the strategy's name and its report",
        "board.toml": "how the board works that advises on proposals",
        "requests.toml": "how States ask for assistance, and to join programmes",
        "claims.toml": "the numbers that the report publishes, read by `colonnade report check`",
        "rates.csv": "exchange rates, read with published activities and with what the fund receives",
        "illustrative": "wordings of the illustrative portfolio",
        "figures": "figures of the strategy's own, and where its report states those that Colonnade brings",
        "mapping": "rules that map published activities to pillars and areas",
        "reports": "texts and figures of the reports that are built",
    }
)
