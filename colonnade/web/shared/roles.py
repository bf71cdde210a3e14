"""Roles in words: what they are called, and for whom one is held."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Role
from colonnade.members.models import Entity
from colonnade.places.models import Country

TITLES: Final[Mapping[str, Promise]] = {
    Role.SECRETARIAT: gettext_lazy("Secretariat officer"),
    Role.ASSESSOR: gettext_lazy("Assessor"),
    Role.ENTITY: gettext_lazy("Entity focal point"),
    Role.STATE: gettext_lazy("State focal point"),
    Role.CHAIR: gettext_lazy("Chair of a working group"),
    Role.BOARD: gettext_lazy("Review board member"),
    Role.DONOR: gettext_lazy("Donor"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}


def role_title(role: str) -> str:
    """What a role is called; without one it is the public."""
    return str(TITLES[role]) if role else _("The public")


def role_for(role: str, entity: Entity | None, country: Country | None) -> str:
    """A role with those whom it is held for."""
    held_for = ", ".join(str(one) for one in (entity, country) if one is not None)
    return _("%(role)s, %(of)s") % {"role": role_title(role), "of": held_for} if held_for else role_title(role)
