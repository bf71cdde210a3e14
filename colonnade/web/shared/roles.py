"""Roles in words: what they are called, and for whom one is held."""

from collections.abc import Mapping
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Role
from colonnade.members.models import Entity
from colonnade.places.models import Country

ROLE_TITLES: Final[Mapping[str, Promise]] = {
    Role.SECRETARIAT: gettext_lazy("Secretariat officer"),
    Role.ASSESSOR: gettext_lazy("Assessor"),
    Role.ENTITY: gettext_lazy("Entity focal point"),
    Role.STATE: gettext_lazy("State focal point"),
    Role.CHAIR: gettext_lazy("Chair of a working group"),
    Role.BOARD: gettext_lazy("Review board member"),
    Role.DONOR: gettext_lazy("Donor"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.COORDINATOR: gettext_lazy("Resident coordinator"),
}


class ForSomebody(Protocol):
    """A role that may be held for an entity and a State."""

    @property
    def entity(self) -> Entity | None: ...
    @property
    def country(self) -> Country | None: ...


def role_title(role: str) -> str:
    """What a role is called; without one it is the public."""
    return str(ROLE_TITLES[role]) if role else _("The public")


def role_for(role: str, entity: Entity | None, country: Country | None) -> str:
    """A role with those whom it is held for."""
    held_for = _both(entity, country)
    return _("%(role)s, %(of)s") % {"role": role_title(role), "of": held_for} if held_for else role_title(role)


def for_whom(held: ForSomebody) -> str:
    """Whom a role is held for: its entity, its State, or both; empty for neither."""
    return _both(held.entity, held.country)


def _both(entity: Entity | None, country: Country | None) -> str:
    return ", ".join(str(one) for one in (entity, country) if one is not None)
