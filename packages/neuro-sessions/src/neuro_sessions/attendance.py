"""Whether the seeker was there: an axis of its own, which the state of the booking does not change."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .history import record, values
from .host_time import locked
from .models import Booking
from .refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

State = Booking.State
Attendance = Booking.Attendance
# Coming so long after the start is still on time.
GRACE = timedelta(minutes=10)

# Each act: what was known before, and what can be known then.
TRANSITIONS: dict[str, tuple[frozenset[Attendance], frozenset[Attendance]]] = {
    "join": (
        frozenset({Attendance.UNKNOWN, Attendance.MISSED}),
        frozenset({Attendance.ATTENDED, Attendance.LATE}),
    ),
    "mark": (
        frozenset({Attendance.UNKNOWN, Attendance.MISSED, Attendance.LATE, Attendance.ATTENDED}),
        frozenset({Attendance.ATTENDED, Attendance.LATE, Attendance.MISSED}),
    ),
}
PRESENT = frozenset({Attendance.ATTENDED, Attendance.LATE})
MEETING = (State.CONFIRMED, State.COMPLETED)


class MarkRefused(Refusal):
    """Codes: not_yet, not_met (nobody meets), joined (who came in through the door was there)."""


def record_join(booking: Booking, *, now: datetime) -> None:
    """The seeker opened the door inside its window. The first time counts."""
    late = now > booking.starts_at + GRACE
    _move(booking, "join", Attendance.LATE if late else Attendance.ATTENDED, by=booking.seeker, now=now)


def may_mark(booking: Booking, *, now: datetime) -> bool:
    """Whether the host can say now who came."""
    return _refusal(booking, now=now) is None


def mark(booking: Booking, *, as_: str, by: "AbstractUser", now: datetime) -> Booking:
    """The host says whether the seeker came: ``attended``, ``late`` or ``missed``. It can be corrected.

    Who came in through our own door cannot be said to have missed it. Raises ``MarkRefused``.
    """
    if refusal := _refusal(booking, now=now):
        raise refusal
    if as_ == Attendance.MISSED and _came_in(booking):
        raise MarkRefused("joined", _("They came in through the meeting page, so they were there."))
    _move(booking, "mark", Attendance(as_), by=by, now=now)
    return booking


def _refusal(booking: Booking, *, now: datetime) -> MarkRefused | None:
    if booking.state not in MEETING:
        return MarkRefused("not_met", _("Nobody meets in this booking."))
    if now < booking.starts_at + GRACE:
        return MarkRefused("not_yet", _("You can say this some minutes after the start."))
    return None


def _move(booking: Booking, act: str, to: Attendance, *, by: "AbstractUser", now: datetime) -> None:
    sources, targets = TRANSITIONS[act]
    assert to in targets  # noqa: S101 - callers choose from them
    with locked(booking, now=now):
        if booking.state not in MEETING or booking.attendance not in sources - {to}:
            return
        before = values(booking)
        Booking.objects.filter(pk=booking.pk).update(attendance=to, revision=F("revision") + 1)
        booking.refresh_from_db(fields=["attendance", "revision"])
        record(booking, act, by=by, now=now, before=before)


def _came_in(booking: Booking) -> bool:
    """Whether the seeker came in through our own door, at the time that the booking has now."""
    last = booking.events.filter(act__in=["join", "move"]).order_by("revision").last()
    return last is not None and last.act == "join"
