"""Settings of the product; whatever differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.functional import lazy

from densach.config.connecting import connection_to
from densach.config.identity import read_provider
from densach.config.secret import secret_key

HOME = Path(os.environ.get("DENSACH_HOME", "var")).resolve()

DATABASES = {"default": connection_to(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'densach.sqlite3'}")}

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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "densach.history",
    "densach.jobs",
    "densach.accounts",
    "densach.places",
    "densach.people",
    "densach.people.protected",
    "densach.authority",
    "densach.authority.slips",
    "densach.lawmaking",
    "densach.assessing",
    "densach.assessing.sheets",
    "densach.assessing.privacy",
    "densach.assessing.dossiers",
    "densach.assessing.evidence",
    "densach.assessing.scans",
    "densach.assessing.objections",
    "densach.reporting",
    "densach.reporting.breakdowns",
    "densach.reporting.figures",
    "densach.reporting.formalism",
    "densach.reporting.reviews",
    "densach.reporting.sums",
    "densach.reporting.targets",
    "densach.assessing.past",
    "densach.assessing.steps",
    "densach.assessing.verifying",
    "densach.assessing.meetings",
    "densach.assessing.signing",
    "densach.awards",
    "densach.awards.central",
    "densach.awards.praise",
    "densach.awards.register",
    "densach.awards.councils",
    "densach.awards.cases",
    "densach.api",
    "densach.web",
]

WORK_FOLDER = HOME / "work"  # files of background work; web server and workers share it
EVIDENCE_FOLDER = HOME / "evidence"  # the content is encrypted with the keys of the next file
CALENDAR_FOLDER = HOME / "calendars"  # the days off of a year, as `densach awards calendar` enters them
BLANK_FOLDER = HOME / "blanks"  # layouts for bought blanks, as `densach awards blank` enters them
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
AUTHENTICATION_BACKENDS = ["densach.web.signing.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:duties"
ACCOUNT_ADAPTER = "densach.web.signing.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]  # nobody signs up; the library wants them for the next
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = (
    "mandatory"  # a mail address is kept once its code came back, never asked for at signing in
)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail from here who has no account
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # seconds; a text message may take some minutes in the hills
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Eight digits, three tries for each and ten codes a day: a guess succeeds once in three million days.
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
PHONE_SENDER = os.environ.get("DENSACH_PHONE_SENDER", "")
SMTP = urlsplit(
    os.environ.get("DENSACH_SMTP", "")
)  # smtp://, smtp+tls:// (STARTTLS) or smtps://name:password@host:port
MAIL_IS_SET = bool(SMTP.hostname)
EMAIL_HOST, EMAIL_PORT = SMTP.hostname or "", SMTP.port or (465 if SMTP.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(SMTP.username or ""), unquote(SMTP.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.scheme == "smtp+tls", SMTP.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DENSACH_MAIL_FROM", f"densach@{ADDRESS.hostname}")
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
# Five wrong passwords for one name close it for a quarter of an hour, from whichever network they come.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip,3/15m/key,10/d/key",
    "verify_phone": "1/30s/key,3/m/ip,10/d/key",
    "change_phone": "3/m/user",
    "slip": "30/m/ip",  # a whole village may sit in one hall behind one address
    "slip_code": "60/m/ip,3/15m/key,10/d/key",  # the same hall; but no phone is rung again and again
    "first_code": "30/m/ip",
}
MFA_ADAPTER = "densach.web.signing.second.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SAFE  # on one's own machine; browsers allow keys only there or over https
IDENTITY = read_provider(os.environ.get("DENSACH_OIDC", ""))
SOCIALACCOUNT_ADAPTER = "densach.web.signing.identity.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = IDENTITY.for_library() if IDENTITY else {}
SOCIALACCOUNT_EMAIL_REQUIRED = SOCIALACCOUNT_QUERY_EMAIL = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SESSION_ENGINE = "densach.web.signing.sessions"
SESSION_COOKIE_AGE = 30 * 86_400  # the longest lifetime of web/signing/lifetimes.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless one asks to stay signed in on one's own device
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROOT_URLCONF = "densach.config.urls"
APPEND_SLASH = False  # no address of ours ends in one; to look for it would resolve every address twice
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
    "densach.web.signing.lifetimes.SessionLifetime",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "densach.web.middleware.WithoutNul",
    "densach.web.middleware.OneLaw",
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
        "form-action": [SELF, *([IDENTITY.origin] if IDENTITY else [])],
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
