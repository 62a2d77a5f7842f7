from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionVideoConfig(AppConfig):
    name = "neuro_sessions.contrib.video"
    label = "neuro_sessions_video"
    verbose_name = _("Sessions: video")
