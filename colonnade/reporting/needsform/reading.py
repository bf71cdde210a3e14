"""Reading a workbook that was filled in: every cell as the text that it is compared as, and all that is wrong with it.

The file passes the gate for what comes from outside first (:mod:`colonnade.core.uploads`); formulas are not run: what
the program that saved the file made of them is what is read.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Final

import openpyxl
from django.utils.translation import gettext as _

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.uploads import Kind, admit
from colonnade.needs.intake.columns import AND, COLUMNS, KEPT, SHEETS, Column, Holds, Intake, Part, Row
from colonnade.needs.intake.comparing import problem_at
from colonnade.needs.intake.queries import Lists, as_line_ends
from colonnade.needs.intake.rules import Complaint, title_in
from colonnade.reporting.needsform.words import (
    BASES,
    MARKS,
    columns_by_title,
    folded,
    in_every_language,
    sheets_by_name,
)
from colonnade.reporting.needsform.writing import in_list

#: Far above what an assessor fills in: rows of a sheet, characters of a cell, bytes of a part of the file.
MOST_ROWS: Final = 5_000
LONGEST_CELL: Final = 32_767
LARGEST_PART: Final = 40_000_000
_MOST_COLUMNS: Final = 40
#: Rows that programs keep though nothing stands in them.
_MOST_EMPTY: Final = 20_000
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?)?", re.ASCII)
_IN_BRACKETS: Final = re.compile(r"\(([^()]+(?:\([^()]*\))?)\)\s*$")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN: Final = (KeyError, ValueError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, OSError, SyntaxError)


@dataclass(slots=True)
class _Reading:
    file: str
    lists: Lists
    marks: set[str]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, part: Part, number: int, column: Column | None, one: Complaint) -> None:
        self.problems.append(problem_at(self.file, part, number, column, one))


def read_form(stream: BinaryIO, name: str, lists: Lists) -> tuple[Intake, tuple[Problem, ...]]:
    """The rows of the workbook, and what is wrong with cells; a cell that is wrong is read as empty.

    :raises ProblemsFound: where the file is not taken at all.
    """
    admit(stream, name, Kind.XLSX)
    _insist_on_small_parts(stream, name)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        reading = _Reading(name, lists, in_every_language(MARKS))
        rows = {part: tuple(_rows(reading, book, part)) for part in Part}
    except ProblemsFound:
        raise
    except _BROKEN as error:
        mend = _("open it in Excel or LibreOffice and save it anew")
        problem = Problem(name, None, None, type(error).__name__, _("it cannot be read as a workbook"), mend)
        raise ProblemsFound([problem]) from error
    return Intake(name, rows[Part.ASSESSMENTS], rows[Part.NEEDS]), tuple(reading.problems)


def _insist_on_small_parts(stream: BinaryIO, name: str) -> None:
    with zipfile.ZipFile(stream) as packed:
        largest = max((each.file_size for each in packed.infolist()), default=0)
    stream.seek(0)
    if largest > LARGEST_PART:
        message, mend = _("larger than a workbook that is taken"), _("take out what is not asked for, or divide it")
        raise ProblemsFound([Problem(name, None, None, str(largest), message, mend)])


def _rows(reading: _Reading, book: Any, part: Part) -> Iterator[Row]:
    names = sheets_by_name()
    called = [each for each in book.sheetnames if names.get(folded(each)) is part]
    if not called:
        message, mend = _("the sheet is missing"), _("give the workbook that was taken here, with all its sheets")
        raise ProblemsFound([Problem(reading.file, None, None, _(SHEETS[part]), message, mend)])
    base = _base(book, part)
    lines = _lines(reading, book[called[0]], part)
    header = next(lines, None)
    places = _places(reading, part, header[1] if header else [])
    for number, cells in lines:
        yield _row(reading, part, number, cells, places, base)


def _lines(reading: _Reading, sheet: Any, part: Part) -> Iterator[tuple[int, list[Any]]]:
    """Rows in which something stands, with their numbers."""
    found = empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            empty += 1
            if empty > _MOST_EMPTY:
                _refuse(reading, part, _("too many empty rows"), _("delete the rows below the last"))
            continue
        found += 1
        if found > MOST_ROWS + 1:
            _refuse(reading, part, _("more than %(most)s rows") % {"most": MOST_ROWS}, _("divide it by State"))
        yield number, list(cells)


def _refuse(reading: _Reading, part: Part, message: str, mend: str) -> None:
    raise ProblemsFound([problem_at(reading.file, part, 0, None, Complaint("", "", message, mend))])


def _places(reading: _Reading, part: Part, header: Sequence[Any]) -> dict[str, int]:
    titles = columns_by_title(part)
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = titles.get(folded(str(cell))) if cell is not None else None
        if name is not None and name in places:
            column = next(each for each in COLUMNS[part] if each.name == name)
            mend = _("take one of the two out")
            reading.complain(part, 1, column, Complaint(name, str(cell), _("the column stands twice"), mend))
        elif name is not None:
            places[name] = place
    for column in COLUMNS[part]:
        if column.name not in places:
            message, mend = _("the column is missing"), _("take the workbook anew, and keep its first row")
            reading.complain(part, 1, column, Complaint(column.name, "", message, mend))
    return places


def _row(
    reading: _Reading,
    part: Part,
    number: int,
    cells: Sequence[Any],
    places: Mapping[str, int],
    base: Mapping[str, Mapping[str, str]],
) -> Row:
    texts: dict[str, str] = {}
    for column in COLUMNS[part]:
        place = places.get(column.name)
        cell = cells[place] if place is not None and place < len(cells) else None
        texts[column.name] = _plain(reading, part, number, column, cell)
    key = _named(texts.pop("key"))
    before = base.get(key)
    values = {}
    for column in COLUMNS[part]:
        if column.name != "key":
            was = (before or {}).get(column.name, "")
            values[column.name] = _value(reading, part, number, column, texts[column.name], was)
    return Row(part, number, key, values, before)


def _named(text: str) -> str:
    """What a row is called: references are in capitals, “New 1” and “new  1” are one."""
    text = " ".join(text.split())
    return text.casefold() if text.casefold().startswith("new") else text


def _plain(reading: _Reading, part: Part, number: int, column: Column, cell: Any) -> str:
    """A cell as text, whatever the program keeps it as."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = as_line_ends(str(cell)).strip(" \t\n\u00a0")
    if len(text) >= LONGEST_CELL:
        complaint = Complaint(column.name, text[:40], _("longer than a cell that is taken"), _("shorten it"))
        reading.complain(part, number, column, complaint)
        return ""
    if _CONTROL.search(text):
        mend = _("remove it; it may hide between two letters")
        reading.complain(part, number, column, Complaint(column.name, "", _("a control character"), mend))
        return ""
    return text


