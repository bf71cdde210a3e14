"""What every action of the fund begins and ends with: the person as they stand, the purse locked, the entry written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum as SumOf
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.money import Money, Rate
from colonnade.core.viewer import Viewer
from colonnade.funding.access import why_not_keep_books
from colonnade.funding.bookkeeping import (
    NOTHING,
    TAKES_FROM_FREE,
    Account,
    Allotment,
    Line,
    Lines,
    NotBooked,
    Overdrawn,
    Purse,
    RateMissing,
    Sum,
    least_free,
)
from colonnade.funding.models import Allocation, Closing, Earmark, Entry, Posting, Window
from colonnade.funding.queries.records import plain
from colonnade.funding.rates import in_dollars, why_no_rate
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for

WHY: Final = "an action of the fund, which checked who acts"


class FundRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class ConfirmFirst(FundRefused):
    """It can be done once whoever asks says that they mean it; ``says`` names what they say it with."""

    def __init__(self, text: str, *says: str) -> None:
        super().__init__(text)
        self.says = says


class RateUnknown(FundRefused):
    """No rate of a currency is known for a month."""

    def __init__(self, missing: RateMissing) -> None:
        super().__init__(why_no_rate(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Voucher:
    """What an entry says of itself: its day, what happened, and the document that proves it."""

    on: date
    document: str
    narrative: str = ""
    provenance: str = Provenance.REPORTED


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what an entry concerns, beside its lines: keys."""

    contributor: int | None = None
    pledge: int | None = None
    project: int | None = None
    entity: int | None = None
    allocation: int | None = None
    corrects: int | None = None


def insist(why_not: str | None) -> None:
    """Raises :class:`FundRefused` with the reason, where there is one."""
    if why_not:
        raise FundRefused(why_not)


def keeper(person: Person) -> Viewer:
    """Whoever keeps the books, as they are at this moment. Raises :class:`FundRefused` for everybody else."""
    viewer = viewer_for(person, timezone.localdate())
    insist(why_not_keep_books(viewer))
    return viewer


def locked(window: Window, earmark: Earmark | None) -> Purse:
    """The purse, which no other action spends from until this one is done."""
    Window.objects.select_for_update().get(pk=window.pk)
    if earmark is not None and earmark.window_id != window.pk:
        raise FundRefused(_("This earmark belongs to another window."))
    return Purse(window.pk, earmark.pk if earmark else None)


def worth(amount: Decimal, currency: str, on: date) -> Sum:
    """An amount in dollars at the rate of its month. Raises :class:`FundRefused` where there is no such rate."""
    if amount <= 0:
        raise FundRefused(_("An amount is above zero."))
    if amount != amount.quantize(NOTHING):
        raise FundRefused(_("An amount has two decimals at most."))
    try:
        return in_dollars(Money(amount.quantize(NOTHING), currency), on)
    except RateMissing as missing:
        raise RateUnknown(missing) from missing


def free_in(purse: Purse, since: date) -> Decimal:
    """What is free in a purse on the day ``since`` and on every later one: the least of those."""
    rows = Posting.objects.unscoped(WHY).filter(window=purse.window, earmark=purse.earmark, account__in=TAKES_FROM_FREE)
    by_day = rows.order_by("entry__on").values_list("entry__on").annotate(usd=SumOf("usd"))
    return least_free([(day, -usd) for day, usd in by_day], since)


def allotment_of(allocation: Allocation) -> Allotment:
    """An allocation as it stands in the books."""
    rows = Posting.objects.unscoped(WHY).filter(entry__allocation=allocation)
    return plain(allocation).standing_at(_totals(rows))


def book(kind: Entry.Kind, lines: Lines, voucher: Voucher, about: About, person: Person) -> Entry:
    """Write an entry and its lines.

    Raises :class:`FundRefused` where its day is to come or closed, and where no document proves it.
    """
    if voucher.on > timezone.localdate():
        raise FundRefused(_("This day is still to come."))
    if not voucher.document.strip():
        raise FundRefused(_("Name the document that proves it."))
    closed = Closing.objects.filter(until__gte=voucher.on).order_by("-until").first()
    if closed is not None:
        raise FundRefused(
            _("The books are closed up to %(day)s: date it after, and say in the narrative what it is of.")
            % {"day": closed.until.isoformat()}
        )
    entry = Entry.objects.unscoped(WHY).create(
        on=voucher.on,
        kind=kind,
        narrative=voucher.narrative.strip(),
        document=voucher.document.strip(),
        provenance=voucher.provenance,
        contributor_id=about.contributor,
        pledge_id=about.pledge,
        for_project_id=about.project,
        entity_id=about.entity,
        allocation_id=about.allocation,
        corrects_id=about.corrects,
        recorded_by=person,
    )
    Posting.objects.unscoped(WHY).bulk_create([_posting(entry, line) for line in lines])
    return entry


def lines_of(entry: Entry) -> Lines:
    """What an entry wrote, as lines."""
    return tuple(_line(row) for row in Posting.objects.unscoped(WHY).filter(entry=entry).order_by("pk"))


def in_words(refused: NotBooked, where: str) -> str:
    """Why the arithmetic refused something, in words. ``where`` is the purse or the allocation."""
    if isinstance(refused, Overdrawn):
        return _("%(there)s US dollars are there in %(where)s, and %(asked)s were asked for.") % {
            "there": f"{refused.there:,.2f}",
            "where": where,
            "asked": f"{refused.asked:,.2f}",
        }
    return _("This cannot be booked: an amount is above zero and in whole cents.")


def purse_title(window: Window, earmark: Earmark | None) -> str:
    """A purse in words."""
    if earmark is None:
        return _("%(window)s, without earmark") % {"window": window.title}
    return _("%(window)s, %(earmark)s") % {"window": window.title, "earmark": earmark.title}


def _totals(rows: Any) -> Mapping[Account, Decimal]:
    grouped = rows.order_by().values_list("account").annotate(usd=SumOf("usd"))
    return {Account(account): usd for account, usd in grouped}


def _posting(entry: Entry, line: Line) -> Posting:
    rate = line.sum.rate
    return Posting(
        entry=entry,
        account=line.account,
        window_id=line.purse.window,
        earmark_id=line.purse.earmark,
        contributor_id=line.contributor,
        for_project_id=line.project,
        entity_id=line.entity,
        currency=line.sum.money.currency,
        amount=line.sum.money.amount,
        rate=rate.usd_per_unit if rate else None,
        rate_on=rate.on if rate else None,
        rate_source=rate.source if rate else "",
        usd=line.usd,
    )


def _line(row: Posting) -> Line:
    rate = None
    if row.rate is not None and row.rate_on is not None:
        rate = Rate(row.currency, row.rate_on, row.rate, row.rate_source)
    return Line(
        Account(row.account),
        Purse(row.window_id, row.earmark_id),
        Sum(Money(row.amount, row.currency), row.usd, rate),
        row.contributor_id,
        row.for_project_id,
        row.entity_id,
    )
