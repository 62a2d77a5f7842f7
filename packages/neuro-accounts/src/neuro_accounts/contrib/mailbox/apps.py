from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxConfig(AppConfig):
    name = "neuro_accounts.contrib.mailbox"
    label = "neuro_accounts_mailbox"
    verbose_name = _("Development mailbox")
