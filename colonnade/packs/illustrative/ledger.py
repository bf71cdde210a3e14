"""An illustrative ledger of the fund: pledges, receipts, allocations and a correction, of fictional contributors alone.

It is recorded through the ordinary actions, by two people, so that it balances as every ledger here does, and each
record says that it was made to illustrate. No figure counts it, and no contributor of the published list is in it:
what they gave was not published.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import AUDIENCES, Level
from colonnade.funding.actions import (
    Due,
    Voucher,
    approve_allocation,
    correct_entry,
    propose_allocation,
    record_in_kind,
    record_pledge,
    record_receipt,
    report_expenditure,
    send_advance,
    sign_agreement,
)
from colonnade.funding.models import Allocation, Contributor, Entry, Window
from colonnade.funding.rates import currencies
from colonnade.members.models import Person
from colonnade.packs.illustrative.appealing import say_of_the_appeal
from colonnade.portfolio.models import Inventory, Project

MADE_UP: Final = Provenance.ILLUSTRATIVE
#: How many fictional contributors, and projects that are to get money.
GIVERS, PROJECTS = 4, 3
_TERMS: Final = "Illustrative terms: in the first place for projects that are ready to begin."


@action
def record_illustrative_ledger(*, officer: Person, second: Person, actor: Actor) -> bool:
    """Record it, ``officer`` proposing and ``second`` approving; whether there was anything to record.

    Nothing is recorded twice, and nothing where a strategy has no window, no illustrative contributor or project.
    """
    windows = list(Window.objects.all()[:2])
    givers = list(Contributor.objects.filter(provenance=MADE_UP).order_by("code")[:GIVERS])
    inventory = Inventory.objects.filter(provenance=MADE_UP).order_by("-as_of").first()
    seen = Project.objects.visible_to(AUDIENCES["secretariat"].viewer)
    active = seen.filter(provenance=MADE_UP, level=Level.PUBLIC, status="ongoing").order_by("public_id")
    projects = list(active[:PROJECTS])
    there = Entry.objects.unscoped("whether it was recorded").filter(provenance=MADE_UP).exists()
    if there or inventory is None or not windows or len(givers) < GIVERS or len(projects) < PROJECTS:
        return False
    _promise_and_pay(givers, windows, inventory.as_of, {"person": officer, "actor": actor})
    _allocate(projects, windows, inventory.as_of, officer, second, actor)
    say_of_the_appeal(givers, windows[0], officer, actor)
    return True


def _promise_and_pay(givers: list[Contributor], windows: list[Window], day: date, by: dict[str, Any]) -> None:
    first, second, third, fourth = givers
    general, other = windows[0], windows[-1]
    long_ago, then = day - timedelta(days=200), day - timedelta(days=120)
    foreign = "EUR" if "EUR" in currencies(then) and "EUR" in currencies(long_ago) else "USD"
    made: dict[str, Any] = {"provenance": MADE_UP, **by}
    # Two instalments, of which one came.
    promised = record_pledge(
        contributor=first, amount=Decimal(600_000), currency=foreign, pledged_on=long_ago, window=general,
        document="Illustrative letter 1", **made,
    )  # fmt: skip
    dues = [Due(then, Decimal(400_000)), Due(day - timedelta(days=20), Decimal(200_000))]
    sign_agreement(
        pledge=promised, reference="Illustrative agreement 1", signed_on=long_ago, instalments=dues, terms=_TERMS, **by
    )
    record_receipt(
        contributor=first, amount=Decimal(400_000), currency=foreign, voucher=_voucher(then, 1), window=general,
        pledge=promised, **by,
    )  # fmt: skip
    # Paid at once, after a slip that was corrected.
    whole = record_pledge(
        contributor=second, amount=Decimal(250_000), currency="USD", pledged_on=long_ago, window=other,
        document="Illustrative letter 2", **made,
    )  # fmt: skip
    slip = record_receipt(
        contributor=second, amount=Decimal(25_000), currency="USD", voucher=_voucher(then, 2), window=other,
        pledge=whole, **by,
    )  # fmt: skip
    correct_entry(entry=slip, reason="Illustrative: a nought was missing", on=then, **by)
    record_receipt(
        contributor=second, amount=Decimal(250_000), currency="USD", voucher=_voucher(then, 2), window=other,
        pledge=whole, **by,
    )  # fmt: skip
    # Promised, and nothing more yet.
    record_pledge(
        contributor=third, amount=Decimal(150_000), currency="USD", pledged_on=long_ago - timedelta(days=30),
        window=general, document="Illustrative letter 3", **made,
    )  # fmt: skip
    record_in_kind(
        contributor=fourth, amount=Decimal(80_000), currency="USD", window=general,
        voucher=Voucher(then, "Illustrative valuation 1", "Illustrative: training rooms", MADE_UP), **by,
    )  # fmt: skip


def _allocate(
    projects: list[Project], windows: list[Window], day: date, officer: Person, second: Person, actor: Actor
) -> None:
    then = day - timedelta(days=60)
    proposed = [
        propose_allocation(
            project=project, amount_usd=Decimal(amount), window=window, decision="Illustrative decision",
            provenance=MADE_UP, person=officer, actor=actor,
        )
        for project, amount, window in zip(projects, (120_000, 90_000, 60_000), (*windows, windows[0]), strict=False)
    ]  # fmt: skip
    for number, one in enumerate(proposed[:2], start=1):
        approve_allocation(allocation=one, voucher=_voucher(then, 10 + number), person=second, actor=actor)
    spending = Allocation.objects.unscoped("of this ledger").get(pk=proposed[0].pk)
    by: dict[str, Any] = {"allocation": spending, "person": officer, "actor": actor}
    send_advance(**by, amount_usd=Decimal(70_000), voucher=_voucher(then, 20))
    report_expenditure(**by, amount=Decimal("41250.75"), currency="USD", voucher=_voucher(day - timedelta(days=5), 21))


def _voucher(on: date, number: int) -> Voucher:
    return Voucher(on, f"Illustrative voucher {number}", "Illustrative", MADE_UP)
