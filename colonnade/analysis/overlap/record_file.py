"""A CSV file of records, both ways: ``id, entity, title, text, countries, start, end, amount, parent``.

A large file is read by two processes, each of which takes every other block of rows. Whatever is wrong is reported
together, with file, row (the header is row 1), column, value and mend.
"""

import csv
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Final

from colonnade.analysis.overlap.columns import Columns, Gathering, Numbering
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.record import Record
from colonnade.core.problems import Problem, ProblemsFound

COLUMNS: Final = ("id", "entity", "title", "text", "countries", "start", "end", "amount", "parent")
REQUIRED: Final = ("id", "title")
#: From so many bytes on a second process pays.
_LARGE: Final = 24_000_000
_BLOCK: Final = 4_096
_MOST_PROBLEMS: Final = 100
_LONGEST_CELL: Final = 10_000_000
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", re.ASCII)
_AMOUNT: Final = re.compile(r"\d{1,18}(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Part:
    columns: Columns
    words: list[str]
    places: list[str]
    problems: list[Problem]


def read_corpus(path: Path) -> Corpus:
    """The records of a file. Raises ``ProblemsFound``, and ``FileNotFoundError`` where there is none."""
    if path.stat().st_size < _LARGE:
        parts = [_part(path, 0, 1)]
    else:
        with ProcessPoolExecutor(2, mp_context=_context()) as processes:
            parts = list(processes.map(_part, (path, path), (0, 1), (2, 2)))
    problems = sorted((each for part in parts for each in part.problems), key=lambda each: each.row or 0)
    if not problems:
        problems = _repeated(path, parts)
    if problems:
        raise ProblemsFound(problems[:_MOST_PROBLEMS])
    words, places = Numbering(), Numbering()
    columns = [
        part.columns.with_words(words.of_all(part.words)).with_places(places.of_all(part.places)) for part in parts
    ]
    return Corpus.of_columns(columns, words, places)


def _context() -> BaseContext:
    """Forked processes have all that is imported already; where other threads run, forking is not safe."""
    forks = "fork" in get_all_start_methods() and threading.active_count() == 1
    return get_context("fork" if forks else "spawn")


def read_records(path: Path) -> list[Record]:
    """The records of a file that is not large, one by one. Raises as :func:`read_corpus`."""
    problems: list[Problem] = []
    records = [record for _, record in _records(path, problems, 0, 1)]
    if problems:
        raise ProblemsFound(problems[:_MOST_PROBLEMS])
    return records


def read_decided(path: Path) -> frozenset[frozenset[str]]:
    """The pairs of identifiers in the columns ``a`` and ``b`` of a file. Raises ``ProblemsFound``."""
    mend = "write a and b in the first row, and two identifiers in each other one"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"a", "b"} <= set(rows.fieldnames or ()):
            met = ", ".join(rows.fieldnames or ())[:80]
            raise ProblemsFound([Problem(str(path), 1, None, met, "this is no header of pairs", mend)])
        pairs, problems = set(), []
        for row in rows:
            if not row["a"] or not row["b"]:
                met = f"{row['a'] or ''}, {row['b'] or ''}"
                problems.append(Problem(str(path), rows.line_num, None, met, "a pair lacks an identifier", mend))
            else:
                pairs.add(frozenset((row["a"].strip(), row["b"].strip())))
    if problems:
        raise ProblemsFound(problems)
    return frozenset(pairs)


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write them as :func:`read_corpus` reads them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for each in records:
            days = tuple("" if day is None else day.isoformat() for day in (each.start, each.end))
            amount = "" if each.amount is None else f"{each.amount:.2f}"
            countries = "; ".join(each.countries)
            rows.writerow((each.id, each.entity, each.title, each.text, countries, *days, amount, each.parent))


def _part(path: Path, part: int, parts: int) -> _Part:
    gathering = Gathering()
    problems: list[Problem] = []
    for _, record in _records(path, problems, part, parts):
        gathering.add(record)
    words, places = gathering.words.texts, gathering.places.texts
    columns = gathering.columns()
    del gathering  # what is sent stands in memory twice already
    return _Part(columns, words, places, problems)


