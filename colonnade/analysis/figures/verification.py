"""Verifying a report's folder without its makers: every file hashed, every figure recomputed, compared exactly.

The folder holds ``figures.json`` and ``snapshot/``. Each figure is recomputed by the SQL that the report recorded, in
a connection that can read the shipped snapshot and nothing else; no database and no network are needed. A snapshot
whose files are not those that the report was computed from is not queried: its files are named instead.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.disclosure.tables import ALL, Key
from colonnade.analysis.entitlement import partitions_in
from colonnade.analysis.figures.definition import TABLE, ColumnDefinition, FigureDefinition, library
from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.engine import InexactFigure, compute, compute_value, count_rows
from colonnade.analysis.figures.published import Attested, Published, read_figures
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import Parameters, recognise, value_template
from colonnade.analysis.manifest import Manifest, differing_files, read_manifest
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.analysis.schema import TABLES
from colonnade.analysis.store import NotASelect, OpenSnapshot, SnapshotUnreadable

SNAPSHOT: Final = "snapshot"
#: A recorded query that runs longer is stopped, and its figure named.
SECONDS_A_FIGURE: Final = 60.0
_SHOWN: Final = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the report says.

    ``subject`` is a figure's key, or a file; ``aspect`` says what of it differs. Where ``only_noted``, the figure is
    reproduced exactly, but this release defines it anew (another version): worth saying, not a failure.
    """

    subject: str
    aspect: str
    recorded: str
    found: str
    only_noted: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.aspect}: recorded {self.recorded}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What differs, and how much was looked at: figures recomputed, and files of the snapshot hashed.

    ``attested`` are released totals, which people stand for: they cannot be recomputed, only held against themselves.
    """

    differences: tuple[Difference, ...]
    figures: int
    files: int
    attested: tuple[Attested, ...] = ()


def verify(folder: Path) -> list[Difference]:
    """Everything in the report's ``folder`` that differs: an empty list means that all of it was reproduced.

    Raises ``PublishedUnreadable`` or ``ManifestError`` where it could not be tried.
    """
    return list(verify_figures(folder).differences)


def verify_figures(folder: Path) -> Verification:
    """As :func:`verify`, with how much was looked at."""
    published = read_figures(folder)
    snapshot = folder / SNAPSHOT
    manifest = read_manifest(snapshot)
    files = differing_files(snapshot, manifest)
    differences = [
        Difference(f"{SNAPSHOT}/{file.path}", f"file {file.difference}", file.expected or "none", file.found or "none")
        for file in files
    ]
    differences += _of_the_whole(published, manifest)
    for figure in published.figures:
        differences += _of_display(figure, published.displays.get(figure.key))
    opened = None
    # An added file that is no table's is never read.
    if all(file.difference == "added" and Path(file.path).stem not in TABLES for file in files):
        try:
            opened = OpenSnapshot(snapshot, manifest, partitions_in(snapshot))
        except (SnapshotUnreadable, duckdb.Error) as error:
            differences.append(Difference(SNAPSHOT, "tables", "readable", _shown(str(error))))
    for figure in published.figures:
        differences += _of_figure(opened, figure) if opened else _not_tried(figure)
    for release in published.attested:
        differences += _of_release(release)
    figures = len(published.figures) if opened else 0
    return Verification(tuple(differences), figures, len(manifest.files), published.attested)


def _of_release(release: Attested) -> Iterator[Difference]:
    """A released total is not recomputed, but its parts must add up to their sums as far as they are shown."""
    try:
        values = ReleasedValues.from_json(release.values)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        yield Difference(release.figure, "released total", "values by row and column", f"unreadable: {error!r}")
        return
    for row in (*values.rows.codes, ALL):
        yield from _adds_up(release, values, (row, ALL), [(row, code) for code in values.columns.codes])
    for column in (*values.columns.codes, ALL):
        yield from _adds_up(release, values, (ALL, column), [(code, column) for code in values.rows.codes])


def _adds_up(release: Attested, values: ReleasedValues, whole: Key, parts: Sequence[Key]) -> Iterator[Difference]:
    stated, found = values.cells.get(whole), [values.cells.get(part) for part in parts]
    if stated is None or not parts:
        return
    summed = sum((number for number in found if number is not None), Decimal(0))
    if summed > stated or (None not in found and summed != stated):
        yield Difference(release.figure, f"released total {' '.join(whole)}", str(stated), f"{summed} in its parts")


def _not_tried(figure: FigureResult) -> Iterator[Difference]:
    recorded = "a table" if isinstance(figure.value, TableValue) else _shown(figure.value)
    yield Difference(figure.key, "value", recorded, "not recomputed, as the snapshot's files differ")


def _of_the_whole(published: Published, manifest: Manifest) -> Iterator[Difference]:
    for aspect, recorded, found in (
        ("snapshot", published.snapshot, manifest.snapshot_id),
        ("as_of", published.as_of, manifest.as_of),
        ("audience", published.audience, manifest.audience),
    ):
        if recorded != found:
            yield Difference("figures.json", aspect, recorded, found)
    keys = [figure.key for figure in published.figures]
    if not keys:
        yield Difference("figures.json", "figures", "at least one", "no figures")
    if published.keys is None:
        yield Difference("figures.json", "keys", "none", "a report lists the keys of its figures")
    else:
        for key in sorted(set(published.keys) - set(keys)):
            yield Difference(key, "figure", "among the report's keys", "missing")
        for key in sorted(set(keys) - set(published.keys)):
            yield Difference(key, "figure", "not among the report's keys", "added")
    if published.digest != published.digest_found:
        yield Difference("figures.json", "digest", published.digest or "none", published.digest_found)
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Difference(key, "figure", "more than once", "one figure a key")


def _of_figure(snapshot: OpenSnapshot, figure: FigureResult) -> Iterator[Difference]:
    definition = library().get(figure.key)
    if definition is None:
        yield Difference(figure.key, "figure", f"version {figure.version}", "no such figure in this release")
        yield from _recomputed(snapshot, figure, _as_recorded(figure))
        return
    if definition.version != figure.version:
        yield Difference(figure.key, "version", str(figure.version), str(definition.version), only_noted=True)
        yield from _recomputed(snapshot, figure, _as_recorded(figure))
        return
    parameters = recognise(value_template(definition), figure.sql)
    if parameters is None:
        yield Difference(figure.key, "sql", _shown(figure.sql), _shown(value_template(definition)))
        yield from _recomputed(snapshot, figure, definition)
        return
    yield from _recomputed(snapshot, figure, definition)
    yield from _described(snapshot, figure, definition, parameters)


def _recomputed(snapshot: OpenSnapshot, figure: FigureResult, definition: FigureDefinition) -> Iterator[Difference]:
    """Run what was recorded, and compare what it yields."""
    try:
        with _limited(snapshot) as cursor:
            value = compute_value(cursor, definition, figure.sql)
            rows = count_rows(cursor, figure.records_sql)
    except (duckdb.Error, NotASelect, InexactFigure) as error:
        yield Difference(figure.key, "sql", _shown(figure.sql), f"it cannot be run: {_shown(str(error))}")
        return
    yield from _of_value(figure.key, figure.value, value)
    if rows != figure.row_count:
        yield Difference(figure.key, "row_count", str(figure.row_count), str(rows))


def _described(
    snapshot: OpenSnapshot, figure: FigureResult, definition: FigureDefinition, parameters: Parameters
) -> Iterator[Difference]:
    """What the report says about the figure, against this release's definition of the same version."""
    try:
        with _limited(snapshot) as cursor:
            expected = compute(cursor, definition, parameters, source=figure.source)
    except (duckdb.Error, InexactFigure) as error:
        yield Difference(figure.key, "definition", "computable", f"it cannot be run: {_shown(str(error))}")
        return
    for aspect in ("title", "unit", "qualifier", "of", "definition", "records_sql", "note", "labels"):
        recorded, found = getattr(figure, aspect), getattr(expected, aspect)
        if recorded != found:
            yield Difference(figure.key, aspect, _shown(recorded), _shown(found))


