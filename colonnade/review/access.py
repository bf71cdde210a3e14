"""Who may do what with proposals: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a proposal that they may see. Nobody approves their own
work, whatever roles they hold together: who applies does not screen, score, recommend or decide.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.review.models import Call, Office, Proposal


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


def why_not_screen(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat screens, not those who applied."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat screens proposals.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to screen it.")
    return None


def why_not_close_scoring(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat writes the synthesis once all scores are in."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat closes the scoring.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to close its scoring.")
    return None


def why_not_recommend(viewer: Viewer, proposal: Proposal) -> str | None:
    """The board's chair, or the secretariat for it, records what the board recommends."""
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to record the recommendation.")
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.BOARD in viewer.roles and holds_office(viewer, proposal.call, Office.Kind.CHAIR, timezone.localdate()):
        return None
    return _("Only the chair of the board, or the secretariat, records a recommendation.")


def why_not_decide(viewer: Viewer, proposal: Proposal) -> str | None:
    """The head decides; never on what their own entity asks, or what they sent, reviewed or recommended."""
    if not holds_office(viewer, proposal.call, Office.Kind.HEAD, timezone.localdate()):
        return _("Only the head decides.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: you do not decide on it.")
    return None


def why_not_close(viewer: Viewer, proposal: Proposal) -> str | None:
    """The secretariat closes an approved project once its reports are in."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat closes a project of the fund.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal: somebody else has to close it.")
    return None
