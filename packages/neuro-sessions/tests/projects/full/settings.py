"""A project with everything that sessions can be combined with: payments, video rooms and Wagtail."""

from tests.projects.minimal.settings import *  # noqa: F403
from tests.projects.minimal.settings import INSTALLED_APPS, TEMPLATES, database

ROOT_URLCONF = "tests.projects.full.urls"
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "django.contrib.staticfiles",
    "neuro_payments",
    "neuro_video",
    "neuro_sessions.contrib.payments",
    "neuro_sessions.contrib.video",
    "neuro_sessions.contrib.wagtail",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("django.template.context_processors.i18n")
WAGTAIL_SITE_NAME = "Full"
WAGTAILADMIN_BASE_URL = "https://full.example.org"
NEURO_PAYMENTS = {"ALLOW_SANDBOX": True}
NEURO_SESSIONS = {
    "SETTLEMENT": "neuro_sessions.contrib.payments.settlement.Paid",
    "MEETING_PLACE": "neuro_sessions.contrib.video.meeting_place.Room",
    "CURRENCIES": ("gbp", "eur", "jpy", "isk"),
}
DATABASES = {"default": database("test_neuro_sessions_full")}