def _repeated(path: Path, parts: Sequence[_Part]) -> list[Problem]:
    """Identifiers that stand in several rows. They are looked for again only where there are some."""
    ids = [each for part in parts for each in part.columns.ids]
    if len(set(ids)) == len(ids):
        return []
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    unread: list[Problem] = []
    for row, record in _records(path, unread, 0, 1):
        if record.id in seen:
            met, mend = f"it is the identifier of row {seen[record.id]} too", "give each record its own"
            problems.append(Problem(str(path), row, "id", record.id, met, mend))
        seen.setdefault(record.id, row)
    return problems


def _records(path: Path, problems: list[Problem], part: int, parts: int) -> Iterator[tuple[int, Record]]:
    """The records of every block of rows whose turn it is, with their rows; what is wrong is added to ``problems``."""
    file_name = str(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        try:
            header = [name.strip().lower() for name in next(rows, [])]
            missing = [name for name in REQUIRED if name not in header]
            if missing or len(set(header)) < len(header):
                mend = f"write {', '.join(COLUMNS)} in the first row, each once; {' and '.join(REQUIRED)} must be there"
                problems.append(
                    Problem(file_name, 1, None, ", ".join(header)[:80], "this is no header of records", mend)
                )
                return
            places = tuple(header.index(name) if name in header else len(header) for name in COLUMNS)
            for row, cells in enumerate(rows, start=2):
                if row // _BLOCK % parts != part or not any(cells):
                    continue
                if len(cells) != len(header):
                    message = f"{len(cells)} cells under {len(header)} columns"
                    mend = "put quotation marks around cells that hold commas or line breaks"
                    problems.append(Problem(file_name, row, None, cells[0][:60], message, mend))
                    continue
                cells.append("")
                record = _record(file_name, row, [cells[at] for at in places], problems)
                if record is not None:
                    yield row, record
        except UnicodeDecodeError as error:
            met = repr(error.object[error.start : error.start + 8])
            problems.append(Problem(file_name, None, None, met, "this is not UTF-8", "save the file as CSV UTF-8"))
        except csv.Error as error:
            mend = "save it as CSV with commas and quotation marks"
            problems.append(Problem(file_name, rows.line_num, None, "", f"this is not CSV: {error}", mend))


def _record(file: str, row: int, cells: list[str], problems: list[Problem]) -> Record | None:
    id_, entity, title, text, countries, start, end, amount, parent = cells
    before = len(problems)
    id_ = id_.strip()
    if not id_:
        problems.append(Problem(file, row, "id", "", "a record has no identifier", "give it one that no other has"))
    days = [_day(file, row, name, cell.strip(), problems) for name, cell in (("start", start), ("end", end))]
    money = _amount(file, row, amount.strip(), problems) if amount else None
    if len(problems) > before:
        return None
    named = (countries,) if countries else ()
    return Record(id_, entity.strip(), title, text, named, days[0], days[1], money, parent.strip())


def _day(file: str, row: int, name: str, cell: str, problems: list[Problem]) -> date | None:
    """A day; of a year or a month the first, or as an end the last."""
    if not cell:
        return None
    if len(cell) == 10:
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    if match := _DAY.fullmatch(cell):
        year, month, day = (None if each is None else int(each) for each in match.groups())
        try:
            if day is not None or name == "start":
                return date(year or 0, month or 1, day or 1)
            return _last(year or 0, month or 12)
        except (ValueError, OverflowError):
            pass
    mend = "write it as 2024-03-31, 2024-03 or 2024, or leave the cell empty"
    problems.append(Problem(file, row, name, cell[:60], "this is not a date", mend))
    return None


def _last(year: int, month: int) -> date:
    date(year, month, 1)  # raises ValueError where there is no such month
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _amount(file: str, row: int, cell: str, problems: list[Problem]) -> float | None:
    if not cell:
        return None
    if _AMOUNT.fullmatch(cell):
        return float(cell.replace(",", ""))
    mend = "write the number alone, as 1250000 or 1250000.50, without a currency, or leave the cell empty"
    problems.append(Problem(file, row, "amount", cell[:60], "this is not an amount", mend))
    return None
