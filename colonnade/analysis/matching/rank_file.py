"""Queries and candidates as CSV files, and ranks as one. The format: docs/how-to/match-files.md."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from colonnade.analysis.matching.places import countries_of
from colonnade.analysis.matching.records import UNIT, Place, Record, Suggestion
from colonnade.core.problems import Problem, ProblemsFound

NEEDED: Final = ("id", "text")
OPTIONAL: Final = ("title", "country", "theme", "mandates", "start", "end", "language")
COLUMNS: Final = ("query", "candidate", "rank", "score", "reasons")
#: Problems that are told of one file at most.
_TOLD: Final = 100
_NONE: Final[frozenset[str]] = frozenset()
csv.field_size_limit(10_000_000)


def read_records(path: Path) -> list[Record]:
    """The records of a file. Raises ``ProblemsFound`` with all that is wrong with it."""
    problems: list[Problem] = []
    records: list[Record] = []
    seen: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            names = _header(next(rows, []), path)
            for row in rows:
                if row:
                    record = _record(
                        dict(zip(names, row, strict=False)), len(row), len(names), rows.line_num, path, problems
                    )
                    if record.id in seen:
                        problems.append(
                            Problem(
                                str(path), rows.line_num, "id", record.id,
                                f"is the id of row {seen[record.id]} as well", "give each record its own id",
                            )
                        )  # fmt: skip
                    seen[record.id] = rows.line_num
                    records.append(record)
    except UnicodeDecodeError as error:
        raise ProblemsFound(
            [
                Problem(
                    str(path), None, None, "", f"is not text in UTF-8 (at byte {error.start})", "save it as CSV UTF-8"
                )
            ]
        ) from error
    except csv.Error as error:
        raise ProblemsFound(
            [
                Problem(
                    str(path),
                    rows.line_num,
                    None,
                    "",
                    f"is not CSV: {error}",
                    "close quotation marks; double those within",
                )
            ]
        ) from error
    if not records and not problems:
        problems.append(Problem(str(path), None, None, "", "has no records", "write one a row below the header"))
    if problems:
        raise ProblemsFound(problems[:_TOLD])
    return records


def _header(names: list[str], path: Path) -> list[str]:
    found = [name.strip().lower() for name in names]
    problems = [
        Problem(
            str(path), 1, name, "", "the column is missing", f"name the columns {', '.join(NEEDED)} in the first row"
        )
        for name in NEEDED
        if name not in found
    ] + [
        Problem(str(path), 1, name, name, "the column is there twice", "keep one of the two")
        for name in sorted({each for each in found if each and found.count(each) > 1})
    ]
    if problems:
        raise ProblemsFound(problems)
    return found


def _record(cells: dict[str, str], width: int, expected: int, row: int, path: Path, problems: list[Problem]) -> Record:
    """A row as a record; what is wrong with it goes to ``problems``."""

    def refuse(column: str | None, value: str, message: str, mend: str) -> None:
        problems.append(Problem(str(path), row, column, value, message, mend))

    if width != expected:
        refuse(None, "", f"has {width} cells where the header has {expected}", "quote cells that contain commas")
    value = {each: cells[each].strip() if each in cells else "" for each in OPTIONAL}
    name = cells.get("id", "").strip()
    text = cells.get("text", "")
    if not name:
        refuse("id", "", "is empty", "give each record an id")
    if not text.strip() and not value["title"]:
        refuse("text", "", "is empty, and so is the title", "write what the record says, or take the row out")
    days: dict[str, date | None] = {"start": None, "end": None}
    for each in days:
        if value[each]:
            try:
                days[each] = date.fromisoformat(value[each])
            except ValueError:
                refuse(each, value[each], "is not a date", "write it as 2024-01-31")
    if days["start"] and days["end"] and days["end"] < days["start"]:
        refuse("end", value["end"], "is before the start", "write the later date as the end")
    return Record(
        id=name,
        text=text,
        title=cells.get("title", ""),
        countries=countries_of(value["country"]),
        theme=value["theme"],
        mandates=_mandates(value["mandates"]) if value["mandates"] else _NONE,
        start=days["start"],
        end=days["end"],
        language=value["language"],
    )


def _mandates(value: str) -> frozenset[str]:
    return frozenset(each.strip() for each in value.replace("|", ";").split(";") if each.strip())


Row = tuple[str, str, int, str, str]


def write_ranks(path: Path, answers: Iterable[list[Row]]) -> tuple[int, int]:
    """Write answers as they come, whole or not at all. Returns how many queries have suggestions, and how many not."""
    beside = path.with_name(f".{path.name}.part")
    found = without = 0
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for answer in answers:
                found, without = found + bool(answer), without + (not answer)
                writer.writerows(answer)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return found, without


def rows_of(answer: list[Suggestion]) -> list[Row]:
    """An answer as rows of the file."""
    return [(each.query, each.candidate, each.rank, _decimal(each.score), reasons_of(each)) for each in answer]


def reasons_of(suggestion: Suggestion) -> str:
    """The contributions as a JSON list: kind, what, contribution, and places as [field, start, end] in both."""
    parts = (
        f'{{"kind":"{each.kind.value}","what":{json.dumps(each.what, ensure_ascii=False)},'
        f'"contribution":{_decimal(each.amount)},'
        f'"query":{_places(each.in_query)},"candidate":{_places(each.in_candidate)}}}'
        for each in suggestion.contributions
    )
    return f"[{','.join(parts)}]"


def _places(places: tuple[Place, ...]) -> str:
    return "[" + ",".join(f'["{each.field}",{each.start},{each.end}]' for each in places) + "]"


def _decimal(amount: int) -> str:
    """Millionths as a decimal number, exactly."""
    return f"{amount // UNIT}.{amount % UNIT:06d}"
