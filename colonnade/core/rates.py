"""Exchange rates of a strategy: ``rates.csv`` of its data pack, one row a currency and month.

A rate holds for the month that begins on its day, and for no other: an amount of a month without a rate stays in its
own currency. How the table was made: ``docs/how-to/exchange-rates.md``.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from colonnade.core.money import Rate
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.uploads import Kind, admit_file

COLUMNS: Final = ("currency", "on", "usd_per_unit", "source")
_CURRENCY = re.compile("[A-Z]{3}")
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class RateTable:
    """US dollars for one unit of a currency, by currency and first day of the month."""

    rates: Mapping[tuple[str, date], Rate]

    def find(self, currency: str, on: date | None) -> Rate | None:
        """The rate of the month of ``on``. ``None`` where there is none, and for US dollars, which need none."""
        return self.rates.get((currency, on.replace(day=1))) if on else None


def load_rates(path: Path) -> RateTable:
    """The table in ``path``. Raises ``ProblemsFound`` with every row that is wrong; then nothing is used."""
    problems: list[Problem] = []
    rates: dict[tuple[str, date], Rate] = {}

    def refuse(row: int | None, column: str | None, value: str, message: str, mend: str) -> None:
        problems.append(Problem(path.name, row, column, value, message, mend))

    admit_file(path, Kind.CSV)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            records = list(csv.reader(stream, strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise ProblemsFound(
            [Problem(path.name, None, None, str(error), "not a CSV file in UTF-8", "save it so")]
        ) from error
    if not records or tuple(records[0]) != COLUMNS:
        refuse(1, None, ",".join(records[0] if records else ()), "another header", f"write {','.join(COLUMNS)}")
    for number, record in enumerate(records[1:] if not problems else (), start=2):
        if len(record) != len(COLUMNS):
            refuse(number, None, str(len(record)), "not four cells", f"write {','.join(COLUMNS)}")
            continue
        currency, day, amount, source = (cell.strip() for cell in record)
        month = _first_of_month(day)
        if not _CURRENCY.fullmatch(currency) or currency == "USD":
            refuse(number, "currency", currency, "not a currency beside the US dollar", "use its ISO 4217 code")
        if month is None:
            refuse(number, "on", day, "not the first day of a month", "write it as 2019-05-01")
        if not _NUMBER.fullmatch(amount) or Decimal(amount) == 0:
            refuse(number, "usd_per_unit", amount, "not a rate", "write a number above 0, such as 1.1041")
        if not source:
            refuse(number, "source", source, "a rate without a source", "name who published it")
        if month and (currency, month) in rates:
            refuse(number, "on", day, f"a second rate of {currency} for the month", "keep one row a currency and month")
        if month and _NUMBER.fullmatch(amount):
            rates[currency, month] = Rate(currency, month, Decimal(amount), source)
    if problems:
        raise ProblemsFound(problems)
    return RateTable(rates)


def _first_of_month(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.day == 1 else None
