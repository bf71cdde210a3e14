"""What follows an approval: conditions that are met, reports that fall due, and the end with lessons and the refund."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.money import in_words
from colonnade.funding.rates import dollars_of
from colonnade.members.models import Person
from colonnade.portfolio.actions import update_project
from colonnade.portfolio.models import Project, Status
from colonnade.review.actions.locking import WHY, locked, locked_call, rules_of, take_step
from colonnade.review.board_access import (
    why_not_accept,
    why_not_confirm_condition,
    why_not_report_condition,
    why_not_send,
)
from colonnade.review.clocks import reports_due
from colonnade.review.given import latest_approved, root_of
from colonnade.review.models import Closure, Condition, Decision, DueReport, Proposal, Standing
from colonnade.review.refusals import ReviewRefused, insist, insist_on_version, said

#: An amendment that nobody has decided on yet.
_UNDECIDED = (
    Standing.SUBMITTED, Standing.RETURNED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED, Standing.DEFERRED,
)  # fmt: skip


def set_calendar(root: Proposal, starts_on: date, ends_on: date) -> None:
    """Make the reports that are due those of the project's dates. What was sent stays; what is not owed is dropped."""
    wanted = set(reports_due(starts_on, ends_on, rules_of(root).reports))
    standing = {(each.kind, each.due_on): each for each in DueReport.objects.unscoped(WHY).filter(proposal=root)}
    for key, report in standing.items():
        dropped = None if key in wanted else report.dropped_at or timezone.now()
        if report.sent_at is None and report.dropped_at != dropped:
            report.dropped_at = dropped
            report.save(update_fields=["dropped_at"])
    DueReport.objects.unscoped(WHY).bulk_create(
        DueReport(proposal=root, kind=kind, due_on=due_on) for kind, due_on in sorted(wanted - standing.keys())
    )


@action
def report_condition(*, condition: Condition, person: Person, evidence: str, actor: Actor) -> Condition:
    """Report that a condition is met, with what shows it. Raises :class:`ReviewRefused`."""
    viewer, current = locked(condition.proposal_id, person)
    condition = Condition.objects.unscoped(WHY).get(pk=condition.pk)
    insist(why_not_report_condition(viewer, current, condition))
    condition.evidence = said(evidence, _("Say what shows that the condition is met."))
    condition.reported_by, condition.reported_at = person, timezone.now()
    condition.save(update_fields=["evidence", "reported_by", "reported_at"])
    return condition


@action
def confirm_condition(*, condition: Condition, person: Person, actor: Actor) -> Condition:
    """Confirm, as the second person, that a condition is met. Raises :class:`ReviewRefused`."""
    viewer, current = locked(condition.proposal_id, person)
    condition = Condition.objects.unscoped(WHY).get(pk=condition.pk)
    insist(why_not_confirm_condition(viewer, current, condition))
    condition.met_by, condition.met_at = person, timezone.now()
    condition.save(update_fields=["met_by", "met_at"])
    return condition


@action
def send_report(*, report: DueReport, person: Person, text: str, spent_usd: Decimal | None, actor: Actor) -> DueReport:
    """Send a report that is due; one about money says what was spent so far. Raises :class:`ReviewRefused`."""
    viewer, current = locked(report.proposal_id, person)
    report = DueReport.objects.unscoped(WHY).get(pk=report.pk)
    insist(why_not_send(viewer, current, report))
    report.text = said(text, _("A report says something."))
    if spent_usd is None and report.kind != DueReport.Kind.PROGRESS:
        raise ReviewRefused(_("This report says how much was spent so far."))
    insist(_why_not_spent(current, spent_usd))
    report.spent_usd = spent_usd
    report.sent_by, report.sent_at = person, timezone.now()
    report.save(update_fields=["text", "spent_usd", "sent_by", "sent_at"])
    return report


def _why_not_spent(proposal: Proposal, spent_usd: Decimal | None) -> str | None:
    if spent_usd is None:
        return None
    if spent_usd < 0 or spent_usd != round(spent_usd, 2):
        return _("What was spent is an amount in dollars and cents, from 0 on.")
    newest = latest_approved(proposal)
    if newest is not None and newest[1].amount_usd is not None and spent_usd > newest[1].amount_usd:
        return _("More was spent than was given. Ask for an amendment first.")
    return None


