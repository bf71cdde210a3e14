"""What could close needs, as one reader sees it: projects of the snapshot with their shortfalls, and proposals.

Needs and projects are those of the reader's own tables; proposals are read from the registry, for the same viewer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from colonnade.analysis.coverage.closing import Candidate, Payable
from colonnade.analysis.crosstab.coverage import EVERY_RESPONSE, coverage_sql
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.coverage import Coverage
from colonnade.needs.models import Recommendation
from colonnade.review.models import Proposal, Standing

#: Proposals that wait for a decision.
WAITING: Final = (Standing.SUBMITTED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED, Standing.DEFERRED)

#: Open needs that are not met.
_OPEN: Final = f"""
SELECT * FROM (
    SELECT recommendation, title, country, {coverage_sql(EVERY_RESPONSE)} AS coverage
    FROM recommendation WHERE standing = 'open')
WHERE coverage <> '{Coverage.MET.value}'"""  # noqa: S608  # fixed text
#: Responses that would meet such a need in full, and are not verified, with what their projects lack.
_CLAIMS: Final = f"""
SELECT entry.project, any_value(entry.title), any_value(entry.entity), any_value(entry.shortfall_usd),
       list_sort(list(DISTINCT response.recommendation))
FROM response
JOIN ({_OPEN}) AS need ON need.recommendation = response.recommendation
JOIN entry ON entry.project = response.project AND entry.inventory = ?
WHERE response.strength = 'full' AND response.standing IN ('claimed', 'contested') AND entry.active
GROUP BY entry.project
ORDER BY entry.project"""  # noqa: S608  # as above


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that stands open and is not met."""

    title: str
    country: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Table:
    """What is on the table: the needs, what could be paid for, and how much of it cannot be counted.

    ``unknown``: projects of which the shortfall is not known, with their titles. ``funded``: needs that a project
    which lacks nothing claims to meet in full: what they wait for is that somebody verifies it.
    """

    needs: Mapping[str, OpenNeed]
    candidates: tuple[Candidate, ...]
    unknown: Mapping[str, str]
    funded: frozenset[str]

    @property
    def closable(self) -> frozenset[str]:
        """The needs that something on the table would close for money."""
        return frozenset(need for each in self.candidates for need in each.closes)


def table_of(
    cursor: duckdb.DuckDBPyConnection, viewer: Viewer, inventory: str, among: frozenset[str] | None = None
) -> Table:
    """Everything that could be paid for, shortfalls as of ``inventory``; with ``among``, for these needs only.

    ``cursor`` holds the tables of the same ``viewer``.
    """
    needs = {
        need: OpenNeed(title, country or "", coverage)
        for need, title, country, coverage in cursor.execute(_OPEN).fetchall()
        if among is None or need in among
    }
    candidates: list[Candidate] = []
    unknown: dict[str, str] = {}
    funded: set[str] = set()
    for project, title, entity, shortfall, claimed in cursor.execute(_CLAIMS, [inventory]).fetchall():
        claims = [need for need in claimed if need in needs]
        if not claims:
            continue
        if shortfall is None:
            unknown[project] = title or project
        elif shortfall > 0:
            candidates.append(
                Candidate(project, title or project, Payable.SHORTFALL, entity or "", shortfall, frozenset(claims))
            )
        else:
            funded |= set(claims)
    return Table(needs, (*candidates, *_proposals(viewer, needs)), unknown, frozenset(funded))


def _proposals(viewer: Viewer, needs: dict[str, OpenNeed]) -> list[Candidate]:
    """Proposals that wait for a decision and cite one of ``needs``; amendments ask for nothing new."""
    with reading_as(viewer):
        known = Recommendation.objects.visible_to(viewer).filter(public_id__in=needs)
        cited = dict(known.values_list("pk", "public_id"))
        sent = Proposal.objects.visible_to(viewer).filter(
            standing__in=WAITING, amends__isnull=True, requested_usd__gt=0, cited_need__in=cited
        )
        rows = sent.order_by("public_id").values_list(
            "public_id", "title", "entity__code", "requested_usd", "cited_need_id"
        )
        return [
            Candidate(key, title, Payable.PROPOSAL, entity, asks, frozenset({cited[need]}))
            for key, title, entity, asks, need in rows
            if asks is not None and need is not None
        ]
