from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "neuro_accounts"
    label = "neuro_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_accounts import announcements, checks

        checks.connect()
        announcements.connect()