def _of_value(
    key: str, recorded: Number | TableValue | None, found: Number | TableValue | None
) -> Iterator[Difference]:
    if not isinstance(recorded, TableValue) or not isinstance(found, TableValue):
        if not (type(recorded) is type(found) and recorded == found):
            yield Difference(key, "value", _shown(recorded), _shown(found))
        return
    if recorded.columns != found.columns:
        yield Difference(key, "columns", _shown(recorded.columns), _shown(found.columns))
    if len(recorded.rows) != len(found.rows):
        yield Difference(key, "rows", str(len(recorded.rows)), str(len(found.rows)))
    for place, (stated, met) in enumerate(zip(recorded.rows, found.rows, strict=False), start=1):
        if stated != met:
            yield Difference(key, f"row {place}", _shown(stated), _shown(met))
    if recorded.totals != found.totals:
        yield Difference(key, "totals", _shown(recorded.totals), _shown(found.totals))


def _of_display(figure: FigureResult, recorded: str | None) -> Iterator[Difference]:
    try:
        found = "" if isinstance(figure.value, TableValue) else display(figure.value, figure.unit)
    except InvalidOperation:
        found = "a number too large to print"
    if recorded is not None and recorded != found:
        yield Difference(figure.key, "display", _shown(recorded), _shown(found))


def _as_recorded(figure: FigureResult) -> FigureDefinition:
    """The shape of a figure that this release does not define, or defines otherwise, from what was recorded."""
    table = figure.value if isinstance(figure.value, TableValue) else None
    columns = (
        tuple(ColumnDefinition(column.name, column.title, column.unit) for column in table.columns) if table else ()
    )
    return FigureDefinition(
        key=figure.key,
        version=figure.version,
        title=figure.title,
        definition=figure.definition,
        unit=TABLE if table else figure.unit,
        source=figure.source,
        records=figure.records_sql,
        value=figure.sql,
        columns=columns,
        totals=tuple(table.totals) if table else (),
    )


@contextmanager
def _limited(snapshot: OpenSnapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor whose queries are stopped when they take too long: what was recorded is a stranger's text."""
    cursor = snapshot.cursor()
    alarm = threading.Timer(SECONDS_A_FIGURE, cursor.interrupt)
    alarm.start()
    try:
        yield cursor
    finally:
        alarm.cancel()
        cursor.close()


def _shown(met: object) -> str:
    """A value or text on one line, shortened where it is long."""
    text = re.sub(r"\s+", " ", ", ".join(str(part) for part in met) if isinstance(met, tuple) else str(met)).strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
