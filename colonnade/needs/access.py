"""Who may do what about the confidentiality of a need: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a need that they may see.
"""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Level, Role, Viewer
from colonnade.needs.keepable import is_wider
from colonnade.needs.models import Consent, Lifting, Recommendation


def speaks_for(viewer: Viewer, need: Recommendation) -> bool:
    """Whether the viewer is a focal point of the State of ``need``, or assesses it."""
    return bool(viewer.roles & {Role.STATE, Role.ASSESSOR}) and need.country.code in viewer.country_codes


def concerned(viewer: Viewer, need: Recommendation) -> bool:
    """Whether wishes and consents about ``need`` are shown to the viewer."""
    return viewer.sees_restricted or speaks_for(viewer, need)


def why_not_mark(viewer: Viewer, need: Recommendation) -> str | None:
    """A need is made confidential by its State, or by the assessor for it."""
    if not speaks_for(viewer, need):
        return _("Only the State that was assessed, or its assessor for it, can make this confidential.")
    if need.level == Level.RESTRICTED:
        return _("The whole recommendation is confidential already.")
    return None


def why_not_propose(viewer: Viewer, need: Recommendation, waiting: Lifting | None) -> str | None:
    """Opening a need is proposed by its State, its assessor or the secretariat, one proposal at a time."""
    if not (speaks_for(viewer, need) or Role.SECRETARIAT in viewer.roles):
        return _("Only the State that was assessed, its assessor or the secretariat can propose this.")
    if waiting is not None:
        return _("A proposal is waiting for a second person already.")
    if need.level == Level.PUBLIC and not need.confidential_fields:
        return _("Everything about this recommendation is public already.")
    return None


def why_not_decide(viewer: Viewer, lifting: Lifting) -> str | None:
    """A proposal is decided by the State or the secretariat, and never by whoever made it or took it over."""
    if viewer.user_id is None or viewer.user_id == lifting.proposed_by_id:
        return _("You proposed this: another person has to approve it.")
    if viewer.user_id == lifting.handed_to_id:
        return _("This proposal was handed over to you: another person has to approve it.")
    own = Role.STATE in viewer.roles and lifting.recommendation.country.code in viewer.country_codes
    if not (own or Role.SECRETARIAT in viewer.roles):
        return _("Only the State that was assessed or the secretariat can approve this.")
    if lifting.standing != Lifting.Standing.PROPOSED:
        return _("This proposal was decided already.")
    return None


def why_not_follow(viewer: Viewer) -> str | None:
    """What waits for a second person is shown to those whom it may concern."""
    if viewer.sees_restricted or (viewer.roles & {Role.STATE, Role.ASSESSOR} and viewer.country_codes):
        return None
    return _("Only States, their assessors, the secretariat and auditors follow what waits for a second person.")


def why_not_take_back(viewer: Viewer, lifting: Lifting) -> str | None:
    """A proposal is taken back by whoever made it or took it over, or by the State."""
    answers = viewer.user_id is not None and viewer.user_id in {lifting.proposed_by_id, lifting.handed_to_id}
    if not answers and not speaks_for(viewer, lifting.recommendation):
        return _("Only whoever proposed this, or the State, can take it back.")
    if lifting.standing != Lifting.Standing.PROPOSED:
        return _("This proposal was decided already.")
    return None


def why_not_withdraw(viewer: Viewer, consent: Consent) -> str | None:
    """A consent is withdrawn by the State, or by its assessor or the secretariat when the State tells them."""
    if not (speaks_for(viewer, consent.recommendation) or Role.SECRETARIAT in viewer.roles):
        return _("Only the State that was assessed, its assessor or the secretariat can withdraw a consent.")
    return _("This consent was withdrawn already.") if consent.withdrawn_at else None


def why_not_open(need: Recommendation, level: str, fields: frozenset[str]) -> str | None:
    """Whether showing ``need`` at ``level`` with ``fields`` would open something, and close nothing."""
    if is_wider(need.level, level):
        return _("This would show the recommendation to fewer people. Make it confidential instead.")
    if unknown := fields - set(need.confidential_fields):
        return _("%(fields)s: not kept confidential now.") % {"fields": ", ".join(sorted(unknown))}
    if level == need.level and not fields:
        return _("Choose a wider circle of readers, or a field to open.")
    return None


def why_never_mark(viewer: Viewer) -> str | None:
    """Whether the viewer could make any need at all confidential."""
    if viewer.roles & {Role.STATE, Role.ASSESSOR} and viewer.country_codes:
        return None
    return _("Only the State that was assessed, or its assessor for it, can make this confidential.")


def why_never_propose(viewer: Viewer) -> str | None:
    """Whether the viewer could propose to open any need at all."""
    if Role.SECRETARIAT in viewer.roles or why_never_mark(viewer) is None:
        return None
    return _("Only the State that was assessed, its assessor or the secretariat can propose this.")


def why_never_decide(viewer: Viewer) -> str | None:
    """Whether the viewer could approve any proposal at all; never one of their own."""
    if Role.SECRETARIAT in viewer.roles or (Role.STATE in viewer.roles and viewer.country_codes):
        return None
    return _("Only the State that was assessed or the secretariat can approve this.")
