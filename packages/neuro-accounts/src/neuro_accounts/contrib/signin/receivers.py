from typing import Any

from django.utils import timezone

from neuro_accounts.members import welcome


def welcome_confirmed_person(sender: Any, *, email_address: Any, **kwargs: Any) -> None:
    """Receives allauth's ``email_confirmed``."""
    welcome(email_address.user, now=timezone.now())
