"""A project that has nothing but Django, django-components and neuro_video."""

import os
import tempfile
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver"]
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.projects.minimal.urls"

# A file, because threads cannot share SQLite's memory the way two real workers share a database.
TEST_FILE = Path(tempfile.gettempdir()) / f"test_neuro_video_{os.getpid()}.sqlite3"
DATABASES = {"default": dj_database_url.config(default="sqlite://:memory:")}
on_postgresql = DATABASES["default"]["ENGINE"].endswith("postgresql")
DATABASES["default"]["TEST"] = {"NAME": "test_neuro_video" if on_postgresql else TEST_FILE}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django_components",
    "neuro_video",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
                "django_components.template_loader.Loader",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
COMPONENTS = {"dirs": [], "app_dirs": ["components"]}
