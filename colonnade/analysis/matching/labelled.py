"""Proposals of a classification over a snapshot as its reader sees it: learned from those rows, and from nothing else.

A snapshot carries titles, so records are learned from by their titles alone: the titles of their themes and areas,
which suggestions read as well, would tell here what is to be learned.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import duckdb
from babel import Locale
from django.conf import settings

from colonnade.analysis.matching.classifying import Classifier, Labelled, Term
from colonnade.analysis.matching.naming import FURTHER, Names
from colonnade.analysis.matching.proposing import AREA, MARKER, PILLAR, THEME, Proposer
from colonnade.analysis.matching.records import Record
from colonnade.places.models import Country

#: The region that all are parts of, by its code of M49: to name it is to name none.
_WORLD: Final = "001"
_TERMS: Final = (PILLAR, THEME, AREA)


def proposer_over(cursor: duckdb.DuckDBPyConnection, countries: Sequence[Country]) -> Proposer:
    """What a reader's proposals are made of: their needs and projects, the strategy's codes, the names of places."""
    rows = cursor.execute(
        "SELECT dimension, code, any_value(title) FROM label"
        " WHERE dimension IN ('pillar', 'theme', 'area', 'mandate', 'region') GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    terms = [Term(str(dimension), str(code), str(title)) for dimension, code, title in rows if dimension in _TERMS]
    return Proposer(
        Classifier.of([*_needs(cursor), *_projects(cursor)], terms),
        Names.of(_names(countries)),
        Names.of(
            (str(code), str(title)) for dimension, code, title in rows if dimension == "region" and code != _WORLD
        ),
        frozenset(str(code) for dimension, code, _title in rows if dimension == "mandate"),
    )


def _names(countries: Sequence[Country]) -> Iterator[tuple[str, str]]:
    """Countries by their English names, and by those that the Unicode data has in each language of the pages."""
    territories = [Locale.parse(language.replace("-", "_")).territories for language, _title in settings.LANGUAGES]
    for each in countries:
        yield each.code, each.name
        yield from ((each.code, name) for iso2, name in FURTHER if iso2 == each.iso2)
        yield from ((each.code, str(some[each.iso2])) for some in territories if each.iso2 in some)


def _needs(cursor: duckdb.DuckDBPyConnection) -> list[Labelled]:
    rows = cursor.execute(
        "SELECT recommendation, title, pillar, theme FROM recommendation WHERE coalesce(title, '') <> ''"
        " ORDER BY recommendation"
    ).fetchall()
    return [
        Labelled(Record(str(key), str(title)), _told({PILLAR: [pillar], THEME: [theme]}))
        for key, title, pillar, theme in rows
    ]


def _projects(cursor: duckdb.DuckDBPyConnection) -> list[Labelled]:
    rows = cursor.execute(
        "WITH latest AS (SELECT entry.*, row_number() OVER (PARTITION BY project ORDER BY as_of DESC NULLS LAST,"
        " inventory DESC) AS place FROM entry LEFT JOIN inventory USING (inventory))"
        " SELECT project, title, pillar, themes, areas, gender_marker FROM latest"
        " WHERE place = 1 AND coalesce(title, '') <> '' ORDER BY project"
    ).fetchall()
    return [
        Labelled(
            Record(str(key), str(title)),
            _told({PILLAR: [pillar], THEME: themes, AREA: areas, MARKER: [marker]}),
        )
        for key, title, pillar, themes, areas, marker in rows
    ]


def _told(codes: Mapping[str, list[object]]) -> dict[str, frozenset[str]]:
    """The dimensions in which a record has codes at all: one without says nothing about the others."""
    found = {name: frozenset(str(each) for each in some or () if each is not None) for name, some in codes.items()}
    return {name: some for name, some in found.items() if some}
