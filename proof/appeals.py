"""What hangs on the entries of the appeal: a moment of it, and what donors say that they fund or plan.

Written row by row, so that each has the identifier that an address asks for.
"""

from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding.models import (
    Allocation,
    Appeal,
    AppealEntry,
    AppealMoment,
    Contribution,
    Contributor,
    FrozenEntry,
    FrozenSum,
    Intention,
    IntentionAmount,
    Pledge,
    Shown,
)
from colonnade.places.models import Country
from colonnade.strategy.models import Pillar
from proof.canaries import canary_amount
from proof.people import NOON, person_called
from proof.registry import DAY, WHY

#: By the level of a pledge.
CONSENT: Final = {"public": Shown.AMOUNT, "compact": Shown.PRESENCE, "restricted": Shown.NOTHING}


@action
def fill_appeals(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """A moment with every entry and sums of every kind; an intention for each pledge, and plans of every consent."""
    appeal = Appeal.objects.get(key="appeal")
    entries = list(AppealEntry.objects.unscoped(WHY).select_related("project").order_by("public_id"))
    _texts(entries)
    _moment(appeal, entries)
    givers = list(Contributor.objects.order_by("rank"))
    pledges = list(Pledge.objects.unscoped(WHY).order_by("public_id"))
    for number, pledge in enumerate(pledges):
        # What is announced may be told one day, and is told to nobody before.
        announced = pledge.standing == Pledge.Standing.ANNOUNCED
        shown = Shown.AMOUNT if announced else CONSENT[pledge.level]
        more = {"entry": entries[number], "rests_on": pledge, "announced": announced}
        _intention(number, appeal, pledge.contributor, shown, **more)
    for number in range(12, 24):
        shown = list(Shown)[number % 3]
        where: dict[str, Any] = {"entry": entries[number % 15]} if number % 2 else {
            "country": Country.objects.get(code="QMB"), "pillar": Pillar.objects.get(code="II"),
        }  # fmt: skip
        plan = _intention(number, appeal, givers[number % 4], shown, **where)
        amount = 600 + number if shown == Shown.AMOUNT and not _secret(where.get("entry")) else _canary("plan", number)
        IntentionAmount.objects.unscoped(WHY).create(intention=plan, currency="USD", amount=amount, amount_usd=amount)


def _texts(entries: list[AppealEntry]) -> None:
    for number, entry in enumerate(entries):
        usd = _canary("partial", number) if _secret(entry) else 50 + number
        entry.priority = ("high", "medium", "low", "")[number % 4]
        entry.partial_sums = f"{usd}.00 A pump"
        entry.save(update_fields=["priority", "partial_sums"])


def _moment(appeal: Appeal, entries: list[AppealEntry]) -> None:
    moment = AppealMoment.objects.create(
        appeal=appeal, number=1, kind="launch", title="Launch", taken_by=person_called("officer-1"), taken_at=NOON
    )
    for number, entry in enumerate(entries):
        usd = _canary("frozen", number) if _secret(entry) else 850 + number
        FrozenEntry.objects.unscoped(WHY).create(moment=moment, entry=entry, requirement_usd=usd)
    given = list(Contribution.objects.unscoped(WHY).select_related("project").order_by("public_id"))
    allocated = list(Allocation.objects.unscoped(WHY).select_related("project").order_by("public_id"))
    promised = list(Pledge.objects.unscoped(WHY).order_by("public_id"))
    rows: list[tuple[str, dict[str, Any], bool]] = [
        *(("contributed", {"contribution": one}, _secret(one)) for one in given),
        *(("allocated", {"allocation": one}, _secret(one)) for one in allocated),
        *((kind, {"pledge": one}, kind != "pledged" or one.level != "public")
          for one in promised for kind in ("pledged", "paid", "open")),
    ]  # fmt: skip
    for number, (kind, of, secret) in enumerate(rows):
        entry = entries[number % len(entries)]
        usd = _canary("sum", number) if secret or _secret(entry) else 20 + number
        FrozenSum.objects.unscoped(WHY).create(moment=moment, entry=entry, kind=kind, usd=usd, **of)


def _intention(number: int, appeal: Appeal, giver: Contributor, shown: str, **more: Any) -> Intention:
    return Intention.objects.unscoped(WHY).create(
        public_id=f"y1{number:014}", appeal=appeal, contributor=giver, shown=shown, first_year=2019, last_year=2020,
        kind="pledge" if "rests_on" in more else "plan", stated_on=DAY, stated_by=person_called("officer-1"), **more,
    )  # fmt: skip


def _secret(one: Any) -> bool:
    """Whether not everybody reads the row."""
    return one is not None and (one.level != "public" or (one.project is not None and one.project.level != "public"))


def _canary(*place: object) -> int:
    return canary_amount("appeal", *place)
