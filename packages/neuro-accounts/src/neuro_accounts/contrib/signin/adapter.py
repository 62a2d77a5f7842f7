import logging
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from neuro_accounts.contrib.signin import words

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | words.ERRORS

    def clean_email(self, email: str) -> str:
        """allauth's forms let addresses through that are longer than its column."""
        if len(email) > app_settings.EMAIL_MAX_LENGTH:
            raise ValidationError(_("This e-mail address is too long."), code="max_length")
        return str(super().clean_email(email))

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """The confirmation and what follows from it (group, welcome) are stored together or not at all."""
        with transaction.atomic():
            return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down leaves the page working; the person is told to ask for the mail again."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("The mail %s did not go out.", template_prefix)
            text = _("We could not send an e-mail just now. Please wait a few minutes, then try to log in.")
            messages.error(self.request, text)
