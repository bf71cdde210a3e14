"""Mails: put into words and sent, out of the outbox. Links get their secrets here, at the last moment.

The pages only write into the outbox (:mod:`colonnade.members.actions.mails`), so that a page takes as long with a mail
as without it. :func:`watch_outbox` sends what is due, in a thread of the server, or of ``colonnade people mail``.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPResponseException
from typing import Any, Final

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from colonnade.core.actor import Actor
from colonnade.members.actions import (
    Letter,
    address_mail,
    drop_mail,
    new_secret,
    note_failed,
    note_sent,
    take_mail,
    write_mail,
)
from colonnade.members.models import ExtraAccess, Invitation, Mail, Person
from colonnade.web.people.reminders import reminder_words
from colonnade.web.shared.roles import for_whom, role_title

logger = logging.getLogger(__name__)
#: Who writes in the log what became of a mail.
POST_OFFICE: Final = Actor("post office")
#: Seconds between two looks into the outbox.
EVERY: Final = 2.0
_WHY: Final = "a mail is put into words"

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many mails left, failed, or had nobody to go to."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def site_of(request: HttpRequest) -> str:
    """Where the links of a mail lead that this request causes: ``https://host``."""
    return request.build_absolute_uri("/").rstrip("/")


def tell_of_change(person: Person, what: str, *, actor: Actor) -> None:
    """Tell ``person`` that how they sign in was changed: ``what``, a sentence."""
    context = {"what": what, "when": timezone.now().isoformat()}
    write_mail(letter=Letter(Mail.Kind.CHANGED, person, person.email, context=context), actor=actor)


def deliver_due() -> Delivered:
    """Send every mail that is due."""
    sent = failed = dropped = 0
    while (mail := take_mail(actor=POST_OFFICE)) is not None:
        message = compose(mail)
        if message is None:
            drop_mail(mail=mail, actor=POST_OFFICE)
            dropped += 1
            continue
        try:
            message.send()
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; an address that no header takes
            logger.error("A mail was not sent: %s", type(error).__name__)
            note_failed(mail=mail, error=_said(error), actor=POST_OFFICE)
            failed += 1
        else:
            note_sent(mail=mail, actor=POST_OFFICE)
            sent += 1
    return Delivered(sent, failed, dropped)


def watch_outbox(stop: threading.Event, *, every: float = EVERY) -> None:
    """Send what is due every ``every`` seconds until ``stop`` is set. A database that is away is waited for."""
    away = False
    while not stop.wait(every):
        try:
            close_old_connections()
            if Mail.objects.unscoped("whether one is due").filter(next_try_at__lte=timezone.now()).exists():
                deliver_due()
            away = False
        except DatabaseError:
            if not away:
                logger.exception("The outbox could not be read; it is tried again.")
            away = True
            connection.close()
    connection.close()


def watch_outbox_in_background() -> threading.Event:
    """:func:`watch_outbox` in a thread that ends with the process; the event that stops it before."""
    stop = threading.Event()
    threading.Thread(target=watch_outbox, args=(stop,), name="post office", daemon=True).start()
    return stop


def compose(mail: Mail) -> EmailMessage | None:
    """``mail`` in words, in its language; ``None`` where there is nobody, or nothing, to send it for any more."""
    with translation.override(mail.language):
        words = _WORDS[Mail.Kind(mail.kind)](mail)
        if words is None or mail.person is None:
            return None
        context = {"person": mail.person, **words}
        subject = " ".join(render_to_string(f"people/mail/{mail.kind}-subject.txt", context).split())
        body = render_to_string(f"people/mail/{mail.kind}.txt", context)
    return EmailMessage(subject, body, None, [mail.address])


def _invitation(mail: Mail) -> Words | None:
    found = Invitation.objects.unscoped(_WHY).select_related("person", "invited_by").filter(person=mail.person).first()
    secret = new_secret(invitation=found, actor=POST_OFFICE) if found else None
    if found is None or secret is None:
        return None
    found.refresh_from_db(fields=["expires_at"])
    link = mail.site + reverse("invitation", args=[secret])
    return {"link": link, "invited_by": found.invited_by, "until": found.expires_at}


def _reset(mail: Mail) -> Words | None:
    """Somebody typed the address; whether it is anybody's is looked up now."""
    people = Person.objects.filter(email__iexact=mail.address, is_active=True)
    person = next((person for person in people if person.has_usable_password()), None)
    if person is None:
        return None
    address_mail(mail=mail, person=person, actor=POST_OFFICE)
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return {"link": mail.site + reverse("reset-password", args=[uid, token])}


def _changed(mail: Mail) -> Words | None:
    return {"what": mail.context["what"], "when": datetime.fromisoformat(mail.context["when"])}


def _extra_access(mail: Mail) -> Words | None:
    found = (
        ExtraAccess.objects.unscoped(_WHY)
        .select_related("person", "entity", "country")
        .filter(public_id=mail.context["access"])
        .first()
    )
    if found is None:
        return None
    link = mail.site + reverse("extra-access-page", args=[found.public_id])
    return {"access": found, "role": role_title(found.role), "whom": for_whom(found), "link": link}


_WORDS: Final[Mapping[Mail.Kind, Callable[[Mail], Words | None]]] = {
    Mail.Kind.INVITATION: _invitation,
    Mail.Kind.RESET: _reset,
    Mail.Kind.CHANGED: _changed,
    Mail.Kind.EXTRA_ACCESS: _extra_access,
    Mail.Kind.REMINDER: reminder_words,
}


def _said(error: Exception) -> str:
    """What went wrong, without what the server said: that repeats the address."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    number = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{code}{number}"
