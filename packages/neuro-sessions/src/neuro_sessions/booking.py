"""The one door of a booking's state. Each act is one transaction; each leaves one ``BookingEvent``."""

import uuid
from collections.abc import Container
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import time_zone_of

from . import conf, notifications
from .availability import Slot, SlotRefused, find_slot
from .history import record
from .host_time import TimeTaken, claim_time, locked_calendar, release
from .meeting_place import meeting_place
from .models import Booking, HostTime, PeerSession, ScheduledSession
from .refusals import Refusal
from .settlement import Settled, settlement

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

State = Booking.State

TRANSITIONS: dict[str, tuple[frozenset[State], State]] = {
    "approve": (frozenset({State.REQUESTED}), State.APPROVED),
    "decline": (frozenset({State.REQUESTED}), State.REJECTED),
    "withdraw": (frozenset({State.REQUESTED, State.APPROVED}), State.WITHDRAWN),
    "confirm": (frozenset({State.APPROVED}), State.CONFIRMED),
    "expire": (frozenset({State.REQUESTED, State.APPROVED}), State.EXPIRED),
    "complete": (frozenset({State.CONFIRMED}), State.COMPLETED),
}

# A payment that was begun in time may be reported a little later: the host's time is kept until then.
PAYMENT_GRACE = timedelta(minutes=10)
ALWAYS = Q()


class TransitionRefused(Refusal):
    """The booking's state does not allow the act. ``code`` is ``<act>_<state>``."""

    def __init__(self, act: str, state: str) -> None:
        super().__init__(f"{act}_{state}", SENTENCES[State(state)])


class OwnListing(Refusal):
    def __init__(self) -> None:
        super().__init__("own_listing", _("This is your own session. Other people can ask for it."))


