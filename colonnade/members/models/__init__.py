"""Entities and people: roles, invitations, mails, extra access for hours, and the views that people keep; what became
of an entity; who looked as whom, who handed over; what happened at the door."""

from colonnade.members.models.extra_access import ExtraAccess
from colonnade.members.models.invitations import Invitation
from colonnade.members.models.mails import Mail
from colonnade.members.models.organisations import Arrangement, Entity, WorkingGroup
from colonnade.members.models.people import Person, RoleHeld
from colonnade.members.models.saved_views import SavedView
from colonnade.members.models.sign_ins import SignIn
from colonnade.members.models.standing import HandedOver, Handover, Look
from colonnade.members.models.succession import FormerName, Succession

__all__ = [
    "Arrangement",
    "Entity",
    "ExtraAccess",
    "FormerName",
    "HandedOver",
    "Handover",
    "Invitation",
    "Look",
    "Mail",
    "Person",
    "RoleHeld",
    "SavedView",
    "SignIn",
    "Succession",
    "WorkingGroup",
]
