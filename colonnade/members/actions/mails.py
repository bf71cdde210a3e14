"""Every write about the outbox.

A mail is written in the transaction of what it tells of, by :func:`write_mail` inside an action. Whoever sends takes
one at a time with :func:`take_mail`; should they break off, it is taken again after a while.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone, translation

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Mail, Person
from colonnade.members.models.mails import RETRIES

#: How long somebody who took a mail may be sending it before another takes it.
SENDING_TAKES: Final = timedelta(minutes=5)
_WHY: Final = "the outbox"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is written: which kind, to whom, where its links lead, and what its words need."""

    kind: Mail.Kind
    person: Person | None
    address: str
    site: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@action
def write_mail(*, letter: Letter, actor: Actor) -> Mail:
    """Put a mail into the outbox, in the language of whoever writes it."""
    return Mail.objects.unscoped(_WHY).create(
        kind=letter.kind,
        person=letter.person,
        address=letter.address,
        site=letter.site,
        context=letter.context,
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )


@action
def ask_for_reset(*, address: str, site: str, actor: Actor) -> Mail:
    """Somebody forgot a password. Whether anybody has the address is found out when the mail is to be sent: until then
    the same is done for every address, in the same time."""
    return write_mail(letter=Letter(Mail.Kind.RESET, None, address, site), actor=actor)


@action
def take_mail(*, actor: Actor) -> Mail | None:
    """The next mail that is due, to be sent by whoever takes it; ``None`` where none is."""
    due = Mail.objects.unscoped(_WHY).select_for_update(skip_locked=True, of=("self",))
    mail = due.filter(next_try_at__lte=timezone.now()).select_related("person").order_by("next_try_at", "id").first()
    if mail is None:
        return None
    now = timezone.now()
    mail.state, mail.tries = Mail.State.SENDING, mail.tries + 1
    mail.tried_at, mail.next_try_at = now, now + SENDING_TAKES
    mail.save(update_fields=["state", "tries", "tried_at", "next_try_at"])
    return mail


@action
def address_mail(*, mail: Mail, person: Person, actor: Actor) -> None:
    """Note whose address a mail goes to, once that was looked up."""
    mail.person = person
    mail.save(update_fields=["person"])


@action
def note_sent(*, mail: Mail, actor: Actor) -> None:
    """A mail has left."""
    mail.state, mail.error, mail.sent_at, mail.next_try_at = Mail.State.SENT, "", timezone.now(), None
    mail.save(update_fields=["state", "error", "sent_at", "next_try_at"])


@action
def note_failed(*, mail: Mail, error: str, actor: Actor) -> None:
    """A mail did not leave. The first few times it is tried again by itself."""
    mail.state, mail.error = Mail.State.FAILED, error[:200]
    mail.next_try_at = timezone.now() + RETRIES[mail.tries - 1] if 0 < mail.tries <= len(RETRIES) else None
    mail.save(update_fields=["state", "error", "next_try_at"])


@action
def drop_mail(*, mail: Mail, actor: Actor) -> None:
    """There is nobody, or nothing, to send it for any more. An address that is nobody's is not kept."""
    mail.state, mail.error, mail.next_try_at = Mail.State.DROPPED, "", None
    if mail.person is None:
        mail.address = ""
    mail.save(update_fields=["state", "error", "next_try_at", "address"])


@action
def send_again(*, mail: Mail, actor: Actor) -> bool:
    """Have a mail that failed sent again, at once. ``False`` where it has been sent, or is being sent."""
    held = Mail.objects.unscoped(_WHY).select_for_update().get(pk=mail.pk)
    if held.state != Mail.State.FAILED:
        return False
    held.state, held.next_try_at = Mail.State.WAITING, timezone.now()
    held.save(update_fields=["state", "next_try_at"])
    return True
