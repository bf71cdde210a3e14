"""What waits for a person on the board's way: a proposal that came back, a review, a report, a decision; and requests
of States whose clock runs out.

It names things by what is public of them, the call and a day: a proposal's or a request's own words stay on its pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone

from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.reminding import requests_due
from colonnade.review.access import acts_for, why_not_decide
from colonnade.review.board_queries import drawn_for, own_proposals
from colonnade.review.clocks import clock, step_at
from colonnade.review.models import DueReport, Office, Proposal, Standing
from colonnade.review.rules import Rules

#: So many days before a report is due its applicant is reminded of it.
AHEAD: Final = 14
#: Where a proposal is with those who review it.
_REVIEWED: Final = (Standing.SUBMITTED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED)


class Kind(StrEnum):
    """What is to be done."""

    RETURNED = "returned"  # mend a proposal and send it again
    REVIEW = "review"  # score a proposal that one was drawn for
    REPORT = "report"  # send a report that is due, or overdue
    DECISION = "decision"  # decide on a proposal
    ANSWER = "answer"  # answer a request for an entity
    PASS = "pass"  # noqa: S105  # pass a request on to entities
    LEAD = "lead"  # name who leads a request
    OBJECTION = "objection"  # answer a State's objection to a closing
    OUTCOME = "outcome"  # bring a request that one's entity leads to an end


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: ``public_id`` is the report's where one is due, else the proposal's or the request's; ``due_on`` where
    a clock runs. A request has no ``call``."""

    kind: Kind
    call: str
    public_id: str
    due_on: date | None = None


def waiting_for(viewer: Viewer, today: date) -> list[Waiting]:
    """Everything that waits for ``viewer`` on the day ``today``, of what they may see; the most urgent first."""
    found = [*_own(viewer, today), *_reviews(viewer, today), *_decisions(viewer, today), *_requests(viewer, today)]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.kind, one.public_id))


def _own(viewer: Viewer, today: date) -> Iterator[Waiting]:
    mine = [each for each in own_proposals(viewer) if acts_for(viewer, each)]
    for each in mine:
        if each.standing == Standing.RETURNED:
            yield Waiting(Kind.RETURNED, each.call.title, each.public_id)
    running = {each.pk: each for each in mine if each.standing == Standing.APPROVED}
    due = DueReport.objects.visible_to(viewer).filter(
        proposal__in=running, sent_at__isnull=True, dropped_at__isnull=True, due_on__lte=today + timedelta(days=AHEAD)
    )
    for report in due.order_by("due_on", "pk"):
        yield Waiting(Kind.REPORT, running[report.proposal_id].call.title, report.public_id, report.due_on)


def _reviews(viewer: Viewer, today: date) -> Iterator[Waiting]:
    drawn = {each.proposal_id for each in drawn_for(viewer)}
    for each in Proposal.objects.visible_to(viewer).filter(pk__in=drawn).select_related("call").order_by("pk"):
        yield Waiting(Kind.REVIEW, each.call.title, each.public_id, _due_on(each, today))


def _decisions(viewer: Viewer, today: date) -> Iterator[Waiting]:
    """What lies before whoever decides: the head, or the chair of a board that decides itself."""
    if viewer.user_id is None:
        return
    held = Office.objects.filter(person=viewer.user_id, starts_on__lte=today).exclude(ends_on__lt=today)
    seen = Proposal.objects.visible_to(viewer).filter(call__process__in=held.values("process"), standing__in=_REVIEWED)
    for each in seen.select_related("call", "entity").order_by("standing_since", "pk"):
        step = step_at(Rules.read(each.call.rules), each.standing)
        if step is not None and step.code == "decision" and why_not_decide(viewer, each) is None:
            yield Waiting(Kind.DECISION, each.call.title, each.public_id, _due_on(each, today))


def _requests(viewer: Viewer, today: date) -> Iterator[Waiting]:
    """Requests that are due soon or overdue, for those they wait for."""
    for each in requests_due(viewer, today):
        yield Waiting(Kind(each.done), "", each.public_id, each.due_on)


def _due_on(proposal: Proposal, today: date) -> date | None:
    running = clock(
        Rules.read(proposal.call.rules), proposal.standing, timezone.localdate(proposal.standing_since), today
    )
    return running.due_on if running else None
