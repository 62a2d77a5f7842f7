from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

# Who has one of these addresses gets in by it, so no page repeats it in another address.
SECRET_ROUTES = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "neuro_payments:pay",
    "neuro_payments:sandbox-checkout",
    "neuro_video:local-room",
    "neuro_video:room",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, where "back to this page" leads, and whether the developers' mailbox is there."""
    mailbox = settings.DEBUG and apps.is_installed("neuro_accounts.contrib.mailbox")
    return {"site_name": settings.SITE_NAME, "come_back_to": _come_back_to(request), "has_mailbox": mailbox}


def _come_back_to(request: HttpRequest) -> str:
    """This page with its query; empty where the address is a secret."""
    found = request.resolver_match
    return "" if found and found.view_name in SECRET_ROUTES else request.get_full_path()
