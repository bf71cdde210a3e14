"""Builds a report: a snapshot in, a folder of files out. The one place where figures, text and renderers meet.

The folder appears whole or not at all: everything is written beside it and put in its place by renaming.
"""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.engine import compute_many
from colonnade.analysis.figures.published import FILE_NAME as FIGURES_FILE
from colonnade.analysis.figures.published import Attested, Published, write_figures
from colonnade.analysis.figures.records import records_for
from colonnade.analysis.figures.result import Cell, FigureResult
from colonnade.analysis.figures.sql import Parameters, parameters_in
from colonnade.analysis.manifest import Manifest
from colonnade.analysis.queries import InForce
from colonnade.analysis.store import open_snapshot
from colonnade.core.viewer import Audience
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import Document, Records
from colonnade.reporting.folder import Report, read_report
from colonnade.reporting.html import render_html
from colonnade.reporting.pdf import render_pdf
from colonnade.reporting.released import attested_of, released_in, with_released, without_withheld
from colonnade.reporting.word import render_word
from colonnade.reporting.wording import wording
from colonnade.reporting.workbook import render_workbook

#: The workbook lists up to this many records of a figure, and says how many there are.
RECORDS_LIMIT: Final = 1000
SNAPSHOT_FOLDER: Final = "snapshot"
ILLUSTRATIVE: Final = "illustrative"


class UnknownInventory(LookupError):
    """The snapshot holds no inventory of that name."""


class WrongAudience(ValueError):
    """The snapshot was made for another audience than the report."""


class FolderInUse(ValueError):
    """The folder to build into holds something else than an earlier build of a report."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """An inventory as the snapshot describes it."""

    key: str
    title: str
    as_of: date | None
    provenance: str
    source: str
    previous: str | None
    needs_changed: bool | None = None


@dataclass(slots=True)
class Built:
    """What was built, and how long each part took, in seconds."""

    folder: Path
    document: Document
    seconds: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self.seconds.items())
        return f"{self.folder}: {sum(self.seconds.values()):.2f} s ({parts})"

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Notes how long the block takes."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Composed:
    """A report composed over a snapshot, before it is rendered: what a page of the web application shows."""

    document: Document
    results: Mapping[str, FigureResult]
    manifest: Manifest
    attested: tuple[Attested, ...] = ()


def build_report(
    folder: Path,
    snapshot: Path,
    *,
    audience: Audience,
    inventory: str | None = None,
    out: Path,
    released: Mapping[str, InForce] | None = None,
) -> Built:
    """Builds the report in ``folder`` over the snapshot, for ``audience``, into ``out``.

    ``released`` are the totals in force for the audience, by figure.

    Leaves ``report.html``, ``report.docx``, ``report.pdf``, ``report.xlsx``, ``figures.json`` and ``snapshot/``.
    Raises ``ProblemsFound`` for a report that is wrong, and :class:`UnknownInventory`, :class:`WrongAudience` or
    :class:`FolderInUse`.
    """
    _refuse_other_content(out)
    began = time.perf_counter()
    composed = compose_report(folder, snapshot, audience=audience, inventory=inventory, released=released)
    document = composed.document
    built = Built(out, document, {"figures and text": time.perf_counter() - began})
    with _beside(out, 0o755 if audience.key == "public" else 0o700) as work:
        with built.timed("html"):
            (work / "report.html").write_text(render_html(document), encoding="utf-8")
        with built.timed("docx"):
            (work / "report.docx").write_bytes(render_word(document))
        with built.timed("pdf"):
            (work / "report.pdf").write_bytes(render_pdf(document))
        with built.timed("xlsx"):
            (work / "report.xlsx").write_bytes(render_workbook(document))
        with built.timed("json and snapshot"):
            reported = tuple(result for result in composed.results.values() if result.value is not None)
            manifest = composed.manifest
            published = Published(
                document.name, manifest.audience, manifest.as_of, manifest.snapshot_id, reported, composed.attested
            )
            write_figures(work, published)
            shutil.copytree(snapshot, work / SNAPSHOT_FOLDER)
    return built


def compose_report(
    folder: Path,
    snapshot: Path,
    *,
    audience: Audience,
    inventory: str | None = None,
    records_limit: int = RECORDS_LIMIT,
    released: Mapping[str, InForce] | None = None,
) -> Composed:
    """The report's document and its figures. With a ``records_limit`` of 0, no records are read."""
    report = read_report(folder, library())
    opened = open_snapshot(snapshot, audience.viewer)
    if opened.manifest.audience != audience.key:
        raise WrongAudience(f"the snapshot is for {opened.manifest.audience}, the report for {audience.key}")
    connection = opened.cursor()
    inventories = inventories_in(connection)
    key = inventory or report.inventory
    if key not in inventories:
        known = ", ".join(sorted(inventories)) or "none"
        raise UnknownInventory(f"the snapshot holds no inventory {key!r}; it holds: {known}")
    met = inventories[key]
    parameters = parameters_over(met, report)
    definitions = [library()[mention] for mention in report.mentions.figures]
    counted = compute_many(connection, definitions, parameters, sources=sources_over(met, report))
    results = without_withheld(counted, audience.viewer)
    records = {}
    if records_limit:
        records = _records(connection, definitions, parameters, results, records_limit)
    setting = setting_over(report, opened.manifest, audience, inventories, key, records)
    totals = released or {}
    document = with_released(
        compose(report, results, setting), counted, audience.viewer, totals, wording(report.language)
    )
    return Composed(document, results, opened.manifest, attested_of(released_in(counted, audience.viewer, totals)))


