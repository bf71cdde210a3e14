"""The workbook that assessors fill in: what stands, lists to choose from, how to fill it in, and, hidden, what stood in
it when it was taken, so that what comes back can be compared three ways."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from colonnade.needs.intake.columns import AND, COLUMNS, KEPT, LONGEST, SHEETS, Column, Holds, Part
from colonnade.needs.intake.queries import Known, Lists, Standing
from colonnade.needs.intake.rules import title_in
from colonnade.reporting.needsform.words import BASES, MARKS, kept_in_words
from colonnade.reporting.workbook.cells import Formats, print_on_paper, write_text

#: Rows below the last in which lists still drop down.
SPARE: Final = 500
_WIDTHS: Final = {"text": 70, "title": 40, "key": 18, "assessment": 18, "follows": 18, "mandates": 28, "level": 34}
_USUAL: Final = 20
#: Excel shows no longer message beside a cell.
_LONGEST_HINT: Final = 250
_FIRST_DAY: Final = date(1945, 1, 1)


def write_form(standing: Standing, lists: Lists, *, right_to_left: bool, about: Sequence[str]) -> bytes:
    """The bytes of the workbook, in the language of the moment. ``about`` are lines above the instructions."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(workbook)
    sheets: dict[str, Worksheet] = {"how": workbook.add_worksheet(_("How to fill it in")[:31])}
    sheets |= {part: workbook.add_worksheet(_(SHEETS[part])[:31]) for part in Part}
    lists_called = _("Lists")[:31]
    sheets["lists"] = workbook.add_worksheet(lists_called)
    if right_to_left:
        for sheet in sheets.values():
            sheet.right_to_left()
    _instructions(sheets["how"], formats, about)
    ranges = _write_lists(sheets["lists"], lists_called, lists, formats)
    for part in Part:
        rows = [*standing.of(part).values()]
        _write_rows(sheets[part], part, rows, lists, formats)
        _validate(sheets[part], part, len(rows), ranges)
        _write_base(workbook, part, rows)
    sheets[Part.ASSESSMENTS].activate()
    workbook.close()
    return target.getvalue()


def shown(lists: Lists, part: Part, column: Column, value: str) -> str:
    """What stands in a cell: a code of a short list by its title and itself; the mark of what the State keeps."""
    if value == KEPT:
        return kept_in_words()
    if column.holds is Holds.CODE and value:
        return in_list(value, lists.all_of(part, column.name).get(value, ""))
    return value.replace(AND, f"{AND} ") if column.holds is Holds.CODES else value


def in_list(code: str, title: str) -> str:
    """A code as the lists show it."""
    return f"{title} ({code})" if title and title != code else code


def _write_rows(sheet: Worksheet, part: Part, rows: Sequence[Known], lists: Lists, formats: Formats) -> None:
    sheet.freeze_panes(1, 1)
    print_on_paper(sheet)
    locked = formats.of(bg_color="#f2f5f7", valign="top", text_wrap=True)
    day = formats.of(num_format="yyyy-mm-dd", valign="top", align="left")
    for place, column in enumerate(COLUMNS[part]):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _USUAL), formats.of(valign="top", text_wrap=True))
        write_text(sheet, 0, place, title_in(column), formats.header())
        for number, known in enumerate(rows, start=1):
            value = known.key if column.name == "key" else known.values[column.name]
            if column.holds is Holds.DAY and value and value != KEPT:
                sheet.write_datetime(number, place, date.fromisoformat(value), day)
                continue
            text = shown(lists, part, column, value)
            form = locked if column.fixed or column.name == "key" else formats.text(text, wrap=True)
            if text:
                write_text(sheet, number, place, text, form)
            else:
                sheet.write_blank(number, place, None, form)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS[part]) - 1)


