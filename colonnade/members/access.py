"""Who may change what about members: ``None``, or the reason why not.

Where a function takes a viewer, it is the viewer as they are at this moment.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, ExtraAccess, Invitation, Person, RoleHeld, SavedView
from colonnade.members.models.standing import LOOKED_AS
from colonnade.places.models import Country

#: Role -> what it is held for: required, and allowed beside.
FOR_AN_ENTITY: Final = {Role.ENTITY: True, Role.ASSESSOR: False, Role.CHAIR: False}
FOR_A_STATE: Final = {Role.STATE: True, Role.ASSESSOR: True, Role.COORDINATOR: True}
#: Roles whose holders pass on what is open when they leave.
HANDED_OVER = frozenset({Role.ENTITY, Role.STATE})


def why_not_change_view(person: Person, view: SavedView) -> str | None:
    """A view is renamed and ended by whoever saved it."""
    return None if view.person_id == person.pk else _("Only whoever saved a view can rename or end it.")


def why_not_share_with(person: Person, entity: Entity, held: list[RoleHeld]) -> str | None:
    """A view is shared with people whom its owner belongs to: ``held`` are the owner's roles of today."""
    if any(role.person_id == person.pk and role.entity_id == entity.pk for role in held):
        return None
    return _("A view can be shared with the people of your own entity only.")


def why_not_see_people(viewer: Viewer) -> str | None:
    """Who has an account, and with which roles, is shown to administrators and to auditors."""
    if viewer.roles & {Role.ADMINISTRATOR, Role.AUDITOR}:
        return None
    return _("Only administrators and auditors see who has an account.")


def why_not_administer(viewer: Viewer) -> str | None:
    """People are administered by administrators. Extra access makes nobody one."""
    return None if Role.ADMINISTRATOR in viewer.roles else _("Only an administrator can do this.")


def why_not_administer_person(viewer: Viewer, person: Person) -> str | None:
    """An administrator does it, and to somebody else."""
    if reason := why_not_administer(viewer):
        return reason
    return _("Another administrator does this for you.") if viewer.user_id == person.pk else None


def why_not_hold(role: Role, entity: Entity | None, country: Country | None) -> str | None:
    """What a role is held for: some need an entity or a State, others can have none."""
    if FOR_AN_ENTITY.get(role) and entity is None:
        return _("Choose the entity that this role is for.")
    if FOR_A_STATE.get(role) and country is None:
        return _("Choose the State that this role is for.")
    if entity is not None and role not in FOR_AN_ENTITY:
        return _("This role is not held for an entity: leave it empty.")
    if country is not None and role not in FOR_A_STATE:
        return _("This role is not held for a State: leave it empty.")
    return None


def why_not_in_time(starts_on: date, ends_on: date | None, today: date) -> str | None:
    """A role begins today or later, and does not end before it begins."""
    if starts_on < today:
        return _("A role begins today or later.")
    if ends_on is not None and ends_on < starts_on:
        return _("The last day is before the first.")
    return None


def why_not_grant(viewer: Viewer | None, person: Person) -> str | None:
    """Nobody grants a role to themselves. Without a viewer, whoever runs the machine asks."""
    if viewer is not None:
        if reason := why_not_administer(viewer):
            return reason
        if viewer.user_id == person.pk:
            return _("Nobody grants a role to themselves: ask another administrator.")
    return None if person.is_active else _("This person is withdrawn: let them in again first.")


def why_not_end_role(viewer: Viewer, role: RoleHeld, left: Collection[int]) -> str | None:
    """``left`` are the administrators who would be left, by key."""
    if reason := why_not_administer(viewer):
        return reason
    if role.ended_at is not None:
        return _("This role was ended already.")
    if role.role == Role.ADMINISTRATOR and not left:
        return _("This is the last administrator: make somebody else one first.")
    return None


def why_not_deactivate(viewer: Viewer, person: Person, left: Collection[int]) -> str | None:
    """``left`` are the administrators who would be left, by key."""
    if reason := why_not_administer_person(viewer, person):
        return reason
    if not person.is_active:
        return _("This person is withdrawn already.")
    return None if left else _("This is the last administrator: make somebody else one first.")


def why_not_reactivate(viewer: Viewer, person: Person) -> str | None:
    """Somebody who was withdrawn is let in again by another."""
    if reason := why_not_administer_person(viewer, person):
        return reason
    return _("This person is in already.") if person.is_active else None


