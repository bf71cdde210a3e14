"""Allocations: proposed by one, decided by another; then sent, spent, returned, and the rest released."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level
from colonnade.funding import bookkeeping
from colonnade.funding.access import why_not_decide, why_not_spend, why_not_take_back
from colonnade.funding.actions.booking import (
    WHY,
    About,
    FundRefused,
    Voucher,
    allotment_of,
    book,
    free_in,
    in_words,
    insist,
    keeper,
    locked,
    purse_title,
    worth,
)
from colonnade.funding.bookkeeping import Allotment, Lines, NotBooked, Purse, Sum
from colonnade.funding.models import Allocation, Earmark, Entry, Window
from colonnade.funding.queries.records import plain
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.models import Project

Amount = TypeVar("Amount", Decimal, Sum)

#: Projects that are over get no money any more.
_OVER: Final = frozenset({"completed", "cancelled"})


@action
def propose_allocation(
    *,
    project: Project,
    amount_usd: Decimal,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
    entity: Entity | None = None,
    decision: str = "",
    reason: str = "",
    level: str = Level.RESTRICTED,
    provenance: str = Provenance.REPORTED,
) -> Allocation:
    """Propose to set money of ``window`` aside for ``project``, which another person then decides about.

    ``amount_usd`` is for the project; programme support at the window's rate comes on top. ``entity`` is whom it goes
    to, the project's lead where none is named; ``decision`` what it rests on. Raises :class:`FundRefused` where less is
    free than that, an earmark does not allow it, or the project is over.
    """
    viewer = keeper(person)
    found = Project.objects.visible_to(viewer).select_related("lead_entity").filter(pk=project.pk).first()
    if found is None:
        raise FundRefused(_("There is no such project."))
    if found.status in _OVER:
        raise FundRefused(_("The project is over: money is allocated to projects that are still to be done."))
    if earmark is not None and earmark.programme_id is not None and earmark.programme_id != found.programme_id:
        raise FundRefused(_("This money is ring-fenced to another programme of work."))
    purse = locked(window, earmark)
    direct = worth(amount_usd, "USD", timezone.localdate()).usd
    support = bookkeeping.support_on(direct, window.support_percent)
    _insist_on_free(purse, timezone.localdate(), direct + support, window, earmark)
    return Allocation.objects.unscoped(WHY).create(
        level=level,
        project=found,
        entity=entity or found.lead_entity,
        window=window,
        earmark=earmark,
        amount_usd=direct,
        support_usd=support,
        support_percent=window.support_percent,
        decision=decision.strip(),
        reason=reason.strip(),
        provenance=provenance,
        proposed_by=person,
    )


@action
def approve_allocation(*, allocation: Allocation, voucher: Voucher, person: Person, actor: Actor) -> Entry:
    """Set the money aside, as the second person. Raises :class:`FundRefused`, also where it is no longer free."""
    allocation = _decidable(allocation, person)
    purse = locked(allocation.window, allocation.earmark)
    whole = allocation.amount_usd + allocation.support_usd
    _insist_on_free(purse, voucher.on, whole, allocation.window, allocation.earmark)
    _decide(allocation, Allocation.Standing.APPROVED, person, "")
    return _booked(Entry.Kind.ALLOCATION, bookkeeping.allocation(plain(allocation)), voucher, allocation, person)


@action
def refuse_allocation(*, allocation: Allocation, because: str, person: Person, actor: Actor) -> Allocation:
    """Decide against it, as the second person, and say why. Raises :class:`FundRefused`."""
    allocation = _decidable(allocation, person)
    if not because.strip():
        raise FundRefused(_("Say why."))
    _decide(allocation, Allocation.Standing.REFUSED, person, because.strip())
    return allocation


@action
def take_back_allocation(*, allocation: Allocation, person: Person, actor: Actor) -> Allocation:
    """Take a proposal back before it is decided. Raises :class:`FundRefused`."""
    viewer = viewer_for(person, timezone.localdate())
    allocation = _locked(allocation)
    insist(why_not_take_back(viewer, allocation))
    _decide(allocation, Allocation.Standing.TAKEN_BACK, None, "")
    return allocation


@action
def send_advance(
    *, allocation: Allocation, amount_usd: Decimal, voucher: Voucher, person: Person, actor: Actor
) -> Entry:
    """Money sent to the entity before it is spent: a transfer, that is neither expenditure nor given anew."""
    allocation = _spendable(allocation, person, voucher.on)
    sent = worth(amount_usd, "USD", voucher.on).usd
    return _done(Entry.Kind.ADVANCE, allocation, voucher, person, bookkeeping.advance, sent)


@action
def report_expenditure(
    *, allocation: Allocation, amount: Decimal, currency: str, voucher: Voucher, person: Person, actor: Actor
) -> Entry:
    """What an entity reports to have spent, with the programme support on it. Raises :class:`FundRefused`."""
    allocation = _spendable(allocation, person, voucher.on)
    spent = worth(amount, currency, voucher.on)
    return _done(Entry.Kind.EXPENDITURE, allocation, voucher, person, bookkeeping.expenditure, spent)


@action
def record_return(
    *, allocation: Allocation, amount_usd: Decimal, voucher: Voucher, person: Person, actor: Actor
) -> Entry:
    """Money that the entity sent back unspent. It stays set aside until the rest is released."""
    allocation = _spendable(allocation, person, voucher.on)
    back = worth(amount_usd, "USD", voucher.on).usd
    return _done(Entry.Kind.RETURN, allocation, voucher, person, bookkeeping.money_returned, back)


@action
def release_rest(*, allocation: Allocation, voucher: Voucher, person: Person, actor: Actor) -> Entry | None:
    """Close an allocation: what was not spent of it is free again. ``None`` where nothing was left.

    Raises :class:`FundRefused` where its entity still holds money of it.
    """
    allocation = _spendable(allocation, person, voucher.on)
    allotment = allotment_of(allocation)
    if allotment.advanced > 0:
        raise FundRefused(
            _("The entity still holds %(held)s US dollars of it: record what it spent or returned first.")
            % {"held": f"{allotment.advanced:,.2f}"}
        )
    entry = None
    if allotment.encumbered > 0:
        entry = _booked(Entry.Kind.RELEASE, bookkeeping.release(allotment), voucher, allocation, person)
    allocation.standing = Allocation.Standing.CLOSED
    allocation.version += 1
    allocation.save(update_fields=["standing", "version"])
    return entry


def _locked(allocation: Allocation) -> Allocation:
    rows = Allocation.objects.unscoped(WHY).select_related("window", "earmark", "entity")
    return rows.select_for_update(of=("self",)).get(pk=allocation.pk)


def _decidable(allocation: Allocation, person: Person) -> Allocation:
    viewer = viewer_for(person, timezone.localdate())
    allocation = _locked(allocation)
    insist(why_not_decide(viewer, allocation))
    return allocation


def _spendable(allocation: Allocation, person: Person, on: date) -> Allocation:
    """The allocation, locked, under which money moves on a day: not before it was allocated."""
    viewer = viewer_for(person, timezone.localdate())
    allocation = _locked(allocation)
    insist(why_not_spend(viewer, allocation))
    allocated = Entry.objects.unscoped(WHY).get(allocation=allocation, kind=Entry.Kind.ALLOCATION)
    if on < allocated.on:
        raise FundRefused(
            _("The money was allocated on %(day)s: date it on that day or later.") % {"day": allocated.on.isoformat()}
        )
    locked(allocation.window, allocation.earmark)
    return allocation


def _decide(allocation: Allocation, standing: Allocation.Standing, person: Person | None, because: str) -> None:
    allocation.standing = standing
    allocation.decided_by = person
    allocation.decided_because = because
    allocation.version += 1
    Allocation.objects.unscoped(WHY).filter(pk=allocation.pk).update(
        standing=standing,
        decided_by=person,
        decided_at=Now(),
        decided_because=because,
        version=allocation.version,
    )


def _done(
    kind: Entry.Kind,
    allocation: Allocation,
    voucher: Voucher,
    person: Person,
    rule: Callable[[Allotment, Amount], Lines],
    amount: Amount,
) -> Entry:
    try:
        lines = rule(allotment_of(allocation), amount)
    except NotBooked as refused:
        raise FundRefused(in_words(refused, _("this allocation"))) from refused
    return _booked(kind, lines, voucher, allocation, person)


def _booked(kind: Entry.Kind, lines: Lines, voucher: Voucher, allocation: Allocation, person: Person) -> Entry:
    about = About(project=allocation.project_id, entity=allocation.entity_id, allocation=allocation.pk)
    return book(kind, lines, voucher, about, person)


def _insist_on_free(purse: Purse, on: date, asked: Decimal, window: Window, earmark: Earmark | None) -> None:
    free = free_in(purse, on)
    if asked > free:
        raise FundRefused(
            _(
                "%(free)s US dollars are free in %(purse)s; this takes %(asked)s, programme support of %(percent)s per"
                " cent included."
            )
            % {
                "free": f"{free:,.2f}",
                "purse": purse_title(window, earmark),
                "asked": f"{asked:,.2f}",
                "percent": f"{window.support_percent.normalize():f}",
            }
        )
