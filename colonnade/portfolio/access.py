"""Who may change what in the portfolio: ``None``, or the reason why not."""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Level, Role, Viewer
from colonnade.portfolio.models import MarkerCheck, Project


def why_not_edit(viewer: Viewer, project: Project) -> str | None:
    """A project is edited by the focal points of its lead entity and by the secretariat. ``viewer`` may see it."""
    if Role.SECRETARIAT in viewer.roles:
        return None
    if Role.ENTITY in viewer.roles and project.lead_entity.code in viewer.entity_ids:
        return None
    return _("Only a focal point of the lead entity, or the secretariat, can edit this project.")


def why_not_publish(viewer: Viewer, project: Project) -> str | None:
    """What member entities share is published, and taken back, by those who edit it; what is confidential about a State
    is not published here."""
    if reason := why_not_edit(viewer, project):
        return reason
    if project.level == Level.RESTRICTED:
        return _("This project is confidential: it is not published here.")
    return None


def why_never_edit(viewer: Viewer) -> str | None:
    """Whether the viewer could edit any project at all."""
    if viewer.user_id is not None and viewer.roles & {Role.SECRETARIAT, Role.ENTITY}:
        return None
    return _("Only focal points of entities and the secretariat edit projects.")


def why_not_score(viewer: Viewer, project: Project) -> str | None:
    """Markers are scored by the focal points of the lead entity and by the secretariat. ``viewer`` may see it."""
    if why_not_edit(viewer, project) is None:
        return None
    return _("Only a focal point of the lead entity, or the secretariat, scores the markers of this project.")


def why_not_draw(viewer: Viewer) -> str | None:
    """Samples of scores are drawn by the secretariat."""
    if viewer.user_id is not None and Role.SECRETARIAT in viewer.roles:
        return None
    return _("Only the secretariat draws samples.")


def why_not_check(viewer: Viewer, check: MarkerCheck) -> str | None:
    """A drawn score is checked by the secretariat or a chair of a working group; never by who scored it, nor by
    somebody who acts for the lead entity. ``viewer`` may see it."""
    if viewer.user_id is None or not viewer.roles & {Role.SECRETARIAT, Role.CHAIR}:
        return _("Only the secretariat and the chairs of working groups check scores.")
    if check.outcome:
        return _("This score was checked.")
    if check.scored_by_id == viewer.user_id:
        return _("You gave this score; a second person checks it.")
    if check.project.lead_entity.code in viewer.entity_ids:
        return _("You act for the entity that leads this project; somebody else checks it.")
    return None


def why_not_answer(viewer: Viewer, check: MarkerCheck) -> str | None:
    """A score that a check proposes is answered by the focal points of the lead entity, once, and not by who checked.
    ``viewer`` may see it."""
    if viewer.user_id is None or Role.ENTITY not in viewer.roles:
        return _("Only a focal point of the lead entity answers.")
    if check.project.lead_entity.code not in viewer.entity_ids:
        return _("Only a focal point of the lead entity answers.")
    if check.outcome != MarkerCheck.Outcome.PROPOSES:
        return _("No other score is proposed.")
    if check.answer:
        return _("This was answered.")
    if check.checked_by_id == viewer.user_id:
        return _("You proposed this score; another person answers.")
    return None
