import os

from neuromancers.settings.base import *  # noqa: F403
from neuromancers.settings.base import INSTALLED_APPS, NEURO_CMS, NEURO_SESSIONS, VAR_DIR

DEBUG = True
SECRET_KEY = os.environ.get("SECRET_KEY", "django-insecure-development-only")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# The pages of these apps are for developers: the addresses exist only where the apps do.
INSTALLED_APPS = [*INSTALLED_APPS, "neuro_accounts.contrib.mailbox", "neuro_cms.ui.styleguide", "django.contrib.admin"]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# Nobody reads this one. The page for help shows what a visitor would see.
NEURO_CMS = {**NEURO_CMS, "SUPPORT_EMAIL": os.environ.get("SUPPORT_EMAIL", "hello@example.org")}
NEURO_PAYMENTS = {"ALLOW_SANDBOX": True}
# A newcomer who tries the site does not want to wait two hours for the session to begin.
NEURO_SESSIONS = {**NEURO_SESSIONS, "NOTICE_MINUTES": 0}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Each small task of Wagtail's would be two lines otherwise.
    "loggers": {"django.tasks": {"level": "WARNING"}},
}
