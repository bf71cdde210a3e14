"""Who may do what with proposals: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a proposal that they may see. Nobody approves their own
work, whatever roles they hold together: who applies does not screen, score, recommend or decide.
"""

from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.review.models import (
    AgendaItem,
    Call,
    Decision,
    Objection,
    Office,
    Proposal,
    Reviewer,
    Screening,
    Standing,
    Synthesis,
    Vote,
)

#: What a process says of itself (``decides``) where the board decides, and not a head.
BY_THE_BOARD: Final = "board"


def acts_for(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer acts for the applicant, or for a partner of it."""
    if not viewer.roles & {Role.ENTITY, Role.CHAIR} or not viewer.entity_ids:
        return False
    return proposal.entity.code in viewer.entity_ids or any(
        partner.code in viewer.entity_ids for partner in proposal.partners.all()
    )


def is_own(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer has a part in the proposal: by their entity, or because they began or sent it."""
    codes = {proposal.entity.code, *(partner.code for partner in proposal.partners.all())}
    return bool(codes & viewer.entity_ids) or (
        viewer.user_id is not None and viewer.user_id in {proposal.begun_by_id, proposal.submitted_by_id}
    )


def holds_office(viewer: Viewer, call: Call, kind: str, on: date) -> bool:
    """Whether the viewer holds an office of the call's process on that day."""
    if viewer.user_id is None:
        return False
    offices = Office.objects.filter(process=call.process_id, kind=kind, person=viewer.user_id, starts_on__lte=on)
    return offices.exclude(ends_on__lt=on).exists()


def why_not_apply(viewer: Viewer, call: Call) -> str | None:
    """A proposal is begun by people of entities, while the call is open."""
    if not (viewer.roles & {Role.ENTITY, Role.CHAIR} and viewer.entity_ids):
        return _("Only focal points of entities and chairs of working groups apply.")
    if call.standing != Call.Standing.OPEN:
        return _("This call is not open.")
    return None


def why_not_write(viewer: Viewer, proposal: Proposal) -> str | None:
    """A proposal is written by its applicant and the partners, while it is with them."""
    if not acts_for(viewer, proposal):
        return _("Only the applicant and its partners write this proposal.")
    return None


def why_not_submit(viewer: Viewer, proposal: Proposal) -> str | None:
    """The lead entity sends a proposal; a partner writes along."""
    if not (viewer.roles & {Role.ENTITY, Role.CHAIR} and proposal.entity.code in viewer.entity_ids):
        return _("Only a focal point of the entity that leads the proposal can send it.")
    return None


def why_not_withdraw(viewer: Viewer, proposal: Proposal) -> str | None:
    """The lead entity takes its proposal back."""
    return why_not_submit(viewer, proposal) and _("Only the entity that leads the proposal can withdraw it.")


def has_conflict(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer is out of it: they declared a conflict, or stepped out when the board spoke of it."""
    if viewer.user_id is None:
        return False
    why = "whether somebody is out of a proposal"
    out = Reviewer.objects.unscoped(why).filter(proposal=proposal.pk, person=viewer.user_id).exclude(conflict="")
    recused = Vote.objects.unscoped(why).filter(item__proposal=proposal.pk, person=viewer.user_id).exclude(recused="")
    return out.exists() or recused.exists()


def why_apart(viewer: Viewer, proposal: Proposal) -> str | None:
    """Nobody judges what they have a part in, or a conflict with."""
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to do this.")
    if has_conflict(viewer, proposal):
        return _("You declared a conflict with this proposal: somebody else has to do this.")
    return None


def why_not_screen(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat screens, not those who applied."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat screens proposals.")
    return why_apart(viewer, proposal)


def why_not_close_scoring(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat writes the synthesis once all scores are in."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat closes the scoring.")
    return why_apart(viewer, proposal)


def why_not_recommend(viewer: Viewer, proposal: Proposal) -> str | None:
    """The board's chair, or the secretariat for it, records what the board recommends."""
    chair = Role.BOARD in viewer.roles and holds_office(viewer, proposal.call, Office.Kind.CHAIR, timezone.localdate())
    if not chair and Role.SECRETARIAT not in viewer.roles:
        return _("Only the chair of the board, or the secretariat, records a recommendation.")
    return why_apart(viewer, proposal)


def decides_by_board(call: Call) -> bool:
    """Whether the board itself decides in this call, and its chair confirms what it recommended."""
    return bool(call.rules.get("decides") == BY_THE_BOARD)


def why_not_decide(viewer: Viewer, proposal: Proposal) -> str | None:
    """The head decides; never on what their own entity asks, or what they sent, screened, reviewed or recommended.

    Where the board decides itself, its chair confirms what the board recommended and somebody else recorded.
    """
    by_board = decides_by_board(proposal.call)
    office = Office.Kind.CHAIR if by_board else Office.Kind.HEAD
    if not holds_office(viewer, proposal.call, office, timezone.localdate()):
        return _("Only the chair of the board confirms its decisions.") if by_board else _("Only the head decides.")
    return why_apart(viewer, proposal) or _why_took_part(viewer, proposal, by_board=by_board)


def _why_took_part(viewer: Viewer, proposal: Proposal, *, by_board: bool) -> str | None:
    why = "whether who decides had a part in the review"
    screened = Screening.objects.unscoped(why).filter(proposal=proposal.pk, screened_by=viewer.user_id)
    recorded = AgendaItem.objects.unscoped(why).filter(proposal=proposal.pk, recorded_by=viewer.user_id)
    reviewed = Reviewer.objects.unscoped(why).filter(proposal=proposal.pk, person=viewer.user_id)
    closed = Synthesis.objects.unscoped(why).filter(proposal=proposal.pk, written_by=viewer.user_id)
    voted = Vote.objects.unscoped(why).filter(item__proposal=proposal.pk, person=viewer.user_id)
    if (
        screened.exists()
        or recorded.exists()
        or (not by_board and (reviewed.exists() or closed.exists() or voted.exists()))
    ):
        return _("You took part in the review of this proposal: somebody else has to decide.")
    return None


def why_not_approve(viewer: Viewer, proposal: Proposal) -> str | None:
    """As every decision; what is approved already is decided anew only once an objection to it was upheld."""
    if proposal.standing == Standing.APPROVED and not _objection_upheld(proposal):
        return _("This proposal is approved. Its applicant can ask for an amendment.")
    return why_not_decide(viewer, proposal)


def _objection_upheld(proposal: Proposal) -> bool:
    why = "whether a decision is to be taken anew"
    newest = Decision.objects.unscoped(why).filter(proposal=proposal.pk).order_by("-id").values("pk")[:1]
    upheld = Objection.objects.unscoped(why).filter(decision__in=newest, standing=Objection.Standing.UPHELD)
    return upheld.exists()


def why_not_close(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat closes an approved project once its reports are in."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat closes a project of the fund.")
    if proposal.amends_id is not None:
        return _("This is an amendment: the proposal that it amends is closed.")
    return why_apart(viewer, proposal)
