"""One cell of a pack: from the text that was met to a typed value, or to what is wrong and how to mend it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from colonnade.packs.columns import Column, Kind, Share

#: What a cell may hold once it is parsed.
Value = str | int | Decimal | date | bool | tuple[str, ...] | tuple[Share, ...] | None

_CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/()&'-]*[A-Za-z0-9)])?")
_LONGEST_CODE: Final = 60
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_PARTIAL_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LINK: Final = re.compile(r"https://[^\s/]+(/\S*)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
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
    text = text.strip()
    if control := _CONTROL.search(text):
        code = f"U+{ord(control[0]):04X}"
        raise WrongCell(Fault(text, f"a control character ({code})", "remove it; it may hide between two letters"))
    if column.kind in (Kind.REFERENCES, Kind.TEXTS):
        return _list(text)
    if column.kind is Kind.SHARES:
        return _shares(text)
    if not text:
        if column.required:
            raise WrongCell(Fault("", "empty, and must not be", f"fill it in: {column.meaning} ({column.holds})"))
        return None
    return _scalar(column, text)


def _scalar(column: Column, text: str) -> Value:
    match column.kind:
        case Kind.CODE:
            return code(text)
        case Kind.INTEGER:
            return _at_least(column, _integer(text))
        case Kind.DECIMAL:
            return _at_least(column, _decimal(text))
        case Kind.PERCENT:
            return percent(text)
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


def code(text: str) -> str:
    """``text`` as a code: letters, digits and ``. _ / ( ) & ' -``, up to 60 characters."""
    mend = f"use letters, digits and . _ / ( ) & ' - only, {_LONGEST_CODE} characters at most"
    if len(text) > _LONGEST_CODE:
        raise WrongCell(Fault(text, "too long for a code", mend))
    return _matching(_CODE, text, "not a code", mend)


def percent(text: str) -> Decimal:
    """``text`` as a share in per cent, from 0 to 100."""
    number = _decimal(text)
    if number > 100:
        raise WrongCell(Fault(text, "a share above 100 per cent", "write the share in per cent, from 0 to 100"))
    if number < 0:
        raise WrongCell(Fault(text, "a share below 0 per cent", "write the share in per cent, from 0 to 100"))
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


def _shares(text: str) -> tuple[Share, ...]:
    items = [tuple(part.strip() for part in item.split(":", 1)) for item in text.split(";")] if text else []
    faults = list(_list_faults(text, [item[0] for item in items]))
    shares = []
    for item in items:
        try:
            shares.append(Share(item[0], percent(item[1]) if len(item) > 1 else None))
        except WrongCell as wrong:
            faults += wrong.faults
    if sum((share.percent or Decimal(0) for share in shares), Decimal(0)) > 100:
        faults.append(Fault(text, "shares that add up to above 100 per cent", "let them add up to 100 at most"))
    if faults:
        raise WrongCell(*faults)
    return tuple(shares)


def _integer(text: str) -> int:
    if re.fullmatch(r"-?\d+", text, re.ASCII):
        return int(text)
    raise WrongCell(Fault(text, "not a whole number", "write digits only, without separators or units"))


def _decimal(text: str) -> Decimal:
    mend = "write digits with a point for decimals, without separators, units or signs of per cent"
    if not re.fullmatch(_NUMBER, text) or not text.isascii():
        raise WrongCell(Fault(text, "not a number", mend))
    try:
        return Decimal(text)
    except InvalidOperation as error:  # pragma: no cover - the pattern admits only what Decimal reads
        raise WrongCell(Fault(text, "not a number", mend)) from error


def _at_least(column: Column, number: int | Decimal) -> int | Decimal:
    if column.least is not None and number < column.least:
        raise WrongCell(Fault(str(number), f"less than {column.least}", f"write a number from {column.least} on"))
    return number


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
