"""From a person to the viewer they are today."""

from datetime import date

from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import Person

#: Roles that see what is confidential about the States they are held for.
SPEAKS_FOR_STATES = frozenset({Role.STATE, Role.ASSESSOR})


def viewer_for(person: Person | None, on: date) -> Viewer:
    """What ``person`` may see on ``on``: the roles in force that day, and whom they are held for."""
    if person is None or not person.is_active:
        return PUBLIC
    held = [role for role in person.roles_held.select_related("entity", "country") if role.held_on(on)]
    return Viewer(
        user_id=person.pk,
        roles=frozenset(Role(role.role) for role in held),
        entity_ids=frozenset(role.entity.code for role in held if role.entity),
        country_codes=frozenset(role.country.code for role in held if role.country and role.role in SPEAKS_FOR_STATES),
    )