def inventories_in(connection: duckdb.DuckDBPyConnection) -> dict[str, Inventory]:
    """The inventories of a snapshot by key, the newest first."""
    rows = connection.execute(
        "SELECT inventory, title, as_of, provenance, source, previous, needs_changed FROM inventory"
        " ORDER BY as_of DESC, inventory"
    ).fetchall()
    return {row[0]: Inventory(*row) for row in rows}


def parameters_over(inventory: Inventory, report: Report | None) -> Parameters:
    """What figures over ``inventory`` ask for, as ``report`` sets it; ``None`` for what neither has."""
    own = _own(inventory, report)
    asked = frozenset[str]().union(*(parameters_in(definition) for definition in library().values()))
    return {name: own.get(name) or None for name in asked}


def sources_over(inventory: Inventory, report: Report | None) -> dict[str, str]:
    """Where each figure's number is stated: a published paragraph speaks of the report's own inventory only."""
    sources = dict(report.sources_of(inventory.key)) if report else {}
    if report and inventory.key != report.inventory:
        source = inventory.source or inventory.title
        sources |= {each.key: source for each in library().values() if "inventory" in parameters_in(each)}
    return sources


def _own(inventory: Inventory, report: Report | None) -> dict[str, str]:
    """The parameters of an inventory: its own, over which the report's settings for it stand."""
    given = report.parameters_of(inventory.key) if report else {}
    met = {"provenance": inventory.provenance, "previous": inventory.previous or ""}
    return {**met, **given, "inventory": inventory.key}


def _records(
    connection: duckdb.DuckDBPyConnection,
    definitions: list[FigureDefinition],
    parameters: Parameters,
    results: Mapping[str, FigureResult],
    limit: int,
) -> dict[str, Records]:
    """The records of each figure that has a value; figures over the same records share them."""
    shared: dict[str, Records] = {}
    for definition in definitions:
        result = results[definition.key]
        if result.value is not None and result.records_sql not in shared:
            page = records_for(connection, definition, parameters, limit=limit)
            rows = tuple(tuple(_cell(value) for value in row) for row in page.rows)
            shared[result.records_sql] = Records(page.columns, rows, page.total)
    return {key: shared[result.records_sql] for key, result in results.items() if result.records_sql in shared}


def _cell(value: Any) -> Cell:
    """A record's value as the workbook writes it: dates and truth values in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return value  # type: ignore[no-any-return]  # a text, a whole number, a decimal, or nothing


def setting_over(
    report: Report,
    manifest: Manifest,
    audience: Audience,
    inventories: Mapping[str, Inventory],
    key: str,
    records: Mapping[str, Records] | None = None,
) -> Setting:
    """What the report over the inventory ``key`` knows about itself. Raises ``KeyError`` where there is none."""
    inventory = inventories[key]
    own = _own(inventory, report)
    previous = inventories.get(own["previous"])
    provenance = own["provenance"]
    words = wording(report.language)
    as_of = words.date(inventory.as_of or manifest.created_at.date())
    illustrative = provenance == ILLUSTRATIVE
    since = previous or inventory
    circle = "" if audience.key == "public" else words.for_only.format(audience=audience.title)
    return Setting(
        closing=(words.needs_changed if inventory.needs_changed else words.needs_unchanged).format(since=since.title),
        audience=audience.title,
        as_of=as_of,
        snapshot=f"{manifest.snapshot_id}, {manifest.as_of}",
        banner=" ".join(filter(None, (manifest.provenance if illustrative else "", circle))),
        running_banner=" ".join(filter(None, (words.illustrative if illustrative else "", circle))),
        parameters={
            **own,
            "previous": previous.key if previous else "",
            "inventory_title": inventory.title,
            "previous_title": previous.title if previous else "",
            "as_of": as_of,
            "audience": audience.title,
            "provenance": provenance,
            "title": report.title,
            "symbol": report.symbol,
        },
        records=records or {},
    )


def _refuse_other_content(out: Path) -> None:
    """An earlier build is replaced; a folder with anything else in it is not touched."""
    if out.exists() and not (out.is_dir() and ((out / FIGURES_FILE).is_file() or not any(out.iterdir()))):
        raise FolderInUse(f"{out} exists and is no earlier build of a report; name another folder, or remove it")


@contextmanager
def _beside(out: Path, mode: int) -> Iterator[Path]:
    """A folder to write into, which takes the place of ``out`` when all went well, and is removed when not."""
    out.parent.mkdir(parents=True, exist_ok=True)
    work = out.parent / f".{out.name}.{os.getpid()}.new"
    old = out.parent / f".{out.name}.{os.getpid()}.old"
    work.mkdir(mode=mode)
    try:
        yield work
        if out.exists():
            out.rename(old)
        work.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
