"""What stands in the books for one reader: balances of purses on a day, and a statement of any period that adds up.

Sums are over the postings that the reader may see. Whoever may not see all of them is told so by the pages, which show
no such sum to the public at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum as SumOf

from colonnade.core.viewer import Viewer
from colonnade.funding.bookkeeping import NOTHING, Account, Purse, free_of, held_of
from colonnade.funding.models import Earmark, Posting, Window

Totals = Mapping[Account, Decimal]


@dataclass(frozen=True, slots=True)
class Balance:
    """A purse, or several together, as it stands: every amount in US dollars, and above zero where there is some."""

    totals: Totals

    def _on(self, account: Account) -> Decimal:
        return self.totals.get(account, NOTHING)

    @property
    def new_money(self) -> Decimal:
        """What contributors gave, in cash."""
        return -self._on(Account.CONTRIBUTIONS)

    @property
    def transfers_in(self) -> Decimal:
        """What other entities passed on, where it was counted first."""
        return -self._on(Account.TRANSFERS_RECEIVED)

    @property
    def in_kind(self) -> Decimal:
        """Goods and services, at their valuation."""
        return -self._on(Account.IN_KIND_RECEIVED)

    @property
    def refunds(self) -> Decimal:
        """What went back to contributors."""
        return self._on(Account.REFUNDS)

    @property
    def moved(self) -> Decimal:
        """What came from other purses, less what went there."""
        return -self._on(Account.REASSIGNED)

    @property
    def received(self) -> Decimal:
        """What came in, by any way, less refunds and with moves."""
        return self.new_money + self.transfers_in - self.refunds + self.moved

    @property
    def spent(self) -> Decimal:
        """What projects reported to have spent."""
        return self._on(Account.EXPENDITURE)

    @property
    def support(self) -> Decimal:
        """Programme support costs."""
        return self._on(Account.SUPPORT_COSTS)

    @property
    def committed(self) -> Decimal:
        """What was allocated and is not spent yet."""
        return self._on(Account.ENCUMBERED)

    @property
    def advanced(self) -> Decimal:
        """What entities hold of it."""
        return self._on(Account.ADVANCES)

    @property
    def cash(self) -> Decimal:
        """What the fund holds itself."""
        return self._on(Account.CASH)

    @property
    def held(self) -> Decimal:
        """What is there, in cash and with entities: the balance that a statement opens and closes with."""
        return held_of(self.totals)

    @property
    def free(self) -> Decimal:
        """What can be allocated."""
        return free_of(self.totals)


@dataclass(frozen=True, slots=True)
class PurseStanding:
    """A purse with its balance."""

    window: Window
    earmark: Earmark | None
    balance: Balance


@dataclass(frozen=True, slots=True)
class PurseStatement:
    """A purse over a period: what was there before, what happened, what was there after."""

    window: Window
    earmark: Earmark | None
    opening: Balance
    happened: Balance
    closing: Balance

    @property
    def adds_up(self) -> bool:
        """Whether the opening balance, what came in and what went out come to the closing balance."""
        went = self.happened.spent + self.happened.support
        return self.opening.held + self.happened.received - went == self.closing.held


def balances(viewer: Viewer, *, until: date | None = None, since: date | None = None) -> dict[Purse, Balance]:
    """The balance of every purse over the postings that ``viewer`` may see, of entries between two days."""
    rows = Posting.objects.visible_to(viewer)
    if until is not None:
        rows = rows.filter(entry__on__lte=until)
    if since is not None:
        rows = rows.filter(entry__on__gte=since)
    found: dict[Purse, dict[Account, Decimal]] = defaultdict(dict)
    grouped = rows.order_by().values_list("window_id", "earmark_id", "account").annotate(usd=SumOf("usd"))
    for window, earmark, account, usd in grouped:
        found[Purse(window, earmark)][Account(account)] = usd
    return {purse: Balance(totals) for purse, totals in found.items()}


def standing(viewer: Viewer, *, until: date | None = None) -> list[PurseStanding]:
    """Every window, and each earmark that money was recorded for, in the order of the windows."""
    found = balances(viewer, until=until)
    return [PurseStanding(window, earmark, found[purse]) for purse, window, earmark in _named(found, whole=True)]


def statement(viewer: Viewer, first: date, last: date) -> list[PurseStatement]:
    """The purses in which anything was, or happened, by ``last``."""
    closing = balances(viewer, until=last)
    happened = balances(viewer, since=first, until=last)
    nothing = Balance({})
    made = []
    for purse, window, earmark in _named(closing):
        within = happened.get(purse, nothing)
        before = difference(closing[purse], within)
        made.append(PurseStatement(window, earmark, before, within, closing[purse]))
    return made


def together(several: Iterable[Balance]) -> Balance:
    """Balances added up."""
    totals: dict[Account, Decimal] = defaultdict(lambda: NOTHING)
    for balance in several:
        for account, usd in balance.totals.items():
            totals[account] += usd
    return Balance(dict(totals))


def difference(whole: Balance, part: Balance) -> Balance:
    """What is left of ``whole`` without ``part``."""
    accounts = whole.totals.keys() | part.totals.keys()
    return Balance(
        {account: whole.totals.get(account, NOTHING) - part.totals.get(account, NOTHING) for account in accounts}
    )


def _named(found: dict[Purse, Balance], *, whole: bool = False) -> list[tuple[Purse, Window, Earmark | None]]:
    """The purses with what they are called; with ``whole``, every window has one without earmark."""
    windows = list(Window.objects.all())
    earmarks = {one.pk: one for one in Earmark.objects.filter(pk__in=[purse.earmark for purse in found])}
    named = []
    for window in windows:
        bare = Purse(window.pk)
        if whole:
            found.setdefault(bare, Balance({}))
        own = sorted((purse for purse in found if purse.window == window.pk), key=lambda purse: _title(purse, earmarks))
        named += [(purse, window, earmarks.get(purse.earmark or 0)) for purse in own]
    return named


def _title(purse: Purse, earmarks: Mapping[int, Earmark]) -> str:
    return earmarks[purse.earmark].title if purse.earmark else ""
