"""What people do with a booking, by name, for tests that try everything in every state."""

from datetime import timedelta

from neuro_accounts.models import Delivery
from neuro_sessions import attendance, cancelling, rescheduling
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, BookingEvent, HostTime
from neuro_sessions.testing.contracts import NOW
from tests import doubles

State = Booking.State
LATER = timedelta(minutes=5)


def pay(booking):
    doubles.OnAccount.paid.add(str(booking.pk))


def joined(booking):
    attendance.record_join(booking, now=booking.starts_at)
    return booking


def cancel(booking, now):
    refund = cancelling.preview(booking, by=booking.host, now=now).refund
    return cancelling.cancel(booking, by=booking.host, expected_refund=refund, now=now)


def propose(booking, now):
    other = booking.starts_at + timedelta(hours=5)
    return rescheduling.propose(booking, by=booking.host, starts_at=other, now=now)


ACTS = {
    "approve": lambda booking, now: bookings.approve(booking, by=booking.host, now=now),
    "decline": lambda booking, now: bookings.decline(booking, by=booking.host, message="Sorry.", now=now),
    "withdraw": lambda booking, now: bookings.withdraw(booking, by=booking.seeker, now=now),
    "expire": lambda booking, now: bookings.expire(booking, now=now),
    "finish": lambda booking, now: bookings.finish(joined(booking), by=booking.host, now=now),
    "complete": lambda booking, now: bookings.complete(booking, now=now),
    "cancel": cancel,
    "propose": propose,
}
# How a booking comes into each state.
WAYS = {
    State.REQUESTED: [],
    State.APPROVED: ["approve"],
    State.CONFIRMED: ["approve", "pay"],
    State.COMPLETED: ["approve", "pay", "complete"],
    State.REJECTED: ["decline"],
    State.WITHDRAWN: ["approve", "withdraw"],
    State.EXPIRED: ["approve", "expire"],
    State.CANCELLED: ["approve", "pay", "cancel"],
}


def walk(booking, way):
    for act in way:
        if act == "pay":
            pay(booking)
            bookings.settle(booking, now=NOW + LATER)
        else:
            ACTS[act](booking, NOW + LATER)
    return booking


def traces():
    """Everything that an act leaves behind."""
    return [list(model.objects.order_by("pk").values()) for model in (BookingEvent, HostTime, Delivery)]
