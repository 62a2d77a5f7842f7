from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neuro_payments import checkout, pay_tokens, payables, providers
from neuro_payments.models import Payment
from neuro_payments.providers.base import ProviderUnavailable
from neuro_payments.views import gate


@transaction.non_atomic_requests
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """What is paid, to whom it goes, and one button. The address is signed; ``may_pay`` says who sees it."""
    payment = gate.payment_or_404(pay_tokens.read(token), request.user)
    if request.method == "POST":
        return _go_to_checkout(request, payment)
    handler = payables.handler_for(payment.payable_type)
    quote = handler.quote(payment.payable_id)
    context = {
        "payment": payment,
        "details": quote.details if quote else {},
        "can_pay": checkout.is_payable(payment, now=timezone.now()),
        "sentence": gate.sentence(payment),
        "sandbox": providers.is_sandbox(payment.provider),
        "return_path": handler.return_path(payment.payable_id),
    }
    return render(request, "neuro_payments/pay.html", context)


def _go_to_checkout(request: HttpRequest, payment: Payment) -> HttpResponse:
    try:
        return redirect(checkout.start(payment, now=timezone.now(), build_url=request.build_absolute_uri))
    except checkout.NotOpen as refusal:
        messages.info(request, refusal.sentence)
    except ProviderUnavailable as refusal:
        messages.warning(request, refusal.sentence)
    counts = checkout.payment_for(payment.payable_type, payment.payable_id) or payment
    return redirect(counts.pay_path())
