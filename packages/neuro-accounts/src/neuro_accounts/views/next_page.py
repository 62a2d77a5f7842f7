from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request: HttpRequest, then: str, *, otherwise: str) -> str:
    """The path that a form names in ``next`` when it is one of this site, else that of the view ``otherwise``."""
    safe = url_has_allowed_host_and_scheme(then, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be read as the name of a view.
    return then if safe and then.startswith("/") else reverse(otherwise)
