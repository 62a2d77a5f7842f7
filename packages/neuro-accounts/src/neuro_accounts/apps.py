from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "neuro_accounts"
    label = "neuro_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from neuro_accounts import announcements, checks, receivers
        from neuro_accounts.notifications import register

        checks.connect()
        register(*announcements.TYPES)
        user_logged_in.connect(receivers.keep_what_the_guest_chose, dispatch_uid="neuro_accounts.display")
