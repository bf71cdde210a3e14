"""One CSV file of a pack as rows of text, with everything that is wrong with its shape: bytes, quoting, columns.

Rows are counted as a spreadsheet counts them: the header is row 1, and an empty line is a row that holds nothing.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from colonnade.core.problems import Problem
from colonnade.packs.columns import Table


@dataclass(slots=True)
class Sheet:
    """What could be read of a file.

    ``file`` is what problems call it. ``rows`` are (row number, column -> text) of the rows as wide as the header;
    ``misshapen`` holds the cells of the others. ``lost_rows``: whether a row could not be told from its neighbours, so
    that even its key is unknown.
    """

    table: Table
    file: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    misshapen: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    lost_rows: bool = False


def read_sheet(table: Table, content: bytes, file: str = "") -> Sheet:
    """The rows of ``content``, which should be the file of ``table``. Never raises; see ``problems``."""
    sheet = Sheet(table, file or table.file)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        sheet.lost_rows = True
        sheet.problems.append(Problem(sheet.file, None, None, "UTF-16", "not UTF-8", "save the file as UTF-8"))
        return sheet
    header: list[str] | None = None
    for number, record in _records(sheet, content.decode("utf-8-sig", "surrogateescape")):
        if not any(cell.strip() for cell in record):
            continue
        if header is None:
            header = [cell.strip() for cell in record]
            sheet.columns = frozenset(header)
            sheet.problems += _header_problems(sheet, number, header)
            continue
        if len(record) != len(header):
            sheet.problems.append(_width_problem(sheet, number, record, len(header)))
        cells = dict(zip(header, record, strict=False))
        for column, text in cells.items():
            if problem := _byte_problem(sheet, number, column, text):
                sheet.problems.append(problem)
                cells[column] = _as_windows_text(text)
        if len(record) == len(header):
            sheet.rows.append((number, cells))
        else:
            sheet.misshapen.append(cells)
    if header is None and not sheet.lost_rows:
        mend = "write the header: " + ",".join(column.name for column in table.columns)
        sheet.problems.append(Problem(sheet.file, None, None, "", "an empty file", mend))
    return sheet


def _records(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of ``text`` with their row numbers; quoting that does not close is a problem, not an end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sheet.lost_rows = True
            mend = 'put quotes around the whole cell, double each quote inside it ("" for "), and close it'
            sheet.problems.append(
                Problem(sheet.file, number, None, "", f"quoting that CSV does not know: {error}", mend)
            )


def _header_problems(sheet: Sheet, row: int, header: Sequence[str]) -> Iterator[Problem]:
    table = sheet.table
    known = [column.name for column in table.columns]
    if len(header) == 1 and len(known) > 1:
        for separator, name in ((";", "semicolons"), ("\t", "tabs")):
            if separator in header[0]:
                mend = "save the file as CSV with commas between the columns"
                yield Problem(sheet.file, row, None, header[0], f"columns are separated by {name}", mend)
                return
    for name in dict.fromkeys(header):
        if name not in known:
            near = get_close_matches(name, [each for each in known if each not in header], n=1)
            mend = f'rename it to "{near[0]}"' if near else "remove it, or write one of: " + ", ".join(known)
            yield Problem(sheet.file, row, name, name, "not a column of this file", mend)
        elif header.count(name) > 1:
            yield Problem(sheet.file, row, name, name, "a column that stands twice", "remove one of the two")
    for column in table.columns:
        if column.name not in header:
            mend = f"add the column {column.name}: {column.meaning} ({column.holds})"
            yield Problem(sheet.file, row, column.name, "", "a column is missing", mend)


def _width_problem(sheet: Sheet, row: int, record: Sequence[str], width: int) -> Problem:
    mend = "put quotes around cells that hold a comma" if len(record) > width else "add the cells that are missing"
    met = _as_windows_text(",".join(record))
    return Problem(sheet.file, row, None, met, f"{len(record)} cells under {width} columns", mend)


def _byte_problem(sheet: Sheet, row: int, column: str, text: str) -> Problem | None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        met = _as_windows_text(text)
        return Problem(sheet.file, row, column, met, "bytes that are not UTF-8", "save the file as UTF-8")
    return None


def _as_windows_text(text: str) -> str:
    """How bytes that are no UTF-8 most likely read: as a Western Windows program wrote them."""
    return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if _has_escapes(text) else text


def _has_escapes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)
