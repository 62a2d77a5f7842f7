"""Cancelling what was agreed. What a person is shown before is what then happens, or nothing happens."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from . import booking as bookings
from . import notifications, states
from .host_time import locked, patient, release
from .meeting_place import meeting_place
from .models import Booking, ScheduledSession
from .policies import EVERYTHING, policy
from .refusals import Refusal
from .settlement import Settled, settlement

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

Side = Booking.Side


@dataclass(frozen=True, slots=True)
class Outcome:
    """What cancelling leads to now: minor units that go back to the seeker and that stay with the host."""

    side: Booking.Side
    refund: int
    kept: int


class OutcomeChanged(Refusal):
    """``outcome`` is what is true now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("outcome_changed", _("The time has moved on, and the amount has changed. Please look again."))
        self.outcome = outcome


class HasBegun(Refusal):
    def __init__(self) -> None:
        super().__init__("has_begun", _("The session has begun. It can no longer be cancelled here."))


def side_of(booking: Booking, person: "AbstractUser") -> Booking.Side:
    """For whom a person acts: its seeker, its host (a co-host too), or else our team."""
    if person.pk == booking.seeker_id:
        return Side.SEEKER
    is_host = Booking.objects.manageable_by(person).filter(pk=booking.pk).exists()
    return Side.HOST if is_host else Side.PLATFORM


def may_cancel(booking: Booking, *, by: "AbstractUser", now: datetime) -> Refusal | None:
    """None when this person can cancel now, else the reason why not.

    Hosts can until the end, seekers until the start.
    """
    if booking.state not in states.TRANSITIONS["cancel"][0]:
        return states.TransitionRefused("cancel", booking.state)
    until = booking.starts_at if side_of(booking, by) == Side.SEEKER else booking.ends_at
    return HasBegun() if until <= now else None


def preview(booking: Booking, *, by: "AbstractUser", now: datetime) -> Outcome:
    """What would happen if this person cancelled now, by the rule that was promised. Changes nothing."""
    side = side_of(booking, by)
    paid = booking.price if settlement().state(booking) == Settled.YES else 0
    minutes_before = max(0, int((booking.starts_at - now).total_seconds() // 60))
    share = policy().share_back(booking.policy, side=side, minutes_before=minutes_before)
    refund = (paid * share + EVERYTHING // 2) // EVERYTHING
    return Outcome(side=side, refund=refund, kept=paid - refund)


@patient
def cancel(booking: Booking, *, by: "AbstractUser", expected_refund: int, message: str = "", now: datetime) -> Booking:
    """Cancels, frees the time and gives back what ``preview`` says now.

    ``expected_refund`` is what the person was shown; when another amount is due now, nothing happens. Raises
    ``OutcomeChanged``, ``HasBegun``, ``states.TransitionRefused``.
    """
    bookings.settle(booking, now=now)  # What was paid a moment ago counts, also when the news is late.
    if refusal := may_cancel(booking, by=by, now=now):
        raise refusal
    with locked(booking, now=now):
        outcome = preview(booking, by=by, now=now)
        if outcome.refund != expected_refund:
            raise OutcomeChanged(outcome)
        states.move(
            booking,
            "cancel",
            by=by,
            now=now,
            cancelled_by=outcome.side,
            refund=outcome.refund,
            answer=message,
            deadline=None,
        )
        release(booking)
        _end_meeting(booking, now=now)
        settlement().cancel(booking, now=now)
        if outcome.refund:
            settlement().give_back(booking, outcome.refund, now=now)
        for person in (booking.seeker, booking.host):
            kind = notifications.YOU_CANCELLED if person.pk == by.pk else notifications.CANCELLED
            notifications.tell(booking, kind, person, now=now)
    return booking


def _end_meeting(booking: Booking, *, now: datetime) -> None:
    assert booking.scheduled_session is not None  # noqa: S101 - accepting made it
    scheduled = ScheduledSession.objects.filter(pk=booking.scheduled_session.pk)
    scheduled.update(calendar_sequence=F("calendar_sequence") + 1)
    meeting_place().end(booking.scheduled_session, now=now)
