"""Earmarks, pledges, and the agreements about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.access import why_not_acknowledge, why_not_sign, why_not_withdraw
from colonnade.funding.actions.booking import WHY, FundRefused, insist, keeper, worth
from colonnade.funding.appeal_access import level_of_consent
from colonnade.funding.models import (
    Agreement,
    AgreementTerms,
    Contributor,
    Earmark,
    Instalment,
    Intention,
    Pledge,
    Window,
)
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.models import Programme, Project


@dataclass(frozen=True, slots=True)
class Due:
    """A part of a pledge and the day on which it falls due."""

    on: date
    amount: Decimal


@action
def open_earmark(
    *,
    window: Window,
    kind: str,
    title: str,
    person: Person,
    actor: Actor,
    programme: Programme | None = None,
    on: date | None = None,
) -> Earmark:
    """Name what money of ``window`` can be kept for. Raises :class:`FundRefused`."""
    keeper(person)
    if not title.strip():
        raise FundRefused(_("Say what the money is for."))
    if kind == Earmark.Kind.RING_FENCED and programme is None:
        raise FundRefused(_("Say to which programme of work it is ring-fenced."))
    if Earmark.objects.filter(window=window, title=title.strip()).exists():
        raise FundRefused(_("There is an earmark of that title in this window."))
    return Earmark.objects.create(
        window=window, kind=kind, title=title.strip(), programme=programme, opened_on=on or timezone.localdate()
    )


@action
def record_pledge(
    *,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    pledged_on: date,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
    project: Project | None = None,
    due_on: date | None = None,
    level: str = Level.RESTRICTED,
    document: str = "",
    note: str = "",
    provenance: str = Provenance.REPORTED,
) -> Pledge:
    """Write a promise down, at the rate of its month. Raises :class:`FundRefused`, also where there is no rate."""
    return promise(
        keeper(person),
        contributor=contributor,
        amount=amount,
        currency=currency,
        pledged_on=pledged_on,
        window=window,
        person=person,
        earmark=earmark,
        project=project,
        due_on=due_on,
        level=level,
        document=document,
        note=note,
        provenance=provenance,
    )


def promise(
    viewer: Viewer,
    *,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    pledged_on: date,
    window: Window,
    person: Person,
    earmark: Earmark | None = None,
    project: Project | None = None,
    due_on: date | None = None,
    level: str = Level.RESTRICTED,
    document: str = "",
    note: str = "",
    provenance: str = Provenance.REPORTED,
    announced: bool = False,
) -> Pledge:
    """The promise, for an action that asked whether ``viewer`` may make it. Raises :class:`FundRefused`."""
    promised = worth(amount, currency, pledged_on)
    if pledged_on > timezone.localdate():
        raise FundRefused(_("This day is still to come."))
    if due_on is not None and due_on < pledged_on:
        raise FundRefused(_("It falls due before it was pledged."))
    if earmark is not None and earmark.window_id != window.pk:
        raise FundRefused(_("This earmark belongs to another window."))
    if project is not None and not Project.objects.visible_to(viewer).filter(pk=project.pk).exists():
        raise FundRefused(_("There is no such project."))
    if project is not None and project.level == Level.RESTRICTED and level != Level.RESTRICTED:
        raise FundRefused(_("Its project is confidential, and so is the pledge for it: let only its circle read it."))
    rate = promised.rate
    return Pledge.objects.unscoped(WHY).create(
        contributor=contributor,
        level=level,
        standing=Pledge.Standing.ANNOUNCED if announced else Pledge.Standing.PLEDGED,
        currency=currency,
        amount=promised.money.amount,
        amount_usd=promised.usd,
        rate=rate.usd_per_unit if rate else None,
        rate_on=rate.on if rate else None,
        rate_source=rate.source if rate else "",
        pledged_on=pledged_on,
        due_on=due_on,
        window=window,
        earmark=earmark,
        for_project=project,
        document=document.strip(),
        note=note.strip(),
        provenance=provenance,
        recorded_by=person,
    )


@action
def sign_agreement(
    *,
    pledge: Pledge,
    reference: str,
    signed_on: date,
    instalments: Sequence[Due],
    person: Person,
    actor: Actor,
    terms: str = "",
    ends_on: date | None = None,
) -> Agreement:
    """Record the agreement about a pledge, with the instalments that it falls due in: together the whole of it.

    Its ``terms`` go into a row that the donor, the secretariat and auditors alone read. Raises :class:`FundRefused`.
    """
    viewer = keeper(person)
    pledge = Pledge.objects.unscoped(WHY).select_for_update().get(pk=pledge.pk)
    insist(why_not_sign(viewer, pledge))
    if not reference.strip():
        raise FundRefused(_("Give the reference of the agreement."))
    if signed_on > timezone.localdate():
        raise FundRefused(_("This day is still to come."))
    if ends_on is not None and ends_on < signed_on:
        raise FundRefused(_("The agreement ends before it was signed."))
    if instalments and any(due.amount <= 0 for due in instalments):
        raise FundRefused(_("An amount is above zero."))
    if instalments and (together := sum((due.amount for due in instalments), Decimal(0))) != pledge.amount:
        raise FundRefused(
            _("The instalments come to %(together)s, and %(amount)s %(currency)s were pledged.")
            % {"together": f"{together:,.2f}", "amount": f"{pledge.amount:,.2f}", "currency": pledge.currency}
        )
    agreement = Agreement.objects.unscoped(WHY).create(
        pledge=pledge, reference=reference.strip(), signed_on=signed_on, ends_on=ends_on, recorded_by=person
    )
    Instalment.objects.unscoped(WHY).bulk_create(
        Instalment(pledge=pledge, number=number, due_on=due.on, amount=due.amount)
        for number, due in enumerate(sorted(instalments, key=lambda due: due.on), start=1)
    )
    if terms.strip():
        AgreementTerms.objects.unscoped(WHY).create(pledge=pledge, text=terms.strip())
    _stand(pledge, Pledge.Standing.AGREED)
    return agreement


@action
def withdraw_pledge(*, pledge: Pledge, reason: str, person: Person, actor: Actor) -> Pledge:
    """A promise that its contributor took back: what was paid under it stays.

    The donor does it while it is announced, the secretariat later. Raises :class:`FundRefused`.
    """
    pledge = _locked(pledge)
    insist(why_not_withdraw(viewer_for(person, timezone.localdate()), pledge))
    if not reason.strip():
        raise FundRefused(_("Say why it was withdrawn."))
    pledge.note = f"{pledge.note}\n{reason.strip()}".strip()
    _stand(pledge, Pledge.Standing.WITHDRAWN)
    # What others were told of it is no longer so.
    for told in _said_of(pledge):
        told.ended_on = timezone.localdate()
        told.version += 1
        told.save(update_fields=["ended_on", "version"])
    return pledge


@action
def acknowledge_pledge(*, pledge: Pledge, person: Person, actor: Actor) -> Pledge:
    """Take what a donor announced into the books: from now on others see of it what the donor lets them.

    Raises :class:`FundRefused`, also for whoever announced it.
    """
    pledge = _locked(pledge)
    insist(why_not_acknowledge(viewer_for(person, timezone.localdate()), pledge))
    for told in _said_of(pledge):
        told.announced = False
        told.version += 1
        told.save(update_fields=["announced", "version"])
        pledge.level = level_of_consent(told.shown)
    _stand(pledge, Pledge.Standing.PLEDGED)
    return pledge


def _locked(pledge: Pledge) -> Pledge:
    rows = Pledge.objects.unscoped(WHY).select_for_update(of=("self",))
    return rows.select_related("contributor__country", "contributor__entity").get(pk=pledge.pk)


def _said_of(pledge: Pledge) -> list[Intention]:
    """What its donor lets others see of a pledge, and did not end."""
    rows = Intention.objects.unscoped(WHY).select_for_update()
    return list(rows.filter(rests_on=pledge, ended_on__isnull=True))


def _stand(pledge: Pledge, standing: Pledge.Standing) -> None:
    pledge.standing = standing
    pledge.version += 1
    pledge.save(update_fields=["standing", "level", "note", "version"])
