"""The columns of a snapshot that are computed from other tables: lists of codes, what search reads, who else reads.

Tables as they left the registry lie in the DuckDB schema ``drained``, with every column of ``schema.TABLES``; derived
columns are NULL there. :func:`table_sql` fills them in. A value that is there already stands, so that tests may give
one. What is derived for a row rests on rows that each of its readers may read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from colonnade.analysis.folding import folded_sql
from colonnade.analysis.schema import DERIVED, TABLES

#: Tables that are drained for what is derived from them, and not written: table -> column -> DuckDB type.
SIDE_TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        # The countries of every project, also of one that stands in no inventory.
        "reach": {"project": "VARCHAR", "country": "VARCHAR"},
        # The entities that may read a restricted project beside the one that leads it.
        "project_named": {"project": "VARCHAR", "entity": "VARCHAR"},
        "need_named": {"recommendation": "VARCHAR", "entity": "VARCHAR"},
        "need_mandate": {"recommendation": "VARCHAR", "mandate": "VARCHAR"},
        "contributor_country": {"contributor": "VARCHAR", "country": "VARCHAR"},
    }
)

_NONE: Final = "CAST([] AS VARCHAR[])"


def _codes(expression: str) -> str:
    """An aggregate: the distinct values of ``expression`` in ascending order; NULL where there is none."""
    return f"list_sort(list_distinct(list({expression}) FILTER ({expression} IS NOT NULL)))"


def _union(*lists: str) -> str:
    """The distinct codes of several lists, each of which may be NULL, in ascending order."""
    joined = _NONE
    for codes in lists:
        joined = f"list_concat({joined}, coalesce({codes}, {_NONE}))"
    return f"list_sort(list_distinct({joined}))"


def _if_level(level: str, codes: str, column: str = "drained.level") -> str:
    return f"CASE WHEN {column} = '{level}' THEN coalesce({codes}, {_NONE}) ELSE {_NONE} END"


def _words(*expressions: str) -> str:
    return folded_sql(f"concat_ws(' ', {', '.join(expressions)})")


def _following(*expressions: str) -> str:
    """Folded words to be put after others that are folded: without the space before them."""
    return f"substr({_words(*expressions)}, 2)"


def _of_links(table: str, columns: str, joins: str = "", *, to: tuple[str, ...] = ("inventory", "project")) -> str:
    """What the links of one record come to: a row for each record that has some."""
    keys = ", ".join(f"link.{name}" for name in to)
    # Names are the schema's, here and below.
    return f"(SELECT {keys}, {columns} FROM drained.{table} AS link {joins} GROUP BY {keys})"  # noqa: S608  # as said


_REACH: Final = _of_links("reach", f"{_codes('country')} AS codes", to=("project",))
_PROJECT_NAMED: Final = _of_links("project_named", f"{_codes('entity')} AS codes", to=("project",))
_NEED_NAMED: Final = _of_links("need_named", f"{_codes('entity')} AS codes", to=("recommendation",))
_NEED_MANDATES: Final = _of_links("need_mandate", f"{_codes('mandate')} AS codes", to=("recommendation",))
_ATTENDING: Final = _of_links("event_state", f"{_codes('country')} AS codes", to=("event",))

# Folding costs more than all else here, so what many rows share is folded once: names of countries and entities.
_COUNTRIES: Final = f"(SELECT country, region, {_following('name')} AS words FROM drained.country)"  # noqa: S608  # as said
_ENTITIES: Final = f"(SELECT entity, {_following('abbreviation', 'name')} AS words FROM drained.entity)"  # noqa: S608  # as said
_PARTNERS: Final = (
    f"(SELECT name, {_following('name')} AS words FROM (SELECT DISTINCT name FROM drained.entry_partner))"  # noqa: S608  # as said
)

#: Who else reads a project: only those of which somebody does, so that joining them is cheap.
_PROJECT_READERS: Final = f"""
    (SELECT * FROM
        (SELECT drained.project,
                {_if_level("compact", "reach.codes")} AS concerns,
                {_if_level("restricted", _union("named.codes", "[drained.entity]"))} AS named
         FROM drained.project AS drained
         LEFT JOIN {_REACH} AS reach ON reach.project = drained.project
         LEFT JOIN {_PROJECT_NAMED} AS named ON named.project = drained.project)
     WHERE concerns <> [] OR named <> [])"""  # noqa: S608  # as above

_WITH_PROJECT: Final = (
    {"concerns": "readers.concerns", "named": "readers.named"},
    f"LEFT JOIN {_PROJECT_READERS} AS readers ON readers.project = drained.project",
)

_ON_ENTRY: Final = "ON {0}.inventory = drained.inventory AND {0}.project = drained.project"
_ENTRY_LINKS: Final = (
    ("area", _of_links("entry_area", f"{_codes('area')} AS codes")),
    ("theme", _of_links("entry_theme", f"{_codes('theme')} AS codes")),
    ("mandate", _of_links("entry_mandate", f"{_codes('mandate')} AS codes")),
    ("region", _of_links("entry_region", f"{_codes('region')} AS codes")),
    ("reference", _of_links("entry_code", f"{_codes('code')} AS codes")),
    (
        "country",
        _of_links(
            "entry_country",
            f"{_codes('link.country')} AS codes, {_codes('country.region')} AS regions,"
            f" {_codes('country.words')} AS words",
            f"LEFT JOIN {_COUNTRIES} AS country ON country.country = link.country",
        ),
    ),
    (
        "partner",
        _of_links(
            "entry_partner",
            f"{_codes('link.entity')} AS codes, {_codes('partner.words')} AS words,"
            f" {_codes('entity.words')} AS entities",
            f"LEFT JOIN {_ENTITIES} AS entity ON entity.entity = link.entity"
            f" LEFT JOIN {_PARTNERS} AS partner ON partner.name = link.name",
        ),
    ),
)

_ENTRY: Final = (
    {
        **{f"{name}s": f"{name}.codes" for name in ("area", "theme", "mandate", "partner")},
        "countries": "country.codes",
        "regions": _union("region.codes", "country.regions"),
        "folded": "concat({})".format(
            ", ".join(
                (
                    _words("drained.title", "drained.reference", "array_to_string(reference.codes, ' ')"),
                    "lead.words",
                    *(
                        f"array_to_string({words}, '')"
                        for words in ("country.words", "partner.words", "partner.entities")
                    ),
                )
            )
        ),
        **_WITH_PROJECT[0],
    },
    " ".join(
        (
            *(f"LEFT JOIN {sql} AS {name} {_ON_ENTRY.format(name)}" for name, sql in _ENTRY_LINKS),
            f"LEFT JOIN {_ENTITIES} AS lead ON lead.entity = drained.entity",
            _WITH_PROJECT[1],
        )
    ),
)

_RECOMMENDATION: Final = (
    {
        "region": "country.region",
        "mandates": "mandate.codes",
        "folded": _words("drained.title", "drained.reference", "country.name", "theme.title"),
        "concerns": _if_level("compact", "[drained.country]"),
        "named": _if_level("restricted", "named.codes"),
    },
    f"""
    LEFT JOIN drained.country AS country ON country.country = drained.country
    LEFT JOIN drained.label AS theme ON theme.dimension = 'theme' AND theme.code = drained.theme
    LEFT JOIN {_NEED_MANDATES} AS mandate ON mandate.recommendation = drained.recommendation
    LEFT JOIN {_NEED_NAMED} AS named ON named.recommendation = drained.recommendation
    """,
)

#: The States that an event concerns: that where it is held, and those that attended. Events are never restricted.
_OF_EVENT: Final = _union("attended.codes", "CASE WHEN {0}.country IS NOT NULL THEN [{0}.country] END")

_EVENT: Final = (
    {
        "region": "country.region",
        "attending": "attended.codes",
        "folded": _words("drained.title", "drained.city", "country.name", "organiser.abbreviation", "organiser.name"),
        "concerns": _if_level("compact", _OF_EVENT.format("drained")),
    },
    f"""
    LEFT JOIN {_ATTENDING} AS attended ON attended.event = drained.event
    LEFT JOIN drained.country AS country ON country.country = drained.country
    LEFT JOIN drained.entity AS organiser ON organiser.entity = drained.entity
    """,
)

_EVENT_STATE: Final = (
    {"concerns": _if_level("compact", _OF_EVENT.format("event"))},
    f"""
    LEFT JOIN drained.event AS event ON event.event = drained.event
    LEFT JOIN {_ATTENDING} AS attended ON attended.event = drained.event
    """,
)

_CONTRIBUTION: Final = (
    {
        "concerns": _if_level(
            "compact", "CASE WHEN giver.country IS NOT NULL THEN [giver.country] END", "drained.own_level"
        )
    },
    "LEFT JOIN drained.contributor_country AS giver ON giver.contributor = drained.contributor",
)

_APPEAL_ENTRY: Final = (
    {"concerns": _if_level("compact", "reach.codes", "drained.own_level")},
    f"LEFT JOIN {_REACH} AS reach ON reach.project = drained.project",
)

#: A check of a public project is compact: a State's people read it where the project reaches their State.
_MARKER_CHECK: Final = (
    {"concerns": _if_level("compact", "reach.codes"), "named": "readers.named"},
    f"LEFT JOIN {_REACH} AS reach ON reach.project = drained.project {_WITH_PROJECT[1]}",
)

#: Table -> its derived columns as SQL, and the joins that they need. Derived columns not named here are empty lists.
_FORMULAS: Final[Mapping[str, tuple[Mapping[str, str], str]]] = MappingProxyType(
    {
        "project": _WITH_PROJECT,
        "entry": _ENTRY,
        **{table: _WITH_PROJECT for table in TABLES if table.startswith("entry_")},
        "recommendation": _RECOMMENDATION,
        "kept_need": _RECOMMENDATION,
        "event": _EVENT,
        "event_state": _EVENT_STATE,
        "contribution": _CONTRIBUTION,
        "appeal_entry": _APPEAL_ENTRY,
        "marker_check": _MARKER_CHECK,
    }
)


def table_sql(table: str) -> str:
    """The SELECT that gives ``table`` with every column of the schema, in its order, from the drained tables."""
    formulas, joins = _FORMULAS.get(table, ({}, ""))
    columns = []
    for name, kind in TABLES[table].items():
        if name not in DERIVED[table]:
            columns.append(f'drained."{name}"')
            continue
        candidates = [f'drained."{name}"', formulas.get(name), _NONE if kind.endswith("[]") else None]
        columns.append(f'coalesce({", ".join(filter(None, candidates))}) AS "{name}"')
    # Every name is the schema's.
    return f"SELECT {', '.join(columns)} FROM drained.{table} AS drained {joins}"  # noqa: S608  # as the line above says


def every_table() -> Mapping[str, Mapping[str, str]]:
    """What lies in the schema ``drained``: the tables of the snapshot and those beside them."""
    return {**TABLES, **SIDE_TABLES}


def drained_columns(table: str) -> tuple[str, ...]:
    """The columns of ``table`` that come from the registry, in order."""
    return tuple(name for name in every_table()[table] if name not in DERIVED.get(table, frozenset()))
