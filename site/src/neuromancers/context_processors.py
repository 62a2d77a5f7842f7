from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, and whether the developers' mailbox is there."""
    mailbox = settings.DEBUG and apps.is_installed("neuro_accounts.contrib.mailbox")
    return {"site_name": settings.SITE_NAME, "has_mailbox": mailbox}
