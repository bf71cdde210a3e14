"""The outbox: written with what it tells of, taken by one, tried again, and never twice at once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from colonnade.members.actions import (
    Letter,
    ask_for_reset,
    drop_mail,
    note_failed,
    note_sent,
    send_again,
    take_mail,
    write_mail,
)
from colonnade.members.actions.mails import SENDING_TAKES
from colonnade.members.models import Mail
from colonnade.members.models.mails import RETRIES
from colonnade.members.tests.people import ACTOR, somebody

pytestmark = pytest.mark.django_db


def written() -> Mail:
    person = somebody("karim")
    return write_mail(letter=Letter(Mail.Kind.CHANGED, person, person.email), actor=ACTOR)


def due_now() -> None:
    Mail.objects.unscoped("test").exclude(next_try_at=None).update(next_try_at=timezone.now() - timedelta(seconds=1))


def taken() -> Mail:
    mail = take_mail(actor=ACTOR)
    assert mail is not None
    return mail


def test_a_mail_is_not_there_where_what_it_tells_of_did_not_happen() -> None:
    with transaction.atomic():
        written()
        transaction.set_rollback(True)
    assert take_mail(actor=ACTOR) is None


def test_a_mail_is_taken_by_one() -> None:
    written()
    assert taken().state == "sending"
    assert taken_again() is None


def taken_again() -> Mail | None:
    return take_mail(actor=ACTOR)


def test_what_was_taken_and_never_answered_for_is_taken_again_after_a_while() -> None:
    written()
    mail = taken()
    assert mail.next_try_at is not None
    assert timedelta(0) < mail.next_try_at - timezone.now() <= SENDING_TAKES
    due_now()
    assert taken().tries == 2


def test_a_sent_mail_is_never_taken_again() -> None:
    written()
    note_sent(mail=taken(), actor=ACTOR)
    due_now()
    assert taken_again() is None


def test_a_mail_that_fails_is_tried_four_times_more_and_then_left_to_a_person() -> None:
    mail = written()
    waits = []
    for _ in range(len(RETRIES)):
        due_now()
        note_failed(mail=taken(), error="ConnectionRefusedError", actor=ACTOR)
        mail.refresh_from_db()
        assert mail.next_try_at is not None
        waits.append(round((mail.next_try_at - timezone.now()) / timedelta(minutes=1)))
    assert waits == [1, 10, 60, 360]
    due_now()
    note_failed(mail=taken(), error="ConnectionRefusedError", actor=ACTOR)
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.next_try_at, mail.error) == ("failed", 5, None, "ConnectionRefusedError")
    assert send_again(mail=mail, actor=ACTOR)
    assert taken().pk == mail.pk


def test_only_what_failed_is_sent_again() -> None:
    mail = written()
    assert not send_again(mail=mail, actor=ACTOR)
    note_sent(mail=taken(), actor=ACTOR)
    assert not send_again(mail=mail, actor=ACTOR)


def test_an_address_that_is_nobodys_is_not_kept() -> None:
    mail = ask_for_reset(address="stranger@office.example", site="https://registry.example", actor=ACTOR)
    drop_mail(mail=taken(), actor=ACTOR)
    mail.refresh_from_db()
    assert (mail.state, mail.address, mail.next_try_at) == ("dropped", "", None)
