"""Roles in words, for pages and mails about people."""

from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Role
from colonnade.members.models import Entity
from colonnade.places.models import Country

ROLE_TITLES: Final[dict[Role, Promise | str]] = {
    Role.SECRETARIAT: _("Secretariat officer"),
    Role.ASSESSOR: _("Assessor"),
    Role.ENTITY: _("Focal point of an entity"),
    Role.STATE: _("Focal point of a State"),
    Role.CHAIR: _("Chair of a working group"),
    Role.BOARD: _("Member of the review board"),
    Role.DONOR: _("Donor"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator of people"),
}


class ForSomebody(Protocol):
    """A role that may be held for an entity and a State."""

    @property
    def entity(self) -> Entity | None: ...
    @property
    def country(self) -> Country | None: ...


def role_title(role: str) -> str:
    """A role in words."""
    return str(ROLE_TITLES[Role(role)])


def for_whom(held: ForSomebody) -> str:
    """Whom a role is held for: its entity, its State, or both; empty for neither."""
    return ", ".join(str(one) for one in (held.entity, held.country) if one)
