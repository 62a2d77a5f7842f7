from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeuroSessionsConfig(AppConfig):
    name = "neuro_sessions"
    label = "neuro_sessions"
    verbose_name = _("Sessions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_accounts.notifications import register

        from . import checks, notifications

        checks.register_checks()
        register(*notifications.TYPES)