def _validate(sheet: Worksheet, part: Part, rows: int, ranges: Mapping[tuple[Part, str], str]) -> None:
    """Lists that drop down, days that are days, texts that fit. A warning only: codes may be typed as well."""
    last = rows + SPARE
    for place, column in enumerate(COLUMNS[part]):
        rule: dict[str, Any] | None = None
        if column.holds is Holds.CODE:
            rule = {"validate": "list", "source": ranges[(part, column.name)]}
        elif column.holds is Holds.DAY:
            rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
        elif column.holds is Holds.TEXT:
            rule = {"validate": "length", "criteria": "<=", "value": min(column.longest, LONGEST)}
        elif column.holds is Holds.CODES:
            rule = {"validate": "any"}
        hint = _hint(column)
        if rule is None and not hint:
            continue
        more = {"error_type": "warning", "ignore_blank": True}
        if hint:
            more |= {"input_title": title_in(column)[:32], "input_message": hint[:_LONGEST_HINT]}
        sheet.data_validation(1, place, last, place, {**(rule or {"validate": "any"}), **more})


def _hint(column: Column) -> str:
    if column.name == "key":
        return _("Leave it as it is. In a new row: empty, or “new 1”, where another row names this one.")
    if column.holds is Holds.CODES:
        return _("Codes of the sheet of lists, with a semicolon between them.")
    if column.name == "assessment":
        return _("What the first column of the sheet of assessments says.")
    if column.name == "follows":
        return _("The reference of the earlier version, or “new 1” where that is in this file too.")
    if column.holds is Holds.DAY:
        return _("A day, as 2019-05-16.")
    return ""


def _write_lists(sheet: Worksheet, called: str, lists: Lists, formats: Formats) -> dict[tuple[Part, str], str]:
    """The lists, one a column, each once; for each column of codes where its list stands."""
    ranges: dict[tuple[Part, str], str] = {}
    written: dict[tuple[str, ...], str] = {}
    place = 0
    sheet.freeze_panes(1, 0)
    print_on_paper(sheet)
    for (part, name), choices in lists.choices.items():
        column = next(each for each in COLUMNS[part] if each.name == name)
        values = tuple(in_list(code, title) for code, title in choices.items())
        if values not in written:
            write_text(sheet, 0, place, title_in(column), formats.header())
            for number, text in enumerate(values, start=1):
                write_text(sheet, number, place, text, formats.text(text))
            sheet.set_column(place, place, 40)
            quoted, letter = called.replace("'", "''"), xlsxwriter.utility.xl_col_to_name(place)
            written[values] = f"='{quoted}'!${letter}$2:${letter}${max(2, len(values) + 1)}"
            place += 1
        ranges[(part, name)] = written[values]
    return ranges


def _write_base(workbook: xlsxwriter.Workbook, part: Part, rows: Sequence[Known]) -> None:
    """What stood when the workbook was taken, column by column as it is compared; people do not see this sheet."""
    sheet = workbook.add_worksheet(BASES[part])
    sheet.very_hidden()
    for place, column in enumerate(COLUMNS[part]):
        sheet.write_string(0, place, column.name)
        for number, known in enumerate(rows, start=1):
            value = known.key if column.name == "key" else known.values[column.name]
            if value:
                sheet.write_string(number, place, value)


def _instructions(sheet: Worksheet, formats: Formats, about: Sequence[str]) -> None:
    steps = (
        _("Each row of the sheet of assessments is a visit to a State or a desk review; each row of the sheet of"
          " recommendations is what one of them recommends."),
        _("Change what is to change. Grey cells stay as they are: they say which record a row is of."),
        _("For a new one, write a row below the last. Leave the first column empty, or write “new 1” there where"
          " another row names it; it gets its reference when it is taken in."),
        _("A cell that you empty deletes nothing by itself: you are asked. A row that you take out changes nothing."),
        _("Where it says “%(mark)s”, the State keeps the value to itself. Leave it so; it stays as it is.")
        % {"mark": _(MARKS)},
        _("Write no personal details of individuals: no names, no addresses, no telephone numbers."),
        _("Give the file back on the page where you took it. You see what it would change before anything is saved."),
    )  # fmt: skip
    sheet.set_column(0, 0, 110)
    print_on_paper(sheet)
    sheet.hide_gridlines(2)
    write_text(sheet, 0, 0, _("Assessments and recommendations"), formats.title)
    for number, line in enumerate((*about, "", *steps), start=1):
        write_text(sheet, number, 0, line, formats.text(line, wrap=True))
