"""Django's settings, read from the environment; a checkout without any works as a demo on its own machine.

Databases are placeholders here: :mod:`colonnade.config.database` fills them in when a command needs one, so that
commands which need none (``report verify``) start nothing.
"""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from colonnade.config.variables import ENVIRONMENT, flag, mail, organisations, secret

ROOT = Path(__file__).resolve().parents[2]
STATE_DIR = Path(os.environ.get("COLONNADE_STATE", ROOT / ".colonnade"))
PACK_DIR = Path(os.environ.get("COLONNADE_PACK", ROOT / "strategies" / "ungcts"))
SNAPSHOT_DIR = STATE_DIR / "snapshots"
#: Where the sealer writes an anchor of each new head, best on another machine; and the Ed25519 key that signs it.
ANCHOR_DIR = Path(given) if (given := os.environ.get("COLONNADE_ANCHOR_DIR")) else None
ANCHOR_KEY = Path(given) if (given := os.environ.get("COLONNADE_ANCHOR_KEY")) else None

#: Whether this is a demonstration on illustrative records: only then can anyone step in as one of the demo people.
DEMO = os.environ.get("COLONNADE_DEMO", "") == "1"
#: Whether real records are kept here: the start then refuses settings that are not safe (``colonnade check --deploy``).
PRODUCTION = flag(ENVIRONMENT, "COLONNADE_PRODUCTION")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("COLONNADE_HOSTS", "localhost 127.0.0.1 [::1]").split()


def _secret_key() -> str:
    """The key from the environment; else, except in production, one made for this checkout and kept in its folder."""
    if given := secret(ENVIRONMENT, "COLONNADE_SECRET_KEY"):
        return given
    if PRODUCTION:
        return ""  # Django refuses to work with none
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
#: Keys that were replaced: what they sealed and signed is still read.
SECRET_KEY_FALLBACKS = secret(ENVIRONMENT, "COLONNADE_SECRET_KEY_OLD").split()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "colonnade.audit",
    "colonnade.strategy",
    "colonnade.places",
    "colonnade.members",
    "colonnade.portfolio",
    "colonnade.needs",
    "colonnade.funding",
    "colonnade.review",
    "colonnade.results",
    "colonnade.analysis",
    "colonnade.web",
]

MIDDLEWARE = [
    "colonnade.web.house.middleware.RouteMiddleware",
    # Outside of all that answers: files, probes, redirects and errors carry the policy as well.
    "colonnade.web.middleware.PagePolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "colonnade.web.house.middleware.HealthMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "colonnade.web.people.middleware.SignedInMiddleware",
    "colonnade.web.middleware.ViewerMiddleware",
    "colonnade.web.looking.middleware.LookingMiddleware",
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

# Signing in: with a password and a second factor, with a passkey, or through an organisation's own provider.
AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "colonnade.members.own_words.OwnWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "colonnade.web.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is verified by the invitation that was sent to it
# The five wrong passwords or codes that somebody has in five minutes are counted for the person; the rest by address.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip",
    "reset_password_mail": "5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "colonnade.web.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no address is unverified: see above
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Colonnade"
SOCIALACCOUNT_ADAPTER = "colonnade.web.people.adapters.OrganisationAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": organisations(os.environ.get("COLONNADE_OIDC", ""))}}
#: How many proxies of our own stand before the server: the visitor's address is that many from the end.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("COLONNADE_PROXIES", "0"))
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
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our pages

# Counts of wrong passwords and codes, and codes used: in the database, which all workers share. Not under audit.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_kept_for_a_while"}}

SESSION_ENGINE = "colonnade.web.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
#: A session ends this many seconds after signing in, whatever is done in it,
SESSION_COOKIE_AGE = 8 * 3600
#: and where nobody asked for a page in it for this long.
SESSION_IDLE = 30 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
#: Where the pages are reached, for links in mails that no page causes (``https://registry.example``).
SITE_ADDRESS = os.environ.get("COLONNADE_ADDRESS", "http://localhost:8000").rstrip("/")
#: Days for which the link of an invitation works.
INVITATION_DAYS = int(os.environ.get("COLONNADE_INVITATION_DAYS", "7"))
#: The most hours for which somebody can take extra access at a time.
EXTRA_ACCESS_HOURS = int(os.environ.get("COLONNADE_EXTRA_ACCESS_HOURS", "4"))
#: Seconds for which somebody who showed that it is they is not asked again before something that cannot be taken back.
CONFIRMED_FOR = 600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    # A name with __Host- is taken by browsers over https only, for this host only, for all of it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
#: The header in which a proxy of our own says that the visitor came over https (``X-Forwarded-Proto``). It must take
#: that header away from visitors.
if _scheme_header := os.environ.get("COLONNADE_SCHEME_HEADER"):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_scheme_header.upper().replace('-', '_')}", "https")
CSRF_TRUSTED_ORIGINS = os.environ.get("COLONNADE_ORIGINS", "").split()

globals().update(mail(ENVIRONMENT, STATE_DIR / "mail"))

# The formatter keeps people and records out of the log; it says how.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "colonnade.config.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would print or send the request; its records go to the root's.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # What was not found is in the server's log of accesses.
        "django.request": {"level": "ERROR"},
    },
}
