"""Screening by the secretariat, and questions and answers."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.review.actions.locking import WHY, locked, take_step
from colonnade.review.board_access import why_not_answer, why_not_ask
from colonnade.review.models import Proposal, Question, Screening
from colonnade.review.refusals import ReviewRefused, insist, insist_on_version, said

#: What of a proposal the secretariat comments on, and how people call it.
COMMENTED: Final[Mapping[str, str]] = {
    "title": gettext_noop("Title"),
    "purpose": gettext_noop("Purpose"),
    "requested_usd": gettext_noop("Cost"),
    "starts_on": gettext_noop("Time"),
    "performance": gettext_noop("Performance requirements"),
    "limits": gettext_noop("Constraints"),
    "product_description": gettext_noop("Products and services"),
    "outcomes": gettext_noop("Outcomes"),
    "benefits": gettext_noop("How benefits are sustained"),
    "quality": gettext_noop("Quality expectations"),
    "origin": gettext_noop("Origin"),
    "programme_alignment": gettext_noop("Joint programme of work"),
    "group_alignment": gettext_noop("Terms of reference of the group"),
    "fund_alignment": gettext_noop("Terms of the fund"),
    "cofunding": gettext_noop("Co-funding"),
    "sustainability": gettext_noop("Sustainability"),
    "due_diligence": gettext_noop("Human rights due diligence"),
    "places": gettext_noop("Places"),
    "budget": gettext_noop("Budget"),
    "outputs": gettext_noop("Outputs"),
    "risks": gettext_noop("Risks"),
    "consultations": gettext_noop("Consultations"),
    "markers": gettext_noop("Markers"),
    "safeguards": gettext_noop("Safeguards"),
}


@action
def screen_proposal(
    *,
    proposal: Proposal,
    person: Person,
    complete: bool,
    comment: str = "",
    field_comments: Mapping[str, str] | None = None,
    seen_version: int | None = None,
    actor: Actor,
) -> Screening:
    """Find a proposal complete, or return it with comments, on fields where they belong.

    Raises :class:`ReviewRefused`.
    """
    viewer, current = locked(proposal.pk, person)
    insist_on_version(current.version, seen_version)
    comments = {name: text.strip() for name, text in (field_comments or {}).items() if text.strip()}
    if unknown := sorted(comments.keys() - COMMENTED.keys()):
        raise ReviewRefused(_("%(field)s: no such field of a proposal.") % {"field": unknown[0]})
    take_step(current, viewer, "complete" if complete else "return", comment=comment.strip() or comments)
    return Screening.objects.unscoped(WHY).create(
        proposal=current,
        outcome=Screening.Outcome.COMPLETE if complete else Screening.Outcome.RETURNED,
        comment=comment.strip(),
        field_comments=comments,
        screened_by=person,
        screened_at=timezone.now(),
    )


@action
def ask_question(*, proposal: Proposal, person: Person, text: str, actor: Actor) -> Question:
    """Ask the applicant something. Pages do not tell them who asked. Raises :class:`ReviewRefused`."""
    viewer, current = locked(proposal.pk, person)
    insist(why_not_ask(viewer, current))
    return Question.objects.unscoped(WHY).create(
        proposal=current, text=said(text, _("A question says something.")), asked_by=person, asked_at=timezone.now()
    )


@action
def answer_question(*, question: Question, person: Person, text: str, actor: Actor) -> Question:
    """Answer as the applicant, once. Raises :class:`ReviewRefused`."""
    viewer, current = locked(question.proposal_id, person)
    question = Question.objects.unscoped(WHY).get(pk=question.pk)
    insist(why_not_answer(viewer, current, question))
    question.answer = said(text, _("An answer says something."))
    question.answered_by, question.answered_at = person, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    return question
