"""Reads a data pack from its folder, and refuses it whole, with every problem found, when anything is wrong."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from colonnade.core import uploads
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.packs import assistance as requests
from colonnade.packs import board as boards
from colonnade.packs import header
from colonnade.packs.cells import Value, WrongCell, parse_cell
from colonnade.packs.columns import Column, Kind, Table
from colonnade.packs.pack import Pack
from colonnade.packs.sheets import Sheet, read_sheet
from colonnade.packs.tables import BY_NAME, OTHER_FILES, TABLES

#: The countries and regions of the world, which every pack may refer to.
WORLD: Final = Path(__file__).resolve().parents[1] / "places" / "tables"
#: How problems call that folder.
WORLD_NAME: Final = "colonnade/places/tables"
#: Changes when the same bytes would be read into other rows, so that loaded packs are loaded again.
FORMAT: Final = b"pack format 1"
_CHECKED_SUFFIXES: Final = (".csv", ".toml")
_FEW: Final = 8


@dataclass(slots=True)
class _Row:
    """The cells of one row that could be parsed, and where the row stands."""

    file: str
    number: int
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """The rows of one table, from all files that hold it, on their way to being a part of the pack."""

    table: Table
    sheets: list[Sheet] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    keys: set[Value] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def keys_are_known(self) -> bool:
        """Whether a code that is not among ``keys`` is surely wrong."""
        key = self.table.key
        if self.table.required and not self.sheets:
            return False  # the missing file was reported once
        return key is not None and all(not sheet.lost_rows and key.name in sheet.columns for sheet in self.sheets)


def read_pack(folder: Path) -> Pack:
    """The pack in ``folder``. Raises :class:`ProblemsFound` with everything that is wrong in any file."""
    if not folder.is_dir():
        mend = "name the folder that holds strategy.toml and the CSV files"
        raise ProblemsFound([Problem(str(folder), None, None, "", "no such folder", mend)])
    _admit_files(folder)
    digest = hashlib.sha256(FORMAT)
    problems = list(_folder_problems(folder))
    strategy = None
    if (path := folder / header.FILE).is_file():
        content = path.read_bytes()
        _count_in(digest, header.FILE, content)
        strategy, found = header.parse_strategy(content)
        problems += found
    board = None
    if (path := folder / boards.FILE).is_file():
        content = path.read_bytes()
        _count_in(digest, boards.FILE, content)
        board, found = boards.parse_board(content)
        problems += found
    assistance = None
    if (path := folder / requests.FILE).is_file():
        content = path.read_bytes()
        _count_in(digest, requests.FILE, content)
        assistance, found = requests.parse_assistance(content)
        problems += found
    readings = {table.name: _read_table(table, folder, digest) for table in TABLES}
    if strategy is not None:
        problems += _dangling_settings(strategy, readings["entities"])
    if assistance is not None and all(readings[name].keys_are_known for name in ("entities", "programmes")):
        keys = [map(str, readings[name].keys) for name in ("entities", "programmes")]
        problems += requests.dangling(assistance, *keys)
    for reading in readings.values():
        found = [*reading.problems, *_repeated(reading), *_out_of_order(reading), *_dangling(reading, readings)]
        found += _circles(reading)
        problems += sorted(found, key=lambda problem: problem.row or 0)
    if problems or strategy is None:
        raise ProblemsFound(problems)
    rows: dict[str, Any] = {
        name: tuple(reading.table.row_type(**row.values) for row in reading.rows) for name, reading in readings.items()
    }
    return Pack(folder=folder, digest=digest.hexdigest(), strategy=strategy, board=board, assistance=assistance, **rows)


def _admit_files(folder: Path) -> None:
    """Every file of the pack that is read passes the gate, before one is read."""
    problems: list[Problem] = []
    settings = [(name, uploads.Kind.TOML) for name in (header.FILE, boards.FILE, requests.FILE)]
    for name, kind in [*settings, *((table.file, uploads.Kind.CSV) for table in TABLES)]:
        try:
            if (folder / name).is_file():
                uploads.admit_file(folder / name, kind)
        except ProblemsFound as refused:
            problems += refused.problems
    if problems:
        raise ProblemsFound(problems)


def _count_in(digest: "hashlib._Hash", name: str, content: bytes) -> None:
    digest.update(f"\n{name} {len(content)}\n".encode())
    digest.update(content)


def _folder_problems(folder: Path) -> Iterator[Problem]:
    for name in [header.FILE, *(table.file for table in TABLES if table.required)]:
        if not (folder / name).is_file():
            yield Problem(name, None, None, "", "the file is missing", f"add {name}; strategies/README.md explains it")
    known = {table.file for table in TABLES} | set(OTHER_FILES)
    for path in sorted(folder.iterdir()):
        if path.name in known or path.suffix not in _CHECKED_SUFFIXES:
            continue
        near = get_close_matches(path.name, sorted(known), n=1)
        mend = f"rename it to {near[0]}" if near else "remove it; strategies/README.md lists the files of a pack"
        yield Problem(path.name, None, None, "", "not a file of a pack", mend)


def _read_table(table: Table, folder: Path, digest: "hashlib._Hash") -> _Reading:
    reading = _Reading(table)
    for file, path in ((f"{WORLD_NAME}/{table.file}", WORLD / table.file), (table.file, folder / table.file)):
        if not path.is_file():
            continue
        content = path.read_bytes()
        _count_in(digest, file, content)
        sheet = read_sheet(table, content, file)
        reading.sheets.append(sheet)
        reading.problems += sheet.problems
        for number, cells in sheet.rows:
            _read_row(reading, _Row(file, number), cells)
        if table.key is not None:
            reading.keys |= {cells.get(table.key.name, "").strip() for cells in sheet.misshapen}
        if table.required and not sheet.rows and not sheet.problems:
            mend = f"write at least one row: {table.meaning}"
            reading.problems.append(Problem(file, None, None, "", "a file without rows", mend))
    return reading


def _read_row(reading: _Reading, row: _Row, cells: Mapping[str, str]) -> None:
    for column in reading.table.columns:
        if column.name not in cells:
            continue  # the missing column was reported once, at the header
        try:
            row.values[column.name] = parse_cell(column, cells[column.name])
        except WrongCell as wrong:
            reading.problems += [
                Problem(row.file, row.number, column.name, fault.met, fault.message, fault.mend)
                for fault in wrong.faults
            ]
    key = reading.table.key
    if key is not None and key.name in row.values:
        reading.keys.add(row.values[key.name])
    reading.rows.append(row)


def _repeated(reading: _Reading) -> Iterator[Problem]:
    table = reading.table
    for group in [*((column.name,) for column in table.columns if column.unique), *table.unique_together]:
        firsts: dict[tuple[Value, ...], _Row] = {}
        for row in reading.rows:
            met = tuple(row.values.get(name) for name in group)
            if any(value is None for value in met):
                continue
            first = firsts.setdefault(met, row)
            if first is not row:
                text = ", ".join(str(value) for value in met)
                elsewhere = "" if first.file == row.file else f" of {first.file}"
                message = f"the same {' and '.join(group)} as in row {first.number}{elsewhere}"
                mend = "write another, or remove one of the two rows"
                yield Problem(row.file, row.number, group[-1], text, message, mend)


def _out_of_order(reading: _Reading) -> Iterator[Problem]:
    for earlier, later in reading.table.in_order:
        for row in reading.rows:
            first, last = row.values.get(earlier), row.values.get(later)
            # Years have four digits and dates are ISO's: as texts they sort as they do in time.
            if first is not None and last is not None and str(last) < str(first):
                message, mend = f"before {earlier} ({first})", f"write a day or year that is not before {earlier}"
                yield Problem(row.file, row.number, later, str(last), message, mend)


def _dangling(reading: _Reading, readings: Mapping[str, _Reading]) -> Iterator[Problem]:
    for column in reading.table.columns:
        if not column.refers_to or not (target := readings[column.refers_to]).keys_are_known:
            continue
        for row in reading.rows:
            for code in _codes(column, row.values.get(column.name)):
                if code not in target.keys:
                    message, mend = f"not a code of {target.table.file}", _known_codes(code, target.keys, target.table)
                    yield Problem(row.file, row.number, column.name, code, message, mend)


def _circles(reading: _Reading) -> Iterator[Problem]:
    """Rows that lie, step by step, inside themselves: a region's wider region, an entity's parent."""
    key = reading.table.key
    for column in reading.table.columns:
        if key is None or column.refers_to != reading.table.name:
            continue
        wider = {row.values.get(key.name): row.values.get(column.name) for row in reading.rows}
        for row in reading.rows:
            start, step = row.values.get(key.name), row.values.get(column.name)
            for _ in wider:
                if step is None or step == start:
                    break
                step = wider.get(step)
            if start is not None and step == start:
                mend = "leave it empty for the outermost row"
                value = str(row.values[column.name])
                yield Problem(row.file, row.number, column.name, value, "leads back to the row itself", mend)


def _codes(column: Column, value: Value) -> Iterable[str]:
    if isinstance(value, tuple):
        return value
    return [] if value is None or column.kind is not Kind.REFERENCE else [str(value)]


def _known_codes(code: str, known: Iterable[Value], table: Table) -> str:
    codes = sorted(str(each) for each in known)
    if len(codes) <= _FEW:
        return f"write one of: {', '.join(codes)}" if codes else f"add a row with this code to {table.file}"
    near = get_close_matches(code, codes, n=3)
    guess = f" (near: {', '.join(near)})" if near else ""
    return f"write a code of {table.file}{guess}, or add a row with this code there"


def _dangling_settings(strategy: header.Strategy, entities: _Reading) -> Iterator[Problem]:
    settings = {"coordination.secretariat": strategy.secretariat, "coordination.assessor": strategy.assessor}
    for path, code in settings.items():
        if code and entities.keys_are_known and code not in entities.keys:
            mend = _known_codes(code, entities.keys, BY_NAME["entities"])
            yield Problem(header.FILE, None, path, code, "not a code of entities.csv", mend)
