"""What is wrong with the settings of a registry that holds real records: each by its name, its value and the mend.

Values of secrets are never part of a finding. :func:`findings` looks at settings and folders; :func:`in_the_database`
asks the server. What is *unsafe* keeps a registry in production from starting; a *warning* does not.
"""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from colonnade.core.reading import reader_role

#: Characters that a key must have at least, and how many different ones.
KEY_LENGTH, KEY_LETTERS = 40, 10
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", ""})
#: Bits of a mode that let others in. The state folder itself may be walked through: the database's account does.
_LISTED_OR_CHANGED: Final = stat.S_IROTH | stat.S_IWOTH | stat.S_IRGRP | stat.S_IWGRP
_ANYTHING: Final = stat.S_IRWXG | stat.S_IRWXO


class UnsafeSettings(ImproperlyConfigured):
    """The registry does not start: its settings are not safe for real records."""


@dataclass(frozen=True, slots=True)
class Unsafe:
    """One setting that is wrong. ``value`` says what it is now, or nothing where that is a secret."""

    setting: str
    value: str
    wrong: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning" if self.warning else "unsafe"
        value = f" ({self.value})" if self.value else ""
        return f"{kind}: {self.setting}{value}: {self.wrong}. {self.mend}."


def refuse_unsafe_start() -> None:
    """:raises UnsafeSettings: in production, where a setting is unsafe. The database is asked as well."""
    if not settings.PRODUCTION:
        return
    _insist(findings())
    try:
        _insist(in_the_database())
    finally:
        connections.close_all()  # workers that are forked from here on must not share one


def _insist(found: Iterable[Unsafe]) -> None:
    unsafe = [one for one in found if not one.warning]
    if unsafe:
        raise UnsafeSettings("\n".join(("the registry does not start with these settings:", *map(str, unsafe))))


def findings() -> Iterator[Unsafe]:
    """What is wrong with settings and folders."""
    if not settings.PRODUCTION:
        yield Unsafe(
            "COLONNADE_PRODUCTION",
            "not 1",
            "cookies go over http, https is not insisted on, and an unsafe start is not refused",
            "Set it to 1",
        )
    if settings.DEMO:
        yield Unsafe("COLONNADE_DEMO", "1", "anybody can step in as one of the demo people", "Unset it")
    if settings.DEBUG:
        yield Unsafe("DEBUG", "True", "pages of errors show settings, queries and rows", "Leave it False")
    yield from _keys()
    yield from _names()
    yield from _mail()
    yield from _proxy()
    yield from _organisations()
    yield from _anchors()
    yield from _folders()


def _keys() -> Iterator[Unsafe]:
    mend = "Give 50 random characters: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        yield Unsafe("COLONNADE_SECRET_KEY", "", "there is none, and production makes none up", mend)
        return
    for name, value in (
        ("COLONNADE_SECRET_KEY", key),
        *(("COLONNADE_SECRET_KEY_OLD", old) for old in settings.SECRET_KEY_FALLBACKS),
    ):
        if len(value) < KEY_LENGTH or len(set(value)) < KEY_LETTERS:
            wrong = f"it has {len(value)} characters, {len(set(value))} different ones; it can be guessed"
            yield Unsafe(name, "", wrong, mend)


def _names() -> Iterator[Unsafe]:
    hosts = list(settings.ALLOWED_HOSTS)
    told = " ".join(hosts)
    mend = "Name the hosts under which people open it, separated by spaces"
    if not [host for host in hosts if host not in _THIS_MACHINE]:
        yield Unsafe("COLONNADE_HOSTS", told or "empty", "it names no host that others reach", mend)
    if any(host == "*" or host.startswith(".") for host in hosts):
        yield Unsafe("COLONNADE_HOSTS", told, "links in mail would lead to whatever host a request names", mend)
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith("https://") or "*" in origin:
            yield Unsafe("COLONNADE_ORIGINS", origin, "forms are taken from there", "Name whole https:// origins only")


def _mail() -> Iterator[Unsafe]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        wrong = "invitations and new passwords are written to files and reach nobody"
        yield Unsafe("COLONNADE_MAIL_HOST", "unset", wrong, "Name the mail server")
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in _THIS_MACHINE:
        wrong = "links that let somebody in go over the network in the open"
        yield Unsafe("COLONNADE_MAIL_TLS", "none", wrong, "Set it to starttls or tls")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        wrong = "mail from there is not taken"
        yield Unsafe("COLONNADE_MAIL_FROM", settings.DEFAULT_FROM_EMAIL, wrong, "Name an address of yours")


def _proxy() -> Iterator[Unsafe]:
    header = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    if header is None:
        yield Unsafe(
            "COLONNADE_SCHEME_HEADER",
            "unset",
            "no request can be told to have come over https, so that every one would be sent there for ever",
            "Name the header that your proxy sets, and takes away from visitors: X-Forwarded-Proto",
        )
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1:
        yield Unsafe(
            "COLONNADE_PROXIES",
            str(settings.ALLAUTH_TRUSTED_PROXY_COUNT),
            "all visitors have the proxy's address: one who guesses passwords shuts everybody out",
            "Say how many proxies of yours stand before the server: 1",
        )


