"""Rates of exchange of months that the data pack's table does not have."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding.actions.booking import WHY, ConfirmFirst, FundRefused, keeper
from colonnade.funding.models import MonthlyRate, Pledge, Posting, Window
from colonnade.funding.rates import latest_before, of_the_pack
from colonnade.members.models import Person

#: By which factor a rate differs from the last known one before it is asked about: the wrong way round, most often.
ASKED_ABOUT: Final = Decimal("1.2")


@action
def enter_rate(
    *,
    currency: str,
    month: date,
    usd_per_unit: Decimal,
    source: str,
    person: Person,
    actor: Actor,
    sure: bool = False,
) -> MonthlyRate:
    """Enter what one unit of ``currency`` came to in US dollars in ``month``, and who published it.

    A rate that the data pack has, or that an amount was counted at already, is not entered again; another is corrected
    by one more. Raises :class:`FundRefused`; :class:`ConfirmFirst` where it is far from the last known one and nobody
    said that it is right (``sure``).
    """
    keeper(person)
    month = month.replace(day=1)
    # Receipts, refunds and reports lock their window before they count: none does so while a rate is entered.
    list(Window.objects.select_for_update().order_by("pk"))
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise FundRefused(_("A currency is three letters, as EUR."))
    if currency == "USD":
        raise FundRefused(_("US dollars need no rate."))
    if month > timezone.localdate():
        raise FundRefused(_("This month is still to come."))
    if usd_per_unit <= 0:
        raise FundRefused(_("A rate is above zero."))
    if not source.strip():
        raise FundRefused(_("Name who published the rate."))
    named = {"currency": currency, "month": f"{month:%Y-%m}"}
    if of_the_pack(currency, month) is not None:
        raise FundRefused(_("The data pack has the rate of %(currency)s for %(month)s.") % named)
    if _is_used(currency, month):
        raise FundRefused(
            _("Amounts were counted at the rate of %(currency)s for %(month)s already: it stays as it is.") % named
        )
    before = latest_before(currency, month)
    if before is not None and not sure and not _is_near(usd_per_unit, before.usd_per_unit):
        raise ConfirmFirst(
            _(
                "In %(month)s one %(currency)s came to %(rate)s US dollars, and this is far from it. Is it US dollars"
                " for one %(currency)s, and not the other way round? Correct it, or say that it is right."
            )
            % {
                "currency": currency,
                "month": f"{before.on:%Y-%m}",
                "rate": f"{before.usd_per_unit.normalize():f}",
            },
            "sure",
        )
    return MonthlyRate.objects.create(
        currency=currency, on=month, usd_per_unit=usd_per_unit, source=source.strip(), entered_by=person
    )


def _is_near(rate: Decimal, before: Decimal) -> bool:
    return before / ASKED_ABOUT <= rate <= before * ASKED_ABOUT


def _is_used(currency: str, month: date) -> bool:
    """Whether anything in the books was counted at a rate of that month."""
    return (
        Posting.objects.unscoped(WHY).filter(currency=currency, rate_on=month).exists()
        or Pledge.objects.unscoped(WHY).filter(currency=currency, rate_on=month).exists()
    )
