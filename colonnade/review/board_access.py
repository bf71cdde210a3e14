"""Who may do what around the steps of the table: questions, reviewers, meetings, votes, conditions, reports.

``None``, or the reason why not. The steps themselves stand in :mod:`colonnade.review.access`.
"""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.review.access import acts_for, holds_office, is_own, why_apart, why_not_submit
from colonnade.review.models import (
    AFTER_THE_DECISION,
    WITH_THE_APPLICANT,
    AgendaItem,
    Call,
    Condition,
    Decision,
    DueReport,
    Meeting,
    Objection,
    Office,
    Proposal,
    Question,
    Reviewer,
    Standing,
)
from colonnade.review.rules import Rules


def why_not_run_calls(viewer: Viewer) -> str | None:
    """Calls are prepared, opened and closed by the secretariat."""
    return None if Role.SECRETARIAT in viewer.roles else _("Only the secretariat opens and closes calls.")


def why_not_appoint(viewer: Viewer) -> str | None:
    """Who holds an office of a board is recorded by those who administer people, and by the secretariat."""
    if viewer.roles & {Role.SECRETARIAT, Role.ADMINISTRATOR}:
        return None
    return _("Only the secretariat and those who administer people record who holds an office.")


def why_not_ask(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat, a reviewer or the board asks, while the proposal is under review."""
    drawn = Reviewer.objects.unscoped("whether somebody was drawn").filter(
        proposal=proposal.pk, person=viewer.user_id, conflict=""
    )
    if not viewer.roles & {Role.SECRETARIAT, Role.BOARD} and not (viewer.user_id and drawn.exists()):
        return _("Only the secretariat, the board and reviewers ask questions.")
    if proposal.standing in (*WITH_THE_APPLICANT, *AFTER_THE_DECISION, Standing.WITHDRAWN):
        return _("Questions are asked while a proposal is under review.")
    return why_apart(viewer, proposal)


def why_not_answer(viewer: Viewer, proposal: Proposal, question: Question) -> str | None:
    """The applicant and its partners answer, once."""
    if not acts_for(viewer, proposal):
        return _("Only the applicant and its partners answer.")
    if proposal.standing in (*AFTER_THE_DECISION, Standing.WITHDRAWN):
        return _("The review of this proposal is over.")
    return _("This question was answered already.") if question.answered_at else None


def why_not_draw(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat draws reviewers, not those who applied."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat draws reviewers.")
    return why_apart(viewer, proposal)


def why_not_declare(viewer: Viewer, proposal: Proposal, reviewer: Reviewer | None) -> str | None:
    """A conflict is declared by a member of the board, or whoever was drawn, before they finish their scores."""
    if reviewer is None and Role.BOARD not in viewer.roles:
        return _("Only members of the board and reviewers declare a conflict.")
    if reviewer is not None and reviewer.conflict:
        return _("You declared a conflict already.")
    if reviewer is not None and reviewer.finished_at:
        return _("You have finished your scores. Tell the secretariat.")
    if proposal.standing in AFTER_THE_DECISION:
        return _("This proposal was decided already.")
    return None


def why_not_score(viewer: Viewer, proposal: Proposal, reviewer: Reviewer | None) -> str | None:
    """Whoever was drawn scores, once, without a part in it."""
    if reviewer is None or viewer.user_id is None:
        return _("Only reviewers that were drawn score this proposal.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to score it.")
    if reviewer.conflict:
        return _("You declared a conflict with this proposal.")
    return _("You have finished your scores.") if reviewer.finished_at else None


def why_not_run_meetings(viewer: Viewer, call: Call) -> str | None:
    """Meetings are planned and recorded by the secretariat and the board's chair."""
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.BOARD in viewer.roles and holds_office(viewer, call, Office.Kind.CHAIR, timezone.localdate()):
        return None
    return _("Only the chair of the board, or the secretariat, plans and records meetings.")


def why_not_vote(viewer: Viewer, item: AgendaItem, meeting: Meeting, member: int) -> str | None:
    """A vote is recorded by the member, or by those who record the meeting; not after the recommendation."""
    if viewer.user_id is None or (viewer.user_id != member and why_not_run_meetings(viewer, meeting.call)):
        return _("Only the member, the chair or the secretariat records a vote.")
    if meeting.standing != Meeting.Standing.HELD:
        return _("Record who attended first.")
    if item.outcome:
        return _("The recommendation was recorded already.")
    return why_apart(viewer, item.proposal) if viewer.user_id != member else None


def why_not_report(viewer: Viewer, proposal: Proposal) -> str | None:
    """The applicant and its partners report on an approved project."""
    if not acts_for(viewer, proposal):
        return _("Only the applicant and its partners report.")
    if proposal.standing != Standing.APPROVED:
        return _("Reports and conditions belong to a project that is approved and not closed.")
    return None


def why_not_report_condition(viewer: Viewer, proposal: Proposal, condition: Condition) -> str | None:
    """A condition is reported as met until it is confirmed."""
    return why_not_report(viewer, proposal) or (
        _("This condition was confirmed as met already.") if condition.met_at else None
    )


def why_not_confirm_condition(viewer: Viewer, proposal: Proposal, condition: Condition) -> str | None:
    """The secretariat confirms, never whoever reported it."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat confirms that a condition is met.")
    if condition.reported_at is None:
        return _("Nobody has reported this condition as met.")
    if condition.met_at:
        return _("This condition was confirmed as met already.")
    if condition.reported_by_id == viewer.user_id:
        return _("You reported this: another person has to confirm it.")
    return why_apart(viewer, proposal)


def why_not_send(viewer: Viewer, proposal: Proposal, report: DueReport) -> str | None:
    """A report is sent once, and again where it was sent back."""
    if report.dropped_at:
        return _("This report is not due any more.")
    return why_not_report(viewer, proposal) or (_("This report was sent already.") if report.sent_at else None)


def why_not_accept(viewer: Viewer, proposal: Proposal, report: DueReport) -> str | None:
    """The secretariat accepts a report or sends it back, never whoever sent it."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat accepts reports.")
    if report.sent_at is None:
        return _("This report has not been sent.")
    if report.accepted_at:
        return _("This report was accepted already.")
    if report.sent_by_id == viewer.user_id:
        return _("You sent this: another person has to accept it.")
    return why_apart(viewer, proposal)


