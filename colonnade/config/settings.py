"""Django's settings, read from the environment; a checkout without any works as a demo on its own machine.

Databases are placeholders here: :mod:`colonnade.config.database` fills them in when a command needs one, so that
commands which need none (``report verify``) start nothing.
"""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
STATE_DIR = Path(os.environ.get("COLONNADE_STATE", ROOT / ".colonnade"))
PACK_DIR = Path(os.environ.get("COLONNADE_PACK", ROOT / "strategies" / "ungcts"))
SNAPSHOT_DIR = STATE_DIR / "snapshots"

#: Whether this is a demonstration on illustrative records: only then can anyone step in as one of the demo people.
DEMO = os.environ.get("COLONNADE_DEMO", "") == "1"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("COLONNADE_HOSTS", "localhost 127.0.0.1 [::1]").split()


def _secret_key() -> str:
    """The key from the environment, or one made for this checkout and kept in its state folder."""
    if given := os.environ.get("COLONNADE_SECRET_KEY"):
        return given
    path = STATE_DIR / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    STATE_DIR.mkdir(mode=0o711, parents=True, exist_ok=True)
    draft = path.with_name(f"secret-key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process of this checkout was first; its key stands
    finally:
        draft.unlink()
    return path.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "colonnade.audit",
    "colonnade.strategy",
    "colonnade.places",
    "colonnade.members",
    "colonnade.portfolio",
    "colonnade.needs",
    "colonnade.funding",
    "colonnade.results",
    "colonnade.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "colonnade.web.middleware.ViewerMiddleware",
    "colonnade.web.middleware.PagePolicyMiddleware",
]

ROOT_URLCONF = "colonnade.config.urls"
WSGI_APPLICATION = "colonnade.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # One folder an area, each with its own templates.
        "DIRS": sorted((ROOT / "colonnade" / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "colonnade.web.context.house",
            ],
            "string_if_invalid": "",
        },
    }
]

#: ``default`` signs in as the application, ``owner`` as the owner of the tables (migrations only).
DATABASES = {
    alias: {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "colonnade",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
    for alias in ("default", "owner")
}
DATABASES["owner"]["CONN_MAX_AGE"] = 0

AUTH_USER_MODEL = "members.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [ROOT / "colonnade" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = STATE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
