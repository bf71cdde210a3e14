"""What the environment's variables mean for signing in, mail and production: plain values for the settings.

Reading them fails loudly: a half-read configuration of who may come in is worse than none.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

#: What a provider's table must name.
_REQUIRED: Final = ("key", "name", "server", "client_id", "domains")
_KNOWN: Final = {*_REQUIRED, "secret", "secret_file", "trusts_second_factor", "second_factor_acr"}


def flag(environment: Mapping[str, str], name: str) -> bool:
    """Whether the variable ``name`` is ``1``."""
    return environment.get(name, "") == "1"


def secret(environment: Mapping[str, str], name: str) -> str:
    """The secret in ``name``, or in the file that ``name`` with ``_FILE`` names; empty where there is neither."""
    if given := environment.get(name):
        return given
    path = environment.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else ""


def organisations(path: str) -> list[dict[str, Any]]:
    """The organisations whose people sign in with their own provider (OpenID Connect), from a TOML file.

    Each ``[[provider]]`` names ``key`` (part of the address), ``name``, ``server`` (the issuer), ``client_id``,
    ``secret`` or ``secret_file``, ``domains`` (whose e-mail addresses it may speak for), ``trusts_second_factor``
    (default false: our own second factor is asked for as well), and ``second_factor_acr``, the classes (``acr``) by
    which a trusted one says that it asked, where it does not say ``mfa`` among its methods (``amr``). One that says
    neither asked for none. An empty path is no organisation.

    :raises ImproperlyConfigured: naming the file and the provider, where something is missing or unknown.
    """
    if not path:
        return []
    with Path(path).open("rb") as file:
        tables = tomllib.load(file).get("provider", [])
    return [_provider(path, table) for table in tables]


def _provider(path: str, table: Mapping[str, Any]) -> dict[str, Any]:
    name = table.get("key", "without a key")
    if missing := [field for field in _REQUIRED if not table.get(field)]:
        raise ImproperlyConfigured(f"{path}: provider {name} lacks {', '.join(missing)}")
    if unknown := sorted(set(table) - _KNOWN):
        raise ImproperlyConfigured(f"{path}: provider {name} has {', '.join(unknown)}, which mean nothing")
    secret_file = table.get("secret_file")
    return {
        "provider_id": table["key"],
        "name": table["name"],
        "client_id": table["client_id"],
        "secret": Path(secret_file).read_text().strip() if secret_file else table.get("secret", ""),
        "settings": {
            "server_url": table["server"],
            "domains": [domain.lower() for domain in table["domains"]],
            "trusts_second_factor": bool(table.get("trusts_second_factor", False)),
            "second_factor_acr": list(table.get("second_factor_acr", [])),
            "oauth_pkce_enabled": True,
        },
    }


def mail(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Django's settings of e-mail: a server where ``COLONNADE_MAIL_HOST`` names one, else files in ``folder``."""
    common = {"DEFAULT_FROM_EMAIL": environment.get("COLONNADE_MAIL_FROM", "registry@localhost")}
    host = environment.get("COLONNADE_MAIL_HOST")
    if not host:
        return common | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    tls = environment.get("COLONNADE_MAIL_TLS", "starttls")
    if tls not in {"starttls", "tls", "none"}:
        raise ImproperlyConfigured(f"COLONNADE_MAIL_TLS is {tls!r}: it is starttls, tls or none")
    return common | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(environment.get("COLONNADE_MAIL_PORT", "465" if tls == "tls" else "587")),
        "EMAIL_HOST_USER": environment.get("COLONNADE_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": secret(environment, "COLONNADE_MAIL_PASSWORD"),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "tls",
        "EMAIL_TIMEOUT": 20,
    }


#: The process's own environment.
ENVIRONMENT: Final[Mapping[str, str]] = os.environ
