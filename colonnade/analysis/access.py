"""Who may release totals, and decide about projects that overlap: ``None``, or the reason why not."""

from django.utils.translation import gettext as _

from colonnade.analysis.models import ReleasedTotal
from colonnade.core.viewer import Role, Viewer
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


def why_not_decide_overlap(viewer: Viewer, one: Project, other: Project) -> str | None:
    """The secretariat decides, or a focal point of either lead entity. ``viewer`` may see both projects."""
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.ENTITY in viewer.roles and {one.lead_entity.code, other.lead_entity.code} & viewer.entity_ids:
        return None
    return _("Only a focal point of one of the two lead entities, or the secretariat, decides about this pair.")
