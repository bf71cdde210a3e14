"""What the States consent to: a version, that the compact reads what is agreed, that everybody reads the costs."""

from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Person
from colonnade.needs.models import ActionPlan, PlanConsent, PlanCosts, PlanState, PlanStep, PlanVersion
from colonnade.needs.plans.access import speaks_for, why_not_confirm, why_not_record, why_not_withdraw
from colonnade.needs.plans.actions.writing import (
    WHY,
    PlanRefused,
    in_force,
    insist,
    insist_on_texts,
    locked,
    move,
    note,
    refresh_costs,
    sync_named,
    touched,
)
from colonnade.needs.plans.said import (
    COMPACT_CLOSED,
    COMPACT_OPEN,
    COSTS_CLOSED,
    COSTS_OPEN,
    VERSION_AGREED,
    Said,
    kept,
)
from colonnade.places.models import Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """How a State gave its consent: which office, on which day, in which document."""

    by: str
    on: date
    document: str


@action
def record_consent(
    *,
    plan: ActionPlan,
    country: Country,
    covers: PlanConsent.Covers,
    given: Given,
    seen_version: int,
    person: Person,
    actor: Actor,
) -> PlanConsent:
    """Record a State's consent. That to a version counts at once where the State's own focal point gives it; every
    other waits for the person who confirms it. Raises :class:`PlanRefused`."""
    viewer, at = locked(plan, person, seen_version)
    current = at.plan
    insist(why_not_record(viewer, at, country.code))
    if not given.by.strip() or not given.document.strip():
        raise PlanRefused(_("Say which office of the State consented, and in which document."))
    if given.on > timezone.localdate():
        raise PlanRefused(_("The State cannot have consented on a day that is still to come."))
    insist_on_texts(given.by, given.document)
    version = _covered(current, covers)
    standing = PlanConsent.objects.unscoped(WHY).filter(
        of_plan=current, country=country, covers=covers, of_version=version, withdrawn_at__isnull=True
    )
    if standing.exists():
        raise PlanRefused(_("This consent is recorded already."))
    own = covers == PlanConsent.Covers.VERSION and speaks_for(viewer, country.code)
    consent = PlanConsent.objects.unscoped(WHY).create(
        of_plan=current, covers=covers, of_version=version, country=country, given_by=given.by.strip()[:200],
        given_on=given.on, document=given.document.strip()[:200], recorded_by=person,
        confirmed_by=person if own else None, confirmed_at=timezone.now() if own else None,
    )  # fmt: skip
    note(current, PlanStep.Done.CONSENTED, viewer, _said(consent))
    if own:
        _take_effect(viewer, current, consent)
    return consent


@action
def confirm_consent(*, consent: PlanConsent, person: Person, actor: Actor) -> PlanConsent:
    """Confirm a consent that somebody else recorded: it counts from now on. Raises :class:`PlanRefused`."""
    viewer, at = locked(consent.of_plan, person)
    current = _again(consent)
    insist(why_not_confirm(viewer, current))
    if current.of_version is not None and current.of_version.standing != PlanVersion.Standing.PROPOSED:
        raise PlanRefused(_("This version does not wait for a consent any more."))
    current.confirmed_by, current.confirmed_at = person, timezone.now()
    current.save()
    note(at.plan, PlanStep.Done.CONFIRMED, viewer, _said(current))
    _take_effect(viewer, at.plan, current)
    return current


@action
def withdraw_consent(*, consent: PlanConsent, reason: str, person: Person, actor: Actor) -> PlanConsent:
    """Withdraw a consent: what was open under it is closed at once. Raises :class:`PlanRefused`."""
    viewer, at = locked(consent.of_plan, person)
    current = _again(consent)
    insist(why_not_withdraw(viewer, current))
    if not reason.strip():
        raise PlanRefused(_("Say why."))
    insist_on_texts(reason)
    PlanConsent.objects.unscoped(WHY).filter(pk=current.pk).update(withdrawn_at=Now(), withdrawn_by=person)
    note(at.plan, PlanStep.Done.WITHDRAWN, viewer, _said(current, reason))
    if current.covers != PlanConsent.Covers.VERSION:
        _set_readers(viewer, at.plan, current.covers, is_open=False)
    return current


def _covered(plan: ActionPlan, covers: PlanConsent.Covers) -> PlanVersion | None:
    if covers != PlanConsent.Covers.VERSION:
        if in_force(plan) is None:
            raise PlanRefused(_("Nobody else reads a plan before a version of it is agreed."))
        return None
    rows = PlanVersion.objects.unscoped(WHY).filter(of_plan=plan, standing=PlanVersion.Standing.PROPOSED)
    version = rows.first()
    if version is None:
        raise PlanRefused(_("No version waits for a consent."))
    return version


def _again(consent: PlanConsent) -> PlanConsent:
    rows = PlanConsent.objects.unscoped(WHY).select_related("country", "of_version", "of_plan")
    return rows.select_for_update(of=("self",)).get(pk=consent.pk)


def _said(consent: PlanConsent, reason: str = "") -> str:
    words = f"{consent.given_by}, {consent.document}" + (f". {reason}" if reason else "")
    return kept(Said(consent.covers, consent.country.name, words))


def _take_effect(viewer: Viewer, plan: ActionPlan, consent: PlanConsent) -> None:
    """What happens where this was the last consent that was missing."""
    states = set(PlanState.objects.unscoped(WHY).filter(of_plan=plan).values_list("country", flat=True))
    given = PlanConsent.objects.unscoped(WHY).filter(
        of_plan=plan, covers=consent.covers, of_version=consent.of_version, confirmed_by__isnull=False,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    if states - set(given.values_list("country", flat=True)):
        return
    if consent.of_version is None:
        _set_readers(viewer, plan, consent.covers, is_open=True)
        return
    version = PlanVersion.objects.unscoped(WHY).get(pk=consent.of_version.pk)
    version.standing, version.agreed_on = PlanVersion.Standing.AGREED, timezone.localdate()
    version.save()
    move(plan, "agree")
    sync_named(plan)
    refresh_costs(plan)
    note(plan, PlanStep.Done.AGREED, viewer, kept(Said(VERSION_AGREED, str(version.number))))


def _set_readers(viewer: Viewer, plan: ActionPlan, covers: str, *, is_open: bool) -> None:
    if covers == PlanConsent.Covers.COSTS:
        said = COSTS_OPEN if is_open else COSTS_CLOSED
        rows = PlanCosts.objects.unscoped(WHY).filter(of_plan=plan).exclude(shared=is_open)
        changed = rows.update(shared=is_open)
    else:
        said = COMPACT_OPEN if is_open else COMPACT_CLOSED
        level = (Level.COMPACT if is_open else Level.RESTRICTED).value
        changed = int(plan.level != level)
        plan.level = level
    if changed:
        touched(plan)
        note(plan, PlanStep.Done.READERS, viewer, kept(Said(said)))
