"""What an amount in another currency comes to, at the rate of its month in the data pack's table. A missing rate is an
error."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from colonnade.core.money import Money, Rate
from colonnade.core.rates import RateTable, load_rates
from colonnade.funding.bookkeeping import RateMissing, Sum, priced

#: The file of a data pack.
FILE = "rates.csv"


def rate_of(currency: str, on: date) -> Rate | None:
    """The rate of ``currency`` in the month of ``on``; ``None`` for US dollars, which need none.

    Raises :class:`RateMissing` where the table has none for that month.
    """
    if currency == "USD":
        return None
    found = _table(settings.PACK_DIR / FILE).find(currency, on)
    if found is None:
        raise RateMissing(currency, on.strftime("%Y-%m"))
    return found


def in_dollars(money: Money, on: date) -> Sum:
    """``money`` at the rate of the month of ``on``. Raises :class:`RateMissing`."""
    return priced(money, rate_of(money.currency, on))


def why_no_rate(missing: RateMissing) -> str:
    """A missing rate in words."""
    return _(
        "No rate of %(currency)s is known for %(month)s: add it with its source to the data pack's table (%(file)s)."
    ) % {"currency": missing.currency, "month": missing.month, "file": FILE}


def currencies(on: date) -> tuple[str, ...]:
    """Currencies that have a rate in the month of ``on``, US dollars first."""
    month = on.replace(day=1)
    known = sorted(currency for currency, day in _table(settings.PACK_DIR / FILE).rates if day == month)
    return ("USD", *known)


def _table(path: Path) -> RateTable:
    if not path.is_file():
        return RateTable({})
    told = path.stat()
    return _read(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> RateTable:  # noqa: ARG001  # a file that changed is read again
    return load_rates(path)
