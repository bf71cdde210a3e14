"""What a figure is: its definition as data, read from TOML files, one a subject: ``library/``, then the data pack's.

A definition has two pieces of SQL. ``records`` is a relation with one row per record that is counted: ``kind``, ``id``,
``title``, the dimensions and the measures' inputs. ``value`` reads the CTE ``records`` and yields one value, or a
table. Both are printed in full wherever the figure is, with its parameters filled in, and run as they stand.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings

from colonnade.analysis.figures.result import Column
from colonnade.core.problems import Problem, ProblemsFound

LIBRARY: Final = Path(__file__).parent / "library"
#: Where a data pack keeps figures of its own, and says where its report publishes those that Colonnade brings.
PACK_FOLDER: Final = "figures"
SOURCES: Final = "sources.toml"
SCALAR_UNITS: Final = frozenset({"count", "USD", "per cent", "years"})
TABLE: Final = "table"
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class ColumnDefinition:
    """A column of a table figure.

    A dimension has no ``unit``; ``dimension`` names the labels of its codes (its own name unless said otherwise), and
    ``labels`` are titles of codes that belong to this figure alone. A measure's records are all of the figure's,
    unless ``where`` narrows them or ``records`` is a relation of its own (the previous inventory's projects).
    """

    name: str
    title: str
    unit: str | None = None
    dimension: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    records: str = ""

    @property
    def column(self) -> Column:
        return Column(self.name, self.title, self.unit)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of the note, ``text`` with ``{count}``, printed where ``sql`` over ``records`` counts any."""

    sql: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A named number, or table of numbers, and how it is counted.

    ``excluded`` counts records that should be in the value and cannot be (an amount without a rate): the value is then
    ``at least`` what is printed. ``remarks`` are said without that. ``totals`` names the measures that may be summed
    over the rows. ``complete`` promises a row for every code of the strategy, zero or not.
    """

    key: str
    version: int
    title: str
    definition: str
    unit: str
    source: str
    records: str
    value: str
    of: str = ""
    columns: tuple[ColumnDefinition, ...] = ()
    totals: tuple[str, ...] = ()
    complete: bool = False
    excluded: Remark | None = None
    remarks: tuple[Remark, ...] = ()
    subject: str = ""

    @property
    def is_table(self) -> bool:
        return self.unit == TABLE

    @property
    def dimensions(self) -> tuple[ColumnDefinition, ...]:
        return tuple(column for column in self.columns if column.unit is None)

    def column(self, name: str) -> ColumnDefinition:
        """The column called ``name``. Raises ``KeyError``."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"figure {self.key} has no column {name!r}")


def library() -> Mapping[str, FigureDefinition]:
    """Every figure, by key: those that Colonnade brings, then those of the data pack that it serves."""
    return _library_with(settings.PACK_DIR / PACK_FOLDER)


@cache
def _library_with(pack_folder: Path) -> Mapping[str, FigureDefinition]:
    sources = _read_sources(pack_folder / SOURCES) if (pack_folder / SOURCES).is_file() else {}
    return read_library(LIBRARY, pack_folder, sources=sources)


def _read_sources(path: Path) -> Mapping[str, str]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mend = 'write lines of the form: figure_key = "source"'
        problem = Problem(path.name, None, None, "", f"cannot be read: {error}", mend)
        raise ProblemsFound([problem]) from error


def read_library(*folders: Path, sources: Mapping[str, str] | None = None) -> Mapping[str, FigureDefinition]:
    """The figures defined in the TOML files of ``folders``. Raises ``ProblemsFound`` with everything that is wrong.

    ``sources`` says where figures that name no source are published, by key.
    """
    found: dict[str, FigureDefinition] = {}
    problems: list[Problem] = []
    stated = sources or {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml")) if path.name != SOURCES):
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8"))["figure"]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
            problems.append(Problem(path.name, None, None, "", f"not a list of figures: {error}", "see definition.py"))
            continue
        for place, entry in enumerate(entries, start=1):
            wrong = list(_problems_of(path.name, place, entry, found))
            problems += wrong
            if not wrong:
                found[entry["key"]] = _definition({"source": stated.get(entry["key"], ""), **entry}, path.stem)
    for key in stated.keys() - found.keys():
        problems.append(Problem(SOURCES, None, key, stated[key], "no such figure", "use a key of the library"))
    if problems:
        raise ProblemsFound(problems)
    return MappingProxyType(found)


def _problems_of(
    file: str, place: int, entry: Mapping[str, Any], known: Mapping[str, FigureDefinition]
) -> Sequence[Problem]:
    problems = []

    def wrong(column: str, message: str, mend: str) -> None:
        problems.append(Problem(file, place, column, str(entry.get(column, "")), message, mend))

    for required in ("key", "title", "definition", "unit", "records", "value"):
        if not str(entry.get(required, "")).strip():
            wrong(required, "missing", f"give the figure its {required}")
    if not isinstance(entry.get("version"), int):
        wrong("version", "missing, or not a whole number", "begin with 1")
    if not _KEY.fullmatch(str(entry.get("key", ""))):
        wrong("key", "not a key", "use a to z, digits and underscores")
    if entry.get("key") in known:
        wrong("key", "defined twice", "give it another key")
    if entry.get("unit") not in SCALAR_UNITS | {TABLE}:
        wrong("unit", "not a unit", f"use one of {', '.join(sorted(SCALAR_UNITS))}, {TABLE}")
    if entry.get("unit") == "per cent" and not entry.get("of"):
        wrong("of", "a percentage without its base", "say what it is a share of")
    if (entry.get("unit") == TABLE) != bool(entry.get("columns")):
        wrong("columns", "a table needs columns, and a single value has none", "give both or neither")
    measures = {column["name"] for column in entry.get("columns", ()) if "unit" in column}
    if not measures.issuperset(entry.get("totals", ())):
        wrong("totals", "not measures of the table", f"choose from {', '.join(sorted(measures))}")
    return problems


def _definition(entry: Mapping[str, Any], subject: str) -> FigureDefinition:
    excluded = entry.get("excluded")
    return FigureDefinition(
        key=entry["key"],
        version=entry["version"],
        title=entry["title"],
        definition=" ".join(entry["definition"].split()),
        unit=entry["unit"],
        source=entry["source"],
        records=entry["records"].strip(),
        value=entry["value"].strip(),
        of=entry.get("of", ""),
        columns=tuple(ColumnDefinition(**column) for column in entry.get("columns", ())),
        totals=tuple(entry.get("totals", ())),
        complete=entry.get("complete", False),
        excluded=Remark(**excluded) if excluded else None,
        remarks=tuple(Remark(**remark) for remark in entry.get("remarks", ())),
        subject=subject,
    )
