"""``colonnade people``: the first administrator of a registry that begins with nobody, and mails sent again."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from colonnade.config.cli import people
from colonnade.config.cli.main import main
from colonnade.core.viewer import Role
from colonnade.members.models import Mail, Person
from colonnade.members.queries import holding, viewer_for

pytestmark = pytest.mark.django_db
SITE = "https://registry.example"
STRONG = {"new_password1": "a long enough password", "new_password2": "a long enough password"}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    """The commands work in the database of the test, and mail into a folder of its own."""
    monkeypatch.setattr(people, "connect_settings", lambda: None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def test_the_link_that_is_printed_makes_the_first_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["people", "invite", "rosa@office.example", "--name", "Rosa", "--address", SITE, "--print"]
    assert main(arguments) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith(f"{SITE}/people/invitation/")
    assert not Mail.objects.unscoped("test").exists()
    assert Client().post(link.removeprefix(SITE), STRONG)["Location"] == "/people/security/"
    rosa = Person.objects.get()
    assert list(holding([Role.ADMINISTRATOR], timezone.localdate())) == [rosa]
    assert viewer_for(rosa, timezone.localdate()).roles == {Role.ADMINISTRATOR}


def test_the_link_is_mailed_and_not_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["people", "invite", "rosa@office.example", "--address", SITE]) == 0
    printed = capsys.readouterr().out
    assert "invited as administrator" in printed
    assert "/invitation/" not in printed
    (mail,) = (tmp_path / "mail").glob("*.log")
    assert f"{SITE}/people/invitation/" in mail.read_text()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--role", "state-focal-point"], "Choose the State"),
        (["--role", "entity-focal-point", "--entity", "NONE"], "no entity with the code NONE"),
        (["--until", "2019-08-31"], "before the first"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_invited(
    more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", "invite", "rosa@office.example", *more]) == 2
    assert said in capsys.readouterr().err
    assert not Person.objects.exists()


def test_mails_that_failed_are_sent_again_by_command(
    capsys: pytest.CaptureFixture[str], settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert main(["people", "invite", "rosa@office.example"]) == 1
    capsys.readouterr()
    assert main(["people", "mail"]) == 0  # not before its time
    assert capsys.readouterr().out == "0 sent, 0 failed, 0 dropped\n"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert main(["people", "mail", "--failed"]) == 0
    assert capsys.readouterr().out == "1 sent, 0 failed, 0 dropped\n"
