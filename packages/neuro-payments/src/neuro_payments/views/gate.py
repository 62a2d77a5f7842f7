from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from neuro_payments import payables
from neuro_payments.checkout import NotOpen
from neuro_payments.models import Payment

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class SignedInRequest(HttpRequest):
    """What a view behind ``login_required`` receives, whatever the project's user model is."""

    user: AbstractBaseUser  # type: ignore[assignment]


def payment_or_404(payment_id: UUID | str | None, user: AbstractBaseUser | AnonymousUser) -> Payment:
    """The payment, for a person whom its handler lets pay. Everybody else learns nothing of it."""
    if payment_id is None:
        raise Http404
    payment = get_object_or_404(Payment.objects.select_related("account"), pk=payment_id)
    try:
        handler = payables.handler_for(payment.payable_type)
    except LookupError:
        raise Http404 from None
    if not handler.may_pay(payment.payable_id, user):
        raise Http404
    return payment


def sentence(payment: Payment) -> _StrOrPromise:
    """What to tell about a payment that can no longer be paid."""
    if payment.last_problem in (Payment.Problem.MISMATCH, Payment.Problem.PAID_TWICE):
        return Payment.Problem(payment.last_problem).label
    return NotOpen.sentences[payment.state]