def why_not_invite_again(viewer: Viewer, invitation: Invitation) -> str | None:
    """Another mail with another link, as long as the invitation was not accepted."""
    if reason := why_not_administer(viewer):
        return reason
    if invitation.accepted_at is not None:
        return _("This invitation was accepted already.")
    return None if invitation.person.is_active else _("This person is withdrawn: let them in again first.")


def why_never_take(viewer: Viewer) -> str | None:
    """Extra access is for administrators and officers."""
    if viewer.roles & {Role.ADMINISTRATOR, Role.SECRETARIAT}:
        return None
    return _("Only administrators and the secretariat can take extra access.")


def why_not_take(viewer: Viewer, role: Role, extra: Collection[ExtraAccess]) -> str | None:
    """Extra access administers nobody, and is not taken on top of itself."""
    if reason := why_never_take(viewer):
        return reason
    if role == Role.ADMINISTRATOR:
        return _("Nobody becomes an administrator this way: another administrator grants that role.")
    if any(one.role == role for one in extra):
        return _("You have this access already. It can be taken again when it has ended.")
    return None


def why_not_end_access(viewer: Viewer, access: ExtraAccess, at: datetime) -> str | None:
    """It is ended early by whoever has it, by an administrator, or by the secretariat."""
    own = viewer.user_id is not None and viewer.user_id == access.person_id
    if not own and not viewer.roles & {Role.ADMINISTRATOR, Role.SECRETARIAT}:
        return _("Only whoever has this access, an administrator or the secretariat can end it.")
    return _("This access is over.") if at >= access.over_at else None


def why_not_change_entities(viewer: Viewer) -> str | None:
    """That entities merged, were split or renamed is recorded by the secretariat."""
    if Role.SECRETARIAT in viewer.roles and viewer.user_id is not None:
        return None
    return _("Only the secretariat records what became of entities.")


def why_not_look(viewer: Viewer) -> str | None:
    """Looking as somebody else is the secretariat's, who sees every record: nobody sees more by it."""
    if Role.SECRETARIAT in viewer.roles and viewer.user_id is not None:
        return None
    return _("Only the secretariat looks as somebody else: whoever does must see all that the other sees.")


def why_not_look_as(viewer: Viewer, role: str, entity: Entity | None, country: Country | None) -> str | None:
    """A look is as the public or as a role, for an entity or a State where the role is for one."""
    if reason := why_not_look(viewer):
        return reason
    if role and role not in LOOKED_AS:
        return _("Nobody looks as an administrator: that role is about people, not about records.")
    if role == Role.ENTITY and entity is None:
        return _("Choose the entity whose focal point you want to look as.")
    if role in FOR_A_STATE and country is None:
        return _("Choose the State: this role is held for one.")
    return None


def why_not_hand_over(viewer: Viewer, role: RoleHeld) -> str | None:
    """What is open is passed on by whoever leaves, or for them by an officer or an administrator."""
    if role.role not in HANDED_OVER:
        return _("Only focal points of entities and of States hand over.")
    if viewer.user_id is not None and viewer.user_id == role.person_id:
        return None
    if viewer.user_id is not None and viewer.roles & {Role.SECRETARIAT, Role.ADMINISTRATOR}:
        return None
    return _("Only whoever leaves, an officer or an administrator can hand this over.")


def why_not_take_over(role: RoleHeld, colleague: Person, held: list[RoleHeld], on: date) -> str | None:
    """It is passed on to a colleague of the same entity or State: ``held`` are the colleague's roles."""
    if colleague.pk == role.person_id:
        return _("Choose somebody else than the person who leaves.")
    same = (role.role, role.entity_id, role.country_id)
    if colleague.is_active and any(
        (one.role, one.entity_id, one.country_id) == same and one.held_on(on) for one in held
    ):
        return None
    return _("It can be passed on to somebody with the same role for the same entity or State only.")


def why_never_hand_over(viewer: Viewer) -> str | None:
    """Whether the viewer could hand anything over at all."""
    if viewer.roles & {*HANDED_OVER, Role.SECRETARIAT, Role.ADMINISTRATOR}:
        return None
    return _("Only focal points of entities and of States hand over.")


def why_not_keep_views(viewer: Viewer) -> str | None:
    """Views are kept by people: a look at the pages as a role is nobody in particular."""
    return None if viewer.user_id is not None else _("Only whoever is signed in keeps views.")
