"""Entries and allocations as one reader sees them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.db.models import Sum as SumOf

from colonnade.core.viewer import Viewer
from colonnade.funding.bookkeeping import Account, Allotment, Purse
from colonnade.funding.models import Allocation, Closing, Contributor, Entry, Posting
from colonnade.members.models import Person
from colonnade.portfolio.models import Project

WITH_ENTRY = ("contributor", "entity")
WITH_ALLOCATION = ("project", "entity", "window", "earmark")


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry with its lines, what it corrects, what corrects it, and its project where that is seen as well."""

    entry: Entry
    lines: tuple[Posting, ...]
    corrects: Entry | None
    corrected_by: Entry | None
    project: Project | None

    @property
    def usd(self) -> Decimal:
        """What it came to: the sum of its debits on accounts of money, or on all where it moved none."""
        return turnover(self.lines)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries a page lists; what is ``None`` or empty is not asked. ``measure`` is one of
    :data:`colonnade.funding.queries.measures.MEASURES`, which stands before ``account``."""

    first: date | None = None
    last: date | None = None
    window: str = ""
    earmark: str = ""
    account: str = ""
    kind: str = ""
    contributor: str = ""
    measure: str = ""


def entries(viewer: Viewer, asked: Asked) -> QuerySet[Entry]:
    """The entries that ``viewer`` may see and that were asked for, the latest first."""
    rows = Entry.objects.visible_to(viewer).select_related(*WITH_ENTRY)
    if asked.first:
        rows = rows.filter(on__gte=asked.first)
    if asked.last:
        rows = rows.filter(on__lte=asked.last)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.contributor:
        rows = rows.filter(contributor__code=asked.contributor)
    if asked.window or asked.account or asked.earmark:
        lines = lines_asked_for(viewer, asked)
        if asked.account:
            lines = lines.filter(account=asked.account)
        rows = rows.filter(pk__in=lines.order_by().values("entry"))
    return rows.order_by("-on", "-pk")


def lines_asked_for(viewer: Viewer, asked: Asked) -> QuerySet[Posting]:
    """The lines that ``viewer`` may see of the window and the earmark that were asked for."""
    lines = Posting.objects.visible_to(viewer)
    if asked.window:
        lines = lines.filter(window__code=asked.window)
    if asked.earmark:
        lines = lines.filter(
            Q(earmark__isnull=True) if asked.earmark == NO_EARMARK else Q(earmark__public_id=asked.earmark)
        )
    return lines


#: Asks for lines without an earmark.
NO_EARMARK = "none"


def names_for(viewer: Viewer, keys: Iterable[int | None]) -> dict[int, str]:
    """Who recorded, proposed and decided, by their keys, for those who keep or audit the books; else nothing."""
    if not viewer.sees_restricted:
        return {}
    return dict(Person.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))


def lines_of(viewer: Viewer, found: Sequence[Entry]) -> dict[int, tuple[Posting, ...]]:
    """The lines of entries, by the key of their entry, as they were written."""
    rows = Posting.objects.visible_to(viewer).filter(entry__in=[entry.pk for entry in found])
    lines: dict[int, list[Posting]] = defaultdict(list)
    for row in rows.select_related("window", "earmark", "contributor", "entity").order_by("pk"):
        lines[row.entry_id].append(row)
    return {key: tuple(own) for key, own in lines.items()}


def turnover(lines: Sequence[Posting]) -> Decimal:
    """What an entry came to: its debits, those of money where it moved any."""
    commitments = {Account.ENCUMBERED, Account.RESERVED}
    debits = [line for line in lines if line.usd > 0]
    of_money = [line for line in debits if line.account not in commitments]
    return sum((line.usd for line in of_money or debits), Decimal("0.00"))


def closed_until(on: date) -> date | None:
    """The day up to which the books are closed, where that is ``on`` or later."""
    closing = Closing.objects.filter(until__gte=on).order_by("-until").first()
    return closing.until if closing is not None else None


def entry_called(viewer: Viewer, public_id: str) -> SeenEntry | None:
    """An entry that ``viewer`` may see."""
    seen = Entry.objects.visible_to(viewer).select_related(*WITH_ENTRY)
    entry = seen.filter(public_id=public_id).first()
    if entry is None:
        return None
    before = seen.filter(pk=entry.corrects_id).first() if entry.corrects_id else None
    after = seen.filter(corrects=entry).first()
    project = projects_of(viewer, [entry]).get(entry.for_project_id or 0)
    return SeenEntry(entry, lines_of(viewer, [entry]).get(entry.pk, ()), before, after, project)


def projects_of(viewer: Viewer, found: Sequence[Entry]) -> dict[int, Project]:
    """The projects of entries that ``viewer`` may see as well, by their keys."""
    keys = {entry.for_project_id for entry in found if entry.for_project_id}
    return {project.pk: project for project in Project.objects.visible_to(viewer).filter(pk__in=keys)}


def allocations(viewer: Viewer, *, standing: str = "", contributor: Contributor | None = None) -> QuerySet[Allocation]:
    """Allocations that ``viewer`` may see, the latest first; those of purses that ``contributor`` gave to."""
    rows = Allocation.objects.visible_to(viewer).select_related(*WITH_ALLOCATION)
    if standing:
        rows = rows.filter(standing=standing)
    if contributor is not None:
        gave = Posting.objects.visible_to(viewer).filter(contributor=contributor).order_by()
        purses = set(gave.values_list("window_id", "earmark_id").distinct())
        own = Q(pk__in=[])
        for window, earmark in purses:
            own |= Q(window=window, earmark=earmark)
        rows = rows.filter(own)
    return rows.order_by("-proposed_at", "-pk")


def allocation_called(viewer: Viewer, public_id: str) -> Allocation | None:
    """An allocation that ``viewer`` may see."""
    rows = Allocation.objects.visible_to(viewer).select_related(*WITH_ALLOCATION)
    return rows.filter(public_id=public_id).first()


def allotments(viewer: Viewer, found: Sequence[Allocation]) -> dict[int, Allotment]:
    """How allocations stand in the books, as far as ``viewer`` may see their entries. One query."""
    rows = Posting.objects.visible_to(viewer).filter(entry__allocation__in=[one.pk for one in found]).order_by()
    totals: dict[int, dict[Account, Decimal]] = defaultdict(dict)
    for key, account, usd in rows.values_list("entry__allocation_id", "account").annotate(usd=SumOf("usd")):
        totals[key][Account(account)] = usd
    return {one.pk: plain(one).standing_at(totals[one.pk]) for one in found}


def plain(allocation: Allocation) -> Allotment:
    """An allocation before anything happened to it."""
    return Allotment(
        purse=Purse(allocation.window_id, allocation.earmark_id),
        project=allocation.project_id,
        entity=allocation.entity_id,
        direct=allocation.amount_usd,
        support=allocation.support_usd,
        percent=allocation.support_percent,
    )
