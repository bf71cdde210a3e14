"""A snapshot made by hand, without a registry: a few projects of an imaginary portfolio, for building real reports."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from colonnade.analysis.manifest import Manifest, describe_files, write_manifest
from colonnade.analysis.schema import TABLES

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

#: code -> (pillar, scope, status, budget, funding) in the inventory now.
_PROJECTS = {
    "p1": ("I", "national", "ongoing", 1_500_000, 500_000),
    "p2": ("I", None, "completed", 250_000, 250_000),
    "p3": ("III", "global", "ongoing", 3_000_000, 1_000_000),
    "p4": ("III", "regional", "in_development", 900_000, 0),
    "p5": ("III", "national", "ongoing", 100_000, 100_000),
}


def rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of each table that has any."""
    labels = [
        *(("pillar", code, f"Pillar {code} in full", f"Pillar {code}") for code in ("I", "II", "III", "IV")),
        *(("scope", code, code.title(), "") for code in ("global", "regional", "national")),
        *(("status", code, code.replace("_", " ").capitalize(), "") for code in _STATUSES),
        ("entity", "ALPHA", "Office of Alpha", "ALPHA"),
        ("entity", "BETA", "Office of Beta", "BETA"),
    ]
    return {
        "label": [
            {"dimension": dimension, "code": code, "title": title, "short_title": short, "position": place}
            for place, (dimension, code, title, short) in enumerate(labels)
        ],
        "entity": [
            {"entity": "ALPHA", "name": "Office of Alpha", "abbreviation": "ALPHA", "role": "member"},
            {"entity": "BETA", "name": "Office of Beta", "abbreviation": "BETA", "role": "member"},
        ],
        "inventory": [
            inventory("portfolio-2018", "the 2018 portfolio", "2018-04-30", None),
            inventory("portfolio-2019", "the 2019 portfolio", "2019-08-31", "portfolio-2018"),
        ],
        "entry": [
            *(entry("portfolio-2019", code, *told) for code, told in _PROJECTS.items()),
            *(entry("portfolio-2018", code, "I", None, "ongoing", 100_000, 0) for code in ("p1", "p2", "p9")),
        ],
    }


_STATUSES = ("in_development", "awaiting_funding", "ongoing", "completed", "suspended", "cancelled")


def inventory(key: str, title: str, as_of: str, previous: str | None) -> dict[str, Any]:
    return {
        "inventory": key,
        "title": title,
        "as_of": as_of,
        "previous": previous,
        "provenance": "illustrative",
        "source": "made for a test",
    }


def entry(
    key: str, project: str, pillar: str, scope: str | None, status: str, budget: int, funding: int
) -> dict[str, Any]:
    active = status not in {"completed", "cancelled"}
    return {
        "inventory": key,
        "project": project,
        "level": "public",
        "reference": project.upper(),
        "title": f"=SUM({project})" if project == "p5" else f"Project {project}",
        "entity": "ALPHA" if project in {"p1", "p3"} else "BETA",
        "pillar": pillar,
        "scope": scope,
        "status": status,
        "active": active,
        "currency": "USD",
        "budget": budget,
        "funding": funding,
        "budget_usd": budget,
        "funding_usd": funding,
        "shortfall_usd": max(budget - funding, 0) if active else 0,
        "surplus_usd": 0,
    }


def write(folder: Path, *, audience: str = "secretariat", tables: Rows | None = None) -> Path:
    """The snapshot's folder. Tables without rows are written empty."""
    given = rows() if tables is None else tables
    (folder / "public").mkdir(parents=True)
    with duckdb.connect(":memory:") as connection:
        for table, columns in TABLES.items():
            typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            connection.execute(f'CREATE TABLE "{table}" ({typed})')
            for row in given.get(table, ()):
                values = [row.get(name) for name in columns]
                connection.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in values)})', values)
            connection.execute(f"COPY \"{table}\" TO '{folder / 'public' / table}.parquet' (FORMAT parquet)")
    manifest = Manifest(
        created_at=datetime(2020, 2, 7, 9, 30, tzinfo=UTC),
        audience=audience,
        registry_state="1",
        pack_hash="test",
        provenance="Illustrative records, made for a test.",
        files=describe_files(folder),
    )
    write_manifest(folder, manifest)
    return folder
