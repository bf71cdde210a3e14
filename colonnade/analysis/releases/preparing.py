"""From what somebody wants to release to what can be: the snapshot read, the total counted, every circle audited.

Reads only. The actions keep what is prepared here; a page shows it before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from colonnade.analysis.crosstab.model import Question
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.sql import BadParameter, Parameters
from colonnade.analysis.models import KnownFigure, ReleaseBasis, ReleasedTotal
from colonnade.analysis.releases.basis import (
    COUNT,
    OWNERS,
    Basis,
    Counted,
    NotReleasable,
    basis_of_figure,
    basis_of_question,
    question_as_json,
    question_from_json,
)
from colonnade.analysis.releases.checking import CIRCLES, Checked, Outside, Release, check, values_of
from colonnade.analysis.releases.values import NOT_REPORTED, Divided, ReleasedValues
from colonnade.analysis.snapshot import current_snapshot
from colonnade.analysis.store import open_snapshot
from colonnade.core.viewer import AUDIENCES, Viewer

#: Whose records a release counts -> the viewer that sees exactly them.
COUNTED: Final[Mapping[str, Viewer]] = {
    ReleasedTotal.Over.COMPACT: AUDIENCES["compact"].viewer,
    ReleasedTotal.Over.EVERY: AUDIENCES["secretariat"].viewer,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to release: a figure of the library, or a question; to whom, and over whose records."""

    audience: str
    over: str = ReleasedTotal.Over.COMPACT
    figure: str = ""
    question: Question | None = None
    parameters: Parameters = field(default_factory=dict)

    @property
    def question_as_json(self) -> dict[str, Any] | None:
        return None if self.question is None else question_as_json(self.question)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be released: the values with some cells suppressed, what was checked, and what it rests on."""

    wanted: Wanted
    policy: Policy
    basis: Basis
    checked: Checked
    values: ReleasedValues
    snapshot: str
    as_of: datetime

    @property
    def passes(self) -> bool:
        return self.checked.passes


def wanted_by(release: ReleasedTotal) -> Wanted:
    """What a release says that it is of. Raises :class:`NotReleasable` where its question cannot be read."""
    question = None if release.question is None else question_from_json(release.question)
    return Wanted(release.audience, release.over, release.figure, question, release.parameters)


def prepare(wanted: Wanted, policy: Policy) -> Prepared:
    """Count what is wanted over the registry as it stands, and check it against all that is known.

    Raises :class:`NotReleasable` where the total is none that can be checked, or holds nothing.
    """
    folder = current_snapshot()
    opened = open_snapshot(folder, COUNTED[wanted.over])
    basis = _basis(opened.cursor(), wanted)
    manifest = opened.manifest
    new = Release(
        "this release",
        wanted.audience,
        _circle(wanted.over),
        basis.kind,
        basis.measure,
        basis.rows,
        basis.columns,
        basis.records,
        moment=manifest.snapshot_id,
    )
    visible = {circle: _seen(folder, AUDIENCES[circle].viewer, basis.kind) for circle in CIRCLES[wanted.audience]}
    checked = check(new, list(_known_releases(basis)), list(_outside(folder, wanted, basis)), visible, policy)
    values = values_of(basis, checked.hidden)
    return Prepared(wanted, policy, basis, checked, values, manifest.snapshot_id, manifest.created_at)


def _basis(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> Basis:
    if wanted.question is not None:
        return basis_of_question(cursor, wanted.question)
    definition = library().get(wanted.figure)
    if definition is None:
        raise NotReleasable(f"no figure {wanted.figure!r}")
    return basis_of_figure(cursor, definition, wanted.parameters)


def _seen(folder: Path, viewer: Viewer, kind: str) -> frozenset[str]:
    """The identifiers of the records of a kind that ``viewer`` sees one by one."""
    cursor = open_snapshot(folder, viewer).cursor()
    return frozenset(str(row[0]) for row in cursor.execute(OWNERS[kind]).fetchall())


def _known_releases(basis: Basis) -> Iterator[Release]:
    """Every total over the same kind of records that was ever released."""
    reason = "a release is checked against all that were made"
    bases = (
        ReleaseBasis.objects.unscoped(reason)
        .filter(kind=basis.kind, measure=basis.measure)
        .filter(release__in=ReleasedTotal.objects.unscoped(reason).known().order_by().values("pk"))
        .select_related("release")
        .order_by("pk")
    )
    for each in bases:
        release, values = each.release, ReleasedValues.from_json(each.release.values)
        yield Release(
            f"“{release.title}” ({release.public_id})",
            release.audience,
            _circle(release.over),
            each.kind,
            each.measure,
            values.rows,
            values.columns,
            tuple(Counted.from_json(record) for record in each.records),
            frozenset(key for key, value in values.cells.items() if value is None),
            release.snapshot,
        )


def _outside(folder: Path, wanted: Wanted, basis: Basis) -> Iterator[Outside]:
    """The figures published outside that count the same kind of records, each with the records of today."""
    if basis.measure != COUNT:
        return
    cursor = open_snapshot(folder, COUNTED[ReleasedTotal.Over.EVERY]).cursor()
    for known in KnownFigure.objects.filter(ended_at__isnull=True):
        definition = library().get(known.figure)
        if definition is None:
            continue
        try:
            counted = basis_of_figure(cursor, definition, wanted.parameters)
        except (NotReleasable, BadParameter):
            continue
        if counted.kind == basis.kind:
            members = tuple(record for record in counted.records if _stands_in(record, known.cell, counted.rows))
            yield Outside(f"{known.source}: {known.printed}", members, known.low, known.high)


def _stands_in(record: Counted, cell: Mapping[str, str], rows: Divided) -> bool:
    code = cell.get(rows.dimension)
    return code is None or record.row == (code or NOT_REPORTED)


def _circle(over: str) -> str:
    return "compact" if over == ReleasedTotal.Over.COMPACT else "every"
