from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from neuro_accounts.notifications import NotificationType
from neuro_payments import checkout
from neuro_payments.models import Payment
from neuro_payments.money import format_amount

from ...models import Booking
from ...notifications import booking_facts
from .settlement import PAYABLE_TYPE

if TYPE_CHECKING:
    from neuro_accounts.models import Delivery


def _facts(delivery: "Delivery") -> Mapping[str, str] | None:
    booking = Booking.objects.with_people().filter(pk=delivery.source_id).first()
    payment = checkout.payment_for(PAYABLE_TYPE, delivery.source_id)
    if booking is None or payment is None or payment.state != Payment.State.PAID:
        return None
    return {
        **booking_facts(booking),
        "amount": format_amount(payment.amount, payment.currency),
        "share": format_amount(payment.payout_amount, payment.currency),
    }


PAYMENT_MADE = NotificationType(
    key="neuro_sessions.payment_made",
    category="payments",
    label=_("Payment made"),
    subject=_("You paid {amount} for “{title}”"),
    text=_("Your payment of {amount} for “{title}” with {host} has arrived."),
    action=_("See the booking"),
    facts=_facts,
)
PAYMENT_RECEIVED = NotificationType(
    key="neuro_sessions.payment_received",
    category="payments",
    label=_("Payment received"),
    subject=_("{seeker} paid for “{title}”"),
    text=_("{seeker} paid {amount} for “{title}” on {when}. You receive {share}."),
    action=_("See the booking"),
    facts=_facts,
)

TYPES = (PAYMENT_MADE, PAYMENT_RECEIVED)
