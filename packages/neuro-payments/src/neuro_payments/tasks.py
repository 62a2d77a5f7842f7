import logging
from datetime import datetime

from neuro_payments import checkout
from neuro_payments._claims import claim_due, finish, try_again
from neuro_payments.models import Payment
from neuro_payments.telling import tell

logger = logging.getLogger(__name__)


def tick(*, now: datetime) -> int:
    """Catches up with what nobody watched: paid or late checkouts, closings the provider missed, untold changes.

    Safe to repeat and to run twice at once. Returns how many payments were looked at.
    """
    looked = 0
    for payment in claim_due(Payment.objects.all(), now=now):
        looked += 1
        if _look(payment, now=now):
            finish(payment)
            continue
        try_again(payment, now=now)
        # The wait grows, but the end of the time to pay is never slept through.
        asleep = Payment.objects.filter(pk=payment.pk, expires_at__gt=now, next_attempt_at__gt=payment.expires_at)
        asleep.update(next_attempt_at=payment.expires_at)
    return looked


def _look(payment: Payment, *, now: datetime) -> bool:
    """Whether nothing is left to do for it."""
    try:
        current = checkout.converge(payment, now=now)
        return tell(payment.pk) and current.state != Payment.State.OPEN
    except Exception:
        # One payment whose provider is down or gone must not keep the others waiting.
        logger.exception("Payment %s could not be looked after", payment.pk)
        return False
