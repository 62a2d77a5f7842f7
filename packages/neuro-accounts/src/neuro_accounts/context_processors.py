from functools import cache
from typing import Any

from django.http import HttpRequest

from neuro_accounts.inbox import unread_count


def accounts(request: HttpRequest) -> dict[str, Any]:
    """``unread_count`` for signed-in people: asked for at first use, at most once a page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_count": cache(lambda: unread_count(user))}
