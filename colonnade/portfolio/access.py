"""Who may change what in the portfolio: ``None``, or the reason why not."""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.portfolio.models import Project


def why_not_edit(viewer: Viewer, project: Project) -> str | None:
    """A project is edited by the focal points of its lead entity and by the secretariat. ``viewer`` may see it."""
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.ENTITY in viewer.roles and project.lead_entity.code in viewer.entity_ids:
        return None
    return _("Only a focal point of the lead entity, or the secretariat, can edit this project.")


def why_never_edit(viewer: Viewer) -> str | None:
    """Whether the viewer could edit any project at all."""
    if viewer.user_id is not None and viewer.roles & {Role.SECRETARIAT, Role.ENTITY}:
        return None
    return _("Only focal points of entities and the secretariat edit projects.")
