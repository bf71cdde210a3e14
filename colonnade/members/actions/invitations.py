"""Every write about invitations: the one way in for somebody new."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.access import why_not_administer, why_not_invite_again
from colonnade.members.actions.mails import Letter, write_mail
from colonnade.members.actions.roles import PeopleRefused, grant, now_as
from colonnade.members.models import Entity, Invitation, Mail, Person
from colonnade.members.passwords import set_password
from colonnade.places.models import Country

_WHY = "an action about people"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role that somebody is to hold."""

    role: Role
    starts_on: date
    ends_on: date | None = None
    entity: Entity | None = None
    country: Country | None = None


class InvitationClosed(ValueError):
    """An invitation cannot be accepted any more."""


@action
def invite(
    *, name: str, address: str, roles: Sequence[Wanted], by: Person | None, site: str, actor: Actor
) -> Invitation:
    """Ask somebody in, with ``roles`` that stand ready, by a mail whose links lead to ``site``.

    ``by`` is the administrator who asks; ``None`` is whoever runs the machine. Without a ``site`` there is no mail: the
    caller hands over the link of :func:`new_secret`. Raises :class:`PeopleRefused`.
    """
    if by is not None and (reason := why_not_administer(now_as(by))):
        raise PeopleRefused(reason)
    if not roles:
        raise PeopleRefused(_("Choose a role: without one, somebody sees what the public sees."))
    settled = address.strip().lower()
    if Person.objects.select_for_update().filter(email__iexact=settled).exists():
        raise PeopleRefused(_("Somebody with this address is among the people already."))
    person = Person(email=settled, name=" ".join(name.split()))
    person.set_unusable_password()
    person.save()
    for wanted in roles:
        grant(person, wanted, by)
    invitation = Invitation.objects.unscoped(_WHY).create(person=person, invited_by=by, expires_at=_until())
    if site:
        _write(invitation, site, actor)
    return invitation


@action
def invite_again(*, invitation: Invitation, by: Person, site: str, actor: Actor) -> None:
    """Another mail with another link; the link before it does not work any more. Raises :class:`PeopleRefused`."""
    held = _held(invitation)
    if reason := why_not_invite_again(now_as(by), held):
        raise PeopleRefused(reason)
    held.secret_hash, held.expires_at = "", _until()
    held.save(update_fields=["secret_hash", "expires_at"])
    waiting = Mail.objects.unscoped(_WHY).filter(person=held.person, kind=Mail.Kind.INVITATION)
    # What failed before is not sent beside it.
    waiting.exclude(state=Mail.State.SENT).update(state=Mail.State.DROPPED, next_try_at=None)
    _write(held, site, actor)


@action
def new_secret(*, invitation: Invitation, actor: Actor) -> str | None:
    """The secret of a link that accepts ``invitation``, in the place of any before; ``None`` where it is closed.

    It is told once, to be sent at once: here stays its digest.
    """
    held = _held(invitation)
    if held.why_closed(timezone.now()) in {"accepted", "withdrawn"}:
        return None
    secret = secrets.token_urlsafe(32)
    held.secret_hash, held.expires_at = digest(secret), _until()
    held.save(update_fields=["secret_hash", "expires_at"])
    return secret


@action
def accept_invitation(*, invitation: Invitation, secret: str | None, password: str | None, actor: Actor) -> Person:
    """Somebody comes in: with the link's ``secret`` and a new ``password``, or through their organisation, which
    spoke for their address (both ``None``). Once. Raises :class:`InvitationClosed`.
    """
    held = _held(invitation)
    if held.why_closed(timezone.now()) or (secret is not None and held.secret_hash != digest(secret)):
        raise InvitationClosed
    held.accepted_at, held.secret_hash = timezone.now(), ""
    held.save(update_fields=["accepted_at", "secret_hash"])
    return held.person if password is None else set_password(person=held.person, password=password, actor=actor)


def invitation_behind(secret: str, at: datetime) -> Invitation | None:
    """The invitation that a link with ``secret`` accepts ``at`` this moment."""
    found = Invitation.objects.unscoped("whoever has the secret").filter(secret_hash=digest(secret))
    invitation = found.select_related("person").first()
    return None if invitation is None or invitation.why_closed(at) else invitation


def digest(secret: str) -> str:
    """What stands in the table for a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _held(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.unscoped(_WHY).select_for_update(of=("self",)).select_related("person")
    return locked.get(pk=invitation.pk)


def _write(invitation: Invitation, site: str, actor: Actor) -> None:
    person = invitation.person
    write_mail(letter=Letter(Mail.Kind.INVITATION, person, person.email, site), actor=actor)


def _until() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)
