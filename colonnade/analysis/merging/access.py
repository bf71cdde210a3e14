"""Who may have two records of one project made one: ``None``, or the reason why not."""

from django.utils.translation import gettext as _

from colonnade.analysis.models import Merging
from colonnade.core.viewer import Role, Viewer
from colonnade.portfolio.models import Project

#: The sides of a merging: the record that is kept, and the one that is merged into it.
KEPT, MERGED = SIDES = ("kept", "merged")


def why_never_merge(viewer: Viewer) -> str | None:
    """Whether mergings are shown to the viewer at all: that two entities recorded one project is said among them."""
    if viewer.user_id is not None and viewer.inside_the_compact:
        return None
    return _("Mergings of records are shown inside the compact.")


def why_never_propose_merging(viewer: Viewer) -> str | None:
    """Whether the viewer could propose any merging."""
    if viewer.user_id is not None and viewer.roles & {Role.SECRETARIAT, Role.ENTITY}:
        return None
    return _("Only focal points of entities and the secretariat propose that records are merged.")


def leads(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer is a focal point of the project's lead entity."""
    return Role.ENTITY in viewer.roles and project.lead_entity.code in viewer.entity_ids


def why_not_propose_merging(viewer: Viewer, one: Project, other: Project) -> str | None:
    """The secretariat proposes it, or a focal point of either lead entity. ``viewer`` may see both projects."""
    if viewer.user_id is not None and (Role.SECRETARIAT in viewer.roles or leads(viewer, one) or leads(viewer, other)):
        return None
    return _("Only a focal point of one of the two lead entities, or the secretariat, proposes this.")


def sides_to_agree(merging: Merging) -> tuple[str, ...]:
    """The sides that have not said yet that it is one project; none where one entity leads both."""
    if merging.kept.lead_entity_id == merging.merged.lead_entity_id:
        return ()
    return tuple(side for side in SIDES if getattr(merging, f"{side}_agreed_by_id") is None)


def own_sides(viewer: Viewer, merging: Merging) -> tuple[str, ...]:
    """The sides that the viewer may speak for, of those that have not said anything yet."""
    return tuple(side for side in sides_to_agree(merging) if leads(viewer, getattr(merging, side)))


def why_not_agree(viewer: Viewer, merging: Merging) -> str | None:
    """A focal point of a lead entity that has not agreed yet says that it is the same project."""
    if viewer.user_id is not None and own_sides(viewer, merging):
        return None
    return _("Only a focal point of a lead entity that has not agreed yet can do this.")


def why_not_decline(viewer: Viewer, merging: Merging) -> str | None:
    """It is declined by the secretariat, or by a focal point of either lead entity."""
    if viewer.user_id is not None and (
        Role.SECRETARIAT in viewer.roles or leads(viewer, merging.kept) or leads(viewer, merging.merged)
    ):
        return None
    return _("Only a focal point of one of the two lead entities, or the secretariat, declines this.")


def why_not_withdraw_merging(viewer: Viewer, merging: Merging) -> str | None:
    """It is withdrawn by who proposed it."""
    return None if viewer.user_id == merging.proposed_by_id else _("Only who proposed this withdraws it.")


def why_not_merge(viewer: Viewer, merging: Merging) -> str | None:
    """The secretariat merges what both lead entities called one project; not who proposed it, nor who agreed."""
    if viewer.user_id is None or Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat makes two records one.")
    if merging.proposed_by_id == viewer.user_id:
        return _("You proposed this: another person of the secretariat makes them one.")
    if viewer.user_id in (merging.kept_agreed_by_id, merging.merged_agreed_by_id):
        return _("You agreed to this for an entity: another person of the secretariat makes them one.")
    if waiting := sides_to_agree(merging):
        names = ", ".join(getattr(merging, side).lead_entity.abbreviation for side in waiting)
        return _("Not agreed to yet: %(entities)s.") % {"entities": names}
    return None