def last_day_to_object(rules: Rules, decision: Decision) -> date | None:
    """Until when an applicant may object to a decision; ``None`` where the process knows no objections."""
    if not rules.objection_days:
        return None
    return timezone.localdate(decision.decided_at) + timedelta(days=rules.objection_days)


def why_not_object(
    viewer: Viewer, proposal: Proposal, decision: Decision, *, newest: bool, objected: bool
) -> str | None:
    """The lead entity objects to the latest decision, once, within the days of the process."""
    if why_not_submit(viewer, proposal):
        return _("Only a focal point of the entity that leads the proposal can object.")
    last = last_day_to_object(Rules.read(proposal.call.rules), decision)
    if last is None:
        return _("This process knows no objections.")
    if not newest:
        return _("This decision was followed by another.")
    if objected:
        return _("An objection to this decision was raised already.")
    if timezone.localdate() > last:
        return _("Objections could be raised until %(day)s.") % {"day": date_format(last, "j F Y")}
    return _("This project is closed.") if proposal.standing == Standing.CLOSED else None


def why_not_answer_objection(viewer: Viewer, proposal: Proposal, objection: Objection, decided_by: int) -> str | None:
    """An objection is answered by the secretariat or the chair, never by who raised it or took the decision."""
    if why_not_run_meetings(viewer, proposal.call):
        return _("Only the chair of the board, or the secretariat, answers objections.")
    if objection.standing != Objection.Standing.OPEN:
        return _("This objection was answered already.")
    if viewer.user_id in (objection.raised_by_id, decided_by):
        return _("Somebody else has to answer: neither who objects nor who decided.")
    return why_apart(viewer, proposal)
