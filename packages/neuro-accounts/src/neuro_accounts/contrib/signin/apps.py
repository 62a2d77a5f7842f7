from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigninConfig(AppConfig):
    name = "neuro_accounts.contrib.signin"
    label = "neuro_accounts_signin"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from neuro_accounts.contrib.signin import checks, receivers

        checks.connect()
        email_confirmed.connect(receivers.welcome_confirmed_person, dispatch_uid="neuro_accounts_signin.welcome")
