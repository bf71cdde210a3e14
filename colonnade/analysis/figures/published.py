"""``figures.json``: the figures of a report as a file that other programs read, and that can be verified.

Numbers keep every digit: whole numbers stay whole, decimals are written in full and read back as the same ``Decimal``.

``keys`` lists the figures of the report and ``digest`` is a SHA-256 over them, so that a figure that was taken away or
edited by accident is noticed. They are no signature: who means to deceive can compute both anew.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue

FILE_NAME: Final = "figures.json"
_INDENT: Final = "  "


class PublishedUnreadable(ValueError):
    """``figures.json`` is missing, or is not one."""


@dataclass(frozen=True, slots=True)
class Attested:
    """A released total beside the figures: it counts records that the snapshot does not hold, so that people stand for
    it and not a computation. Two people of the secretariat do, on ``approved_on``; ``values`` are as released."""

    figure: str
    title: str
    release: str
    audience: str
    over: str
    as_of: str
    approved_on: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """The figures of a report: its name, audience, the time (UTC) and identifier of its snapshot.

    The others tell of a file that was read, and are not needed for writing: ``displays`` is how it says each single
    value is printed, ``keys`` and ``digest`` are what it says of its figures (``None`` where it says nothing), and
    ``digest_found`` is the digest of the figures that it holds.
    """

    report: str
    audience: str
    as_of: str
    snapshot: str
    figures: tuple[FigureResult, ...]
    attested: tuple[Attested, ...] = ()
    displays: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] | None = None
    digest: str | None = None
    digest_found: str = ""


def write_figures(folder: Path, published: Published) -> Path:
    """Write ``figures.json`` into ``folder`` and return its path."""
    path = folder / FILE_NAME
    path.write_text(dumps(published), encoding="utf-8")
    return path


def read_figures(folder: Path) -> Published:
    """The figures in ``folder``. Raises :class:`PublishedUnreadable`."""
    path = folder / FILE_NAME
    try:
        return loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PublishedUnreadable(f"{folder} holds no {FILE_NAME}") from None
    except UnicodeDecodeError as error:
        raise PublishedUnreadable(f"{path} is not UTF-8: {error}") from error
    except PublishedUnreadable as error:
        raise PublishedUnreadable(f"{path}: {error}") from error


def dumps(published: Published) -> str:
    """The text of ``figures.json``."""
    figures = [_figure_as_json(figure) for figure in published.figures]
    attested = [asdict(release) for release in published.attested]
    content = {
        "report": published.report,
        "audience": published.audience,
        "as_of": published.as_of,
        "snapshot": published.snapshot,
        "keys": [figure.key for figure in published.figures],
        "digest": digest_of([*figures, *attested]),
        "figures": figures,
    } | ({"attested": attested} if attested else {})
    return _json(content) + "\n"


def loads(text: str) -> Published:
    """What :func:`dumps` wrote. Raises :class:`PublishedUnreadable`."""
    try:
        content = json.loads(text, parse_float=Decimal)
        return Published(
            report=str(content["report"]),
            audience=str(content["audience"]),
            as_of=str(content["as_of"]),
            snapshot=str(content["snapshot"]),
            figures=tuple(_figure_from_json(entry) for entry in content["figures"]),
            attested=tuple(_attested_from_json(entry) for entry in content.get("attested", ())),
            displays={str(entry["key"]): str(entry["display"]) for entry in content["figures"] if "display" in entry},
            keys=tuple(str(key) for key in content["keys"]) if "keys" in content else None,
            digest=str(content["digest"]) if "digest" in content else None,
            digest_found=digest_of([*content["figures"], *content.get("attested", ())]),
        )
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise PublishedUnreadable(f"not a list of figures: {error!r}") from error


def digest_of(figures: Any) -> str:
    """The SHA-256, in hexadecimal, of figures as plain data, however their file is laid out.

    It is taken over compact JSON with sorted names, where a number is its digits without trailing noughts and a power
    of ten (``31.40`` is ``"314e-1"``), so that a program that rewrites ``31.40`` as ``31.4`` changes nothing.
    """
    text = json.dumps(_canonical(figures), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(met: Any) -> Any:
    if isinstance(met, Mapping):
        return {str(name): _canonical(part) for name, part in met.items()}
    if isinstance(met, Sequence) and not isinstance(met, str):
        return [_canonical(part) for part in met]
    if isinstance(met, Decimal) or (isinstance(met, int) and not isinstance(met, bool)):
        sign, digits, exponent = Decimal(met).as_tuple()
        written = "".join(str(digit) for digit in digits)
        kept = written.rstrip("0")
        return f"{'-' if sign else ''}{kept}e{int(exponent) + len(written) - len(kept)}" if kept else "0"
    return met


def _figure_as_json(figure: FigureResult) -> dict[str, Any]:
    value = figure.value
    return {
        "key": figure.key,
        "version": figure.version,
        "title": figure.title,
        "source": figure.source,
        "value": _table_as_json(value) if isinstance(value, TableValue) else value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "of": figure.of,
        "row_count": figure.row_count,
        "definition": figure.definition,
        "sql": figure.sql,
        "records_sql": figure.records_sql,
        "note": figure.note,
        "display": "" if isinstance(value, TableValue) else display(value, figure.unit),
        "labels": {dimension: dict(titles) for dimension, titles in figure.labels.items()},
    }


def _table_as_json(table: TableValue) -> dict[str, Any]:
    return {
        "dimensions": [column.name for column in table.dimensions],
        "columns": [{"name": column.name, "title": column.title, "unit": column.unit} for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "totals": dict(table.totals),
    }


def _figure_from_json(entry: Mapping[str, Any]) -> FigureResult:
    value = entry["value"]
    return FigureResult(
        key=str(entry["key"]),
        version=int(entry["version"]),
        title=str(entry["title"]),
        source=str(entry["source"]),
        unit=str(entry["unit"]),
        qualifier=str(entry["qualifier"]),
        of=str(entry["of"]),
        value=_table_from_json(value) if isinstance(value, dict) else _number(value),
        row_count=int(entry["row_count"]),
        definition=str(entry["definition"]),
        sql=str(entry["sql"]),
        records_sql=str(entry["records_sql"]),
        note=str(entry.get("note", "")),
        labels=entry.get("labels", {}),
    )


def _attested_from_json(entry: Mapping[str, Any]) -> Attested:
    told = {each.name: str(entry[each.name]) for each in fields(Attested) if each.name != "values"}
    return Attested(**told, values=dict(entry["values"]))


def _table_from_json(table: Mapping[str, Any]) -> TableValue:
    columns = tuple(Column(str(entry["name"]), str(entry["title"]), entry["unit"]) for entry in table["columns"])
    rows = tuple(tuple(_cell(cell) for cell in row) for row in table["rows"])
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row of a table is longer or shorter than its header")
    return TableValue(columns, rows, {str(name): _total(total) for name, total in table["totals"].items()})


def _cell(met: Any) -> Cell:
    return met if isinstance(met, str) else _number(met)


def _total(met: Any) -> Number:
    number = _number(met)
    if number is None:
        raise ValueError("a total without a number")
    return number


def _number(met: Any) -> Number | None:
    if met is None or isinstance(met, Decimal) or (isinstance(met, int) and not isinstance(met, bool)):
        return met
    raise ValueError(f"{met!r} is not a number")


def _json(value: Any, depth: int = 0) -> str:
    """JSON with every digit of a ``Decimal``; :mod:`json` itself knows only floating-point numbers."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping) and value:
        parts = [f"{json.dumps(name, ensure_ascii=False)}: {_json(part, depth + 1)}" for name, part in value.items()]
        return _lines("{", parts, "}", depth)
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        parts = [_json(part, depth + 1) for part in value]
        if all(not isinstance(part, Mapping | list) for part in value):
            return f"[{', '.join(parts)}]"
        return _lines("[", parts, "]", depth)
    return json.dumps(value, ensure_ascii=False)


def _lines(opening: str, parts: Sequence[str], closing: str, depth: int) -> str:
    indent = "\n" + _INDENT * (depth + 1)
    return f"{opening}{indent}{f',{indent}'.join(parts)}\n{_INDENT * depth}{closing}"
