"""An appeal as one reader sees it: its entries, the money recorded toward each, and the same at an earlier moment.

Every amount is a sum over records that the reader may read. So a pledge whose donor lets nobody see the amount is in
the totals of those who keep or audit the books, of the board and of that donor, and in nobody else's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.db.models import Sum as SumOf
from django.utils import timezone

from colonnade.core.viewer import Viewer
from colonnade.funding.access import reads_of
from colonnade.funding.appeal_sums import CENT, NOTHING, Money, Promise, Sums, sums_of, together
from colonnade.funding.bookkeeping import Account
from colonnade.funding.models import (
    Allocation,
    Appeal,
    AppealEntry,
    AppealMoment,
    Contribution,
    FrozenEntry,
    FrozenSum,
    Intention,
    Pledge,
    Posting,
)
from colonnade.portfolio.models import Project

Kind = FrozenSum.Kind
#: Allocations that count: money was set aside under them.
SET_ASIDE = (Allocation.Standing.APPROVED, Allocation.Standing.CLOSED)


@dataclass(frozen=True, slots=True)
class Toward:
    """What one record of money comes to for an entry; ``record`` is its key, ``contributor`` whoever gives."""

    entry: int
    kind: str
    record: int
    usd: Decimal
    settled: bool = False
    contributor: int | None = None


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An entry with what it stands at, and who is seen to give to it (keys of contributors)."""

    entry: AppealEntry
    sums: Sums
    givers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SeenAppeal:
    """The entries of an appeal that a reader sees, the largest requirement first."""

    appeal: Appeal
    asked: tuple[AskedFor, ...]

    @property
    def whole(self) -> Sums:
        """All of them together."""
        return together(one.sums for one in self.asked)

    @property
    def pairs(self) -> list[tuple[AppealEntry, Sums]]:
        """Entries with their sums."""
        return [(one.entry, one.sums) for one in self.asked]


def counts_from(appeal: Appeal, entry: AppealEntry) -> date:
    """The day from which on money counts toward an entry."""
    return entry.joined_on or date(appeal.first_year, 1, 1)


def entries_in(viewer: Viewer, appeal: Appeal) -> list[AppealEntry]:
    """Entries that are in the appeal now, as ``viewer`` may see them, the largest requirement first."""
    rows = AppealEntry.objects.visible_to(viewer).filter(appeal=appeal, left_on__isnull=True)
    return list(rows.select_related("project", "entity", "pillar").order_by("-requirement_usd", "title", "pk"))


def seen_appeal(viewer: Viewer, appeal: Appeal) -> SeenAppeal:
    """The appeal as it stands now. Eight queries, however many entries there are."""
    entries = entries_in(viewer, appeal)
    return SeenAppeal(appeal, asked_for(entries, toward(viewer, appeal, entries)))


def seen_entry(viewer: Viewer, appeal: Appeal, public_id: str) -> AskedFor | None:
    """One entry, also one that left."""
    rows = AppealEntry.objects.visible_to(viewer).select_related("project", "entity", "pillar")
    entry = rows.filter(appeal=appeal, public_id=public_id).first()
    if entry is None:
        return None
    if entry.left_on is None:
        # Where a project is in the appeal twice, its money counts once.
        return next(one for one in seen_appeal(viewer, appeal).asked if one.entry == entry)
    (one,) = asked_for([entry], toward(viewer, appeal, [entry]))
    return one


def asked_for(entries: Sequence[AppealEntry], records: Iterable[Toward]) -> tuple[AskedFor, ...]:
    """Entries with what the records of money come to."""
    money, givers = _money(records)
    return tuple(
        AskedFor(entry, sums_of(entry.requirement_usd, money.get(entry.pk, Money())), frozenset(givers[entry.pk]))
        for entry in entries
    )


def toward(viewer: Viewer, appeal: Appeal, entries: Sequence[AppealEntry]) -> list[Toward]:
    """The records of money toward ``entries`` that ``viewer`` may read. Seven queries."""
    by_key = {entry.pk: entry for entry in entries}
    # Money of a project that is in the appeal twice is counted once, for the entry that was there first.
    of_project: dict[int, AppealEntry] = {}
    for entry in sorted(entries, key=lambda one: one.pk):
        if entry.project_id is not None:
            of_project.setdefault(entry.project_id, entry)
    # The books go on naming a record that was merged: its money counts for the one that is kept.
    ended = Project.objects.readable_by(viewer).filter(merged_into__in=list(of_project)).order_by()
    for merged, kept in ended.values_list("pk", "merged_into_id"):
        of_project[merged] = of_project[kept or 0]

    def counts(entry: AppealEntry | None, on: date) -> bool:
        return entry is not None and on >= counts_from(appeal, entry)

    found: list[Toward] = []
    given = Contribution.objects.visible_to(viewer).filter(project__in=of_project, amount_usd__isnull=False)
    for row in given.order_by("pk"):
        entry = of_project[row.project_id or 0]
        if counts(entry, row.received_on):
            found.append(
                Toward(entry.pk, Kind.CONTRIBUTED, row.pk, row.amount_usd or NOTHING, contributor=row.contributor_id)
            )
    for allocation in Allocation.objects.visible_to(viewer).filter(project__in=of_project, standing__in=SET_ASIDE):
        entry = of_project[allocation.project_id]
        if allocation.decided_at is not None and counts(entry, timezone.localdate(allocation.decided_at)):
            found.append(Toward(entry.pk, Kind.ALLOCATED, allocation.pk, allocation.amount_usd))
    linked = _linked(viewer, by_key)
    promised = (
        Pledge.objects.visible_to(viewer)
        .filter(Q(pk__in=linked) | Q(for_project__in=of_project))
        .exclude(standing=Pledge.Standing.WITHDRAWN)
        .select_related("contributor__country", "contributor__entity")
    )
    pledges = []
    elsewhere = _linked_elsewhere(viewer, [pledge.pk for pledge in promised if pledge.pk not in linked])
    for pledge in promised:
        if pledge.pk in elsewhere:
            continue
        if pledge.pk in linked:
            target = by_key.get(linked[pledge.pk])
        else:
            target = of_project.get(pledge.for_project_id or 0)
            target = target if counts(target, pledge.pledged_on) else None
        if target is not None:
            pledges.append((pledge, target))
    return found + _promised(viewer, pledges)


