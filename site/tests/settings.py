"""The development site with a database of its own and without waiting."""

import os

from neuromancers.settings.database import database
from neuromancers.settings.development import *  # noqa: F403
from neuromancers.settings.development import VAR_DIR
from tests.framed import providers

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), else_file=VAR_DIR / "db.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": "test_neuro_site"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False

NEURO_VIDEO = {"PROVIDERS": providers("https://video.example")}
