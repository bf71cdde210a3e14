"""What an amount in another currency comes to, at the rate of its month: entered by an officer, or of the data pack.

A missing rate is an error. What was entered goes before the pack's, so that a month keeps one rate when the pack gets
its own later.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from colonnade.core.money import Money, Rate
from colonnade.core.rates import RateTable, load_rates
from colonnade.funding.bookkeeping import RateMissing, Sum, priced
from colonnade.funding.models import MonthlyRate

#: The file of a data pack.
FILE = "rates.csv"


def rate_of(currency: str, on: date) -> Rate | None:
    """The rate of ``currency`` in the month of ``on``; ``None`` for US dollars, which need none.

    Raises :class:`RateMissing` where none is known for that month.
    """
    if currency == "USD":
        return None
    found = _entered(currency, on.replace(day=1)) or of_the_pack(currency, on)
    if found is None:
        raise RateMissing(currency, on.strftime("%Y-%m"))
    return found


def of_the_pack(currency: str, on: date) -> Rate | None:
    """The rate that the data pack's table has for the month of ``on``."""
    return _table(settings.PACK_DIR / FILE).find(currency, on)


def latest_before(currency: str, month: date) -> Rate | None:
    """The last rate known of a month before ``month``, to compare another with."""
    row = MonthlyRate.objects.filter(currency=currency, on__lt=month).order_by("-on", "-pk").first()
    known = [rate for (code, on), rate in _table(settings.PACK_DIR / FILE).rates.items() if code == currency]
    if row is not None:
        known.append(_plain(row))
    return max((rate for rate in known if rate.on < month), key=lambda rate: rate.on, default=None)


def in_dollars(money: Money, on: date) -> Sum:
    """``money`` at the rate of the month of ``on``. Raises :class:`RateMissing`."""
    return priced(money, rate_of(money.currency, on))


def dollars_of(money: Money, on: date) -> Decimal:
    """What ``money`` makes in US dollars at the rate of the month of ``on``. Raises :class:`RateMissing`."""
    return in_dollars(money, on).usd


def why_no_rate(missing: RateMissing) -> str:
    """A missing rate in words, with what to do about it."""
    return _(
        "No rate of %(currency)s is known for %(month)s: an officer of the secretariat enters it, with its source,"
        " among the rates of the fund."
    ) % {"currency": missing.currency, "month": missing.month}


def currencies(on: date) -> tuple[str, ...]:
    """Currencies that have a rate in the month of ``on``, US dollars first."""
    month = on.replace(day=1)
    known = {currency for currency, day in _table(settings.PACK_DIR / FILE).rates if day == month}
    known |= set(MonthlyRate.objects.filter(on=month).order_by().values_list("currency", flat=True))
    return ("USD", *sorted(known))


def _entered(currency: str, month: date) -> Rate | None:
    row = MonthlyRate.objects.filter(currency=currency, on=month).order_by("-pk").first()
    return _plain(row) if row is not None else None


def _plain(row: MonthlyRate) -> Rate:
    return Rate(row.currency, row.on, row.usd_per_unit, row.source)


def _table(path: Path) -> RateTable:
    if not path.is_file():
        return RateTable({})
    told = path.stat()
    return _read(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> RateTable:  # noqa: ARG001  # a file that changed is read again
    return load_rates(path)
