from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Case, F, QuerySet, When
from django.utils.translation import gettext_lazy as _

from neuro_payments import conf, payables, providers
from neuro_payments.fees import application_fee
from neuro_payments.models import Payment, StripeAccount
from neuro_payments.providers.base import CheckoutRequest, RemoteCheckout, RemoteState
from neuro_payments.refusals import Refused
from neuro_payments.telling import tell

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

logger = logging.getLogger(__name__)

OPEN: Final = Payment.State.OPEN
PAID: Final = Payment.State.PAID
EXPIRED: Final = Payment.State.EXPIRED
CANCELLED: Final = Payment.State.CANCELLED

LOOK_AFTER: Final = timedelta(minutes=1)
"""How long the quick way (the person's own page, the message after commit) has before ``tasks.tick`` looks."""


class NothingToPay(Refused):
    code = "nothing_to_pay"
    sentence = _("There is nothing to pay here.")


class NoPayoutAccount(Refused):
    code = "no_payout_account"
    sentence = _("The host cannot take payments at the moment. Nothing has been paid.")


class NotOpen(Refused):
    """The payment can no longer be paid; ``state`` says why."""

    sentences: ClassVar[dict[str, _StrOrPromise]] = {
        OPEN: _("The time to pay is over."),
        PAID: _("This is already paid. You will not be charged again."),
        EXPIRED: _("The time to pay is over. Nothing has been paid."),
        CANCELLED: _("This payment was cancelled. Nothing has been paid."),
    }

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state
        self.code = f"payment_{state}"
        self.sentence = self.sentences[state]


def payment_for(payable_type: str, payable_id: str) -> Payment | None:
    """The payment that counts: the paid one, else the open one, else the newest."""
    weight = Case(When(state=PAID, then=0), When(state=OPEN, then=1), default=2)
    return _payments_of(payable_type, payable_id).order_by(weight, "-created_at").first()


def is_payable(payment: Payment, *, now: datetime) -> bool:
    """As far as we know. Only the provider's answer in ``start`` and ``converge`` is certain."""
    return payment.state == OPEN and payment.expires_at > now


def open_payment(
    payable_type: str,
    payable_id: str,
    *,
    payer: AbstractBaseUser,
    expires_at: datetime,
    now: datetime,
) -> Payment:
    """The payment to show the payer: the paid one, the open one as it was agreed, or a new one from the quote.

    Database only, safe inside the caller's transaction. A price that changed later does not change an open payment;
    ``expires_at`` does.
    Raises ``NothingToPay`` (no quote, or zero), ``NoPayoutAccount``, ``LookupError`` (no handler for the type).
    """
    with transaction.atomic():
        current = payment_for(payable_type, payable_id)
        if current is not None and current.state == PAID:
            return current
        if current is not None and is_payable(current, now=now):
            deadline = {"expires_at": expires_at, "next_attempt_at": expires_at}
            Payment.objects.filter(pk=current.pk, state=OPEN).exclude(expires_at=expires_at).update(**deadline)
            current.refresh_from_db()
            return current
        if current is not None:
            _move(current, from_states=[OPEN], to=EXPIRED, now=now)
        agreed = _agree(payable_type, payable_id)
        try:
            with transaction.atomic():
                return Payment.objects.create(
                    payable_type=payable_type,
                    payable_id=payable_id,
                    payer_id=payer.pk,
                    created_at=now,
                    expires_at=expires_at,
                    next_attempt_at=expires_at,
                    **agreed,
                )
        except IntegrityError:
            # Somebody opened it between our look and our insert: theirs is the one.
            return _payments_of(payable_type, payable_id).get(state=OPEN)


def start(payment: Payment, *, now: datetime, build_url: Callable[[str], str]) -> str:
    """Makes or re-uses the provider's checkout and returns the address to send the person to.

    ``build_url`` makes a path absolute. Calls the provider: not in a transaction. Safe to repeat.
    Raises ``NotOpen`` and ``ProviderUnavailable``.
    """
    payment = converge(payment, now=now)
    if payment.state == OPEN and _earlier_one_was_paid(payment, now=now):
        _move(payment, from_states=[OPEN], to=CANCELLED, now=now)
        raise NotOpen(PAID)
    if not is_payable(payment, now=now):
        raise NotOpen(payment.state)
    remote = providers.get(payment.provider).create_checkout(_request_for(payment, build_url))
    Payment.objects.filter(pk=payment.pk).update(
        checkout_id=remote.checkout_id,
        next_attempt_at=min(now + LOOK_AFTER, payment.expires_at),
        attempts=0,
        claimed_until=None,
    )
    payment.refresh_from_db()
    if payment.state != OPEN:
        # Cancelled while the provider worked: nobody has the address yet, so close what was just made.
        raise NotOpen(converge(payment, now=now).state)
    return build_url(remote.url)


def converge(payment: Payment, *, now: datetime) -> Payment:
    """Asks the provider what is true, moves our payment there and returns it as it is now.

    Safe to repeat and to run twice at once: the change and its message happen once. Paid wins over expired and
    cancelled. Calls the provider: not in a transaction. Raises ``ProviderUnavailable``.
    """
    payment = Payment.objects.get(pk=payment.pk)
    if payment.state != PAID:
        _record(payment, _ask_provider(payment, now=now), now=now)
    return Payment.objects.select_related("account").get(pk=payment.pk)


