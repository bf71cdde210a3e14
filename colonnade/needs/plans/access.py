"""Who may do what with a plan of action: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a plan that they may see. Whoever proposes a version, or
records a consent to more readers, does not confirm it; for a State its own focal point always speaks.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import ActionPlan, PlanActivity, PlanConsent
from colonnade.needs.responses.access import OF_ENTITIES

_STATE, _ASSESSOR = frozenset({Role.STATE}), frozenset({Role.STATE, Role.ASSESSOR})


@dataclass(frozen=True, slots=True)
class Held:
    """A plan with the codes of its States; where the reader is not of its circle, without."""

    plan: ActionPlan
    states: frozenset[str]

    @property
    def standing(self) -> str:
        """Where the plan stands."""
        return self.plan.standing


def is_officer(viewer: Viewer) -> bool:
    """Whether the viewer is of the secretariat."""
    return viewer.user_id is not None and Role.SECRETARIAT in viewer.roles


def speaks_for(viewer: Viewer, code: str) -> bool:
    """Whether the viewer is a focal point of a State."""
    return viewer.user_id is not None and bool(viewer.roles & _STATE) and code in viewer.country_codes


def acts_for(viewer: Viewer, code: str) -> bool:
    """Whether the viewer speaks for an entity."""
    return viewer.user_id is not None and bool(viewer.roles & OF_ENTITIES) and code in viewer.entity_ids


def _of(viewer: Viewer, states: Collection[str], roles: frozenset[Role]) -> bool:
    return viewer.user_id is not None and bool(viewer.roles & roles) and bool(viewer.country_codes & frozenset(states))


def why_never_begin(viewer: Viewer) -> str | None:
    """Whether the viewer could begin any plan at all."""
    if is_officer(viewer) or (viewer.user_id is not None and viewer.roles & _ASSESSOR and viewer.country_codes):
        return None
    return _("The secretariat, a State's focal point or its assessor begins a plan of action.")


def why_not_begin(viewer: Viewer, states: Collection[str]) -> str | None:
    """A plan is begun by the secretariat, a focal point of one of its States, or whoever assesses one."""
    if reason := why_never_begin(viewer):
        return reason
    if is_officer(viewer) or _of(viewer, states, _ASSESSOR):
        return None
    return _("You can begin plans of your own State only.")


def drafts(viewer: Viewer, at: Held) -> bool:
    """Whether the viewer writes what the plan says."""
    return is_officer(viewer) or _of(viewer, at.states, _ASSESSOR)


def why_not_draft(viewer: Viewer, at: Held) -> str | None:
    """A plan is written by the secretariat, its States and those who assess them, while it is drafted."""
    if not drafts(viewer, at):
        return _("The secretariat, the State and its assessor write the plan.")
    if at.standing != ActionPlan.Standing.DRAFTING:
        return _("What a plan says is changed while it is drafted: begin a new version, or have it sent back.")
    return None


def why_not_propose(viewer: Viewer, at: Held) -> str | None:
    """A version is proposed to the State by whoever writes it."""
    return None if drafts(viewer, at) else _("The secretariat, the State and its assessor propose a version.")


def why_not_redraft(viewer: Viewer, at: Held) -> str | None:
    """A new version is begun by whoever writes it."""
    return None if drafts(viewer, at) else _("The secretariat, the State and its assessor begin a new version.")


def why_not_return(viewer: Viewer, at: Held) -> str | None:
    """A version is sent back by one of its States, or by the secretariat when one tells it."""
    if is_officer(viewer) or _of(viewer, at.states, _STATE):
        return None
    return _("The State, or the secretariat for it, sends a version back.")


def why_not_end(viewer: Viewer, at: Held) -> str | None:
    """A plan is ended by one of its States, or by the secretariat."""
    if is_officer(viewer) or _of(viewer, at.states, _STATE):
        return None
    return _("The State or the secretariat ends a plan.")


def why_not_agree(viewer: Viewer, at: Held) -> str | None:
    """A consent is recorded by a focal point of one of the States, or by the secretariat from a document."""
    if is_officer(viewer) or _of(viewer, at.states, _STATE):
        return None
    return _("The State's focal point consents, or the secretariat records its consent.")


def why_not_record(viewer: Viewer, at: Held, code: str) -> str | None:
    """The consent of one State is recorded by its focal point, or by the secretariat from a document."""
    if code in at.states and (is_officer(viewer) or speaks_for(viewer, code)):
        return None
    return _("The State's focal point consents, or the secretariat records its consent.")


def why_not_confirm(viewer: Viewer, consent: PlanConsent) -> str | None:
    """A consent to a version is confirmed by the State's focal point; one to more readers by a second person, of the
    State or of the secretariat."""
    if consent.withdrawn_at is not None or consent.confirmed_by_id is not None:
        return _("This consent was confirmed or withdrawn already.")
    own = speaks_for(viewer, consent.country.code)
    if consent.covers == PlanConsent.Covers.VERSION:
        return None if own else _("The State's own focal point confirms that it agrees.")
    if not (own or is_officer(viewer)):
        return _("A second person, of the State or of the secretariat, confirms this.")
    if viewer.user_id == consent.recorded_by_id:
        return _("You recorded this: a second person confirms it.")
    return None


def why_not_withdraw(viewer: Viewer, consent: PlanConsent) -> str | None:
    """A consent is withdrawn by its State, or by the secretariat when the State tells it; what was agreed is ended
    instead."""
    if not (is_officer(viewer) or speaks_for(viewer, consent.country.code)):
        return _("Only the State, or the secretariat for it, withdraws its consent.")
    if consent.withdrawn_at is not None:
        return _("This consent was withdrawn already.")
    version = consent.of_version
    if version is not None and version.standing != version.Standing.PROPOSED:
        return _("This version was agreed, or sent back: begin another, or end the plan.")
    return None


def why_not_answer(viewer: Viewer, activity: PlanActivity) -> str | None:
    """An entity says for itself whether it leads an activity, while the plan is drafted."""
    if not acts_for(viewer, activity.lead.code):
        return _("A focal point of the entity answers for it.")
    if activity.of_plan.standing != ActionPlan.Standing.DRAFTING:
        return _("Who leads is settled while the plan is drafted.")
    return None


def why_not_report(viewer: Viewer, plan: ActionPlan, leads: Collection[str]) -> str | None:
    """Progress is reported by an entity that leads, or by the secretariat for it, until the plan is ended."""
    if plan.standing == ActionPlan.Standing.ENDED:
        return _("This plan was ended: nothing more is reported of it.")
    if is_officer(viewer) or any(acts_for(viewer, code) for code in leads):
        return None
    return _("The entity that leads, or the secretariat for it, reports this.")
