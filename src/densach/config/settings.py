"""Settings of the product; whatever differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.functional import lazy

from densach.config.secret import secret_key

HOME = Path(os.environ.get("DENSACH_HOME", "var")).resolve()

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'densach.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that writes takes its lock at once and waits, instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "densach.history",
    "densach.accounts",
    "densach.places",
    "densach.people",
    "densach.authority",
    "densach.authority.slips",
    "densach.lawmaking",
    "densach.assessing",
    "densach.assessing.sheets",
    "densach.assessing.evidence",
    "densach.assessing.objections",
    "densach.reporting",
    "densach.assessing.steps",
    "densach.web",
]

EVIDENCE_FOLDER = HOME / "evidence"  # the content is encrypted with the keys of the next file
KEYS_FILE = Path(os.environ.get("DENSACH_KEYS", HOME / "keys.json")).resolve()

PUBLIC_URL = os.environ.get("DENSACH_PUBLIC_URL", "")  # where others reach this installation, if they can

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "ngon-ngu"
FORMAT_MODULE_PATH = "densach.config.formats"
USE_THOUSAND_SEPARATOR = True

# Where people reach the site; the names it answers to and the safety of cookies follow from it.
ADDRESS = urlsplit(os.environ.get("DENSACH_ADDRESS", "http://127.0.0.1"))
IS_SAFE = ADDRESS.scheme == "https"
ALLOWED_HOSTS = [ADDRESS.hostname or "", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [f"https://{ADDRESS.netloc}"] if IS_SAFE else []
SECRET_KEY_FILE = HOME / "secret-key"
SECRET_KEY = lazy(secret_key, str)(SECRET_KEY_FILE)

# Signing in (docs/decisions/0018-signing-in.md). Tries are counted in the database, because all processes of all
# machines share it; what only guards one page against guessing stays in the memory of each process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody pushes out the counts of others by many names
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:duties"
ACCOUNT_ADAPTER = "densach.web.signing.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
# Five wrong passwords for one name close it for a quarter of an hour, from whichever network they come.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "slip": "30/m/ip",  # a whole village may sit in one hall behind one address
    "first_code": "30/m/ip",
}
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless one asks to stay signed in on one's own device
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROOT_URLCONF = "densach.config.urls"
WSGI_APPLICATION = "densach.config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "densach.web.middleware.BrowserHeaders",
    "densach.web.middleware.RefuseLargeBodies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "densach.web.middleware.TellRefusals",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.contrib.messages.context_processors.messages", "densach.web.context.site"]
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_SAFE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SAFE else None
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SAFE
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
CSRF_FAILURE_VIEW = "densach.web.views.failing.refused_form"

# Our own mistakes go to the standard error of the server; who asks for a page that is not there, or by a name that is
# not ours, is nobody's mistake and is not written down.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
