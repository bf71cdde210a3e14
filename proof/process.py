"""Making a process fit for the proof: Django with settings that answer alike everywhere, a clock that stands."""

import os
import random
import shutil
from pathlib import Path
from typing import NamedTuple


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def prepare() -> None:
    """Set Django up and stop the clock. Nothing of this process is of use for anything else afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
    import django  # the settings are named first

    django.setup()
    from django.conf import settings
    from django.core.mail import message

    from colonnade.config.database import database_urls
    from proof.stillness import stand_still

    # Every world has a state folder of its own, and the server stays the one of this checkout.
    urls = database_urls()
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = urls.app, urls.owner
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # What is compared is what is said, not what it costs to guess a password.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = False
    _load_everything()
    # How full the disk is differs from moment to moment.
    shutil.disk_usage = lambda _path: _Usage(10**12, 5 * 10**11, 5 * 10**11)  # type: ignore[assignment,return-value]  # of the same shape
    # The number of the process is in it, which says nothing and is another in each world.
    message.make_msgid = _message_id
    stand_still()


def _message_id(idstring: str | None = None, domain: str | None = None) -> str:  # noqa: ARG001  # the library's shape
    return f"<{random.getrandbits(64)}@{domain}>"


def _load_everything() -> None:
    """Import every page and read every template and catalogue, so that forked processes have them, and stand still."""
    from django.conf import settings
    from django.template import engines
    from django.test import Client
    from django.urls import get_resolver
    from django.utils import translation

    pages = get_resolver().url_patterns
    assert pages
    folders: list[Path] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]  # as the settings write them
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            engines["django"].get_template(str(path.relative_to(folder)))
    for code, _title in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Projects")
    Client().handler.load_middleware()
