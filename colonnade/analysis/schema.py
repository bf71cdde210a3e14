"""The shape of a snapshot: every table, its columns and their DuckDB types, in one place.

A snapshot is a folder: ``manifest.json`` and one Parquet file per table and partition,

    public/<table>.parquet   compact/<table>.parquet   restricted/<STATE>/<table>.parquet

A row lies in exactly one partition, that of its own level; reference tables lie in ``public``. A reader's tables are
views over the partitions that the reader may open (:mod:`colonnade.analysis.store`). A row that two States keep
confidential lies in ``restricted/ZZZ``, a code that no State has: only who sees every restricted row sees it.
Identifiers are public identifiers, never database keys. Codes of dimensions (pillar, area, entity, country, ...) are
those of the data pack. Change a column, and :data:`SCHEMA_VERSION` goes up.

A list column (``VARCHAR[]``) holds distinct codes in ascending order and is never NULL; it repeats what a table of
links says, so that counting by a dimension with several values a project needs no join. ``folded`` columns are what
search reads (:mod:`colonnade.analysis.folding`). A column that a row carries says nothing that some reader of the row
may not know.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCHEMA_VERSION: Final = 6

_USD = "DECIMAL(18,2)"
_CODES = "VARCHAR[]"

#: Who reads a row beyond its whole partition. ``concerns``: the States whose people read a compact row; ``named``:
#: the entities whose people read a restricted row. Each is empty where the row is of another level. A contribution or
#: an entry of an appeal also needs its project to be visible, and what counts there is its ``own_level``; a response
#: needs its need and its project, and its own lists are empty.
_READERS: Final = {"concerns": _CODES, "named": _CODES}

#: table -> column -> DuckDB type. Every table of records has ``level``; ``state`` is set where it is restricted.
TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        # --- reference tables (always public) ---
        # The strategy's order and titles of every code: dimension is pillar, area, theme, entity, country, region,
        # working_group, programme, mandate, contributor, inventory, round, scope, status, origin, event_kind, priority,
        # standing (of a recommendation), response (its standing), strength, gender_marker, marker, provenance, level.
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
            # Whether the confidentiality of needs changed since the inventory before (or this one, where it is the
            # first) until the snapshot. Of which needs, nothing here says.
            "needs_changed": "BOOLEAN",
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
        # The scales of markers: what each score means. The highest is "principal objective".
        "marker_level": {
            "marker": "VARCHAR",
            "score": "INTEGER",
            "title": "VARCHAR",
            "position": "INTEGER",  # of the marker among markers
        },
        # Shares that the work is measured against: per cent of ``whole``, for a marker those with at least ``score``.
        "target": {
            "target": "VARCHAR",
            "title": "VARCHAR",
            "percent": "DECIMAL(7,4)",
            "whole": "VARCHAR",
            "marker": "VARCHAR",
            "score": "INTEGER",
        },
        # --- the portfolio ---
        # Every project, also one that stands in no inventory: what contributions and responses are visible with.
        "project": {
            "project": "VARCHAR",  # public identifier
            "level": "VARCHAR",
            "state": "VARCHAR",
            "entity": "VARCHAR",  # lead entity's code
            **_READERS,
        },
        # One row per project and inventory it stands in.
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
            "in_appeal": "BOOLEAN",  # by an entry of an appeal that is as widely visible as the project
            "working_group": "VARCHAR",
            "programme": "VARCHAR",
            "provenance": "VARCHAR",  # of the project: reported | published | illustrative
            "areas": _CODES,
            "themes": _CODES,
            "countries": _CODES,
            "regions": _CODES,  # named by the project, and those of its countries
            "partners": _CODES,  # entities' codes
            "mandates": _CODES,
            "folded": "VARCHAR",  # title, reference, other codes, lead entity, countries, partners
            **_READERS,
        },
        "entry_area": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "area": "VARCHAR",
            **_READERS,
        },
        "entry_country": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "country": "VARCHAR",
            "share": "DECIMAL(7,4)",
            **_READERS,
        },
        "entry_partner": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "entity": "VARCHAR",
            "name": "VARCHAR",
            "role": "VARCHAR",
            **_READERS,
        },
        "entry_theme": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "theme": "VARCHAR",
            **_READERS,
        },
        "entry_region": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "region": "VARCHAR",  # named by the project
            "share": "DECIMAL(7,4)",
            **_READERS,
        },
        "entry_mandate": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "mandate": "VARCHAR",
            "paragraph": "VARCHAR",
            **_READERS,
        },
        "entry_code": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "scheme": "VARCHAR",
            "code": "VARCHAR",
            **_READERS,
        },
        # What a project is scored now, whatever the inventory; no row where it was not scored.
        "entry_marker": {
            "inventory": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "marker": "VARCHAR",
            "score": "INTEGER",
            **_READERS,
        },
        # Scores that were drawn to be checked by a second person. Never public: at the widest they are compact.
        "marker_check": {
            "marker_check": "VARCHAR",  # public identifier
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "title": "VARCHAR",  # of the project
            "entity": "VARCHAR",  # that leads it
            "marker": "VARCHAR",
            "score": "INTEGER",  # as it stood on the day of the draw
            "outcome": "VARCHAR",  # agrees | proposes | NULL (not checked yet)
            "proposed": "INTEGER",
            "answer": "VARCHAR",  # accepted | kept | NULL
            "drawn_on": "DATE",
            **_READERS,
        },
        # --- needs ---
        # Needs of which a State keeps fields, whole: for those who may read these too. Their rows in ``recommendation``
        # lack the fields; a reader of both reads these instead (:mod:`colonnade.analysis.store`). They are restricted,
        # and ``own_level`` is the level of the need.
        "kept_need": {
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
            "reference": "VARCHAR",
            "standing": "VARCHAR",
            "kept": "VARCHAR",
            "own_level": "VARCHAR",
            "region": "VARCHAR",
            "mandates": _CODES,
            "folded": "VARCHAR",
            **_READERS,
        },
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
            "reference": "VARCHAR",
            "standing": "VARCHAR",  # open | implemented | withdrawn
            "kept": "VARCHAR",  # fields that the State keeps from this row's readers, with commas; they are empty here
            "region": "VARCHAR",  # of the country
            "mandates": _CODES,
            "folded": "VARCHAR",  # title, reference, country, theme
            **_READERS,
        },
        "response": {
            "recommendation": "VARCHAR",
            "project": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "strength": "VARCHAR",  # full | partial
            "standing": "VARCHAR",  # claimed | verified | returned | rejected | contested | withdrawn
            "claimed_on": "DATE",
            "until_on": "DATE",  # until when the project meets the need, where that was said
            **_READERS,
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
            **_READERS,
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
            "own_level": "VARCHAR",  # ``level`` is the narrower of its own and its project's
            **_READERS,
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
            **_READERS,
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
            "own_level": "VARCHAR",  # ``level`` is the narrower of its own and its project's
            **_READERS,
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
            "region": "VARCHAR",  # of the country
            "attending": _CODES,  # States in event_state
            "folded": "VARCHAR",  # title, city, country, organiser
            **_READERS,
        },
        "event_state": {
            "event": "VARCHAR",
            "level": "VARCHAR",
            "state": "VARCHAR",
            "country": "VARCHAR",
            "participants": "INTEGER",
            **_READERS,
        },
    }
)

#: Tables that hold no records of their own, only codes and titles: they lie in the public partition.
REFERENCE_TABLES: Final = frozenset(
    {"label", "inventory", "entity", "country", "mandate", "marker_level", "target", "seed_round"}
)

#: Columns that are computed from other tables when the snapshot is written (:mod:`colonnade.analysis.derive`).
DERIVED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        table: frozenset(_READERS) & frozenset(columns)
        | {
            "entry": frozenset({"areas", "themes", "countries", "regions", "partners", "mandates", "folded"}),
            "recommendation": frozenset({"region", "mandates", "folded"}),
            "kept_need": frozenset({"region", "mandates", "folded"}),
            "event": frozenset({"region", "attending", "folded"}),
        }.get(table, frozenset())
        for table, columns in TABLES.items()
    }
)