@action
def accept_report(*, report: DueReport, person: Person, comment: str = "", actor: Actor) -> DueReport:
    """Accept a report, as the second person. Raises :class:`ReviewRefused`."""
    report = _sent(report, person)
    report.accepted_by, report.accepted_at, report.comment = person, timezone.now(), comment.strip()
    report.save(update_fields=["accepted_by", "accepted_at", "comment"])
    return report


@action
def return_report(*, report: DueReport, person: Person, comment: str, actor: Actor) -> DueReport:
    """Send a report back with a comment, to be sent again. Raises :class:`ReviewRefused`."""
    report = _sent(report, person)
    report.comment = said(comment, _("Say what is missing in the report."))
    report.sent_by, report.sent_at = None, None
    report.save(update_fields=["comment", "sent_by", "sent_at"])
    return report


def _sent(report: DueReport, person: Person) -> DueReport:
    viewer, current = locked(report.proposal_id, person)
    report = DueReport.objects.unscoped(WHY).get(pk=report.pk)
    insist(why_not_accept(viewer, current, report))
    return report


@action
def close_project(
    *,
    proposal: Proposal,
    person: Person,
    lessons: str,
    refunded_usd: Decimal,
    seen_version: int | None = None,
    actor: Actor,
) -> Closure:
    """Close an approved project with its lessons, once its reports are accepted and its conditions are met.

    The refund is what was given less what the last report said was spent, to the cent. Raises :class:`ReviewRefused`.
    """
    _viewer, call = locked_call(proposal.call_id, person)
    viewer, current = locked(proposal.pk, person)
    insist(None if current.call_id == call.pk else _("This proposal stands in another call now."))
    current.call = call
    insist_on_version(current.version, seen_version)
    take_step(current, viewer, "close", lessons=lessons.strip())
    insist(why_not_finished(current))
    balance = balance_of(current)
    if refunded_usd != balance:
        raise ReviewRefused(_("Given less spent is %(balance)s; the refund is that.") % {"balance": in_words(balance)})
    if current.approved_project_id is not None:
        project = Project.objects.unscoped(WHY).get(pk=current.approved_project_id)
        update_project(
            project=project,
            expected_version=project.version,
            changes={"status": Status.COMPLETED},
            in_dollars=dollars_of,
            person=person,
            actor=actor,
        )
    return Closure.objects.unscoped(WHY).create(
        proposal=current,
        lessons=lessons.strip(),
        refunded_usd=refunded_usd,
        closed_by=person,
        closed_at=timezone.now(),
    )


def why_not_finished(root: Proposal) -> str | None:
    """What still stands open in a project that is to be closed."""
    reports = DueReport.objects.unscoped(WHY).filter(proposal=root, dropped_at__isnull=True, accepted_at__isnull=True)
    if reports.exists():
        return _("Reports are still due or not accepted yet.")
    amended = dict(
        Proposal.objects.unscoped(WHY).filter(call=root.call_id, amends__isnull=False).values_list("pk", "amends_id")
    )
    line = [root.pk, *(one for one in amended if root_of(one, amended) == root.pk)]
    if Proposal.objects.unscoped(WHY).filter(pk__in=line[1:], standing__in=_UNDECIDED).exists():
        return _("An amendment is still under review.")
    in_force = (
        Decision.objects.unscoped(WHY)
        .filter(proposal__in=line)
        .exclude(
            pk__in=Decision.objects.unscoped(WHY).filter(proposal__in=line, follows__isnull=False).values("follows")
        )
    )
    if Condition.objects.unscoped(WHY).filter(decision__in=in_force, met_at__isnull=True).exists():
        return _("Conditions are still open.")
    return None


def balance_of(root: Proposal) -> Decimal:
    """What was given less what the last accepted report that speaks of money says was spent."""
    newest = latest_approved(root)
    given = newest[1].amount_usd if newest is not None else None
    reports = DueReport.objects.unscoped(WHY).filter(proposal=root, accepted_at__isnull=False, spent_usd__isnull=False)
    spent = reports.order_by("due_on", "pk").values_list("spent_usd", flat=True).last()
    return (given or Decimal(0)) - (spent or Decimal(0))
