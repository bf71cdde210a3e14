"""Pledges as one reader sees them: what was paid of each, what is outstanding and since when, its agreement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum as SumOf

from colonnade.core.viewer import Viewer
from colonnade.funding.access import gives_as, reads_of
from colonnade.funding.ageing import UNDATED, Due, Outstanding, outstanding
from colonnade.funding.bookkeeping import NOTHING, Account
from colonnade.funding.models import Agreement, AgreementTerms, Contributor, Instalment, Pledge, Posting

WITH = ("contributor__country", "contributor__entity", "window", "earmark")


@dataclass(frozen=True, slots=True)
class SeenAgreement:
    """An agreement as one reader sees it: ``terms`` are empty for whoever may not read them."""

    agreement: Agreement
    terms: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class SeenPledge:
    """A pledge with what was paid of it and what is still to come, in its own currency.

    ``paid`` is ``None`` for whoever reads the pledge and not what came in: nothing is said of what is still to come.
    """

    pledge: Pledge
    paid: Decimal | None
    open: tuple[Outstanding, ...]

    @property
    def left(self) -> Decimal:
        """What is still to come."""
        return sum((one.amount for one in self.open), NOTHING)

    @property
    def excess(self) -> Decimal:
        """What came in beyond what was pledged; nothing for whoever is not told what came in."""
        return max(NOTHING, (self.paid or NOTHING) - self.pledge.amount)

    def in_usd(self, amount: Decimal) -> Decimal:
        """An amount of it at the rate of the pledge's day, unrounded."""
        return amount if self.pledge.rate is None else amount * self.pledge.rate

    @property
    def days_overdue(self) -> int:
        """For how many days its oldest part has been due; 0 where nothing is."""
        return max((one.days for one in self.open if one.days is not None and one.days > 0), default=0)


def pledges(viewer: Viewer, today: date, *, contributor: Contributor | None = None) -> list[SeenPledge]:
    """Pledges that ``viewer`` may see, the latest first."""
    rows = Pledge.objects.visible_to(viewer).select_related(*WITH)
    if contributor is not None:
        rows = rows.filter(contributor=contributor)
    return seen(viewer, list(rows), today)


def pledge_called(viewer: Viewer, public_id: str) -> Pledge | None:
    """A pledge that ``viewer`` may see."""
    return Pledge.objects.visible_to(viewer).select_related(*WITH).filter(public_id=public_id).first()


def seen(viewer: Viewer, found: Sequence[Pledge], today: date) -> list[SeenPledge]:
    """Pledges with what was paid of them: two queries for all."""
    keys = [pledge.pk for pledge in found]
    cash = Posting.objects.visible_to(viewer).filter(entry__pledge__in=keys, account=Account.CASH).order_by()
    paid = dict(cash.values_list("entry__pledge_id").annotate(amount=SumOf("amount")))
    dues: dict[int, list[Due]] = defaultdict(list)
    for row in Instalment.objects.visible_to(viewer).filter(pledge__in=keys):
        dues[row.pledge_id].append(Due(row.due_on, row.amount))
    return [
        _seen(pledge, paid.get(pledge.pk, NOTHING), dues.get(pledge.pk, []), today)
        if reads_of(viewer, pledge.contributor)
        else SeenPledge(pledge, None, ())
        for pledge in found
    ]


def agreement_of(viewer: Viewer, pledge: Pledge) -> SeenAgreement | None:
    """The agreement about a pledge, with its terms for whoever may read them."""
    agreement = Agreement.objects.visible_to(viewer).filter(pledge=pledge).first()
    if agreement is None:
        return None
    terms = AgreementTerms.objects.visible_to(viewer).filter(pledge=pledge).values_list("text", flat=True).first()
    return SeenAgreement(agreement, terms or "", gives_as(viewer, pledge.contributor))


def instalments_of(viewer: Viewer, pledge: Pledge) -> list[Instalment]:
    """What a pledge falls due in, the first first."""
    return list(Instalment.objects.visible_to(viewer).filter(pledge=pledge))


def aged(several: Iterable[SeenPledge]) -> list[Decimal]:
    """What is outstanding in US dollars, by class of age: what is not due, then by days overdue, then what has no due
    date, unrounded."""
    classes = [NOTHING] * (UNDATED + 1)
    for one in several:
        for part in one.open:
            classes[part.age] += one.in_usd(part.amount)
    return classes


def _seen(pledge: Pledge, paid: Decimal, dues: list[Due], today: date) -> SeenPledge:
    if pledge.standing == Pledge.Standing.WITHDRAWN:
        return SeenPledge(pledge, paid, ())
    return SeenPledge(pledge, paid, outstanding(dues or [Due(pledge.due_on, pledge.amount)], paid, today))
