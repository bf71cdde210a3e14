"""What is known of a record, as the component ``facts`` prints it. Nothing that was not reported takes up room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from colonnade.core.money import in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One value; ``aside`` is said beside it in a quieter voice."""

    text: str
    href: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A title and its values."""

    title: str
    lines: tuple[Line, ...]


def facts(*given: tuple[str, object]) -> list[Fact]:
    """The pairs of title and value that have a value: a text, a number, a date, a line, or several of them."""
    found = []
    for title, value in given:
        lines = tuple(_lines(value))
        if lines:
            found.append(Fact(str(title), lines))
    return found


def amount(value: Decimal | None, currency: str = "USD") -> str:
    """An amount with its currency, cents only where there are any."""
    return "" if value is None else in_words(value, currency)


def _lines(value: object) -> Iterable[Line]:
    if value is None or value == "":
        return
    if isinstance(value, Line):
        if value.text:
            yield value
    elif isinstance(value, date):
        yield Line(date_format(value, "j F Y"))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _lines(part)
    else:
        yield Line(str(value))
