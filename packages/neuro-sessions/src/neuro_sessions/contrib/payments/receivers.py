import logging
from typing import Any

from django.utils import timezone

from neuro_accounts.notifications import notify
from neuro_payments import checkout
from neuro_payments.models import Payment

from ... import booking as bookings
from ...models import Booking
from ...notifications import SOURCE
from .notifications import PAYMENT_MADE, PAYMENT_RECEIVED
from .settlement import PAYABLE_TYPE

logger = logging.getLogger(__name__)
State = Booking.State


def settle_booking(sender: type, *, payable_type: str, payable_id: str, **kwargs: Any) -> None:
    """Wakes the booking; what then happens is read from the payment, so a repeated or late call is harmless."""
    if payable_type != PAYABLE_TYPE:
        return
    booking = Booking.objects.with_people().filter(pk=payable_id).first()
    if booking is None:
        return
    now = timezone.now()
    bookings.settle(booking, now=now)
    payment = checkout.payment_for(payable_type, payable_id)
    if payment and payment.state == Payment.State.PAID:
        notify(PAYMENT_MADE.key, booking.seeker, source_type=SOURCE, source_id=booking.pk, now=now)
        if booking.state in (State.CONFIRMED, State.COMPLETED):
            notify(PAYMENT_RECEIVED.key, booking.host, source_type=SOURCE, source_id=booking.pk, now=now)
        else:
            logger.error("Booking %s is %s but was paid: somebody has to give it back.", booking.pk, booking.state)
