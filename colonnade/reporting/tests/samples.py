"""A small report about an imaginary water programme, for the tests of composing and rendering."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from colonnade.analysis.figures.definition import ColumnDefinition, FigureDefinition
from colonnade.analysis.figures.result import Cell, Column, FigureResult, TableValue
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import Document, Records
from colonnade.reporting.folder import Report, read_report

RECORD = ("kind", "id", "title")
PILLARS = {"S": "Springs", "R": "Rivers", "L": "Lakes"}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "projects": (),
    "projects_previous": (),
    "budget_total": (),
    "unreported": (),
    "projects_by_pillar": ("pillar", "projects", "share", "previous"),
    "projects_by_entity": ("entity", "projects"),
    "projects_by_entity_and_pillar": ("entity", "pillar", "projects"),
}
KNOWN: Mapping[str, FigureDefinition] = {
    key: FigureDefinition(
        key, 1, key, "", "table" if names else "count", "", "", "",
        columns=tuple(ColumnDefinition(name, name) for name in names),
    )
    for key, names in COLUMNS.items()
}  # fmt: skip

REPORT_TOML = """
title = "The water programme: analysis of the portfolio"
subtitle = "Companion to the programme's annual report"
symbol = "WP/2026/3"
date = "7 February 2026"
language = "en"
inventory = "water-2026"
masthead = ["Distr.: General", "Original: English"]
summary = "summary.md"
text = ["body.md"]

[sources]
projects = "WP/2026/3 para. 4"

[inventories.water-2026]
previous = "water-2025"

[inventories.default]
provenance = "published"

[colours.pillar]
S = "#1b5e9b"
R = "#b8500a"
L = "#2f7d5b"
"""

SUMMARY = """
The programme carries out {count projects "project" "projects"} worth {budget_total}.
"""

BODY = """
# Portfolio

The programme carries out {count projects "project" "projects"},
{compare projects projects_previous "fewer than" "as many as" "more than"} the {projects_previous} of the year before
({table projects_by_pillar} and {chart projects_by_pillar}).

Of these, {numeral (projects_by_pillar pillar=S projects)} concern springs, *that is*,
{projects_by_pillar pillar=S share}. {largest projects_by_pillar projects} has the most. The programme comprises:

- the first pillar;
- the second pillar.

> The records are *illustrative*.

::chart projects_by_pillar
  kind: bars
  category: pillar
  measure: projects
  also: share
  caption: Projects by pillar, {@as_of}

::table projects_by_pillar
  caption: Projects by pillar, {@as_of}

## Entities

{each projects_by_entity sort=projects: {entity} leads {projects}}.

::chart projects_by_entity_and_pillar
  kind: stacked
  category: entity
  series: pillar
  measure: projects
  caption: Projects by entity and pillar

::table projects_by_entity_and_pillar
  caption: Projects by entity and pillar
  pivot: pillar by projects
  right: projects_by_entity projects
  bottom: projects_by_pillar projects

# What was not reported

The unreported number is {unreported}.
"""


def single(key: str, title: str, unit: str, value: int | Decimal | None, **changes: str) -> FigureResult:
    """A figure with one value."""
    result = FigureResult(
        key=key,
        version=1,
        title=title,
        source="WP/2026/3 para. 4",
        unit=unit,
        qualifier="exact",
        of="",
        value=value,
        row_count=314,
        definition=f"What counts as {title.lower()}.",
        sql="SELECT count(*) AS value FROM entry",
        records_sql="SELECT * FROM entry",
    )
    return replace(result, **changes)  # type: ignore[arg-type]  # texts only


def table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    totals: Mapping[str, int | Decimal],
    labels: Mapping[str, Mapping[str, str]],
) -> FigureResult:
    """A table figure."""
    value = TableValue(tuple(columns), tuple(tuple(row) for row in rows), totals)
    return replace(
        single(key, title, "table", None),
        value=value,
        labels=labels,
        of="all projects" if key.endswith("pillar") else "",
    )


def results() -> dict[str, FigureResult]:
    """Every figure of :data:`KNOWN`; ``unreported`` has no value."""
    pillar, entity = Column("pillar", "Pillar"), Column("entity", "Entity")
    projects = Column("projects", "Projects", "count")
    share, previous = Column("share", "Share of projects", "per cent"), Column("previous", "Year before", "count")
    by_entity = {"ALPHA": "ALPHA", "BETA": "Office of Beta"}
    figures = [
        single("projects", "Projects in the portfolio", "count", 314),
        single("projects_previous", "Projects the year before", "count", 317),
        single("budget_total", "Total budget", "USD", Decimal("522300000.00"), qualifier="at least"),
        single("unreported", "Unreported", "count", None),
        table(
            "projects_by_pillar",
            "Projects by pillar",
            [pillar, projects, share, previous],
            [
                ("S", 104, Decimal("33.1210191083"), 100),
                ("R", 189, Decimal("60.1910828025"), 205),
                ("L", 21, Decimal("6.6878980892"), 12),
            ],
            {"projects": 314, "previous": 317},
            {"pillar": PILLARS},
        ),
        table(
            "projects_by_entity",
            "Projects by entity",
            [entity, projects],
            [("ALPHA", 300), ("BETA", 14)],
            {"projects": 314},
            {"entity": by_entity},
        ),
        table(
            "projects_by_entity_and_pillar",
            "Projects by entity and pillar",
            [entity, pillar, projects],
            [("ALPHA", "S", 104), ("ALPHA", "R", 186), ("ALPHA", "L", 10), ("BETA", "R", 3), ("BETA", "L", 11)],
            {"projects": 314},
            {"entity": by_entity, "pillar": PILLARS},
        ),
    ]
    return {figure.key: figure for figure in figures}


def write_report(folder: Path, body: str = BODY, settings: str = REPORT_TOML, summary: str = SUMMARY) -> Path:
    """The report's files, in ``folder``."""
    (folder / "report.toml").write_text(settings, encoding="utf-8")
    (folder / "summary.md").write_text(summary, encoding="utf-8")
    (folder / "body.md").write_text(body, encoding="utf-8")
    return folder


def setting(**parameters: str) -> Setting:
    """A build on 1 February 2026 for the secretariat."""
    return Setting(
        audience="the secretariat",
        as_of="1 February 2026",
        snapshot="2026-02-01T00:00:00Z",
        banner="Illustrative records. For the secretariat only.",
        parameters={"as_of": "1 February 2026", "previous": "water-2025", "provenance": "illustrative", **parameters},
        records={
            "projects": Records(
                ("kind", "id", "title"), (("project", "p1", "=cmd()"), ("project", "p2", "Wells")), 314
            ),
            "projects_by_pillar": Records(("kind", "id", "title"), (("project", "p1", "=cmd()"),), 314),
        },
    )


def read_sample(folder: Path, body: str = BODY) -> Report:
    return read_report(write_report(folder, body), KNOWN)


def document(folder: Path, body: str = BODY, figures: Mapping[str, FigureResult] | None = None) -> Document:
    """The sample report, composed."""
    return compose(read_sample(folder, body), figures or results(), setting())
