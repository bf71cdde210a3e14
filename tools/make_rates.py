"""Make a strategy's table of exchange rates from the European Central Bank's euro reference rates.

    python tools/make_rates.py eurofxref-hist.zip strategies/ungcts/rates.csv

The bank quotes units of a currency for one euro on each of its business days. A row of the table is the arithmetic
mean, over the days of one month, of the dollar's quotation divided by the currency's (for the euro: the dollar's
quotation), to seven significant digits. Left out are a month that the file does not hold to its last weekday, and a
currency in a month in which it was not quoted every day. See ``docs/how-to/exchange-rates.md``.
"""

import csv
import io
import sys
import zipfile
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Context, Decimal
from pathlib import Path

#: Currencies in which aid is budgeted and published; the file quotes others too, most of them long gone.
CURRENCIES = (
    *("AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW"),
    *("MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY", "ZAR"),
)
QUOTED = frozenset({"USD", *CURRENCIES})
SOURCE = "ECB monthly mean"
SEVEN_DIGITS = Context(prec=7)

Day = tuple[date, Mapping[str, Decimal]]


def main(archive: Path, table: Path) -> None:
    """Read the bank's zipped CSV and write the table, oldest month first."""
    with zipfile.ZipFile(archive) as opened, opened.open("eurofxref-hist.csv") as raw:
        days = list(quotations(io.TextIOWrapper(raw, encoding="ascii")))
    with table.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("currency", "on", "usd_per_unit", "source"))
        writer.writerows(monthly_means(days))


def quotations(lines: Iterable[str]) -> Iterator[Day]:
    """Each day with its quotations; "N/A" and blank cells are no quotation."""
    for row in csv.DictReader(lines):
        yield (
            date.fromisoformat(row["Date"]),
            {name: Decimal(cell) for name, cell in row.items() if name in QUOTED and cell not in ("", "N/A")},
        )


def monthly_means(days: list[Day]) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the table: currency, first day of the month, US dollars for one unit, source."""
    newest = max(day for day, _ in days)
    months: dict[date, list[Mapping[str, Decimal]]] = defaultdict(list)
    for day, quoted in days:
        months[day.replace(day=1)].append(quoted)
    for month in sorted(months):
        quotes = months[month]
        if newest < last_weekday(month):
            continue
        for currency in CURRENCIES:
            if currency == "EUR":
                values = [quoted["USD"] for quoted in quotes]
            elif all(currency in quoted for quoted in quotes):
                values = [quoted["USD"] / quoted[currency] for quoted in quotes]
            else:
                continue
            mean = SEVEN_DIGITS.divide(sum(values, Decimal(0)), Decimal(len(values)))
            yield currency, month.isoformat(), format(mean.normalize(), "f"), SOURCE


def last_weekday(month: date) -> date:
    """The last day of the month that is not a Saturday or a Sunday."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return last.replace(day=last.day - max(0, last.weekday() - 4))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
