from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class NeuroVideoConfig(AppConfig):
    name = "neuro_video"
    label = "neuro_video"
    verbose_name = _("Meeting rooms")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_video.checks import check_settings

        register(check_settings, "neuro_video")
