"""People as the list and their own pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from colonnade.members.models import Person, RoleHeld
from colonnade.members.queries import outside
from colonnade.web.shared.roles import for_whom, role_title

ACTIVE, INVITED, WITHDRAWN = "active", "invited", "withdrawn"
STANDINGS: Final[dict[str, Promise | str]] = {
    ACTIVE: _("active"),
    INVITED: _("invited"),
    WITHDRAWN: _("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of somebody, in words."""

    held: RoleHeld
    title: str
    whom: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list, with the roles of today."""

    person: Person
    standing: str
    roles: tuple[RoleRow, ...]


def people_matching(*, typed: str, standing: str, role: str, on: date) -> QuerySet[Person]:
    """People by name, each with whether they have come in (``is_outside``) and their roles; filters that are empty
    leave everybody."""
    found = Person.objects.annotate(is_outside=Exists(outside())).order_by("name", "pk")
    for word in typed.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if standing == WITHDRAWN:
        found = found.filter(is_active=False)
    elif standing in {ACTIVE, INVITED}:
        found = found.filter(is_active=True, is_outside=standing == INVITED)
    if role:
        today = RoleHeld.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            person=OuterRef("pk"),
            role=role,
            starts_on__lte=on,
            ended_at__isnull=True,
        )
        found = found.filter(Exists(today))
    roles = RoleHeld.objects.select_related("entity", "country").order_by("pk")
    return found.prefetch_related(Prefetch("roles_held", queryset=roles))


def row_of(person: Person, on: date) -> PersonRow:
    """Somebody that :func:`people_matching` found."""
    return PersonRow(
        person,
        standing_in(person, is_outside=person.is_outside),  # type: ignore[attr-defined]  # annotated above
        tuple(in_words(role) for role in person.roles_held.all() if role.held_on(on)),
    )


def standing_in(person: Person, *, is_outside: bool) -> str:
    """``active``, ``invited`` or ``withdrawn``."""
    if not person.is_active:
        return WITHDRAWN
    return INVITED if is_outside else ACTIVE


def in_words(role: RoleHeld) -> RoleRow:
    """A role in words."""
    return RoleRow(role, role_title(role.role), for_whom(role))


@dataclass(frozen=True, slots=True)
class Roles:
    """Somebody's roles by time."""

    now: list[RoleRow]
    future: list[RoleRow]
    past: list[RoleRow]


def roles_of(person: Person, on: date) -> Roles:
    """The roles that ``person`` holds, is to hold and has held."""
    found = Roles([], [], [])
    for role in person.roles_held.select_related("entity", "country").order_by("-starts_on", "-pk"):
        future = role.ended_at is None and role.starts_on > on
        (found.now if role.held_on(on) else found.future if future else found.past).append(in_words(role))
    return found
