from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neuro_payments import checkout
from neuro_payments.models import Payment, SandboxCheckout
from neuro_payments.money import format_amount
from neuro_payments.providers import sandbox
from neuro_payments.providers.base import ProviderUnavailable
from neuro_payments.views import gate

ACTS: Final = {"pay": sandbox.pay, "decline": sandbox.decline}


@transaction.non_atomic_requests
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox_checkout(request: HttpRequest, token: str) -> HttpResponse:
    """The provider's page. It changes the provider's side only; ours hears of it by ``converge``."""
    if not sandbox.allowed():
        raise Http404
    remote = get_object_or_404(SandboxCheckout, token=token)
    payment = gate.payment_or_404(remote.reference, request.user)
    if request.method == "POST":
        return _act(request, remote, payment)
    paid = remote.status == SandboxCheckout.Status.PAID
    context = {
        "remote": remote,
        "can_pay": remote.status == SandboxCheckout.Status.OPEN and remote.expires_at > timezone.now(),
        "sentence": checkout.NotOpen.sentences[Payment.State.PAID] if paid else gate.sentence(payment),
    }
    return render(request, "neuro_payments/sandbox_checkout.html", context)


def _act(request: HttpRequest, remote: SandboxCheckout, payment: Payment) -> HttpResponse:
    act, now = request.POST.get("act", ""), timezone.now()
    if act not in ACTS:
        messages.info(request, _("Nothing was chosen, so nothing has happened."))
        return redirect(request.path)
    done = ACTS[act](remote.token, now=now)
    try:
        payment = checkout.converge(payment, now=now)
    except ProviderUnavailable as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(request.path)
    if done and act == "decline":
        messages.warning(request, Payment.Problem.DECLINED.label)
        return redirect(request.path)
    if done and payment.state == Payment.State.PAID:
        amount = format_amount(payment.amount, payment.currency)
        messages.success(request, _("Thank you. Your payment of %(amount)s has arrived.") % {"amount": amount})
        return redirect(remote.return_url)
    messages.info(request, gate.sentence(payment))
    return redirect(remote.return_url if payment.state == Payment.State.PAID else remote.back_url)
