"""Who may do what with the fund: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a record that they may see. Who keeps the books does not
decide alone what is spent: an allocation takes two people.
"""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.funding.models import Allocation, Contributor, Entry, Pledge

#: Who decides about an allocation that somebody else proposed.
DECIDES = frozenset({Role.SECRETARIAT})


def why_not_keep_books(viewer: Viewer) -> str | None:
    """Pledges, receipts, reports of expenditure and corrections are recorded by the secretariat."""
    if viewer.user_id is not None and Role.SECRETARIAT in viewer.roles:
        return None
    return _("Only the secretariat keeps the books of the fund.")


def why_not_read_books(viewer: Viewer) -> str | None:
    """Who is shown amounts that are not published: the secretariat, auditors and the board; donors their own."""
    if viewer.sees_restricted or Role.BOARD in viewer.roles:
        return None
    return _("The secretariat, auditors and the review board read the books of the fund; donors what is their own.")


def gives_as(viewer: Viewer, contributor: Contributor) -> bool:
    """Whether the viewer is a donor for ``contributor``."""
    state = contributor.country.code if contributor.country else None
    entity = contributor.entity.code if contributor.entity else None
    return state in viewer.gives_states or entity in viewer.gives_entities


def reads_of(viewer: Viewer, contributor: Contributor) -> bool:
    """Whether the viewer is shown everything that is recorded of what ``contributor`` gave."""
    return why_not_read_books(viewer) is None or gives_as(viewer, contributor)


def why_not_change_pledge(viewer: Viewer, pledge: Pledge) -> str | None:
    """An agreement is recorded about a pledge that stands, and such a pledge is withdrawn."""
    if (why_not := why_not_keep_books(viewer)) is not None:
        return why_not
    if pledge.standing == Pledge.Standing.WITHDRAWN:
        return _("This pledge was withdrawn.")
    if pledge.standing == Pledge.Standing.PAID:
        return _("This pledge is paid in full.")
    return None


def why_not_withdraw(viewer: Viewer, pledge: Pledge) -> str | None:
    """A pledge is withdrawn by the secretariat, as its contributor told it; by that donor until it is acknowledged."""
    announced = pledge.standing == Pledge.Standing.ANNOUNCED
    if announced and viewer.user_id is not None and gives_as(viewer, pledge.contributor):
        return None
    return why_not_change_pledge(viewer, pledge)


def why_not_acknowledge(viewer: Viewer, pledge: Pledge) -> str | None:
    """What a donor announced is acknowledged by the secretariat, and not by whoever announced it or gives it."""
    if (why_not := why_not_keep_books(viewer)) is not None:
        return why_not
    if pledge.standing != Pledge.Standing.ANNOUNCED:
        return _("This pledge does not wait to be acknowledged.")
    if viewer.user_id == pledge.recorded_by_id or gives_as(viewer, pledge.contributor):
        return _("You announced this, or answer for its donor: another person acknowledges it.")
    return None


def why_not_sign(viewer: Viewer, pledge: Pledge) -> str | None:
    """One agreement is recorded about a pledge."""
    if (why_not := why_not_change_pledge(viewer, pledge)) is not None:
        return why_not
    if pledge.standing == Pledge.Standing.ANNOUNCED:
        return _("This pledge is not acknowledged yet.")
    return _("An agreement is recorded already.") if pledge.standing == Pledge.Standing.AGREED else None


def why_not_decide(viewer: Viewer, allocation: Allocation) -> str | None:
    """An allocation is decided by a second person, and never by somebody who acts for the entity that gets it."""
    if viewer.user_id is None or not viewer.roles & DECIDES:
        return _("Only the secretariat decides about an allocation.")
    if viewer.user_id == allocation.proposed_by_id:
        return _("You proposed this: another person has to approve it.")
    if Role.ENTITY in viewer.roles and allocation.entity.code in viewer.entity_ids:
        return _("You act for the entity that would get the money: another person has to decide.")
    if allocation.standing != Allocation.Standing.PROPOSED:
        return _("This allocation was decided already.")
    return None


def why_not_take_back(viewer: Viewer, allocation: Allocation) -> str | None:
    """A proposal is taken back by whoever made it."""
    if viewer.user_id is None or viewer.user_id != allocation.proposed_by_id:
        return _("Only whoever proposed this can take it back.")
    if allocation.standing != Allocation.Standing.PROPOSED:
        return _("This allocation was decided already.")
    return None


def why_not_spend(viewer: Viewer, allocation: Allocation) -> str | None:
    """Money moves under an allocation once it is approved."""
    if (why_not := why_not_keep_books(viewer)) is not None:
        return why_not
    if allocation.standing == Allocation.Standing.CLOSED:
        return _("This allocation is closed.")
    if allocation.standing != Allocation.Standing.APPROVED:
        return _("This allocation is not approved.")
    return None


def why_not_correct(viewer: Viewer, entry: Entry, *, corrected: bool) -> str | None:
    """An entry is corrected once; what was wrong about a correction is recorded anew."""
    if (why_not := why_not_keep_books(viewer)) is not None:
        return why_not
    if entry.kind == Entry.Kind.CORRECTION:
        return _("This is a correction itself: record anew what is right.")
    return _("This entry was corrected already.") if corrected else None
