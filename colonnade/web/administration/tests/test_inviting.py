"""Inviting somebody: the form, the mail, the link, coming in; and a mail that fails."""

from collections.abc import Callable, Sequence
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.viewer import Role
from colonnade.members.models import Invitation, Mail, Person
from colonnade.web.administration.tests.conftest import browser_of, invitation_typed, link_in, person_with
from colonnade.web.conftest import Reader
from colonnade.web.people.post import deliver_due
from colonnade.web.people.tests.conftest import PASSWORD, code_of, content, key_shown
from colonnade.web.shared.signed_in import CONFIRMED

Posted = Callable[[], list[EmailMessage]]
INVITE = "/people/administration/invite/"
NEW = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def today() -> str:
    return timezone.localdate().isoformat()


def invite(desk: Client, **more: str) -> Person:
    typed = {"roles-0-role": "auditor", "roles-0-starts_on": today()} | more
    # Forms that nobody touched hold today, as they were shown.
    untouched = {f"roles-{number}-starts_on": today() for number in range(3)}
    answer = desk.post(INVITE, invitation_typed(**(untouched | typed)))
    assert answer.status_code == 302, content(answer.content.decode())
    return Person.objects.get(email=(typed.get("address") or "karim@office.example"))


def test_an_invitation_goes_from_the_form_to_a_second_factor(desk: Client, posted: Posted) -> None:
    person = invite(desk)
    messages = posted()
    assert [message.to for message in messages] == [["karim@office.example"]]
    assert "Rosa invites you" in str(messages[0].body)
    link, client = link_in(messages[0]), Client()
    page = content(client.get(link).content.decode())
    assert "Welcome, Karim" in page
    assert "Auditor" in page
    assert client.post(link, NEW)["Location"] == "/people/security/"
    assert client.get("/projects/")["Location"] == "/people/security/"
    client.post("/people/security/app/", {"code": code_of(key_shown(client))})
    assert client.get("/").wsgi_request.viewer.roles == {Role.AUDITOR}  # type: ignore[attr-defined]  # the middleware's mark
    assert "does not work any more" in Client().get(link).content.decode()
    assert Client().post(link, NEW).status_code == 404
    assert person.has_usable_password() != Person.objects.get(pk=person.pk).has_usable_password()


def test_several_roles_stand_ready(desk: Client) -> None:
    person = invite(desk, **{"roles-1-role": "donor", "roles-1-ends_on": "2999-12-31"})
    assert sorted(person.roles_held.values_list("role", flat=True)) == ["auditor", "donor"]


def test_what_was_typed_is_kept_beside_what_is_wrong(desk: Client) -> None:
    answer = desk.post(INVITE, invitation_typed(**{"roles-0-role": "state_focal_point"}))
    page = content(answer.content.decode())
    assert answer.status_code == 400
    assert 'value="karim@office.example"' in page
    assert 'value="2999-01-01"' in page
    assert not Person.objects.filter(email="karim@office.example").exists()


def test_without_a_role_nobody_is_invited(desk: Client) -> None:
    untouched = {f"roles-{number}-starts_on": today() for number in range(3)}
    assert desk.post(INVITE, invitation_typed(**untouched)).status_code == 400
    assert not Person.objects.filter(email="karim@office.example").exists()


@pytest.mark.parametrize("typed", [{"new_password1": "short", "new_password2": "short"}, {}])
def test_looking_and_a_weak_password_use_nothing_up(typed: dict[str, str], desk: Client, posted: Posted) -> None:
    invite(desk)
    link = link_in(posted()[0])
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert Client().post(link, typed).status_code == 200
    assert Client().post(link, NEW).status_code == 302


def test_whoever_is_signed_in_already_does_not_come_in_as_themselves(desk: Client, posted: Posted) -> None:
    person = invite(desk)
    desk.post(link_in(posted()[0]), NEW)
    assert desk.session["_auth_user_id"] == str(person.pk)
    assert desk.get("/projects/")["Location"] == "/people/security/"


