"""The shape of a snapshot: every table, its columns and their DuckDB types, in one place.

A snapshot is a folder: ``manifest.json`` and one Parquet file per table and partition,

    public/<table>.parquet   compact/<table>.parquet   restricted/<STATE>/<table>.parquet

A row lies in exactly one partition, that of its own level; reference tables lie in ``public``. A reader's tables are
views over the partitions that the reader may open (:mod:`colonnade.analysis.store`). A row that two States keep
confidential lies in ``restricted/ZZZ``, a code that no State has: only who sees every restricted row sees it.
Identifiers are public identifiers, never database keys. Codes of dimensions (pillar, area, entity, country, ...) are
those of the data pack. Change a column, and :data:`SCHEMA_VERSION` goes up.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCHEMA_VERSION: Final = 1

_USD = "DECIMAL(18,2)"

#: table -> column -> DuckDB type. Every table of records has ``level``; ``state`` is set where it is restricted.
TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        # --- reference tables (always public) ---
        # The strategy's order and titles of every code: dimension is pillar, area, theme, entity, country, region,
        # working_group, mandate, scope, status, origin, event_kind, marker, contributor.
        "label": {
            "dimension": "VARCHAR",
            "code": "VARCHAR",
            "title": "VARCHAR",
            "short_title": "VARCHAR",
            "position": "INTEGER",
        },
        "inventory": {
            "inventory": "VARCHAR",  # key: portfolio-2018, portfolio-2019, prevention-mapping, published, ...
            "title": "VARCHAR",
            "as_of": "DATE",
            "previous": "VARCHAR",  # the inventory it is compared with, or NULL
            "provenance": "VARCHAR",  # illustrative | published
            "source": "VARCHAR",
        },
        "entity": {
            "entity": "VARCHAR",
            "name": "VARCHAR",
            "abbreviation": "VARCHAR",
            "kind": "VARCHAR",
            "role": "VARCHAR",  # member | observer | contributor | partner
            "provenance": "VARCHAR",
        },
        "country": {
            "country": "VARCHAR",
            "name": "VARCHAR",
            "region": "VARCHAR",
            "fictional": "BOOLEAN",
        },
        "mandate": {
            "mandate": "VARCHAR",
            "body": "VARCHAR",
            "year": "INTEGER",
            "subject": "VARCHAR",
        },
        # --- the portfolio: one row per project and inventory it stands in ---
        "entry": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",  # public identifier
            "level": "VARCHAR",
            "state": "VARCHAR",
            "reference": "VARCHAR",
            "title": "VARCHAR",
            "entity": "VARCHAR",  # lead entity's code
            "pillar": "VARCHAR",  # primary pillar's code, NULL where not reported
            "scope": "VARCHAR",  # global | regional | national | NULL (not reported)
            "status": "VARCHAR",  # in_development | awaiting_funding | ongoing | completed | suspended | cancelled
            "active": "BOOLEAN",  # neither completed nor cancelled
            "origin": "VARCHAR",  # recommendation | request | mandate | NULL
            "starts_on": "DATE",
            "ends_on": "DATE",
            "currency": "VARCHAR",  # of the amounts as reported
            "budget": _USD,  # as reported, in its own currency
            "funding": _USD,
            "budget_usd": _USD,  # NULL where no budget was reported, or no rate is known
            "funding_usd": _USD,
            "shortfall_usd": _USD,  # of an active project: budget less funding, never below zero; else 0
            "surplus_usd": _USD,  # of an active project
            "gender_marker": "INTEGER",  # 0 to 3; 3 is "principal objective"; NULL not scored
            "in_appeal": "BOOLEAN",
        },
        "entry_area": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "area": "VARCHAR",
        },
        "entry_country": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "country": "VARCHAR",
            "share": "DECIMAL(7,4)",
        },
        "entry_partner": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "entity": "VARCHAR",
            "name": "VARCHAR",
            "role": "VARCHAR",
        },
        # --- needs ---
        "recommendation": {
            "recommendation": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "country": "VARCHAR",
            "pillar": "VARCHAR",
            "theme": "VARCHAR",
            "priority": "VARCHAR",
            "issued_on": "DATE",
            "title": "VARCHAR",
            "assessment": "VARCHAR",
            "provenance": "VARCHAR",
        },
        "response": {
            "recommendation": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "strength": "VARCHAR",  # full | partial
            "standing": "VARCHAR",  # claimed | verified | rejected | contested
            "claimed_on": "DATE",
        },
        # --- funding ---
        "contributor": {
            "contributor": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "rank": "INTEGER",  # place in the published list, descending by size; NULL for fictional ones
            "in_kind_usd": _USD,
            "in_kind_year": "INTEGER",
            "provenance": "VARCHAR",
        },
        "contribution": {
            "contribution": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "contributor": "VARCHAR",
            "project": "VARCHAR",
            "currency": "VARCHAR",
            "amount": _USD,
            "amount_usd": _USD,
            "received_on": "DATE",
            "kind": "VARCHAR",  # cash | in_kind
            "provenance": "VARCHAR",
        },
        "seed_round": {
            "round": "VARCHAR",
            "title": "VARCHAR",
            "year": "INTEGER",
            "ceiling_usd": _USD,  # per working group
        },
        "seed_award": {
            "award": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "round": "VARCHAR",
            "number": "INTEGER",
            "title": "VARCHAR",
            "entity": "VARCHAR",
            "amount_usd": _USD,
            "provenance": "VARCHAR",
        },
        "appeal_entry": {
            "appeal": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "title": "VARCHAR",
            "entity": "VARCHAR",
            "pillar": "VARCHAR",
            "requirement_usd": _USD,
            "at_launch": "BOOLEAN",  # whether it was among those that took part in the launch
            "provenance": "VARCHAR",
        },
        # --- results ---
        "event": {
            "event": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "kind": "VARCHAR",  # workshop | side_event | expert_meeting | technical_mission | outreach_event |
            # thematic_regional_event | high_level_conference | training
            "title": "VARCHAR",
            "entity": "VARCHAR",
            "country": "VARCHAR",
            "city": "VARCHAR",
            "starts_on": "DATE",
            "ends_on": "DATE",
            "participants": "INTEGER",
            "series": "VARCHAR",  # events of one series are counted together; the pack names them
            "provenance": "VARCHAR",
        },
        "event_state": {
            "event": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "country": "VARCHAR",
            "participants": "INTEGER",
        },
    }
)

#: Tables that hold no records of their own, only codes and titles: they lie in the public partition.
REFERENCE_TABLES: Final = frozenset({"label", "inventory", "entity", "country", "mandate", "seed_round"})
