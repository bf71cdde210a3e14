"""What fictional contributors said of the illustrative appeal: pledges with every consent, some paid, and a plan.

Before it, the appeal is kept as it stands, so that its comparison has something to tell.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level
from colonnade.funding.actions import Voucher, Years, keep_moment, pledge_to_appeal, record_receipt, state_plan
from colonnade.funding.models import Appeal, AppealEntry, Contributor, Pledge, Shown, Window
from colonnade.members.models import Person

MADE_UP = Provenance.ILLUSTRATIVE
#: How much of a requirement each pledges, in hundredths, what they let others see, and how much of it they pay.
PLEDGES = ((40, Shown.AMOUNT, 100), (25, Shown.PRESENCE, 0), (15, Shown.NOTHING, 50), (110, Shown.AMOUNT, 0))


def say_of_the_appeal(givers: Sequence[Contributor], window: Window, officer: Person, actor: Actor) -> None:
    """Say it, as told to ``officer``; nothing where a strategy has no illustrative appeal of so many projects."""
    rows = AppealEntry.objects.unscoped("illustrative records").filter(provenance=MADE_UP, level=Level.PUBLIC)
    entries = list(rows.select_related("appeal").order_by("-at_launch", "public_id")[: len(PLEDGES) + 1])
    if len(entries) <= len(PLEDGES):
        return
    appeal: Appeal = entries[0].appeal
    keep_moment(appeal=appeal, title="As it was recorded", person=officer, actor=actor)
    years = Years(appeal.first_year, appeal.last_year)
    for giver, entry, (hundredths, shown, paid) in zip(givers, entries, PLEDGES, strict=False):
        amount = (entry.requirement_usd * hundredths / 100).quantize(Decimal(1))
        said = pledge_to_appeal(
            entry=entry,
            contributor=giver,
            amount=amount,
            currency="USD",
            years=years,
            shown=shown,
            window=window,
            note="Illustrative",
            # One of them is more than is short: the pages have a surplus to show.
            beyond=True,
            provenance=MADE_UP,
            person=officer,
            actor=actor,
        )
        if paid:
            record_receipt(
                contributor=giver,
                amount=(amount * paid / 100).quantize(Decimal(1)),
                currency="USD",
                voucher=Voucher(timezone.localdate(), "Illustrative voucher of the appeal", "Illustrative", MADE_UP),
                window=window,
                pledge=Pledge.objects.unscoped("illustrative records").get(pk=said.rests_on_id or 0),
                person=officer,
                actor=actor,
            )
    state_plan(
        appeal=appeal,
        contributor=givers[0],
        years=years,
        shown=Shown.PRESENCE,
        entry=entries[-1],
        amount=Decimal(50_000),
        provenance=MADE_UP,
        person=officer,
        actor=actor,
    )
