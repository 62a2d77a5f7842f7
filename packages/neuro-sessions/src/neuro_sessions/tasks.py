import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from . import booking as bookings
from . import calendars, grants, holds, host_time, rescheduling
from .models import Booking
from .refusals import Refusal

logger = logging.getLogger(__name__)
State = Booking.State


def tick(*, now: datetime) -> None:
    """Writes down what time has done: settles, ends and completes bookings. Harmless to repeat."""
    everyone = Booking.objects.with_people()
    waiting = everyone.filter(state__in=[State.REQUESTED, State.APPROVED])
    _each(waiting.filter(state=State.APPROVED), partial(bookings.settle, now=now))
    overdue = (booking for booking in waiting.filter(deadline__lte=now) if bookings.is_overdue(booking, now=now))
    _each(overdue, partial(bookings.expire, now=now))
    ended = everyone.filter(state=State.CONFIRMED, ends_at__lte=now)
    over = (booking for booking in ended if bookings.is_over(booking, now=now))
    _each(over, partial(bookings.complete, now=now))
    hosts = waiting.filter(state=State.REQUESTED).values_list("host_id", flat=True).distinct().order_by("host_id")
    _each((one for host in hosts for one in bookings.overtaken(host, now=now)), partial(bookings.give_back, now=now))
    _each(everyone.filter(proposed_starts_at__lte=now), partial(rescheduling.run_out, now=now))
    for tidy_up in (
        partial(host_time.sweep, now=now),
        partial(holds.forget_old, now=now),
        partial(calendars.refresh_stale, now=now),
        grants.repair,
    ):
        try:
            tidy_up()
        except Exception:
            logger.exception("Tick could not tidy up")


def _each(found: Iterable[Booking], act: Callable[[Booking], object]) -> None:
    for booking in list(found):
        try:
            act(booking)
        except Refusal:
            continue  # Somebody else acted on it first.
        except Exception:
            # One broken booking must not hold up the others.
            logger.exception("Tick failed for booking %s", booking.pk)
