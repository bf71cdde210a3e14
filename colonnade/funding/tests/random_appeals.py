"""What hangs on the entries of appeals, drawn by chance, for registries of tests: moments, and what donors say."""

from datetime import date
from random import Random

from colonnade.funding.models import (
    Allocation,
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
from colonnade.members.models import Person
from colonnade.places.models import Country

DAY = date(2019, 8, 31)
WHY = "test"


def fill_appeals(random: Random, countries: list[Country]) -> None:
    """One moment with a row an entry and sums of every kind; thirty intentions, half of them with an amount."""
    clerk, _ = Person.objects.get_or_create(email="clerk@office.example")
    entries = list(AppealEntry.objects.unscoped(WHY).order_by("pk"))
    moment = AppealMoment.objects.create(
        appeal=entries[0].appeal, number=1, kind="launch", title="Launch", taken_by=clerk
    )
    FrozenEntry.objects.unscoped(WHY).bulk_create(
        FrozenEntry(moment=moment, entry=entry, requirement_usd=1) for entry in entries
    )
    given = list(Contribution.objects.unscoped(WHY).order_by("pk"))
    allocated = list(Allocation.objects.unscoped(WHY).order_by("pk"))
    promised = list(Pledge.objects.unscoped(WHY).order_by("pk"))
    sums = [
        FrozenSum(
            moment=moment,
            entry=entry,
            kind=kind,
            contribution=random.choice(given) if kind == "contributed" else None,
            allocation=random.choice(allocated) if kind == "allocated" else None,
            pledge=random.choice(promised) if kind in ("pledged", "paid", "open") else None,
            usd=1,
        )
        for kind in FrozenSum.Kind.values
        for entry in random.sample(entries, 20)
    ]
    FrozenSum.objects.unscoped(WHY).bulk_create(sums)
    unused = random.sample(promised, len(promised))
    givers = list(Contributor.objects.order_by("pk"))
    for number in range(30):
        entry = random.choice([None, *entries])
        pledge = unused.pop() if unused and random.random() < 0.4 else None
        kind = "pledge" if pledge else random.choice(Intention.Kind.values)
        said = Intention.objects.unscoped(WHY).create(
            appeal=moment.appeal,
            contributor=pledge.contributor if pledge else random.choice(givers),
            kind=kind,
            announced=kind == "pledge" and random.random() < 0.5,
            shown=random.choice(Shown.values),
            entry=entry,
            country=None if entry else random.choice(countries),
            first_year=2019,
            last_year=2020,
            rests_on=pledge,
            stated_on=DAY,
            stated_by=clerk,
        )
        if number % 2 and pledge is None:
            IntentionAmount.objects.unscoped(WHY).create(intention=said, currency="USD", amount=1, amount_usd=1)
