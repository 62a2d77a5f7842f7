from collections.abc import Callable
from functools import wraps
from typing import Any, cast, overload

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from neuro_payments.payout_accounts import connected_account
from neuro_payments.views.gate import SignedInRequest

type View = Callable[..., HttpResponse]


@overload
def stripe_account_required(view: View) -> View: ...
@overload
def stripe_account_required(*, when: Callable[[HttpRequest], bool]) -> Callable[[View], View]: ...
def stripe_account_required(
    view: View | None = None, *, when: Callable[[HttpRequest], bool] | None = None
) -> View | Callable[[View], View]:
    """Only for people whom one can pay: others are led to the page where they connect a payout account.

    Who is not signed in is asked to sign in first. With ``when``, the account is needed for these requests alone::

        @stripe_account_required(when=lambda request: bool(request.POST.get("price")))
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if when is not None and not when(request):
                return view(request, *args, **kwargs)
            return guarded(request, *args, **kwargs)

        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if connected_account(cast(SignedInRequest, request).user) is None:
                messages.info(request, _("Connect a payout account first, so that people can pay you."))
                return redirect("neuro_payments:account")
            return view(request, *args, **kwargs)

        return checked

    return decorate if view is None else decorate(view)
