from functools import cache
from typing import Any

from django.http import HttpRequest

from neuro_accounts import preferences
from neuro_accounts.inbox import unread_count


def accounts(request: HttpRequest) -> dict[str, Any]:
    """``display``: the ``data-`` attributes that the person chose; ``time_format``: how a time of day is written.

    For signed-in people also ``unread_count``: asked for at first use, at most once a page.
    """
    # Error pages may be drawn before anybody has looked who it is.
    user = getattr(request, "user", None)
    shown: dict[str, Any] = {
        "display": preferences.attributes(preferences.chosen(user, request.COOKIES)),
        "time_format": preferences.clock_format(),
    }
    if user is not None and user.is_authenticated:
        shown["unread_count"] = cache(lambda: unread_count(user))
    return shown
