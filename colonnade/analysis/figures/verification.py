"""Verifying a report's folder without its makers: every file hashed, every figure recomputed, compared exactly.

The folder holds ``figures.json`` and ``snapshot/``. Each figure is recomputed by the SQL that the report recorded, in
a connection that can read the shipped snapshot and nothing else; no database and no network are needed.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path
from typing import Final

import duckdb

from colonnade.analysis.figures.definition import TABLE, ColumnDefinition, FigureDefinition, library
from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.engine import InexactFigure, compute, compute_value, count_rows
from colonnade.analysis.figures.published import Published, read_figures
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import Parameters, recognise, value_template
from colonnade.analysis.manifest import Manifest, differing_files, read_manifest
from colonnade.analysis.store import NotASelect, OpenSnapshot, SnapshotUnreadable, partitions_in

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


def verify(folder: Path) -> list[Difference]:
    """Everything in the report's ``folder`` that differs: an empty list means that all of it was reproduced.

    Raises ``PublishedUnreadable`` or ``ManifestError`` where it could not be tried.
    """
    published = read_figures(folder)
    snapshot = folder / SNAPSHOT
    manifest = read_manifest(snapshot)
    differences = [
        Difference(f"{SNAPSHOT}/{file.path}", f"file {file.difference}", file.expected or "none", file.found or "none")
        for file in differing_files(snapshot, manifest)
    ]
    differences += _of_the_whole(published, manifest)
    try:
        opened = OpenSnapshot(snapshot, manifest, partitions_in(snapshot))
    except SnapshotUnreadable as error:
        return [*differences, Difference(SNAPSHOT, "tables", "readable", _shown(str(error)))]
    for figure in published.figures:
        differences += _of_figure(opened, figure)
        differences += _of_display(figure, published.displays.get(figure.key))
    return differences


def _of_the_whole(published: Published, manifest: Manifest) -> Iterator[Difference]:
    for aspect, recorded, found in (
        ("snapshot", published.snapshot, manifest.snapshot_id),
        ("as_of", published.as_of, manifest.as_of),
        ("audience", published.audience, manifest.audience),
    ):
        if recorded != found:
            yield Difference("figures.json", aspect, recorded, found)
    keys = [figure.key for figure in published.figures]
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
    with _limited(snapshot) as cursor:
        expected = compute(cursor, definition, parameters, source=figure.source)
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
