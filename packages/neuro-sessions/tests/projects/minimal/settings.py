"""A blank project with Django's own user model, and without payments, video and Wagtail."""

import os
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url

BASE_DIR = Path(__file__).parent
SECRET_KEY = "not-a-secret"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.projects.minimal.urls"
STATIC_URL = "/static/"
LOGIN_URL = "/login/"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django_components",
    "guardian",
    "neuro_accounts",
    "neuro_sessions",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "guardian.backends.ObjectPermissionBackend"]
ANONYMOUS_USER_NAME = None
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "neuro_accounts.middleware.PreferencesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                "django.template.loaders.app_directories.Loader",
                "django_components.template_loader.Loader",
            ],
        },
    }
]
COMPONENTS = {"dirs": [], "app_dirs": ["components"]}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# As the site ships SQLite; NEURO_SQLITE=plain leaves Django's defaults untouched.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(name: str) -> dict[str, Any]:
    """The database of DATABASE_URL, else SQLite in a file: several processes use it at once in the tests."""
    found: dict[str, Any] = dict(dj_database_url.config(default="sqlite://:memory:"))
    name = f"{name}_{os.getpid()}"  # two runs at once do not disturb each other
    if not found["ENGINE"].endswith("sqlite3"):
        return {**found, "TEST": {"NAME": name}}
    plain = os.environ.get("NEURO_SQLITE") == "plain"
    file = Path(tempfile.gettempdir()) / f"{name}.sqlite3"
    return {**found, "OPTIONS": {} if plain else SQLITE_OPTIONS, "TEST": {"NAME": file}}


DATABASES = {"default": database("test_neuro_sessions")}
