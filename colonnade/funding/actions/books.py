"""What comes in and goes back, what moves between purses, corrections, and the closing of a period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum as SumOf
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding import bookkeeping
from colonnade.funding.access import why_not_correct
from colonnade.funding.actions.booking import (
    WHY,
    About,
    ConfirmFirst,
    FundRefused,
    Voucher,
    allotment_of,
    book,
    free_in,
    in_words,
    insist,
    keeper,
    lines_of,
    locked,
    purse_title,
    worth,
)
from colonnade.funding.bookkeeping import Account, Overdrawn, Purse
from colonnade.funding.models import (
    Agreement,
    Allocation,
    Closing,
    Contributor,
    Earmark,
    Entry,
    Pledge,
    Posting,
    Window,
)
from colonnade.members.models import Person


@action
def record_receipt(
    *,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    voucher: Voucher,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
    pledge: Pledge | None = None,
    new_money: bool = True,
    beyond_because: str = "",
) -> Entry:
    """Money that came in, at the rate of its month.

    ``new_money`` is false where another entity was given it first and passes it on: there it was counted. Money under a
    ``pledge`` goes where that said; more than is outstanding of it is recorded with the reason ``beyond_because``,
    which the entry then states. Raises :class:`FundRefused`; :class:`ConfirmFirst` where that reason is missing.
    """
    keeper(person)
    if pledge is not None:
        pledge = Pledge.objects.unscoped(WHY).select_for_update().get(pk=pledge.pk)
        if pledge.contributor_id != contributor.pk:
            raise FundRefused(_("Somebody else made this pledge."))
        if pledge.standing == Pledge.Standing.WITHDRAWN:
            raise FundRefused(_("This pledge was withdrawn."))
        if pledge.standing == Pledge.Standing.ANNOUNCED:
            raise FundRefused(_("This pledge is not acknowledged yet: acknowledge it first."))
        if (pledge.window_id, pledge.earmark_id) != (window.pk, earmark.pk if earmark else None):
            raise FundRefused(_("The pledge is for another window or earmark."))
        if pledge.currency != currency:
            raise FundRefused(_("The pledge is in %(currency)s.") % {"currency": pledge.currency})
        voucher = _beyond_the_pledge(pledge, amount, voucher, beyond_because.strip())
    purse = locked(window, earmark)
    lines = bookkeeping.receipt(purse, contributor.pk, worth(amount, currency, voucher.on), new_money=new_money)
    kind = Entry.Kind.RECEIPT if new_money else Entry.Kind.TRANSFER_IN
    entry = book(kind, lines, voucher, About(contributor=contributor.pk, pledge=pledge.pk if pledge else None), person)
    if pledge is not None:
        _see_whether_paid(pledge)
    return entry


@action
def record_in_kind(
    *,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    voucher: Voucher,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
) -> Entry:
    """Goods or services at their valuation, whose document is named. Nothing of it can be allocated."""
    keeper(person)
    purse = locked(window, earmark)
    lines = bookkeeping.in_kind(purse, contributor.pk, worth(amount, currency, voucher.on))
    return book(Entry.Kind.IN_KIND, lines, voucher, About(contributor=contributor.pk), person)


@action
def refund_contributor(
    *,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    voucher: Voucher,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
) -> Entry:
    """Money that went back to whoever gave it, of what is free. Raises :class:`FundRefused`."""
    keeper(person)
    purse = locked(window, earmark)
    paid = worth(amount, currency, voucher.on)
    given = -_given_by(contributor, purse)
    if paid.usd > given:
        raise FundRefused(
            _("They gave %(given)s US dollars to this window and earmark, after refunds.") % {"given": f"{given:,.2f}"}
        )
    _insist_on_free(purse, voucher.on, paid.usd, purse_title(window, earmark))
    lines = bookkeeping.refund(purse, contributor.pk, paid)
    return book(Entry.Kind.REFUND, lines, voucher, About(contributor=contributor.pk), person)


@action
def reassign(
    *,
    amount_usd: Decimal,
    voucher: Voucher,
    window: Window,
    to_window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
    to_earmark: Earmark | None = None,
) -> Entry:
    """Free money moves to another window or earmark, by the consent that ``voucher`` names. It is counted once."""
    keeper(person)
    # Two who move money in opposite directions lock in the same order.
    for one in sorted({window, to_window}, key=lambda window: window.pk):
        locked(one, None)
    source, target = locked(window, earmark), locked(to_window, to_earmark)
    if source == target:
        raise FundRefused(_("The money is there already."))
    moved = worth(amount_usd, "USD", voucher.on)
    _insist_on_free(source, voucher.on, moved.usd, purse_title(window, earmark))
    return book(Entry.Kind.REASSIGNMENT, bookkeeping.reassignment(source, target, moved.usd), voucher, About(), person)


@action
def correct_entry(*, entry: Entry, reason: str, on: date, person: Person, actor: Actor) -> Entry:
    """Turn an entry round by another, which says why; what is right is then recorded anew.

    Raises :class:`FundRefused` where it was corrected already, or what it brought in was allocated since, or what was
    sent or spent rests on it.
    """
    viewer = keeper(person)
    entry = Entry.objects.unscoped(WHY).get(pk=entry.pk)
    lines = lines_of(entry)
    for window in Window.objects.filter(pk__in={line.purse.window for line in lines}).order_by("pk"):
        locked(window, None)
    corrected = Entry.objects.unscoped(WHY).filter(corrects=entry).exists()
    insist(why_not_correct(viewer, entry, corrected=corrected))
    if not reason.strip():
        raise FundRefused(_("Say what was wrong."))
    if on < entry.on:
        raise FundRefused(_("A correction is not dated before what it corrects."))
    about = About(
        entry.contributor_id, entry.pledge_id, entry.for_project_id, entry.entity_id, entry.allocation_id, entry.pk
    )
    voucher = Voucher(on, entry.document, reason, entry.provenance)
    made = book(Entry.Kind.CORRECTION, bookkeeping.correction(lines), voucher, about, person)
    for purse in {line.purse for line in lines}:
        if (free := free_in(purse, on)) < 0:
            raise FundRefused(
                _("%(missing)s US dollars of it were allocated or went on since: release or correct that first.")
                % {"missing": f"{-free:,.2f}"}
            )
    if entry.allocation_id is not None:
        _after_a_correction(Allocation.objects.unscoped(WHY).get(pk=entry.allocation_id), entry)
    if entry.pledge_id is not None:
        _see_whether_paid(Pledge.objects.unscoped(WHY).get(pk=entry.pledge_id))
    return made


@action
def close_books(*, until: date, person: Person, actor: Actor) -> Closing:
    """Close the books up to a day: nothing is dated on it or before any more. Raises :class:`FundRefused`."""
    keeper(person)
    if until >= timezone.localdate():
        raise FundRefused(_("Only days that are over are closed."))
    if Closing.objects.filter(until__gte=until).exists():
        raise FundRefused(_("The books are closed up to that day already."))
    return Closing.objects.create(until=until, closed_by=person)


def _insist_on_free(purse: Purse, on: date, asked: Decimal, where: str) -> None:
    try:
        bookkeeping.insist_on_free(free_in(purse, on), asked)
    except Overdrawn as refused:
        raise FundRefused(in_words(refused, where)) from refused


def _given_by(contributor: Contributor, purse: Purse) -> Decimal:
    """The balance of what somebody gave to a purse, less what went back: a credit, below zero."""
    rows = Posting.objects.unscoped(WHY).filter(
        window=purse.window,
        earmark=purse.earmark,
        contributor=contributor,
        account__in=[Account.CONTRIBUTIONS, Account.TRANSFERS_RECEIVED, Account.REFUNDS],
    )
    return rows.aggregate(usd=SumOf("usd"))["usd"] or bookkeeping.NOTHING


def _after_a_correction(allocation: Allocation, entry: Entry) -> None:
    """What is left of an allocation must hold; one whose own entry was turned round is closed."""
    if not allotment_of(allocation).holds:
        raise FundRefused(_("What was sent or spent under this allocation rests on it: correct that first."))
    standing = allocation.standing
    if entry.kind == Entry.Kind.ALLOCATION:
        standing = Allocation.Standing.CLOSED
    elif allotment_of(allocation).encumbered > 0:
        standing = Allocation.Standing.APPROVED
    if standing != allocation.standing:
        allocation.standing = standing
        allocation.version += 1
        allocation.save(update_fields=["standing", "version"])


def _paid(pledge: Pledge) -> Decimal:
    """What came in under a pledge, in its currency."""
    cash = Posting.objects.unscoped(WHY).filter(entry__pledge=pledge, account=Account.CASH)
    return cash.aggregate(amount=SumOf("amount"))["amount"] or bookkeeping.NOTHING


def _beyond_the_pledge(pledge: Pledge, amount: Decimal, voucher: Voucher, because: str) -> Voucher:
    """The voucher, which says why where ``amount`` is more than is outstanding."""
    left = max(bookkeeping.NOTHING, pledge.amount - _paid(pledge))
    if amount <= left:
        return voucher
    numbers = {
        "currency": pledge.currency,
        "pledged": f"{pledge.amount:,.2f}",
        "left": f"{left:,.2f}",
        "beyond": f"{amount - left:,.2f}",
    }
    if not because:
        raise ConfirmFirst(
            _(
                "Of the %(currency)s %(pledged)s pledged, %(left)s are outstanding: this is %(beyond)s more. Correct"
                " the amount, or say that it is right, and why."
            )
            % numbers,
            "beyond",
            "beyond_because",
        )
    said = _("%(currency)s %(beyond)s more than was pledged: %(because)s") % {**numbers, "because": because}
    return replace(voucher, narrative="\n".join(filter(None, (voucher.narrative.strip(), said))))


def _see_whether_paid(pledge: Pledge) -> None:
    """A pledge is paid once what came in under it, in its currency, reaches it."""
    paid = _paid(pledge)
    before = Pledge.Standing.AGREED if _is_agreed(pledge) else Pledge.Standing.PLEDGED
    standing = Pledge.Standing.PAID if paid >= pledge.amount else before
    if pledge.standing not in {standing, Pledge.Standing.WITHDRAWN}:
        pledge.standing = standing
        pledge.version += 1
        pledge.save(update_fields=["standing", "version"])


def _is_agreed(pledge: Pledge) -> bool:
    return Agreement.objects.unscoped(WHY).filter(pledge=pledge).exists()
