"""Who may do what with a request: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a request that they may see. Whoever answered for an
entity does not name it as the lead.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import AssistancePassing, AssistanceRequest
from colonnade.needs.responses.access import OF_ENTITIES
from colonnade.places.models import Country


def why_never_file(viewer: Viewer) -> str | None:
    """Whether the viewer could file any request at all."""
    if viewer.user_id is not None and (Role.SECRETARIAT in viewer.roles or files_for(viewer)):
        return None
    return _("Only focal points of States file requests, and for them their resident coordinators and the secretariat.")


def why_not_file(viewer: Viewer, country: Country) -> str | None:
    """A request is filed by the State whose it is, or for it by its resident coordinator or the secretariat."""
    if reason := why_never_file(viewer):
        return reason
    if Role.SECRETARIAT in viewer.roles or country.code in files_for(viewer):
        return None
    return _("You can file requests of your own State only.")


def files_for(viewer: Viewer) -> frozenset[str]:
    """The States that the viewer files requests of, as their focal point or their resident coordinator."""
    return viewer.coordinates | _own_states(viewer)


def _own_states(viewer: Viewer) -> frozenset[str]:
    """The States whose focal point the viewer is. Whoever assesses a State does not speak for it."""
    return viewer.country_codes if Role.STATE in viewer.roles else frozenset()


def brings(viewer: Viewer, country: Country) -> bool:
    """Whether what the viewer files for ``country`` is brought by its resident coordinator, and nobody else."""
    speaks = Role.SECRETARIAT in viewer.roles or country.code in _own_states(viewer)
    return not speaks and country.code in viewer.coordinates


def speaks_for(viewer: Viewer, asked: AssistanceRequest) -> bool:
    """Whether the viewer is a focal point of the State that asks."""
    return asked.country.code in _own_states(viewer)


def acts_for(viewer: Viewer, code: str | None) -> bool:
    """Whether the viewer speaks for an entity."""
    return bool(viewer.user_id is not None and viewer.roles & OF_ENTITIES and code and code in viewer.entity_ids)


def is_officer(viewer: Viewer) -> bool:
    """Whether the viewer is of the secretariat, which serves the coordination committee and its chair."""
    return viewer.user_id is not None and Role.SECRETARIAT in viewer.roles


def why_not_pass(viewer: Viewer, _asked: AssistanceRequest) -> str | None:
    """A request is passed on by the secretariat, for the chair of the committee or the resident coordinator."""
    return None if is_officer(viewer) else _("The secretariat passes requests on.")


def why_not_name_lead(viewer: Viewer, _asked: AssistanceRequest) -> str | None:
    """The secretariat names who leads, of those who answered that they can."""
    return None if is_officer(viewer) else _("The secretariat names who leads.")


def why_not_name(viewer: Viewer, passing: AssistancePassing) -> str | None:
    """Whether the viewer may name this entity: it said that it can lead, and somebody else said so for it."""
    if passing.answer != AssistancePassing.Answer.CAN_LEAD:
        return _("A lead is one of the entities that answered that they can lead.")
    if passing.answered_by_id == viewer.user_id:
        return _("You answered for this entity: somebody else has to name it.")
    return None


def leads(viewer: Viewer, asked: AssistanceRequest) -> bool:
    """Whether the viewer speaks for the entity that was named."""
    return acts_for(viewer, asked.lead.code if asked.lead else None)


def why_not_lead(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """What comes of a request is recorded by the entity that leads, or by the secretariat for it."""
    if is_officer(viewer) or leads(viewer, asked):
        return None
    return _("The entity that leads, or the secretariat for it, does this.")


def why_not_close(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """A request is closed by the secretariat, or by the entity that leads it."""
    return why_not_lead(viewer, asked)


def why_not_join(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """Whoever leads the programme says that the State joined."""
    if asked.sort != AssistanceRequest.Sort.JOINING:
        return _("This is no request to join a programme.")
    return why_not_lead(viewer, asked)


def why_not_project(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """A request for assistance becomes a project of its lead."""
    if asked.sort != AssistanceRequest.Sort.ASSISTANCE:
        return _("A request to join a programme becomes no project of its own.")
    return why_not_lead(viewer, asked)


def why_not_withdraw(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """A request is withdrawn by its State, or by the secretariat when the State tells it."""
    if speaks_for(viewer, asked) or is_officer(viewer):
        return None
    return _("Only the State, or the secretariat for it, can withdraw its request.")


def why_not_object(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """A State objects to the closing of its request: once, and within the time that the rules gave it then."""
    if viewer.user_id is None or not speaks_for(viewer, asked):
        return _("Only the State objects to the closing of its request.")
    if asked.objected_on is not None:
        return _("Your State objected once, and it was answered.")
    if asked.object_until is None or asked.object_until < timezone.localdate():
        return _("The time in which the State can object is over.")
    return None


def why_not_settle(viewer: Viewer, _asked: AssistanceRequest) -> str | None:
    """An objection is dealt with by the secretariat."""
    return None if is_officer(viewer) else _("The secretariat answers an objection.")


def why_not_uphold(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """That a closing stands is said by another person than closed it."""
    if reason := why_not_settle(viewer, asked):
        return reason
    if asked.closed_by_id == viewer.user_id:
        return _("You closed this request: another person says whether that stands.")
    return None


def why_not_set_readers(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """Who reads a request is its State's to say, or the secretariat's when the State tells it."""
    if speaks_for(viewer, asked) or is_officer(viewer):
        return None
    return _("Only the State, or the secretariat for it, says who reads its request.")


def why_not_answer(viewer: Viewer, passing: AssistancePassing) -> str | None:
    """An entity answers for itself, while the request is open."""
    if not acts_for(viewer, passing.entity.code):
        return _("A focal point of the entity answers for it.")
    if passing.of_request.standing not in (AssistanceRequest.Standing.PASSED, AssistanceRequest.Standing.LED):
        return _("This request is not open any more.")
    return None


def why_not_tell(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """That somebody was told is recorded by the secretariat, the entity that the State turned to, or the lead."""
    if is_officer(viewer) or leads(viewer, asked) or acts_for(viewer, asked.sent_to.code if asked.sent_to else None):
        return None
    return _("The secretariat, the entity that the State turned to or the one that leads records this.")


def why_not_safeguard(viewer: Viewer, asked: AssistanceRequest) -> str | None:
    """The safeguards are answered by the entity that leads, or by the secretariat for it, before anything is done."""
    if asked.standing != AssistanceRequest.Standing.LED:
        return _("The safeguards are answered once a lead is named, and before anything comes of the request.")
    return why_not_lead(viewer, asked)