def _linked(viewer: Viewer, by_key: Mapping[int, AppealEntry]) -> dict[int, int]:
    """Pledge -> the entry, of these, that its donor made it for."""
    rows = Intention.objects.visible_to(viewer).filter(entry__in=by_key, rests_on__isnull=False, ended_on__isnull=True)
    pairs = rows.order_by().values_list("rests_on_id", "entry_id")
    return {pledge: entry for pledge, entry in pairs if pledge is not None and entry is not None}


def _linked_elsewhere(viewer: Viewer, pledges: Sequence[int]) -> set[int | None]:
    """Which of these their donors made for an entry of another appeal: they count there."""
    rows = Intention.objects.visible_to(viewer).filter(rests_on__in=pledges, ended_on__isnull=True)
    return set(rows.order_by().values_list("rests_on_id", flat=True))


def _promised(viewer: Viewer, pledges: Sequence[tuple[Pledge, AppealEntry]]) -> list[Toward]:
    cash = Posting.objects.visible_to(viewer).filter(
        entry__pledge__in=[pledge.pk for pledge, _entry in pledges], account=Account.CASH
    )
    sums = cash.order_by().values_list("entry__pledge_id").annotate(amount=SumOf("amount"), usd=SumOf("usd"))
    paid = {key: (amount, usd) for key, amount, usd in sums}
    found = []
    for pledge, entry in pledges:
        settled = pledge.standing == Pledge.Standing.PAID
        about = (pledge.pk,)
        giver = pledge.contributor_id
        found.append(Toward(entry.pk, Kind.PLEDGED, *about, pledge.amount_usd, settled, contributor=giver))
        if reads_of(viewer, pledge.contributor):
            amount, usd = paid.get(pledge.pk, (NOTHING, NOTHING))
            left = max(NOTHING, pledge.amount - amount) * (pledge.rate or 1)
            found.append(Toward(entry.pk, Kind.PAID, *about, max(NOTHING, usd)))
            found.append(Toward(entry.pk, Kind.OPEN, *about, left.quantize(CENT)))
    return found


def _money(records: Iterable[Toward]) -> tuple[dict[int, Money], dict[int, set[int]]]:
    """Entry -> its money, and entry -> who is seen to give to it."""
    whole: dict[tuple[int, str], Decimal] = defaultdict(lambda: NOTHING)
    promises: dict[int, dict[int, dict[str, Toward]]] = defaultdict(lambda: defaultdict(dict))
    givers: dict[int, set[int]] = defaultdict(set)
    for one in records:
        if one.kind in (Kind.CONTRIBUTED, Kind.ALLOCATED):
            whole[one.entry, one.kind] += one.usd
        else:
            promises[one.entry][one.record][one.kind] = one
        if one.contributor is not None:
            givers[one.entry].add(one.contributor)
    entries = {entry for entry, _kind in whole} | promises.keys()
    return {
        entry: Money(
            whole[entry, Kind.CONTRIBUTED],
            whole[entry, Kind.ALLOCATED],
            tuple(_promise(of) for of in promises[entry].values() if Kind.PLEDGED in of),
        )
        for entry in entries
    }, givers


def _promise(of: Mapping[str, Toward]) -> Promise:
    pledged, paid, still = of[Kind.PLEDGED], of.get(Kind.PAID), of.get(Kind.OPEN)
    return Promise(pledged.usd, pledged.settled, paid.usd if paid else None, still.usd if still else None)


# --- as it stood ---


def moments_of(appeal: Appeal) -> list[AppealMoment]:
    """The moments at which the appeal was kept, the first first."""
    return list(AppealMoment.objects.filter(appeal=appeal))


def seen_at(viewer: Viewer, moment: AppealMoment) -> tuple[AskedFor, ...]:
    """The entries of a moment, as ``viewer`` may read them, with what they stood at then. Two queries."""
    rows = FrozenEntry.objects.visible_to(viewer).filter(moment=moment)
    rows = rows.select_related("entry__project", "entry__entity", "entry__pillar").order_by("pk")
    money, givers = _money(
        Toward(
            row.entry_id,
            row.kind,
            row.contribution_id or row.allocation_id or row.pledge_id or 0,
            row.usd,
            row.settled,
        )
        for row in FrozenSum.objects.visible_to(viewer).filter(moment=moment).order_by("pk")
    )
    return tuple(
        AskedFor(
            row.entry,
            sums_of(row.requirement_usd, money.get(row.entry_id, Money())),
            frozenset(givers[row.entry_id]),
        )
        for row in rows
    )
