from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeuroPaymentsConfig(AppConfig):
    name = "neuro_payments"
    label = "neuro_payments"
    verbose_name = _("Payments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_payments import checks

        checks.register()
