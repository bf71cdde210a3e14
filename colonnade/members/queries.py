"""From a person to the viewer they are today, and from an officer's look to the viewer that they look as; who
administers people, and who watches those who do."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import ExtraAccess, Invitation, Look, Person, RoleHeld
from colonnade.members.models.extra_access import ExtraAccessQuerySet
from colonnade.members.successions import with_predecessors

#: Roles that see what is confidential about the States they are held for.
SPEAKS_FOR_STATES = frozenset({Role.STATE, Role.ASSESSOR})
#: Who can take extra access.
MAY_TAKE: Final = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
#: Who is told of extra access, and sees what was read under it.
WATCHERS: Final = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is at this moment: the viewer, their extra access, and all extra access that they watch."""

    viewer: Viewer
    extra: tuple[ExtraAccess, ...] = ()
    watched: tuple[ExtraAccess, ...] = ()


def viewer_for(person: Person | None, on: date) -> Viewer:
    """What ``person`` may see on ``on``: the roles in force that day, and whom they are held for.

    Whoever acts for an entity acts for those that it followed by then. Extra access is for hours, so it counts where
    ``on`` is today, and only at this moment.
    """
    return standing_of(person, on).viewer


def standing_of(person: Person | None, on: date) -> Standing:
    """:func:`viewer_for`, with the extra access that is in force: two queries, three while there is any."""
    if person is None or not person.is_active:
        return Standing(PUBLIC)
    known = person.roles_held.select_related("entity", "country").annotate(some_extra=Exists(_in_force()))
    granted = [role for role in known if role.held_on(on)]
    roles = {Role(role.role) for role in granted}
    in_force: tuple[ExtraAccess, ...] = ()
    if on == timezone.localdate() and any(role.some_extra for role in granted):
        in_force = extra_access_now()
    # It rests on a role: with the role that let somebody take it, it goes.
    extra = tuple(one for one in in_force if one.person_id == person.pk and roles & MAY_TAKE)
    held: list[RoleHeld | ExtraAccess] = [*granted, *extra]
    viewer = _viewer_of(person.pk, held, on)
    return Standing(viewer, extra, in_force if viewer.roles & WATCHERS else extra)


def extra_access_now() -> tuple[ExtraAccess, ...]:
    """The extra access that is in force at this moment, whoever has it."""
    return tuple(_in_force().select_related("person", "entity", "country"))


def _in_force() -> ExtraAccessQuerySet:
    return ExtraAccess.objects.unscoped("makes the viewer").in_force(timezone.now())


def holding(roles: Iterable[Role], on: date) -> QuerySet[Person]:
    """People who are in, are not withdrawn, and hold one of ``roles`` on ``on`` by grant."""
    held = RoleHeld.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        person=OuterRef("pk"),
        role__in=list(roles),
        starts_on__lte=on,
        ended_at__isnull=True,
    )
    return Person.objects.filter(~Exists(outside()), Exists(held), is_active=True).order_by("pk")


def outside() -> QuerySet[Invitation]:
    """For a query of people: the invitation that somebody has not accepted."""
    return Invitation.objects.unscoped("whether somebody has come in").filter(
        person=OuterRef("pk"), accepted_at__isnull=True
    )


def viewer_of_role(held: RoleHeld, on: date) -> Viewer:
    """What the holder of ``held`` sees through this role alone."""
    return _viewer_of(held.person_id, [held], on)


def viewer_looked_as(look: Look, on: date) -> Viewer:
    """The viewer that an officer looks as. It is nobody in particular: what one person keeps for themselves is not
    among what a role sees."""
    if not look.role:
        return PUBLIC
    return _viewer_of(None, [look], on)


def _viewer_of(user_id: int | None, held: Sequence[RoleHeld | ExtraAccess | Look], on: date) -> Viewer:
    """The viewer that roles make, with those whom each is held for: the one place that says what a role opens."""

    def states(roles: Collection[Role]) -> frozenset[str]:
        return frozenset(one.country.code for one in held if one.country and one.role in roles)

    return Viewer(
        user_id=user_id,
        roles=frozenset(Role(one.role) for one in held),
        entity_ids=_acted_for([one.entity.code for one in held if one.entity], on),
        country_codes=states(SPEAKS_FOR_STATES),
        gives_states=states({Role.DONOR}),
        gives_entities=frozenset(one.entity.code for one in held if one.entity and one.role == Role.DONOR),
        coordinates=states({Role.COORDINATOR}),
    )


def _acted_for(codes: Collection[str], on: date) -> frozenset[str]:
    return with_predecessors(codes, on) if codes else frozenset()
