import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from neuromancers.settings.base import *  # noqa: F403
from neuromancers.settings.base import AUTH_PASSWORD_VALIDATORS, MIDDLEWARE, NEURO_ACCOUNTS, NEURO_CMS, VAR_DIR


def required(name: str) -> str:
    """A value that only the environment may give. Raises ImproperlyConfigured without it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment.")
    return value


def flag(name: str) -> bool:
    """A switch. Raises ImproperlyConfigured for anything that is neither clearly on nor clearly off."""
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "false", "true", "no", "yes"):
        raise ImproperlyConfigured(f"Set {name} to 1 or 0.")
    return value in ("1", "true", "yes")


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
if SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("SECRET_KEY is the one for development. Make a long random one.")

BASE_URL = required("BASE_URL")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must start with https://.")
HOST = urlsplit(BASE_URL).hostname or ""
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", HOST).split(",") if host]

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if flag("BEHIND_PROXY"):
    # Only for a proxy that always sets this header itself: otherwise a visitor could.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Rate limits count visitors, not the proxy; it has to set X-Forwarded-For.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# The prefix makes browsers refuse a cookie that a subdomain or a page without TLS has set.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

AUTH_PASSWORD_VALIDATORS = [
    {**validator, "OPTIONS": {"min_length": 12}} if validator["NAME"].endswith("MinimumLengthValidator") else validator
    for validator in AUTH_PASSWORD_VALIDATORS
]

# Whitenoise comes right after the security middleware. Its files have their hash in their name.
MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by the processes of one machine, so that rate limits hold across them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(VAR_DIR / "cache")},
}
# A page never waits for the mail server: mails go out with the next tick.
NEURO_ACCOUNTS = {**NEURO_ACCOUNTS, "WAKES_MAIL": False}

# Somebody in trouble may write there: only who runs the site knows an address that a person reads.
NEURO_CMS = {**NEURO_CMS, "SUPPORT_EMAIL": required("SUPPORT_EMAIL")}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")

# Only for a demonstration: nobody pays there. `check` refuses to go on without a real provider otherwise.
NEURO_PAYMENTS = {"ALLOW_SANDBOX": flag("ALLOW_SANDBOX_PAYMENTS")}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
