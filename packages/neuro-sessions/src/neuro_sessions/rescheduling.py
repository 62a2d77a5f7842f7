"""Another time for the same booking: its identity, its price and its payment stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from . import booking as bookings
from . import notifications, states
from .availability import find_slot
from .cancelling import HasBegun, side_of
from .host_time import OwnTimeTaken, buffers, claim, locked, patient
from .meeting_place import meeting_place
from .models import Booking, HostTime, PeerSession, ScheduledSession
from .policies import policy
from .refusals import Refusal
from .settlement import settlement

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

Side = Booking.Side
State = Booking.State


class TooLateToMove(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "too_late_to_move", _("It is too late to change the time free of charge. The host can offer one.")
        )


class NothingProposed(Refusal):
    def __init__(self) -> None:
        super().__init__("nothing_proposed", _("There is no other time to answer any more."))


class SameTime(Refusal):
    def __init__(self) -> None:
        super().__init__("same_time", _("This is the time that you have already."))


def may_move(booking: Booking, *, by: "AbstractUser", now: datetime) -> Refusal | None:
    """None when this person can ask for another time now, else the reason why not."""
    if booking.state not in states.TRANSITIONS["move"][0]:
        return states.TransitionRefused("move", booking.state)
    if booking.starts_at <= now:
        return HasBegun()
    if bookings.is_overdue(booking, now=now):
        return states.TransitionRefused("move", State.EXPIRED)
    minutes_before = int((booking.starts_at - now).total_seconds() // 60)
    side = side_of(booking, by)
    # What nobody has agreed to yet can be changed without a rule.
    free = booking.state == State.REQUESTED or policy().may_move(
        booking.policy, side=side, minutes_before=minutes_before
    )
    return None if free else TooLateToMove()


def moves_at_once(booking: Booking, *, by: "AbstractUser") -> bool:
    """Whether nobody else has to agree when this person proposes another time."""
    unanswered = booking.state == State.REQUESTED or not booking.peer_session.require_request_approval
    return unanswered and side_of(booking, by) == Side.SEEKER


@patient
def propose(booking: Booking, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> Booking:
    """Asks for another free time of the same length. Where nobody has to agree, the booking moves at once.

    The host's word is not needed for a request that they have not answered yet, nor where the listing answers by
    itself; the seeker's always is. Raises ``availability.SlotRefused``, ``TimeTaken``, ``OwnTimeTaken``, ``SameTime``,
    ``TooLateToMove``, ``HasBegun``, ``states.TransitionRefused``.
    """
    if refusal := may_move(booking, by=by, now=now):
        raise refusal
    if starts_at == booking.starts_at:
        raise SameTime
    side = side_of(booking, by)
    with _locked_and_free(booking, by=by, starts_at=starts_at, now=now):
        if moves_at_once(booking, by=by):
            _move(booking, starts_at, by=by, now=now)
        else:
            states.move(booking, "propose", by=by, now=now, proposed_starts_at=starts_at, proposed_by=side)
            other = booking.host if side == Side.SEEKER else booking.seeker
            notifications.tell(booking, notifications.MOVE_PROPOSED, other, now=now)
    return booking


@patient
def accept(booking: Booking, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> Booking:
    """The other side agrees to the proposed time, which they were shown as ``starts_at``.

    A host's proposal for a request is their yes to it, unless a price is still open. Raises ``NothingProposed`` when
    that time is not proposed any more, and what ``propose`` raises.
    """
    _check_proposed(booking, starts_at)
    if booking.proposed_by == side_of(booking, by):
        raise NothingProposed
    with _locked_and_free(booking, by=by, starts_at=starts_at, now=now):
        _check_proposed(booking, starts_at)
        is_yes = booking.state == State.REQUESTED and booking.proposed_by != Side.SEEKER
        _move(booking, starts_at, by=by, now=now)
        if is_yes and booking.concession in (Booking.Concession.NONE, Booking.Concession.GRANTED):
            bookings.accept(booking, "approve", by=by, now=now)
    return booking


@patient
def refuse(booking: Booking, *, by: "AbstractUser | None", starts_at: datetime, now: datetime) -> Booking:
    """The other side says no to the proposed ``starts_at``, or who proposed it takes it back: the booking stays.

    Without a person: the proposal has run out. Raises ``NothingProposed``, ``states.TransitionRefused``.
    """
    _check_proposed(booking, starts_at)
    proposed_by = booking.proposed_by
    with locked(booking, now=now):
        _check_proposed(booking, starts_at)
        reason = "" if by else "ran_out"
        states.move(booking, "refuse_move", by=by, now=now, reason=reason, **states.NOTHING_PROPOSED)
        if by and side_of(booking, by) != proposed_by:
            proposer = booking.seeker if proposed_by == Side.SEEKER else booking.host
            notifications.tell(booking, notifications.MOVE_REFUSED, proposer, now=now)
    return booking


def run_out(booking: Booking, *, now: datetime) -> None:
    """Nobody answered the proposed time before it came. Raises as ``refuse`` does."""
    if booking.proposed_starts_at:
        refuse(booking, by=None, starts_at=booking.proposed_starts_at, now=now)


def _check_proposed(booking: Booking, starts_at: datetime) -> None:
    if booking.proposed_starts_at != starts_at:
        raise NothingProposed


@contextmanager
def _locked_and_free(booking: Booking, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> Iterator[None]:
    """The lock of both people, while the booking can still move and the time is one that it could have.

    What else the seeker does is looked at when they act themselves; a host learns nothing of it.
    """
    whose = booking.seeker if by.pk == booking.seeker_id else None
    try:
        with locked(booking, now=now):
            states.check(booking, "move")
            if booking.starts_at <= now:
                raise HasBegun
            if bookings.is_overdue(booking, now=now):
                raise states.TransitionRefused("move", State.EXPIRED)
            listing = PeerSession.objects.select_related("host__neuro_profile").get(pk=booking.peer_session_id)
            minutes = int((booking.ends_at - booking.starts_at).total_seconds()) // 60
            # Its length stays, also where the listing no longer offers it.
            listing.durations = sorted({*listing.durations, minutes})
            find_slot(listing, starts_at=starts_at, minutes=minutes, by=whose, moving=booking, now=now)
            yield
    except OwnTimeTaken as refusal:
        booking.refresh_from_db()
        raise bookings.own_or_theirs(refusal, booking, by=by) from refusal
    except Refusal:
        booking.refresh_from_db()
        raise


def _move(booking: Booking, starts_at: datetime, *, by: "AbstractUser", now: datetime) -> None:
    length = booking.ends_at - booking.starts_at
    booking.starts_at, booking.ends_at = starts_at, starts_at + length
    booking.buffer_before_minutes, booking.buffer_after_minutes = buffers(booking.host_id)
    of_host = booking.state != State.REQUESTED or booking.peer_session.requests_block_time
    deadline = _deadline(booking, now=now)
    # They need not keep a time for the request that they are changing.
    HostTime.objects.filter(holder_id=booking.seeker_id, host_id=booking.host_id).delete()
    claim(booking, kind=_kind(booking), expires_at=_claim_ends(booking, deadline), of_host=of_host, now=now)
    changed = ("starts_at", "ends_at", "buffer_before_minutes", "buffer_after_minutes")
    fields: dict[str, Any] = {name: getattr(booking, name) for name in changed}
    # Who was there at the old time was not there at the new one.
    fields |= {"attendance": Booking.Attendance.UNKNOWN, "deadline": deadline}
    states.move(booking, "move", by=by, now=now, **fields, **states.NOTHING_PROPOSED)
    if booking.state != State.REQUESTED:
        settlement().begin(booking, pay_by=bookings.pay_until(booking, now=now), now=now)
    if booking.scheduled_session:
        _move_meeting(booking.scheduled_session, booking, now=now)
    for person in (booking.seeker, booking.host):
        notifications.tell(booking, notifications.MOVED, person, now=now)


def _deadline(booking: Booking, *, now: datetime) -> datetime | None:
    if booking.state == State.REQUESTED:
        return bookings.answer_by(booking.starts_at, now=now)
    return bookings.pay_until(booking, now=now) if booking.state == State.APPROVED else None


def _kind(booking: Booking) -> HostTime.Kind:
    return HostTime.Kind.REQUEST if booking.state == State.REQUESTED else HostTime.Kind.SESSION


def _claim_ends(booking: Booking, deadline: datetime | None) -> datetime | None:
    grace = bookings.PAYMENT_GRACE if booking.state == State.APPROVED else timedelta(0)
    return deadline and deadline + grace


def _move_meeting(scheduled: ScheduledSession, booking: Booking, *, now: datetime) -> None:
    scheduled.starts_at, scheduled.ends_at = booking.starts_at, booking.ends_at
    ScheduledSession.objects.filter(pk=scheduled.pk).update(
        starts_at=booking.starts_at, ends_at=booking.ends_at, calendar_sequence=F("calendar_sequence") + 1
    )
    if booking.state == State.CONFIRMED:
        meeting_place().move(scheduled, now=now)