def cancel(payable_type: str, payable_id: str, *, now: datetime) -> Payment | None:
    """After this an open payment can no longer be paid. Returns the payment that counts now, if there is one.

    Safe inside the caller's transaction: the provider is told after commit, and by ``tasks.tick`` if that fails.
    Should the provider answer that it was paid meanwhile, the payment becomes paid and says so by the signal.
    """
    for payment in _payments_of(payable_type, payable_id).filter(state=OPEN):
        if _move(payment, from_states=[OPEN], to=CANCELLED, now=now):
            _after_commit(converge, payment, now=now)
    return payment_for(payable_type, payable_id)


def _payments_of(payable_type: str, payable_id: str) -> QuerySet[Payment]:
    return Payment.objects.filter(payable_type=payable_type, payable_id=payable_id)


def _agree(payable_type: str, payable_id: str) -> dict[str, Any]:
    """What the quote says, with the fee and the account of this moment: the payment keeps it."""
    quote = payables.handler_for(payable_type).quote(payable_id)
    if quote is None or quote.amount <= 0:
        raise NothingToPay
    # Locked: whoever disconnects the account at this moment sees this payment, or this payment sees that.
    live = StripeAccount.objects.select_for_update().filter(status=StripeAccount.Status.ACTIVE)
    account = live.filter(owner_id=quote.payee.pk, provider=conf.get().provider).first()
    if account is None:
        raise NoPayoutAccount
    bps = conf.get().application_fee_bps
    return {
        "account": account,
        "provider": account.provider,
        "description": quote.description[:200],
        "amount": quote.amount,
        "currency": quote.currency.lower(),
        "fee_bps": bps,
        "fee_amount": application_fee(quote.amount, bps=bps),
    }


def _earlier_one_was_paid(payment: Payment, *, now: datetime) -> bool:
    """Closes checkouts of earlier payments that the provider may still take money for, before there is a new one."""
    same = _payments_of(payment.payable_type, payment.payable_id).exclude(pk=payment.pk)
    unsettled = same.filter(state__in=[EXPIRED, CANCELLED], next_attempt_at__isnull=False).exclude(checkout_id="")
    return any(converge(earlier, now=now).state == PAID for earlier in unsettled)


def _request_for(payment: Payment, build_url: Callable[[str], str]) -> CheckoutRequest:
    return_path = payables.handler_for(payment.payable_type).return_path(payment.payable_id)
    return CheckoutRequest(
        reference=str(payment.pk),
        account_id=payment.account.account_id,
        amount=payment.amount,
        currency=payment.currency,
        fee_amount=payment.fee_amount,
        description=payment.description,
        expires_at=payment.expires_at,
        return_url=build_url(return_path),
        back_url=build_url(payment.pay_path()),
    )


def _ask_provider(payment: Payment, *, now: datetime) -> RemoteCheckout | None:
    if not payment.checkout_id:
        return None
    provider = providers.get(payment.provider)
    remote = provider.fetch(payment.checkout_id)
    if remote.state == RemoteState.OPEN and not is_payable(payment, now=now):
        return provider.close(payment.checkout_id)
    return remote


def _record(payment: Payment, remote: RemoteCheckout | None, *, now: datetime) -> None:
    if remote is not None and remote.state == RemoteState.PAID:
        _record_paid(payment, remote, now=now)
    elif payment.expires_at <= now or (remote is not None and remote.state == RemoteState.EXPIRED):
        _move(payment, from_states=[OPEN], to=EXPIRED, now=now)
    elif remote is not None and remote.declined:
        _note(payment, Payment.Problem.DECLINED)


def _record_paid(payment: Payment, remote: RemoteCheckout, *, now: datetime) -> None:
    if (remote.amount, remote.currency) != (payment.amount, payment.currency):
        logger.error("Payment %s: the provider reports %s %s", payment.pk, remote.amount, remote.currency)
        _note(payment, Payment.Problem.MISMATCH)
        return
    paid = {"paid_at": remote.paid_at or now, "last_problem": ""}
    try:
        with transaction.atomic():
            _move(payment, from_states=[OPEN, EXPIRED, CANCELLED], to=PAID, now=now, **paid)
    except IntegrityError:
        logger.error("Payment %s: another payment for the same thing is paid already", payment.pk)
        _note(payment, Payment.Problem.PAID_TWICE)


def _note(payment: Payment, problem: Payment.Problem) -> None:
    Payment.objects.filter(pk=payment.pk).exclude(state=PAID).update(last_problem=problem)


def _move(payment: Payment, *, from_states: Iterable[str], to: str, now: datetime, **fields: Any) -> bool:
    """The one place that changes a payment's state. False: somebody else was faster, nothing was written."""
    moved = Payment.objects.filter(pk=payment.pk, state__in=from_states).update(
        state=to,
        revision=F("revision") + 1,
        next_attempt_at=now + LOOK_AFTER,
        claimed_until=None,
        attempts=0,
        **fields,
    )
    if moved:
        _after_commit(tell, payment.pk)
    return moved == 1


def _after_commit(act: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    # Robust: the caller's work is done whatever comes of it; an error is logged, and ``tasks.tick`` tries again.
    transaction.on_commit(lambda: act(*args, **kwargs), robust=True)
