from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neuro_payments import conf, fees, payout_accounts, providers
from neuro_payments.refusals import Refused
from neuro_payments.views.gate import SignedInRequest


@transaction.non_atomic_requests
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """The person's payout account. POST connects one."""
    current = conf.get()
    if request.method == "POST":
        try:
            payout_accounts.connect(request.user, provider=current.provider, now=timezone.now())
            messages.success(request, _("Your payout account is connected. People can pay you now."))
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("neuro_payments:account")
    context = {
        "account": payout_accounts.connected_account(request.user),
        "fee": fees.percent(current.application_fee_bps),
        "sandbox": providers.is_sandbox(current.provider),
    }
    return render(request, "neuro_payments/account.html", context)


@transaction.non_atomic_requests
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def disconnect(request: SignedInRequest) -> HttpResponse:
    """Says what disconnecting means; POST does it."""
    if request.method == "POST":
        return _disconnect(request)
    current = payout_accounts.connected_account(request.user)
    if current is None:
        return redirect("neuro_payments:account")
    return render(request, "neuro_payments/account_disconnect.html", {"account": current})


def _disconnect(request: SignedInRequest) -> HttpResponse:
    try:
        if payout_accounts.disconnect(request.user, now=timezone.now()):
            messages.success(request, _("Your payout account is disconnected. Nobody can pay you through it."))
        else:
            messages.info(request, _("You have no connected payout account."))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("neuro_payments:account")
