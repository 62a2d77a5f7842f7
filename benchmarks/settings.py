"""Sessions alone on a database in memory, and beside it what it is compared with, where that is installed."""

from importlib.util import find_spec
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = "not-a-secret"  # noqa: S105
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "neuro_sessions.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_components",
    "guardian",
    "neuro_accounts",
    "neuro_sessions",
    *(["phonenumber_field", "appointment"] if find_spec("appointment") else []),
]
ANONYMOUS_USER_NAME = None
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}]
COMPONENTS = {"dirs": [], "app_dirs": []}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
NEURO_SESSIONS = {"NOTICE_MINUTES": 0, "HORIZON_DAYS": 400}
# The other side logs every start.
LOGGING_CONFIG = None
