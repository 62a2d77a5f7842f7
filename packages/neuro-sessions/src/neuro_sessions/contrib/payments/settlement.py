import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import display_name
from neuro_payments import checkout
from neuro_payments.models import Payment
from neuro_payments.money import exponent
from neuro_payments.payables import Quote
from neuro_payments.payout_accounts import connected_account

from ...models import Booking, PeerSession
from ...pricing import to_major
from ...settlement import NotReadyToPublish, Settled
from ...times import when

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

PAYABLE_TYPE = "neuro_sessions.booking"
# Where people can join before they have paid, what is booked or over can still be paid.
PAYABLE = (Booking.State.APPROVED, Booking.State.CONFIRMED, Booking.State.COMPLETED)
logger = logging.getLogger(__name__)


class NoPayoutAccount(NotReadyToPublish):
    def __init__(self) -> None:
        sentence = _("Connect a payout account first, so that people can pay you.")
        super().__init__("no_payout_account", sentence, reverse("neuro_payments:account"))


class Paid:
    """The ``Settlement`` of bookings with a price: one payment each, through neuro-payments."""

    moves_money = True

    def check_listing(self, listing: PeerSession) -> None:
        if listing.price and connected_account(listing.host) is None:
            raise NoPayoutAccount

    def begin(self, booking: Booking, *, pay_by: datetime, now: datetime) -> None:
        if not booking.price:
            return
        try:
            checkout.open_payment(PAYABLE_TYPE, str(booking.pk), payer=booking.seeker, expires_at=pay_by, now=now)
        except checkout.NoPayoutAccount as error:
            raise NoPayoutAccount from error

    def state(self, booking: Booking) -> Settled:
        if not booking.price:
            return Settled.YES
        payment = checkout.payment_for(PAYABLE_TYPE, str(booking.pk))
        return Settled.YES if payment and payment.state == Payment.State.PAID else Settled.NOT_YET

    def pay_url(self, booking: Booking) -> str | None:
        payment = checkout.payment_for(PAYABLE_TYPE, str(booking.pk))
        return payment.pay_path() if payment and payment.state == Payment.State.OPEN else None

    def cancel(self, booking: Booking, *, now: datetime) -> None:
        checkout.cancel(PAYABLE_TYPE, str(booking.pk), now=now)

    def give_back(self, booking: Booking, amount: int, *, now: datetime) -> None:
        # Until payments can be refunded by a function, a person has to do it; the admin lists what is owed.
        logger.error("Booking %s: %s of %s has to be given back.", booking.pk, amount, booking.price)


class PayableBooking:
    """What neuro-payments asks about a booking."""

    def quote(self, payable_id: str) -> Quote | None:
        booking = _find(payable_id)
        if booking is None or booking.state not in PAYABLE:
            return None
        return Quote(
            # The provider may count a currency's minor units in another way than the standard does.
            amount=int(to_major(booking.price, booking.currency).scaleb(exponent(booking.currency))),
            currency=booking.currency,
            payee=booking.host,
            description=booking.title,
            details={
                str(_("With")): display_name(booking.host),
                str(_("When")): when(booking.starts_at, booking.ends_at),
            },
        )

    def may_pay(self, payable_id: str, user: "AbstractBaseUser | AnonymousUser") -> bool:
        booking = _find(payable_id)
        return booking is not None and user.is_authenticated and booking.seeker_id == user.pk

    def return_path(self, payable_id: str) -> str:
        return reverse("neuro_sessions:booking", args=[payable_id])


def _find(payable_id: str) -> Booking | None:
    try:
        return Booking.objects.with_people().filter(pk=payable_id).first()
    except ValidationError:
        return None
