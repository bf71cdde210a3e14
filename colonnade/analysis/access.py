"""Who may release totals, decide about projects that overlap, and is shown suggestions: ``None``, or the reason why
not."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from colonnade.analysis.models import DismissedSuggestion, ReleasedTotal
from colonnade.core.viewer import Role, Viewer
from colonnade.needs.access import speaks_for
from colonnade.needs.models import Recommendation
from colonnade.needs.responses.access import OF_ENTITIES
from colonnade.portfolio.models import Project


def why_not_propose(viewer: Viewer) -> str | None:
    """Totals are released by the secretariat, which sees what they are over."""
    if Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat releases totals.")
    return None


def why_not_approve(viewer: Viewer, release: ReleasedTotal) -> str | None:
    """A proposal is approved by another person of the secretariat than made it."""
    if reason := why_not_propose(viewer):
        return reason
    if release.standing != ReleasedTotal.Standing.PROPOSED:
        return _("Only a proposal can be approved.")
    if release.made_by_id == viewer.user_id:
        return _("You proposed this release: another person approves it.")
    return None


def why_not_refuse(viewer: Viewer, release: ReleasedTotal) -> str | None:
    """A proposal is refused by anybody of the secretariat, who made it among them."""
    if reason := why_not_propose(viewer):
        return reason
    if release.standing != ReleasedTotal.Standing.PROPOSED:
        return _("Only a proposal can be refused.")
    return None


def why_not_withdraw(viewer: Viewer, release: ReleasedTotal) -> str | None:
    """What is in force is withdrawn by anybody of the secretariat: to stop showing a number takes one person."""
    if reason := why_not_propose(viewer):
        return reason
    if release.standing != ReleasedTotal.Standing.APPROVED:
        return _("Only a release in force can be withdrawn.")
    return None


def why_never_compare(viewer: Viewer) -> str | None:
    """Whether overlaps are shown to the viewer at all: that two entities may do the same is said among themselves."""
    if viewer.inside_the_compact:
        return None
    return _("Overlaps are shown inside the compact.")


def why_not_decide_overlap(viewer: Viewer, one: Project, other: Project) -> str | None:
    """The secretariat decides, or a focal point of either lead entity. ``viewer`` may see both projects."""
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.ENTITY in viewer.roles and {one.lead_entity.code, other.lead_entity.code} & viewer.entity_ids:
        return None
    return _("Only a focal point of one of the two lead entities, or the secretariat, decides about this pair.")


def why_never_suggest(viewer: Viewer) -> str | None:
    """Whether suggestions are shown to the viewer at all: what an engine guesses about needs stays among those who
    share them."""
    if viewer.inside_the_compact or viewer.country_codes:
        return None
    return _("Suggestions are shown to member entities, to States for their own needs, and to the secretariat.")


def why_not_dismiss(
    viewer: Viewer, need: Recommendation, project: Project, partners: Collection[str] = ()
) -> str | None:
    """A suggestion is dismissed by an entity that takes part in the project (``partners`` are codes), by the State of
    the need or its assessor, or by the secretariat. ``viewer`` may see both."""
    if viewer.user_id is not None:
        if Role.SECRETARIAT in viewer.roles or speaks_for(viewer, need):
            return None
        if viewer.roles & OF_ENTITIES and viewer.entity_ids & {project.lead_entity.code, *partners}:
            return None
    return _("Only an entity that takes part in the project, the State of the need or the secretariat dismisses this.")


def why_not_take_back(viewer: Viewer, dismissed: DismissedSuggestion, partners: Collection[str] = ()) -> str | None:
    """A dismissal is taken back by whoever could have made it."""
    if dismissed.ended_at is not None:
        return _("This was taken back already.")
    return why_not_dismiss(viewer, dismissed.recommendation, dismissed.project, partners)
