from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsWagtailConfig(AppConfig):
    name = "neuro_sessions.contrib.wagtail"
    label = "neuro_sessions_wagtail"
    verbose_name = _("Sessions: pages")
    default_auto_field = "django.db.models.BigAutoField"
