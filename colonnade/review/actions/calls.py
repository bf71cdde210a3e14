"""Opening and closing calls, and who holds the offices of a board."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.parts import RulesWrong
from colonnade.core.viewer import Role
from colonnade.members.models import Person
from colonnade.review.actions.locking import WHY, locked_call, now_viewer
from colonnade.review.board_access import why_not_appoint, why_not_run_calls
from colonnade.review.models import Call, Office, Process
from colonnade.review.refusals import ReviewRefused, insist, said
from colonnade.review.rules import Rules


@action
def prepare_call(
    *,
    code: str,
    title: str,
    summary: str,
    process: Process,
    opens_on: date,
    closes_on: date,
    budget_usd: Decimal,
    group_ceiling_usd: Decimal | None,
    person: Person,
    provenance: Provenance = Provenance.REPORTED,
    actor: Actor,
) -> Call:
    """Prepare a call; nobody but the secretariat sees it before it is opened. Raises :class:`ReviewRefused`."""
    insist(why_not_run_calls(now_viewer(person)))
    if code == "prepare":
        raise ReviewRefused(_("This code is an address of the house."))
    if closes_on < opens_on:
        raise ReviewRefused(_("The call would close before it opens."))
    if budget_usd <= 0 or (group_ceiling_usd is not None and group_ceiling_usd <= 0):
        raise ReviewRefused(_("The budget and the ceiling are amounts above 0."))
    if Call.objects.unscoped(WHY).filter(code=code).exists():
        raise ReviewRefused(_("There is a call of this code already."))
    return Call.objects.unscoped(WHY).create(
        code=code,
        title=said(title, _("A call has a title.")),
        summary=summary.strip(),
        process=process,
        rules=process.rules,
        opens_on=opens_on,
        closes_on=closes_on,
        budget_usd=budget_usd,
        group_ceiling_usd=group_ceiling_usd,
        provenance=provenance,
    )


@action
def open_call(*, call: Call, person: Person, actor: Actor) -> Call:
    """Open a call under the rules of its process as they are today, which it keeps. Raises :class:`ReviewRefused`."""
    viewer, call = locked_call(call.pk, person)
    insist(why_not_run_calls(viewer))
    insist(None if call.standing == Call.Standing.PREPARING else _("This call was opened already."))
    process = Process.objects.get(pk=call.process_id)
    try:
        Rules.read(process.rules)
    except RulesWrong as error:
        raise ReviewRefused(str(error)) from error
    call.rules = process.rules
    return _move(call, Call.Standing.OPEN, "rules")


@action
def close_call(*, call: Call, person: Person, actor: Actor) -> Call:
    """Close a call once its last day has come: no proposal is begun any more. Raises :class:`ReviewRefused`."""
    viewer, call = locked_call(call.pk, person)
    insist(why_not_run_calls(viewer))
    insist(None if call.standing == Call.Standing.OPEN else _("This call is not open."))
    if call.closes_on and timezone.localdate() < call.closes_on:
        raise ReviewRefused(
            _("Applicants were promised time until %(day)s.") % {"day": date_format(call.closes_on, "j F Y")}
        )
    return _move(call, Call.Standing.CLOSED)


def _move(call: Call, standing: Call.Standing, *fields: str) -> Call:
    call.standing = standing
    call.version += 1
    call.save(update_fields=["standing", "version", *fields])
    return call


@action
def appoint(*, process: Process, holder: Person, kind: str, starts_on: date, person: Person, actor: Actor) -> Office:
    """Record that somebody holds an office of a board from a day on; never of oneself.

    One person holds it at a time: who held it before ends the day before. Raises :class:`ReviewRefused`.
    """
    insist(why_not_appoint(now_viewer(person)))
    if holder.pk == person.pk:
        raise ReviewRefused(_("Nobody appoints themselves."))
    if kind not in Office.Kind.values:
        raise ReviewRefused(_("There is no such office."))
    if not now_viewer(holder).roles & {Role.BOARD, Role.SECRETARIAT}:
        raise ReviewRefused(_("An office is held by a member of the board or of the secretariat."))
    Process.objects.select_for_update().get(pk=process.pk)
    held = Office.objects.filter(process=process, kind=kind)
    if held.filter(starts_on__gte=starts_on).exists():
        raise ReviewRefused(_("Somebody holds this office from a later day on already."))
    for earlier in held.exclude(ends_on__lt=starts_on):
        earlier.ends_on = max(earlier.starts_on, date.fromordinal(starts_on.toordinal() - 1))
        earlier.save(update_fields=["ends_on"])
    return Office.objects.create(process=process, person=holder, kind=kind, starts_on=starts_on)
