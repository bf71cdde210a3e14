"""Every write about entities and people."""

from colonnade.members.actions.extra_access import AccessRefused, end_extra_access, take_extra_access
from colonnade.members.actions.invitations import (
    InvitationClosed,
    Wanted,
    accept_invitation,
    invite,
    invite_again,
    new_secret,
)
from colonnade.members.actions.loading import (
    DemoPerson,
    PublishingOrganisation,
    list_publishers,
    welcome_demo_people,
)
from colonnade.members.actions.mails import (
    Letter,
    address_mail,
    ask_for_reset,
    drop_mail,
    note_failed,
    note_sent,
    send_again,
    take_mail,
    write_mail,
)
from colonnade.members.actions.roles import PeopleRefused, deactivate, end_role, grant_role, reactivate
from colonnade.members.actions.saved_views import ViewRefused, end_view, rename_view, save_view
from colonnade.members.actions.sign_ins import (
    note_confirmed,
    note_not_confirmed,
    note_refused,
    note_sign_in_failed,
    note_signed_in,
    note_signed_out,
)

__all__ = [
    "AccessRefused",
    "DemoPerson",
    "InvitationClosed",
    "Letter",
    "PeopleRefused",
    "PublishingOrganisation",
    "ViewRefused",
    "Wanted",
    "accept_invitation",
    "address_mail",
    "ask_for_reset",
    "deactivate",
    "drop_mail",
    "end_extra_access",
    "end_role",
    "end_view",
    "grant_role",
    "invite",
    "invite_again",
    "list_publishers",
    "new_secret",
    "note_confirmed",
    "note_failed",
    "note_not_confirmed",
    "note_refused",
    "note_sent",
    "note_sign_in_failed",
    "note_signed_in",
    "note_signed_out",
    "reactivate",
    "rename_view",
    "save_view",
    "send_again",
    "take_extra_access",
    "take_mail",
    "welcome_demo_people",
    "write_mail",
]
