"""Settings that are not safe for real records are found by name, told with the mend, and keep a registry from starting.

Each test begins with settings that are safe and makes one of them unsafe.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections

from colonnade.config import settings as ours
from colonnade.config.cli import check
from colonnade.config.cli.main import main
from colonnade.config.deployment import Unsafe, UnsafeSettings, findings, in_the_database, refuse_unsafe_start

KEY = "k3y-of-fifty-characters-made-for-this-test-ABCDEFGH"


@pytest.fixture
def safe(settings: Any, tmp_path: Path) -> Any:
    """Settings with nothing to find in them."""
    state, anchors = tmp_path / "state", tmp_path / "another-machine"
    for folder in (state, anchors):
        folder.mkdir(mode=0o700)
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, False, False
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = KEY, []
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = ["registry.example"], ["https://registry.example"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "mail.example", True, False
    settings.DEFAULT_FROM_EMAIL = "registry@registry.example"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    settings.STATE_DIR, settings.ANCHOR_DIR, settings.ANCHOR_KEY = state, anchors, None
    return settings


def provider(server: str, *, whole: bool = True) -> dict[str, Any]:
    app = {"provider_id": "org", "name": "Org", "secret": "x" if whole else "", "settings": {"server_url": server}}
    return {"openid_connect": {"APPS": [app]}}


def one_finding() -> Unsafe:
    [found] = findings()
    return found


def test_safe_settings_have_no_findings(safe: Any) -> None:  # noqa: ARG001  # the fixture is what is tested
    assert list(findings()) == []


@pytest.mark.parametrize(
    ("setting", "value", "named", "told"),
    [
        ("PRODUCTION", False, "COLONNADE_PRODUCTION", "not 1"),
        ("DEMO", True, "COLONNADE_DEMO", "step in"),
        ("DEBUG", True, "DEBUG", "True"),
        ("SECRET_KEY", "", "COLONNADE_SECRET_KEY", "there is none"),
        ("SECRET_KEY", "short-0123456789", "COLONNADE_SECRET_KEY", "16 characters"),
        ("SECRET_KEY", "ab" * 40, "COLONNADE_SECRET_KEY", "2 different"),
        ("SECRET_KEY_FALLBACKS", ["old"], "COLONNADE_SECRET_KEY_OLD", "guessed"),
        ("ALLOWED_HOSTS", [], "COLONNADE_HOSTS", "empty"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "COLONNADE_HOSTS", "no host that others reach"),
        ("ALLOWED_HOSTS", ["*"], "COLONNADE_HOSTS", "whatever host"),
        ("ALLOWED_HOSTS", [".example"], "COLONNADE_HOSTS", "whatever host"),
        ("CSRF_TRUSTED_ORIGINS", ["http://registry.example"], "COLONNADE_ORIGINS", "http://registry.example"),
        ("CSRF_TRUSTED_ORIGINS", ["https://*.example"], "COLONNADE_ORIGINS", "https://*.example"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "COLONNADE_MAIL_HOST", "nobody"),
        ("EMAIL_USE_TLS", False, "COLONNADE_MAIL_TLS", "in the open"),
        ("DEFAULT_FROM_EMAIL", "registry@localhost", "COLONNADE_MAIL_FROM", "registry@localhost"),
        ("SECURE_PROXY_SSL_HEADER", None, "COLONNADE_SCHEME_HEADER", "https"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "COLONNADE_PROXIES", "shuts everybody out"),
        ("SOCIALACCOUNT_PROVIDERS", provider("http://id.example"), "COLONNADE_OIDC", "http://id.example"),
    ],
)
def test_an_unsafe_setting_is_named_with_its_value_and_a_mend(
    safe: Any, setting: str, value: object, named: str, told: str
) -> None:
    setattr(safe, setting, value)
    found = one_finding()
    assert (found.setting, found.warning) == (named, False)
    assert told in str(found)
    assert len(found.mend) > 5


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("ANCHOR_DIR", None, "COLONNADE_ANCHOR_DIR"),
        ("SOCIALACCOUNT_PROVIDERS", provider("https://id.example", whole=False), "COLONNADE_OIDC"),
    ],
)
def test_what_is_only_unwise_is_a_warning(safe: Any, setting: str, value: object, named: str) -> None:
    setattr(safe, setting, value)
    assert (one_finding().setting, one_finding().warning) == (named, True)


def test_anchors_in_the_state_folder_are_a_warning(safe: Any) -> None:
    safe.ANCHOR_DIR = safe.STATE_DIR / "anchors"
    assert "rewrite it too" in str(one_finding())
    assert one_finding().warning


@pytest.mark.parametrize("name", ["", "reports", "snapshots", "mail", "secret-key", "postgres/credentials.json"])
def test_what_other_accounts_can_open_is_named_with_its_mode(safe: Any, name: str) -> None:
    path = safe.STATE_DIR / name
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    assert list(findings()) == []
    path.chmod(0o755)
    found = one_finding()
    assert found.setting == "COLONNADE_STATE"
    assert f"{path}: 755" in str(found)
    assert "chmod 7" in found.mend


def test_a_key_of_anchors_that_others_can_read_is_unsafe(safe: Any, tmp_path: Path) -> None:
    safe.ANCHOR_KEY = tmp_path / "key.pem"
    safe.ANCHOR_KEY.write_text("a key")
    safe.ANCHOR_KEY.chmod(0o644)
    assert one_finding().setting == "COLONNADE_ANCHOR_KEY"


def test_no_finding_tells_a_secret(safe: Any) -> None:
    safe.SECRET_KEY, safe.SECRET_KEY_FALLBACKS = "s3cret-but-short", ["0ld-and-short"]
    told = "\n".join(map(str, findings()))
    assert "COLONNADE_SECRET_KEY_OLD" in told
    assert "s3cret" not in told
    assert "0ld-and" not in told


@pytest.mark.django_db(databases=["default", "owner"])
class TestTheDatabase:
    """What is asked of the server."""

    def test_the_logins_of_the_private_server_are_safe(self) -> None:
        assert list(in_the_database()) == []

    def test_one_login_for_both_is_unsafe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        owner = connections["owner"].settings_dict["USER"]
        monkeypatch.setitem(connections["default"].settings_dict, "USER", owner)
        assert "DATABASE_OWNER_URL" in {found.setting for found in in_the_database()}

    @pytest.mark.parametrize(
        ("host", "mode", "safe"),
        [("db.example", "require", False), ("db.example", "verify-full", True), ("/run/postgresql", "disable", True)],
    )
    def test_the_way_to_a_server_elsewhere_is_closed(
        self, monkeypatch: pytest.MonkeyPatch, host: str, mode: str, *, safe: bool
    ) -> None:
        entries = connections["default"].settings_dict
        monkeypatch.setitem(entries, "HOST", host)
        monkeypatch.setitem(entries, "OPTIONS", {"sslmode": mode})
        assert [found.value for found in in_the_database()] == ([] if safe else [f"host {host}, sslmode {mode}"])

    def test_tables_of_an_earlier_version_are_named(self) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'needs'")
        [found] = in_the_database()
        assert "colonnade migrate" in found.mend

    def test_a_login_that_owns_tables_is_unsafe(self, safe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(connections.databases, "default", dict(connections["owner"].settings_dict))
        monkeypatch.setattr("colonnade.config.deployment.connections", _Both(connections["owner"]))
        wrong = [found.wrong for found in in_the_database()]
        assert any("owner of the tables" in one for one in wrong)
        with pytest.raises(UnsafeSettings, match="owner of the tables"):
            refuse_unsafe_start()
        safe.PRODUCTION = False
        refuse_unsafe_start()

    def test_the_command_ends_with_what_it_found(
        self, safe: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(check, "connect_settings", lambda: None)  # the tests' database stays this process's
        assert main(["check", "--deploy"]) == 0
        assert "0 unsafe setting(s), 0 warning(s)" in capsys.readouterr().out
        safe.DEMO = True
        assert main(["check", "--deploy"]) == 1
        assert "COLONNADE_DEMO" in capsys.readouterr().out


class _Both:
    """Connections of which each is the owner's."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner

    def __getitem__(self, alias: str) -> Any:
        return self._owner

    def close_all(self) -> None:
        """They are the test's."""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "colonnade.config.cli", *arguments],
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@localhost:1/none", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_database_that_cannot_be_asked_is_said(tmp_path: Path) -> None:
    done = run("check", "--deploy", COLONNADE_PRODUCTION="1", COLONNADE_STATE=str(tmp_path))
    assert done.returncode == 2
    assert "could not be asked" in done.stderr
    assert "COLONNADE_SECRET_KEY: there is none" in done.stdout


@pytest.mark.parametrize("with_key", [False, True])
def test_a_server_in_production_does_not_start_with_unsafe_settings(tmp_path: Path, *, with_key: bool) -> None:
    environment = {"COLONNADE_PRODUCTION": "1", "COLONNADE_STATE": str(tmp_path), "COLONNADE_DEMO": "1"}
    done = run("serve", **environment, **({"COLONNADE_SECRET_KEY": KEY} if with_key else {}))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "COLONNADE_DEMO" in done.stderr
    assert ("COLONNADE_SECRET_KEY" in done.stderr) is not with_key
    assert KEY not in done.stderr


def test_passwords_are_hashed_slowly() -> None:
    assert not hasattr(ours, "PASSWORD_HASHERS"), "Django's own, which rise with its releases"
    assert PBKDF2PasswordHasher.iterations >= 600_000