class AlreadyAsked(Refusal):
    """``path`` is the page of the request that is there."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(
            "already_asked", _("You have asked for this time before. This is your request."), booking.get_absolute_url()
        )


class NotMet(Refusal):
    def __init__(self) -> None:
        super().__init__("not_met", _("You can say this when the other person has joined."))


SENTENCES = {
    State.REQUESTED: _("This request is waiting for the host's answer."),
    State.APPROVED: _("The host has already said yes."),
    State.CONFIRMED: _("This session is already booked."),
    State.COMPLETED: _("This session is over."),
    State.REJECTED: _("The host has already declined this request."),
    State.WITHDRAWN: _("This request was already withdrawn."),
    State.EXPIRED: _("This request has run out."),
}


def ask(
    listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, minutes: int, note: str, now: datetime
) -> Booking:
    """Asks for a time. Returns the requested booking.

    Raises ``SlotRefused``, ``TimeTaken``, ``OwnListing``, ``AlreadyAsked``.
    """
    if listing.host_id == by.pk:
        raise OwnListing
    try:
        slot = find_slot(listing, starts_at=starts_at, minutes=minutes, now=now)
        booking = _request(listing, by=by, slot=slot, note=note, now=now)
        with _lock(booking, listing, now=now):
            _refuse_second(listing, by=by, starts_at=starts_at, now=now)
            _begin(booking, by=by, now=now)
    except (SlotRefused, TimeTaken):
        # On a second click the time is taken by one's own request.
        _refuse_second(listing, by=by, starts_at=starts_at, now=now)
        raise
    return booking


def approve(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    """The host says yes: the time is theirs now. Without a price the booking is confirmed at once.

    Raises ``TransitionRefused``, ``TimeTaken`` when the host gave the time to somebody else meanwhile, and what
    ``Settlement.begin`` raises when the host cannot be paid.
    """
    if booking.state not in TRANSITIONS["approve"][0]:
        raise TransitionRefused("approve", booking.state)
    if is_overdue(booking, now=now):
        raise TransitionRefused("approve", expire(booking, now=now).state)
    pay_by = min(now + timedelta(hours=conf.get().pay_within_hours), booking.starts_at)
    try:
        with claim_time(booking, kind=HostTime.Kind.SESSION, expires_at=pay_by + PAYMENT_GRACE, now=now):
            scheduled = _schedule(booking)
            _move(booking, "approve", by=by, now=now, scheduled_session=scheduled, deadline=pay_by)
            settlement().begin(booking, now=now)
            if settlement().state(booking) == Settled.YES:
                _confirm(booking, now=now)
            else:
                notifications.tell(booking, notifications.APPROVED, booking.seeker, now=now)
    except Refusal:
        booking.refresh_from_db()
        raise
    return booking


def decline(booking: Booking, *, by: "AbstractUser", message: str, now: datetime) -> Booking:
    """The host says no, with an optional message. Raises ``TransitionRefused``."""
    with transaction.atomic(durable=True):
        _move(booking, "decline", by=by, now=now, answer=message, deadline=None)
        release(booking)
        notifications.tell(booking, notifications.DECLINED, booking.seeker, now=now)
    return booking


def withdraw(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    """The seeker takes the request back, before it is paid. Raises ``TransitionRefused``."""
    settle(booking, now=now)  # What was paid a moment ago counts, also when the news is late.
    with transaction.atomic(durable=True):
        _move(booking, "withdraw", by=by, now=now, deadline=None)
        _end(booking, "withdraw", now=now)
        notifications.tell(booking, notifications.WITHDRAWN, booking.host, now=now)
    return booking


def settle(booking: Booking, *, now: datetime) -> Booking:
    """Brings the booking to what its payment says. Any number of calls, in any order, give the same result."""
    if booking.state != State.APPROVED or settlement().state(booking) != Settled.YES:
        return booking
    with suppress(TransitionRefused):  # Another process was faster; the booking shows what is true now.
        # The time is normally still held. After the deadline it may be gone: then nobody is promised it twice.
        with suppress(TimeTaken), claim_time(booking, kind=HostTime.Kind.SESSION, now=now):
            _confirm(booking, now=now)
        if booking.state == State.APPROVED:
            _expire(booking, now=now, only_unpaid=False)
    return booking


def expire(booking: Booking, *, now: datetime) -> Booking:
    """Nobody acted in time. Raises ``TransitionRefused``, also when somebody has acted since it was read."""
    settle(booking, now=now)
    return _expire(booking, now=now)


def finish(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    """The host says that the session is over, once the seeker has joined. Raises ``TransitionRefused``, ``NotMet``."""
    refusal = may_finish(booking)
    if refusal:
        raise refusal
    return complete(booking, by=by, now=now)


def may_finish(booking: Booking) -> Refusal | None:
    """None when the host can say that the session is over, else the reason why not."""
    if booking.state != State.CONFIRMED:
        return TransitionRefused("complete", booking.state)
    return None if booking.attendance == Booking.Attendance.ATTENDED else NotMet()


def complete(booking: Booking, *, by: "AbstractUser | None" = None, now: datetime) -> Booking:
    """The session is over; its time stays taken, so that nobody is promised the rest of it.

    Raises ``TransitionRefused``.
    """
    with transaction.atomic(durable=True):
        _move(booking, "complete", by=by, now=now)
    return booking


def is_overdue(booking: Booking, *, now: datetime) -> bool:
    """Whether its state has ended although nobody has written that down yet."""
    grace = PAYMENT_GRACE if booking.state == State.APPROVED else timedelta(0)
    return booking.deadline is not None and booking.deadline + grace <= now


def is_over(booking: Booking, *, now: datetime) -> bool:
    """Whether nobody can come in any more."""
    scheduled = booking.scheduled_session
    return scheduled is not None and meeting_place().door(scheduled).closes_at <= now


def _expire(booking: Booking, *, now: datetime, only_unpaid: bool = True) -> Booking:
    with transaction.atomic(durable=True):
        _move(booking, "expire", by=None, now=now, only=Q(deadline=booking.deadline), deadline=None)
        _end(booking, "expire" if only_unpaid else None, now=now)
        notifications.tell(booking, notifications.EXPIRED, booking.seeker, now=now)
        if booking.scheduled_session_id:
            notifications.tell(booking, notifications.EXPIRED_FOR_HOST, booking.host, now=now)
    return booking


def _request(listing: PeerSession, *, by: "AbstractUser", slot: Slot, note: str, now: datetime) -> Booking:
    """What is promised, as it is now."""
    return Booking(
        id=uuid.uuid4(),
        host_id=listing.host_id,
        seeker_id=by.pk,
        peer_session=listing,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        title=listing.title,
        price=listing.price,
        currency=listing.currency,
        note=note,
        seeker_time_zone=str(time_zone_of(by)),
        host_time_zone=str(time_zone_of(listing.host)),
        state=State.REQUESTED,
        deadline=min(now + timedelta(hours=conf.get().answer_within_hours), slot.starts_at),
        created_at=now,
    )


def _lock(booking: Booking, listing: PeerSession, *, now: datetime) -> AbstractContextManager[None]:
    if listing.requests_block_time:
        return claim_time(booking, kind=HostTime.Kind.REQUEST, expires_at=booking.deadline, now=now)
    return locked_calendar(listing.host_id)


def _refuse_second(listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> None:
    own = Booking.objects.of_seeker(by).filter(peer_session=listing, starts_at=starts_at)
    live = own.filter(state__in=[State.REQUESTED, State.APPROVED, State.CONFIRMED]).exclude(deadline__lte=now)
    if found := live.first():
        raise AlreadyAsked(found)


def _schedule(booking: Booking) -> ScheduledSession:
    return ScheduledSession.objects.create(
        host_id=booking.host_id,
        peer_session_id=booking.peer_session_id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )


def _begin(booking: Booking, *, by: "AbstractUser", now: datetime) -> None:
    booking.save(force_insert=True)
    everything = {field.name for field in Booking._meta.concrete_fields} - {"revision"}
    record(booking, "ask", by=by, now=now, changes=_values(booking, everything))
    notifications.tell(booking, notifications.REQUESTED, booking.host, now=now)


def _confirm(booking: Booking, *, now: datetime) -> None:
    _move(booking, "confirm", by=None, now=now, deadline=None)
    HostTime.objects.filter(booking=booking.pk).update(expires_at=None)
    assert booking.scheduled_session is not None  # noqa: S101 - approving made it
    meeting_place().want(booking.scheduled_session, now=now)
    notifications.tell(booking, notifications.CONFIRMED, booking.seeker, now=now)
    notifications.tell(booking, notifications.CONFIRMED_FOR_HOST, booking.host, now=now)


def _end(booking: Booking, unless_paid: str | None, *, now: datetime) -> None:
    """Frees the time and closes the payment. With ``unless_paid``, the name of the act, a payment refuses the act."""
    release(booking)
    settlement().cancel(booking, now=now)
    if unless_paid and booking.scheduled_session_id and settlement().state(booking) == Settled.YES:
        raise TransitionRefused(unless_paid, State.CONFIRMED)


def _move(
    booking: Booking, act: str, *, by: "AbstractUser | None", now: datetime, only: Q = ALWAYS, **fields: Any
) -> None:
    """One conditional update: of two people acting at once, one acts and the other is refused."""
    sources, target = TRANSITIONS[act]
    mine = Booking.objects.filter(only, pk=booking.pk, state__in=sources)
    changed = mine.update(state=target, revision=F("revision") + 1, **fields)
    booking.refresh_from_db(fields=["state", "revision", *fields])
    if not changed:
        raise TransitionRefused(act, booking.state)
    record(booking, act, by=by, now=now, changes=_values(booking, {"state", *fields}))


def _values(booking: Booking, names: Container[str]) -> dict[str, Any]:
    return {f.attname: getattr(booking, f.attname) for f in Booking._meta.concrete_fields if f.name in names}
