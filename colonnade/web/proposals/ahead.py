"""What comes next for a proposal that was sent: its step, by when, and whether the secretariat has said something."""

from dataclasses import dataclass

from django.utils import timezone

from colonnade.core.viewer import Viewer
from colonnade.review.clocks import clock
from colonnade.review.models import Proposal, Screening, Standing
from colonnade.review.summaries import rules_of
from colonnade.web.shared.days import clock_in_words


@dataclass(frozen=True, slots=True)
class Ahead:
    """The step that a proposal waits for and its clock, in words; without a step, where it stands."""

    step: str
    clock: str
    standing: str
    screened: bool


def ahead_of(viewer: Viewer, proposal: Proposal) -> Ahead | None:
    """The same, read; ``None`` of a draft, which waits for its own applicants."""
    if proposal.standing == Standing.DRAFT:
        return None
    today = timezone.localdate()
    running = clock(rules_of(proposal.call), proposal.standing, timezone.localdate(proposal.standing_since), today)
    return Ahead(
        running.step.title if running else "",
        clock_in_words(running.overdue(today), running.due_on) if running and running.due_on else "",
        str(proposal.get_standing_display()),
        Screening.objects.visible_to(viewer).filter(proposal=proposal).exists(),
    )