def test_a_link_that_is_wrong_old_or_withdrawn_says_the_same(desk: Client, posted: Posted) -> None:
    person = invite(desk)
    link = link_in(posted()[0])
    wrong = content(Client().get("/people/invitation/wrong/").content.decode())
    Invitation.objects.unscoped("test").update(expires_at=timezone.now())
    assert content(Client().get(link).content.decode()) == wrong
    desk.post(f"/people/administration/{person.public_id}/invite-again/")
    newer = link_in(posted()[1])
    assert content(Client().get(link).content.decode()) == wrong
    desk.post(f"/people/administration/{person.public_id}/withdraw/")
    assert content(Client().get(newer).content.decode()) == wrong


def test_no_link_stands_in_the_outbox_or_in_the_log(desk: Client, posted: Posted) -> None:
    invite(desk)
    secret = link_in(posted()[0]).split("/")[3]
    assert len(secret) == 43
    rows = [str(row) for row in Mail.objects.unscoped("test").values()]
    rows += [str(row) for row in Event.objects.values()]
    rows += [str(row) for row in Invitation.objects.unscoped("test").values()]
    assert not any(secret in row for row in rows)


class Refusing:
    """A mail server that takes no mail."""

    error: Exception = SMTPResponseException(550, "karim@office.example is unknown")

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _messages: Sequence[EmailMessage]) -> int:
        raise self.error


class Unknowing(Refusing):
    """A mail server that does not know who it is for."""

    error = SMTPRecipientsRefused({"karim@office.example": (550, b"unknown")})


@pytest.mark.parametrize(("server", "said"), [(Refusing, "SMTPResponseException 550"), (Unknowing, "SMTPRecipients")])
def test_a_mail_that_fails_is_seen_and_sent_again_with_another_link(
    server: type[Refusing], said: str, desk: Client, posted: Posted, settings: LazySettings
) -> None:
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{server.__module__}.{server.__qualname__}"
    invite(desk)
    assert deliver_due().failed == 1
    page = content(desk.get("/people/administration/mails/").content.decode())
    assert said in page
    assert "1 mail failed" in page
    mail = Mail.objects.unscoped("test").get()
    assert "karim" not in mail.error
    before = Invitation.objects.unscoped("test").get().secret_hash
    settings.EMAIL_BACKEND = good
    assert posted() == []  # not before its time
    desk.post(f"/people/administration/mails/{mail.public_id}/again/")
    assert Client().get(link_in(posted()[0])).status_code == 200
    assert Invitation.objects.unscoped("test").get().secret_hash != before
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.error) == ("sent", 2, "")


def test_a_mail_whose_invitation_was_withdrawn_is_not_sent(desk: Client, posted: Posted) -> None:
    person = invite(desk)
    desk.post(f"/people/administration/{person.public_id}/withdraw/")
    assert posted() == []
    assert Mail.objects.unscoped("test").get().state == "dropped"


def test_inviting_asks_whoever_confirmed_long_ago_and_keeps_what_they_typed(desk: Client) -> None:
    session = desk.session
    session[CONFIRMED] = 0.0
    session.save()
    page = content(desk.post(INVITE, invitation_typed()).content.decode())
    assert "Confirm that it is you" in page
    assert not Person.objects.filter(email="karim@office.example").exists()


@pytest.mark.parametrize("name", ["public", "officer", "focal", "state", "donor"])
def test_nobody_else_has_these_pages(name: str, reader: Reader, desk: Client) -> None:
    person = invite(desk)
    mail = Mail.objects.unscoped("test").get()
    client, base = reader(name), "/people/administration/"
    for path in ("", "invite/", "mails/", f"{person.public_id}/"):
        assert client.get(base + path).status_code == 404
    posts = ("invite-again/", "grant/", "roles/1/end/", "withdraw/", "let-in/", "forget-factors/", "end-sessions/")
    for path in (f"mails/{mail.public_id}/again/", "invite/", *(f"{person.public_id}/{one}" for one in posts)):
        assert client.post(base + path).status_code == 404
    assert Person.objects.get(pk=person.pk).is_active


def test_an_auditor_reads_these_pages_and_changes_nothing(desk: Client) -> None:
    person = invite(desk)
    auditor, base = browser_of(person_with(Role.AUDITOR, "auditor")), "/people/administration/"
    for path in ("", "mails/", f"{person.public_id}/"):
        answer = auditor.get(base + path)
        assert answer.status_code == 200
        assert '<form method="post"' not in content(answer.content.decode())
    assert auditor.get(base + "invite/").status_code == 404
    assert auditor.post(f"{base}{person.public_id}/withdraw/").status_code == 404
