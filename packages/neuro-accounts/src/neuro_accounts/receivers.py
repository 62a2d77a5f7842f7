from typing import Any

from neuro_accounts import preferences


def keep_what_the_guest_chose(sender: Any, *, request: Any, user: Any, **kwargs: Any) -> None:
    """Receives Django's ``user_logged_in``. Whoever logs a person in by code may have no request."""
    if request is not None:
        preferences.take_over_on_sign_in(user, request.COOKIES)