def _value(reading: _Reading, part: Part, number: int, column: Column, text: str, was: str) -> str:
    """A text as it is compared; one that is no value of its column is empty, and named. ``was`` stood there."""
    if folded(text) in reading.marks:
        return KEPT
    if not text or column.holds is Holds.TEXT:
        return text
    if column.holds is Holds.NAME:
        return _named(text)
    if column.holds is Holds.DAY:
        return _day(reading, part, number, column, text)
    known = _accepted(reading.lists.all_of(part, column.name))
    parts = [text] if column.holds is Holds.CODE else [each.strip() for each in re.split(r"[;\n]", text)]
    codes = []
    for each in filter(None, parts):
        code = _code(known, each)
        given = column.holds is Holds.CODES or code in reading.lists.choices.get((part, column.name), {}) or code == was
        if code is None or not given:
            reading.complain(part, number, column, _no_such_code(reading, part, column, each))
            return was
        codes.append(code)
    return AND.join(sorted(set(codes)))


def _accepted(choices: Mapping[str, str]) -> dict[str, str]:
    """What may be written for each code: itself, what its list shows, or a title that no other has."""
    titles = [folded(title) for title in choices.values()]
    found = {folded(title): code for code, title in choices.items() if titles.count(folded(title)) == 1}
    found |= {folded(in_list(code, title)): code for code, title in choices.items()}
    return found | {folded(code): code for code in choices}


def _code(known: Mapping[str, str], text: str) -> str | None:
    if (code := known.get(folded(text))) is not None:
        return code
    # A list in another language: the code in brackets is the same.
    met = _IN_BRACKETS.search(text)
    return known.get(folded(met[1])) if met else None


def _no_such_code(reading: _Reading, part: Part, column: Column, text: str) -> Complaint:
    choices = reading.lists.choices.get((part, column.name), {})
    few = ", ".join([in_list(code, title) for code, title in choices.items()][:6])
    more = ", …" if len(choices) > 6 else ""
    mend = _("choose from the list: %(choices)s") % {"choices": few + more}
    return Complaint(column.name, text, _("not one of “%(list)s”") % {"list": title_in(column)}, mend)


def _day(reading: _Reading, part: Part, number: int, column: Column, text: str) -> str:
    met = _DAY.fullmatch(text)
    try:
        if met:
            return date.fromisoformat(met[1]).isoformat()
    except ValueError:
        pass
    mend = _("write year, month and day, as 2019-05-16, of a day that exists")
    reading.complain(part, number, column, Complaint(column.name, text, _("not a day"), mend))
    return ""


def _base(book: Any, part: Part) -> dict[str, dict[str, str]]:
    """What stood in the workbook when it was taken, by key; nothing where the hidden sheet is gone or no use."""
    if BASES[part] not in book.sheetnames:
        return {}
    names: list[str] = []
    found: dict[str, dict[str, str]] = {}
    rows = book[BASES[part]].iter_rows(max_col=_MOST_COLUMNS, max_row=MOST_ROWS + 1, values_only=True)
    for place, cells in enumerate(rows):
        texts = ["" if cell is None else as_line_ends(str(cell)) for cell in cells]
        if place == 0:
            names = texts
            continue
        values = dict(zip(names, texts, strict=False))
        if key := values.get("key", ""):
            wanted = [each.name for each in COLUMNS[part] if each.name != "key"]
            found[key] = {name: values.get(name, "") for name in wanted}
    return found
