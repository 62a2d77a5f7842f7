"""A blank project with Django's own user model and without sign-in."""

import os
import tempfile
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = "only-for-tests"
ROOT_URLCONF = "tests.projects.minimal.urls"
USE_TZ = True
LOGIN_URL = "/login/"
NEURO_ACCOUNTS = {"BASE_URL": "https://plain.example.org"}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_components",
    "neuro_accounts",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "neuro_accounts.middleware.PreferencesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "neuro_accounts.context_processors.accounts",
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
STATIC_URL = "static/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def database(test_name):
    """The database of DATABASE_URL, else SQLite in a file, because tests with threads need more than memory."""
    default = dj_database_url.config(default="sqlite://:memory:")
    if default["ENGINE"].endswith("sqlite3"):
        test_name = str(Path(tempfile.gettempdir()) / f"{test_name}_{os.getpid()}.sqlite3")
    return {**default, "TEST": {"NAME": test_name}}


DATABASES = {"default": database("test_neuro_accounts_plain")}