def _organisations() -> Iterator[Unsafe]:
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        server = app["settings"]["server_url"]
        if not server.startswith("https://"):
            wrong = f"whoever is between could sign in as people of {app['name']}"
            yield Unsafe("COLONNADE_OIDC", server, wrong, "Give the provider's https:// address")
        if not app["secret"]:
            yield Unsafe(
                "COLONNADE_OIDC", app["provider_id"], "it has no client secret", "Name its secret_file", warning=True
            )


def _anchors() -> Iterator[Unsafe]:
    folder: Path | None = settings.ANCHOR_DIR
    if folder is None:
        wrong = "nobody could tell a log that was cut short or written anew as a whole"
        yield Unsafe("COLONNADE_ANCHOR_DIR", "unset", wrong, "Name a folder on another machine", warning=True)
    elif folder.resolve().is_relative_to(settings.STATE_DIR.resolve()):
        wrong = "it lies in the state folder: who can rewrite the log can rewrite it too"
        yield Unsafe("COLONNADE_ANCHOR_DIR", str(folder), wrong, "Name a folder on another machine", warning=True)
    if settings.ANCHOR_KEY is not None:
        yield from _closed("COLONNADE_ANCHOR_KEY", settings.ANCHOR_KEY, _ANYTHING)


def _folders() -> Iterator[Unsafe]:
    state: Path = settings.STATE_DIR
    yield from _closed("COLONNADE_STATE", state, _LISTED_OR_CHANGED)
    for name in ("reports", "snapshots", "mail"):
        yield from _closed("COLONNADE_STATE", state / name, _ANYTHING)
    for name in ("secret-key", "demo-password", "postgres/credentials.json"):
        yield from _closed("COLONNADE_STATE", state / name, _ANYTHING)


def _closed(setting: str, path: Path, bits: int) -> Iterator[Unsafe]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return
    if mode & bits:
        closed = f"chmod {mode & ~bits:o} {path}"
        yield Unsafe(setting, f"{path}: {mode:o}", "other accounts of the machine get at it", f"Run {closed}")


def in_the_database() -> Iterator[Unsafe]:
    """What the database lets the application's login do that it must not, and what it still lacks.

    :raises django.db.OperationalError: where it cannot be reached.
    """
    owner = connections["owner"]
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        application, *powers = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND pg_has_role(current_user, relowner, 'MEMBER')"
        )
        owned = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [reader_role(application)])
        has_reader = cursor.fetchone()[0]
    same = owner.settings_dict["USER"] == connections["default"].settings_dict["USER"]
    yield from _logins(application, powers, owned, same=same)
    for alias, name in (("default", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL")):
        yield from _way_to_the_server(name, connections[alias].settings_dict)
    executor = MigrationExecutor(owner)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        wrong = f"the tables lack {len(plan)} migrations of this version"
        yield Unsafe("DATABASE_URL", "", wrong, "Run colonnade backup, then colonnade migrate")
    elif not has_reader:
        wrong = f"there is no role {reader_role(application)}: PostgreSQL keeps no reader from a row"
        yield Unsafe("DATABASE_URL", "", wrong, "Run colonnade migrate, which makes it or says who must")


def _logins(application: str, powers: Iterable[bool], owned: int, *, same: bool) -> Iterator[Unsafe]:
    names = ("is a superuser", "passes row level security", "makes roles", "makes databases")
    held = [name for name, has in zip(names, powers, strict=True) if has]
    if held:
        wrong = f"the application's login {' and '.join(held)}"
        mend = f"ALTER ROLE {application} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
        yield Unsafe("DATABASE_URL", f"login {application}", wrong, mend)
    if same:
        wrong = "the application signs in as the owner of the tables, and could rewrite the log"
        mend = "Make two logins, as docs/how-to/use-your-own-postgresql.md says"
        yield Unsafe("DATABASE_OWNER_URL", "the same login", wrong, mend)
    elif owned:
        wrong = f"the application's login owns {owned} tables, or holds their owner's role"
        yield Unsafe("DATABASE_URL", f"login {application}", wrong, "Give the tables to the owner's login alone")


def _way_to_the_server(name: str, entries: dict[str, Any]) -> Iterator[Unsafe]:
    host, mode = str(entries.get("HOST", "")), str(entries.get("OPTIONS", {}).get("sslmode", "prefer"))
    if host in _THIS_MACHINE or host.startswith("/") or mode == "verify-full":
        return
    yield Unsafe(
        name,
        f"host {host}, sslmode {mode}",
        "whoever is between this machine and the database can read and change what passes",
        "Add sslmode=verify-full, and sslrootcert where the server's certificate is of an authority of yours",
    )
