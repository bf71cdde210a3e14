"""Single values: codes, dates, percentages, amounts, and where in the file they stand.

A value that is not what the standard allows is dropped and noted; nothing is corrected and nothing is guessed. Three
spellings are accepted as they stand, because they can mean only one thing: space around a value, letter case of codes,
and a time or a time zone after a date.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml.etree import _Element

from colonnade.core.money import Money
from colonnade.core.problems import Problem
from colonnade.exchange.iati import codes

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: Up to this line lxml gives an element's own line; after it, that of the text beside it.
LAST_EXACT_LINE: Final = 65534
#: Shares are published rounded; sums of them may be this far from 100.
SHARE_TOLERANCE: Final = Decimal("0.1")
#: Problems listed of one file; further ones are only counted, so that a hopeless file cannot fill the memory.
MOST_PROBLEMS: Final = 10_000
#: What the registry's money columns hold.
LARGEST_AMOUNT: Final = Decimal("1e15")

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T[0-9:.]+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


@dataclass(slots=True)
class Notes:
    """The problems of one file, in its order. ``activity`` names the activity that is being read."""

    file: str
    activity: str = ""
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0

    def add(self, element: _Element, value: str, message: str, mend: str, attribute: str = "") -> None:
        """Note that ``element``, or one of its attributes, does not say what it should."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.unlisted += 1
            return
        column = path_of(element) + (f"/@{attribute}" if attribute else "")
        self.problems.append(
            Problem(self.file, line_of(element), column, value[:200], f"{self.activity}: {message}", mend)
        )

    def listed(self) -> tuple[Problem, ...]:
        """The problems, and where there were too many to list, how many more there are."""
        if not self.unlisted:
            return tuple(self.problems)
        more = Problem(
            self.file, None, None, str(self.unlisted), "further problems, not listed", "mend those listed first"
        )
        return (*self.problems, more)


def line_of(element: _Element) -> int:
    """The line of the file on which ``element`` begins, counted from 1."""
    line: int = element.sourceline or 0  # type: ignore[assignment]  # the stubs leave its type open
    if line <= LAST_EXACT_LINE:
        return line
    if element.text is not None:
        return line - element.text.count("\n")
    if len(element):
        return line_of(element[0])
    return line - (element.tail or "").count("\n")


def path_of(element: _Element) -> str:
    """The path from the activity to ``element``: ``budget[2]/value``. The activity itself is ``iati-activity``."""
    steps: list[str] = []
    at: _Element | None = element
    while at is not None and at.tag != "iati-activity":
        twins = list(at.itersiblings(at.tag, preceding=True))
        alone = not twins and next(iter(at.itersiblings(at.tag)), None) is None
        steps.append(str(at.tag) + ("" if alone else f"[{len(twins) + 1}]"))
        at = at.getparent()
    return "/".join(reversed(steps)) or "iati-activity"


def attribute(element: _Element, name: str) -> str:
    """The attribute without space around it; empty where it is missing."""
    return (element.get(name) or "").strip()


def code(element: _Element, name: str, known: Container[str], what: str, notes: Notes, *, default: str = "") -> str:
    """A code of a list: empty (or ``default``) where it is missing, dropped and noted where the list has none such."""
    met = attribute(element, name)
    if not met:
        if name in element.attrib:
            notes.add(element, "", f"the {what} is empty", f"give a code of the list, or leave {name} out", name)
        return default
    if met.upper() in known:
        return met.upper()
    notes.add(element, met, f"no such {what}; it is left out", f"use a code of the standard's list of {what}", name)
    return ""


def iso_date(element: _Element, name: str, notes: Notes) -> date | None:
    """A date between 1900 and 2200; anything else is dropped and noted."""
    met = attribute(element, name)
    if not met:
        if name in element.attrib:
            notes.add(element, "", "the date is empty", "write the date as YYYY-MM-DD", name)
        return None
    shape = _DATE.fullmatch(met)
    try:
        found = date.fromisoformat(shape[1]) if shape else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        notes.add(element, met, "not a date; it is left out", "write a date as YYYY-MM-DD", name)
        return None
    return found


def decimal(text: str) -> Decimal | None:
    """A number as the standard writes it (point, no separators, no exponent), else ``None``."""
    met = text.strip()
    if not _DECIMAL.fullmatch(met):
        return None
    try:
        return Decimal(met)
    except InvalidOperation:
        return None


def percentage(element: _Element, notes: Notes) -> Decimal | None:
    """The ``percentage`` of an element: from 0 to 100, else dropped and noted."""
    met = attribute(element, "percentage")
    if not met:
        return None
    found = decimal(met)
    if found is None or not 0 <= found <= 100:
        notes.add(element, met, "not a percentage; it is left out", "write a number from 0 to 100", "percentage")
        return None
    return found


def add_up(shares: Iterable[Decimal | None]) -> bool:
    """Whether the shares that are stated make a whole. No shares at all are no contradiction."""
    stated = [share for share in shares if share is not None]
    return not stated or abs(sum(stated, Decimal(0)) - 100) <= SHARE_TOLERANCE


def language(element: _Element, default: str, notes: Notes) -> str:
    """The language tag in lower case; ``default`` where none is given."""
    met = attribute(element, XML_LANG).lower()
    if not met:
        return default
    if not _LANGUAGE.fullmatch(met):
        notes.add(element, met, "not a language; it is left out", "use a language code such as en", "xml:lang")
        return default
    return met


def text_of(element: _Element) -> str:
    """All text inside ``element``, runs of space made one space."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def flag(element: _Element, name: str, notes: Notes) -> bool | None:
    """A yes or a no; ``None`` where neither is said."""
    met = attribute(element, name)
    if met in ("1", "true"):
        return True
    if met in ("0", "false"):
        return False
    if met:
        notes.add(element, met, "neither yes nor no; it is left out", "write 1 or 0", name)
    return None


@dataclass(frozen=True, slots=True)
class Value:
    """An amount of money, and the day whose exchange rate applies to it."""

    money: Money
    on: date | None


def value(parent: _Element, default_currency: str, notes: Notes) -> Value | None:
    """The ``value`` of a budget or transaction. Without a sound amount or a currency there is none, and it is noted."""
    element = parent.find("value")
    if element is None:
        notes.add(parent, "", "there is no value; it is left out", "state the amount in a value element")
        return None
    met = (element.text or "").strip()
    amount = decimal(met)
    if amount is None or abs(amount) > LARGEST_AMOUNT:
        notes.add(element, met, "not an amount; it is left out", "write a number such as 12500.50")
        return None
    currency = code(element, "currency", codes.CURRENCY, "currency", notes) if attribute(element, "currency") else ""
    if not currency and not attribute(element, "currency"):
        currency = default_currency
        if not currency:
            notes.add(
                element, met, "an amount without a currency; it is left out", "state currency or default-currency"
            )
    if not currency:
        return None
    on = iso_date(element, "value-date", notes)
    return Value(Money(amount, currency), on)
