"""Who may do what with a response: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and records that they may see. Who claims does not verify,
whatever roles they hold together.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import Recommendation, Response
from colonnade.portfolio.models import Project

#: Roles in which one speaks for an entity.
OF_ENTITIES = frozenset({Role.ENTITY, Role.CHAIR})


def why_never_claim(viewer: Viewer) -> str | None:
    """Whether the viewer could claim any response at all."""
    if viewer.user_id is not None and (Role.SECRETARIAT in viewer.roles or viewer.roles & OF_ENTITIES):
        return None
    return _("Focal points of entities claim responses, and the secretariat for them.")


def why_not_claim(viewer: Viewer, need: Recommendation, project: Project, partners: Collection[str] = ()) -> str | None:
    """A response is claimed by the lead entity of the project or one of its ``partners`` (codes), or by the secretariat
    for the lead; and only of a need that is open."""
    if reason := why_never_claim(viewer):
        return reason
    if need.standing != Recommendation.Standing.OPEN:
        return _("This recommendation is not open any more.")
    if Role.SECRETARIAT in viewer.roles or viewer.entity_ids & {project.lead_entity.code, *partners}:
        return None
    return _("Only an entity that takes part in the project can claim that it responds.")


def claimed_by(viewer: Viewer, response: Response) -> bool:
    """Whether the viewer stands behind the claim: made it, or speaks for the entity that did."""
    made = viewer.user_id is not None and viewer.user_id == response.claimed_by_person_id
    return made or bool(viewer.roles & OF_ENTITIES and response.claimed_by.code in viewer.entity_ids)


def why_never_judge(viewer: Viewer) -> str | None:
    """Whether the viewer could verify any response at all."""
    if viewer.user_id is not None and (
        Role.SECRETARIAT in viewer.roles or (Role.ASSESSOR in viewer.roles and viewer.country_codes)
    ):
        return None
    return _("Only the State's assessor or the secretariat can do this.")


def why_not_judge(viewer: Viewer, response: Response) -> str | None:
    """Responses are verified, returned and rejected by the assessor of the State or the secretariat, never by whoever
    stands behind the claim."""
    assesses = Role.ASSESSOR in viewer.roles and response.recommendation.country.code in viewer.country_codes
    if viewer.user_id is None or not (assesses or Role.SECRETARIAT in viewer.roles):
        return _("Only the State's assessor or the secretariat can do this.")
    if claimed_by(viewer, response):
        return _("Your side claimed this: somebody else has to look at it.")
    return None


def why_never_contest(viewer: Viewer) -> str | None:
    """Whether the viewer could contest any response at all."""
    if viewer.user_id is not None and (
        viewer.roles & OF_ENTITIES or (Role.STATE in viewer.roles and viewer.country_codes)
    ):
        return None
    return _("Only the State, or another entity, can contest this.")


def why_not_contest(viewer: Viewer, response: Response) -> str | None:
    """A response is contested by the State whose need it is, or by another entity than the one that claims it."""
    if reason := why_never_contest(viewer):
        return reason
    if claimed_by(viewer, response):
        return _("Your side claimed this: withdraw it instead.")
    own = Role.STATE in viewer.roles and response.recommendation.country.code in viewer.country_codes
    return None if own or viewer.roles & OF_ENTITIES else _("Only the State, or another entity, can contest this.")


def why_not_answer(viewer: Viewer, response: Response) -> str | None:
    """A claim is withdrawn, or made again, by whoever stands behind it; by the secretariat where it claimed it."""
    if viewer.user_id is not None and claimed_by(viewer, response):
        return None
    return _("Only the entity that claimed this can do so.")
