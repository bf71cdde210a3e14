"""Where a figure's number comes from: whether its document states it, and whether its records are illustrative.

A definition names the paragraph that it belongs to. Whether the paragraph prints the number, or only speaks of what is
counted, is known from the claims of the data pack: there, a printed number names the figure that answers it.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.sql import value_template
from colonnade.analysis.schema import REFERENCE_TABLES, TABLES
from colonnade.audit.records import Provenance
from colonnade.core.problems import ProblemsFound
from colonnade.reporting.claims.loading import load_claims
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading

CLAIMS: Final = "claims.toml"
_TABLE: Final = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")
_found: Final[Kept[str]] = Kept(200)


def is_stated(definition: FigureDefinition) -> bool:
    """Whether the document prints this figure's number. A pack without claims is taken at its word."""
    stated = _stated_in(settings.PACK_DIR / CLAIMS)
    return stated is None or definition.key in stated


@cache
def _stated_in(path: Path) -> frozenset[str] | None:
    if not path.is_file():
        return None
    try:
        claims = load_claims(path).claims.values()
    except ProblemsFound:  # `colonnade report check` names them
        return None
    return frozenset(claim.answer.figure for claim in claims if claim.answer)


def provenance_of_records(reading: Reading, definition: FigureDefinition) -> str:
    """Whose records a figure counts that asks for no inventory: illustrative as soon as one that it reads is."""
    sql = value_template(definition)
    tables = sorted({name for name in _TABLE.findall(sql) if "provenance" in TABLES.get(name, ())} - REFERENCE_TABLES)
    if not tables or f"provenance = '{Provenance.PUBLISHED}'" in sql:
        return Provenance.PUBLISHED.value
    union = "\nUNION\n".join(
        f"SELECT 'provenance' AS kind, provenance AS id, provenance AS title FROM {table}"  # noqa: S608  # our own names
        for table in tables
    )
    asked = FigureDefinition("provenance", 1, "", "", "count", "", union, "SELECT count(*) AS value FROM records")

    def find() -> str:
        met = {row[1] for row in reading.records(asked, limit=10).rows}
        return next(
            (each for each in (Provenance.ILLUSTRATIVE, Provenance.REPORTED) if each in met), Provenance.PUBLISHED
        )

    return _found.get((reading.place, tuple(tables)), find)
