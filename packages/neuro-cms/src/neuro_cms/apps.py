from django.apps import AppConfig
from django.core.checks import register


class NeuroCmsConfig(AppConfig):
    name = "neuro_cms"
    label = "neuro_cms"
    verbose_name = "Website"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_cms import checks

        register(checks.settings_are_sound, "neuro_cms")
