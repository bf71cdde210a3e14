"""One cell of a pack: from the text that was met to a typed value, or to what is wrong and how to mend it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from colonnade.core.individuals import MEND, find_individuals
from colonnade.packs.columns import Column, Kind

#: What a cell may hold once it is parsed.
Value = str | int | Decimal | date | bool | tuple[str, ...] | None

_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/()&'-]*[A-Za-z0-9)])?")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_LARGEST_AMOUNT: Final = Decimal(10) ** 16
_PARTIAL_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LINK: Final = re.compile(r"https://[^\s/]+(/\S*)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: What may stand around a cell unseen. ``str.strip`` would take separators such as U+001F away as well.
_BLANKS: Final = " \t\r\n\u00a0"
_YEARS: Final = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: the part that was met, why it will not do, and what would."""

    met: str
    message: str
    mend: str


class WrongCell(ValueError):
    """A cell could not be parsed. ``faults`` lists why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))


def parse_cell(column: Column, text: str) -> Value:
    """The value of ``text`` in ``column``. An empty cell is ``None``, or an empty tuple where a list may stand.

    Raises :class:`WrongCell`. References are parsed, not resolved.
    """
    text = text.strip(_BLANKS)
    if control := _CONTROL.search(text):
        code = f"U+{ord(control[0]):04X}"
        raise WrongCell(Fault(text, f"a control character ({code})", "remove it; it may hide between two letters"))
    if column.kind in (Kind.TEXT, Kind.TEXTS) and (met := find_individuals(text)):
        raise WrongCell(*(Fault(one.masked, one.why, MEND) for one in met))
    if column.kind in (Kind.REFERENCES, Kind.TEXTS):
        return _list(text)
    if not text:
        if column.required:
            raise WrongCell(Fault("", "empty, and must not be", f"fill it in: {column.meaning} ({column.holds})"))
        return None
    if column.longest is not None and len(text) > column.longest:
        mend = f"write {column.longest} characters at most"
        raise WrongCell(Fault(text, f"{len(text)} characters, which is too long", mend))
    return _scalar(column, text)


def _scalar(column: Column, text: str) -> Value:
    match column.kind:
        case Kind.CODE:
            return _code(column, text)
        case Kind.INTEGER:
            return _integer(column, text)
        case Kind.AMOUNT:
            return _amount(column, text)
        case Kind.PERCENT:
            return _percent(text)
        case Kind.YEAR:
            return _year(text)
        case Kind.DATE:
            return _date(text)
        case Kind.PARTIAL_DATE:
            return _partial_date(text)
        case Kind.BOOLEAN:
            return _boolean(text)
        case Kind.CHOICE:
            return _choice(column, text)
        case Kind.COLOUR:
            return _matching(_COLOUR, text, "not a colour", "write # and six hexadecimal digits, as #1F6FB2").upper()
        case Kind.CURRENCY:
            return _matching(_CURRENCY, text, "not a currency", "write its three capital letters, as USD")
        case Kind.LINK:
            return _matching(_LINK, text, "not such an address", "write it in full, from https:// on")
        case _:
            return text


def _code(column: Column, text: str) -> str:
    if column.pattern:
        message, mend = f"not such a code as {column.example}", f"write it as {column.example}"
        return _matching(re.compile(column.pattern), text, message, mend)
    return _matching(_CODE, text, "not a code", "use letters, digits and . _ / ( ) & ' - only")


def _percent(text: str) -> Decimal:
    number = _number(text, places=4)
    mend = "write the share in per cent, from 0 to 100"
    if number > 100:
        raise WrongCell(Fault(text, "a share above 100 per cent", mend))
    if number < 0:
        raise WrongCell(Fault(text, "a share below 0 per cent", mend))
    return number


def _list(text: str) -> tuple[str, ...]:
    items = [item.strip() for item in text.split(";")] if text else []
    faults = list(_list_faults(text, items))
    if faults:
        raise WrongCell(*faults)
    return tuple(items)


def _list_faults(text: str, items: list[str]) -> Iterator[Fault]:
    if "" in items:
        yield Fault(text, "an empty item in the list", "separate items with one ; and end with none")
    for item in dict.fromkeys(items):
        if item and items.count(item) > 1:
            yield Fault(item, "twice in the list", "name it once")


def _integer(column: Column, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise WrongCell(Fault(text, "not a whole number", "write digits only, without separators or units"))
    number = int(text)
    _in_range(text, Decimal(number), column.least, Decimal(column.most))
    return number


def _amount(column: Column, text: str) -> Decimal:
    number = _number(text, places=2)
    _in_range(text, number, column.least, _LARGEST_AMOUNT - 1)
    return number


def _number(text: str, *, places: int) -> Decimal:
    match = _NUMBER.fullmatch(text)
    if match is None:
        mend = "write digits with a point for decimals, without separators, units or signs of per cent"
        raise WrongCell(Fault(text, "not a number", mend))
    if len(match[1] or ".") - 1 > places:
        raise WrongCell(Fault(text, f"more than {places} decimals", f"round it to {places} decimals"))
    return Decimal(text)


def _in_range(text: str, number: Decimal, least: int, most: Decimal) -> None:
    if number < least:
        raise WrongCell(Fault(text, f"less than {least}", f"write a number from {least} on"))
    if number > most:
        raise WrongCell(Fault(text, f"more than {most}", f"write a number up to {most}"))


def _year(text: str) -> int:
    if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in _YEARS:
        return int(text)
    raise WrongCell(Fault(text, "not a year", "write four digits, as 2019"))


def _date(text: str) -> date:
    mend = "write year, month and day, as 2019-05-16, of a day that exists"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise WrongCell(Fault(text, "not a date", mend))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongCell(Fault(text, "not a date", mend)) from error


def _partial_date(text: str) -> str:
    mend = "write 2019-05-16, 2019-05 or 2019"
    if not _PARTIAL_DATE.fullmatch(text) or not text.isascii():
        raise WrongCell(Fault(text, "not a date", mend))
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError as error:
        raise WrongCell(Fault(text, "not a date", mend)) from error
    return text


def _boolean(text: str) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    raise WrongCell(Fault(text, "neither yes nor no", "write yes or no"))


def _choice(column: Column, text: str) -> Value:
    if column.enum is None or text not in column.choices:
        raise WrongCell(Fault(text, "not one of the choices", "write one of: " + ", ".join(column.choices)))
    return column.enum(text)


def _matching(pattern: re.Pattern[str], text: str, message: str, mend: str) -> str:
    if not pattern.fullmatch(text):
        raise WrongCell(Fault(text, message, mend))
    return text
