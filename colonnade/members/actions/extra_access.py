"""Every write about extra access: taken at once, announced to everybody who watches, over by itself."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.access import why_not_end_access, why_not_hold, why_not_take
from colonnade.members.actions.mails import Letter, write_mail
from colonnade.members.actions.roles import now_as
from colonnade.members.models import Entity, ExtraAccess, Mail, Person
from colonnade.members.queries import WATCHERS, extra_access_now, holding
from colonnade.places.models import Country

_WHY = "an action about extra access"


class AccessRefused(ValueError):
    """Extra access cannot be taken, or ended, as asked; the text says why."""


@action
def take_extra_access(
    *,
    person: Person,
    role: Role,
    entity: Entity | None,
    country: Country | None,
    reason: str,
    hours: int,
    site: str,
    actor: Actor,
) -> ExtraAccess:
    """Give ``person`` a role for ``hours``, from now on, and announce it by mail to everybody who watches.

    Raises :class:`AccessRefused`.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    own = [one for one in extra_access_now() if one.person_id == person.pk]
    _insist(why_not_take(now_as(person), role, own))
    _insist(why_not_hold(role, entity, country))
    said = " ".join(reason.split())
    if not said:
        raise AccessRefused(_("Say why: everybody who watches is told."))
    if not 1 <= hours <= settings.EXTRA_ACCESS_HOURS:
        raise AccessRefused(_("At most %(hours)s hours at a time.") % {"hours": settings.EXTRA_ACCESS_HOURS})
    now = timezone.now()
    access = ExtraAccess.objects.unscoped(_WHY).create(
        person=person,
        role=role,
        entity=entity,
        country=country,
        reason=said,
        begins_at=now,
        ends_at=now + timedelta(hours=hours),
    )
    for watcher in holding(WATCHERS, timezone.localdate()):
        letter = Letter(Mail.Kind.EXTRA_ACCESS, watcher, watcher.email, site, {"access": access.public_id})
        write_mail(letter=letter, actor=actor)
    return access


@action
def end_extra_access(*, access: ExtraAccess, by: Person, actor: Actor) -> ExtraAccess:
    """End extra access before its time. Raises :class:`AccessRefused`."""
    held = ExtraAccess.objects.unscoped(_WHY).select_for_update().get(pk=access.pk)
    now = timezone.now()
    _insist(why_not_end_access(now_as(by), held, now))
    held.ended_at, held.ended_by = now, by
    held.save(update_fields=["ended_at", "ended_by"])
    return held


def _insist(reason: str | None) -> None:
    if reason:
        raise AccessRefused(reason)
