"""From asking to afterwards. Each act is one transaction under the lock of both people, and one ``BookingEvent``."""

import json
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import time_zone_of

from . import conf, notifications, states, terms
from .attendance import PRESENT
from .availability import Slot, SlotRefused, find_slot
from .host_time import OwnTimeTaken, TimeTaken, buffers, claim, locked, locked_calendars, patient, release, taken
from .meeting_place import meeting_place
from .models import Booking, BookingDraft, HostTime, PeerSession, ScheduledSession
from .policies import policy
from .pricing import price_of
from .refusals import Refusal
from .settlement import Settled, settlement
from .states import TransitionRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

State = Booking.State
Concession = Booking.Concession
PriceKind = Booking.PriceKind
# A payment that was begun in time may be reported a little later: the host's time is kept until then.
PAYMENT_GRACE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a seeker says with a request. ``chosen_price`` is for the whole session, in minor units.

    ``terms_version`` is the version of the host's ground rules that they have accepted.
    """

    language: str = ""
    price_kind: str = PriceKind.STANDARD
    chosen_price: int | None = None
    access_needs: str = ""
    note: str = ""
    terms_version: int | None = None


class OwnListing(Refusal):
    def __init__(self) -> None:
        super().__init__("own_listing", _("This is your own session. Other people can ask for it."))


class NotOffered(Refusal):
    def __init__(self) -> None:
        super().__init__("not_offered", _("This session is not offered any more."))


class LanguageRefused(Refusal):
    def __init__(self) -> None:
        super().__init__("language", _("The host does not offer this language. Please choose one of the others."))


class PromiseChanged(Refusal):
    def __init__(self) -> None:
        super().__init__("promise_changed", _("The host has changed something. Please look at your request again."))


class TermsChanged(Refusal):
    def __init__(self) -> None:
        super().__init__("terms", _("Please read the host's ground rules and say that you accept them."))


class PriceIsOpen(Refusal):
    def __init__(self) -> None:
        super().__init__("price_open", _("You have offered the usual price. Now the other person can answer."))


class NoPriceToAgree(Refusal):
    def __init__(self) -> None:
        super().__init__("no_price", _("There is no other price to agree to."))


class TheyAreBusy(Refusal):
    """Says no more than it has to: where the seeker is meanwhile is nobody's business."""

    def __init__(self) -> None:
        super().__init__("they_are_busy", _("The other person is not free at that time any more."))


class AlreadyAsked(Refusal):
    """``path`` is the page of the request that is there."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(
            "already_asked", _("You have asked for this time before. This is your request."), booking.get_absolute_url()
        )


class NotMet(Refusal):
    def __init__(self) -> None:
        super().__init__("not_met", _("You can say this when the other person has joined."))


@patient
def ask(
    listing: PeerSession,
    *,
    by: "AbstractUser",
    starts_at: datetime,
    minutes: int,
    answers: Answers,
    promised: str | None = None,
    now: datetime,
) -> Booking:
    """Asks for a time. Returns the requested booking, or the approved one where the listing answers by itself.

    ``promised`` is the ``promise_digest`` that the person was shown. Raises ``SlotRefused``, ``TimeTaken``,
    ``OwnTimeTaken``, ``OwnListing``, ``NotOffered``, ``AlreadyAsked``, ``LanguageRefused``, ``TermsChanged``,
    ``PromiseChanged``, ``pricing.PriceRefused``.
    """
    if listing.host_id == by.pk:
        raise OwnListing
    try:
        find_slot(listing, starts_at=starts_at, minutes=minutes, by=by, now=now)  # Most losers leave before the lock.
        with locked_calendars(listing.host_id, by.pk, now=now):
            # What was read before the lock may have changed meanwhile.
            current = PeerSession.objects.published().select_related("host__neuro_profile").filter(pk=listing.pk)
            if (fresh := current.first()) is None:
                raise NotOffered
            _refuse_second(fresh, by=by, starts_at=starts_at, now=now)
            slot = find_slot(fresh, starts_at=starts_at, minutes=minutes, by=by, now=now)
            if promised is not None and promised != promise_digest(fresh, minutes=minutes, answers=answers):
                raise PromiseChanged
            booking = _promise(fresh, by=by, slot=slot, answers=answers, now=now)
            _begin(booking, fresh, by=by, now=now)
    except (SlotRefused, TimeTaken, OwnTimeTaken) as refusal:
        # On a second click the time is taken by one's own request.
        _refuse_second(listing, by=by, starts_at=starts_at, now=now)
        if refusal.code == "own_time":
            raise _own_time_taken(by, starts_at=starts_at, minutes=minutes, now=now) from refusal
        raise
    return booking


def promise_digest(listing: PeerSession, *, minutes: int, answers: Answers) -> str:
    """A short mark of everything that a seeker is promised; it differs when any of it differs.

    Raises ``LanguageRefused``, ``pricing.PriceRefused``.
    """
    standard, price = _prices(listing, minutes=minutes, answers=answers)
    _check_language(listing, answers)
    ground_rules = terms.current(listing.host)
    promise = [
        str(listing.pk),
        listing.title,
        minutes,
        standard,
        price,
        listing.currency,
        policy().promise(listing.cancellation),
        ground_rules.version if ground_rules else None,
        listing.require_request_approval,
        listing.access_before_payment,
    ]
    return sha256(json.dumps(promise).encode()).hexdigest()[:32]


def live_request(listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> Booking | None:
    """What this person has asked for or booked at this listing for exactly this time, while it has not ended."""
    own = Booking.objects.of_seeker(by).filter(peer_session=listing, starts_at=starts_at)
    return own.filter(state__in=states.OPEN).exclude(deadline__lte=now).first()


def own_or_theirs(refusal: OwnTimeTaken, booking: Booking, *, by: "AbstractUser") -> Refusal:
    """What somebody is told whose act fails because the seeker is busy: the seeker alone learns by what."""
    return refusal if by.pk == booking.seeker_id else TheyAreBusy()


@patient
def approve(booking: Booking, *, by: "AbstractUser", now: datetime, reduced: bool = True) -> Booking:
    """The host says yes: the time is theirs now. Without a price the booking is confirmed at once.

    With ``reduced=False`` the yes is for the usual price alone, where the reduced one was asked for: the booking
    stays requested until its seeker agrees. Raises ``TransitionRefused``, ``PriceIsOpen``, ``TimeTaken`` when the host
    gave the time to somebody else meanwhile, and what ``Settlement.begin`` raises when the host cannot be paid.
    """
    states.check(booking, "approve")
    if is_overdue(booking, now=now):
        raise TransitionRefused("approve", expire(booking, now=now).state)
    if booking.concession == Concession.DECLINED and not reduced:
        raise PriceIsOpen
    if booking.concession == Concession.ASKED and not reduced:
        return _offer_usual_price(booking, by=by, now=now)
    return _accepted(booking, "approve", by=by, now=now)


@patient
def agree_price(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    """The seeker agrees to the usual price, after the host's yes for it alone. Raises as ``approve`` does."""
    states.check(booking, "agree_price")
    if is_overdue(booking, now=now):
        raise TransitionRefused("agree_price", expire(booking, now=now).state)
    return _accepted(booking, "agree_price", by=by, now=now)


@patient
def decline(booking: Booking, *, by: "AbstractUser", message: str, now: datetime) -> Booking:
    """The host says no, with an optional message. Raises ``TransitionRefused``."""
    with locked(booking, now=now):
        states.move(booking, "decline", by=by, now=now, answer=message, deadline=None)
        release(booking)
        notifications.tell(booking, notifications.DECLINED, booking.seeker, now=now)
    return booking


@patient
def withdraw(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    """The seeker takes the request back, before it is paid. Raises ``TransitionRefused``."""
    settle(booking, now=now)  # What was paid a moment ago counts, also when the news is late.
    with locked(booking, now=now):
        states.move(booking, "withdraw", by=by, now=now, deadline=None)
        _end(booking, "withdraw", now=now)
        notifications.tell(booking, notifications.WITHDRAWN, booking.host, now=now)
    return booking


@patient
def settle(booking: Booking, *, now: datetime) -> Booking:
    """Brings the booking to what its payment says. Any number of calls, in any order, give the same result."""
    if booking.state != State.APPROVED or settlement().state(booking) != Settled.YES:
        return booking
    with suppress(TransitionRefused):  # Another process was faster; the booking shows what is true now.
        # The time is normally still held. After the deadline it may be gone: then nobody is promised it twice.
        with suppress(TimeTaken, OwnTimeTaken), locked(booking, now=now):
            claim(booking, kind=HostTime.Kind.SESSION, now=now)
            _confirm(booking, now=now)
        if booking.state == State.APPROVED:
            _expire(booking, now=now, only_unpaid=False)
    return booking


@patient
def expire(booking: Booking, *, now: datetime) -> Booking:
    """Nobody acted in time. Raises ``TransitionRefused``, also when somebody has acted since it was read."""
    settle(booking, now=now)
    return _expire(booking, now=now)


def overtaken(host_id: Any, *, now: datetime) -> list[Booking]:
    """Requests whose time their host has promised to somebody else: nobody can say yes to them any more."""
    asked = Booking.objects.with_people().filter(host_id=host_id, state=State.REQUESTED, starts_at__gt=now)
    return [one for one in asked if _is_promised_elsewhere(one, now=now)]


@patient
def give_back(booking: Booking, *, now: datetime) -> Booking:
    """Ends a request whose time went to somebody else; its seeker gets other times. Raises ``TransitionRefused``."""
    with locked(booking, now=now):
        if _is_promised_elsewhere(booking, now=now):
            states.move(booking, "give_back", by=None, now=now, reason="time_taken", deadline=None)
            release(booking)
            notifications.tell(booking, notifications.GIVEN_BACK, booking.seeker, now=now)
    return booking


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
    return None if booking.attendance in PRESENT else NotMet()


@patient
def complete(booking: Booking, *, by: "AbstractUser | None" = None, now: datetime) -> Booking:
    """The session is over; its time stays taken, so that nobody is promised the rest of it.

    Raises ``TransitionRefused``.
    """
    with locked(booking, now=now):
        states.move(booking, "complete", by=by, now=now)
    return booking


def is_overdue(booking: Booking, *, now: datetime) -> bool:
    """Whether its state has ended although nobody has written that down yet."""
    grace = PAYMENT_GRACE if booking.state == State.APPROVED else timedelta(0)
    return booking.deadline is not None and booking.deadline + grace <= now


def is_over(booking: Booking, *, now: datetime) -> bool:
    """Whether nobody can come in any more."""
    scheduled = booking.scheduled_session
    return scheduled is not None and meeting_place().door(scheduled).closes_at <= now


def answer_by(starts_at: datetime, *, now: datetime) -> datetime:
    """When a request for this time ends if nobody answers."""
    return min(now + timedelta(hours=conf.get().answer_within_hours), starts_at)


def accept(booking: Booking, act: str, *, by: "AbstractUser", now: datetime) -> None:
    """Both people agree: takes the time and begins the payment. For use under ``host_time.locked``."""
    states.check(booking, act)
    pay_by = pay_until(booking, now=now)
    claim(booking, kind=HostTime.Kind.SESSION, expires_at=pay_by + PAYMENT_GRACE, now=now)
    agreed = _usual_price(booking) if act == "agree_price" else _as_asked(booking)
    scheduled = _schedule(booking)
    states.move(booking, act, by=by, now=now, scheduled_session=scheduled, deadline=pay_by, answer="", **agreed)
    settlement().begin(booking, pay_by=pay_by, now=now)
    if settlement().state(booking) == Settled.YES or booking.peer_session.access_before_payment:
        _confirm(booking, now=now)
    else:
        notifications.tell(booking, notifications.APPROVED, booking.seeker, now=now)


def _as_asked(booking: Booking) -> dict[str, Any]:
    return {} if booking.concession == Concession.NONE else {"concession": Concession.GRANTED}


def _usual_price(booking: Booking) -> dict[str, Any]:
    if booking.concession != Concession.DECLINED:
        raise NoPriceToAgree
    return {"price_kind": PriceKind.STANDARD, "price": booking.standard_price}


def _accepted(booking: Booking, act: str, *, by: "AbstractUser", now: datetime) -> Booking:
    try:
        with locked(booking, now=now):
            accept(booking, act, by=by, now=now)
    except OwnTimeTaken as refusal:
        booking.refresh_from_db()
        raise own_or_theirs(refusal, booking, by=by) from refusal
    except Refusal:
        booking.refresh_from_db()
        raise
    for other in overtaken(booking.host_id, now=now):
        with suppress(Refusal):  # Its seeker was faster; and what fails here, tick does.
            give_back(other, now=now)
    return booking


def _offer_usual_price(booking: Booking, *, by: "AbstractUser", now: datetime) -> Booking:
    with locked(booking, now=now):
        if booking.concession != Concession.ASKED:
            raise PriceIsOpen
        deadline = answer_by(booking.starts_at, now=now)
        states.move(booking, "offer_price", by=by, now=now, concession=Concession.DECLINED, deadline=deadline)
        _keep_until(booking, deadline)
        notifications.tell(booking, notifications.PRICE_OFFERED, booking.seeker, now=now)
    return booking


def _expire(booking: Booking, *, now: datetime, only_unpaid: bool = True) -> Booking:
    as_read = booking.deadline
    with locked(booking, now=now):
        # What was paid although the time is gone is owed in full.
        owed = 0 if only_unpaid else booking.price
        states.move(booking, "expire", by=None, now=now, only=Q(deadline=as_read), deadline=None, refund=owed)
        _end(booking, "expire" if only_unpaid else None, now=now)
        if owed:
            settlement().give_back(booking, owed, now=now)
        notifications.tell(booking, notifications.EXPIRED, booking.seeker, now=now)
        if booking.scheduled_session_id:
            notifications.tell(booking, notifications.EXPIRED_FOR_HOST, booking.host, now=now)
    return booking


def _promise(listing: PeerSession, *, by: "AbstractUser", slot: Slot, answers: Answers, now: datetime) -> Booking:
    """What is promised, as it is now."""
    _check_language(listing, answers)
    ground_rules = terms.current(listing.host)
    if ground_rules and answers.terms_version != ground_rules.version:
        raise TermsChanged
    minutes = int((slot.ends_at - slot.starts_at).total_seconds()) // 60
    standard, price = _prices(listing, minutes=minutes, answers=answers)
    before, after = buffers(listing.host_id)
    return Booking(
        id=uuid.uuid4(),
        host=listing.host,
        seeker_id=by.pk,
        peer_session=listing,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        title=listing.title,
        price_kind=answers.price_kind,
        price=price,
        standard_price=standard,
        currency=listing.currency,
        concession=_concession(listing, answers),
        language=answers.language,
        access_needs=answers.access_needs,
        note=answers.note,
        policy=policy().promise(listing.cancellation),
        terms_version=ground_rules.version if ground_rules else None,
        buffer_before_minutes=before,
        buffer_after_minutes=after,
        seeker_time_zone=str(time_zone_of(by)),
        host_time_zone=str(time_zone_of(listing.host)),
        deadline=answer_by(slot.starts_at, now=now),
        created_at=now,
    )


def _check_language(listing: PeerSession, answers: Answers) -> None:
    if answers.language and answers.language not in listing.languages:
        raise LanguageRefused


def _prices(listing: PeerSession, *, minutes: int, answers: Answers) -> tuple[int, int]:
    """The usual price and the one of the answers."""
    kind = PriceKind(answers.price_kind)
    price = price_of(listing, minutes=minutes, kind=kind, chosen=answers.chosen_price)
    usual = price if kind == PriceKind.CHOSEN else price_of(listing, minutes=minutes, kind=PriceKind.STANDARD)
    return usual, price


def _concession(listing: PeerSession, answers: Answers) -> Concession:
    if answers.price_kind != PriceKind.REDUCED:
        return Concession.NONE
    return Concession.ASKED if listing.require_concession_approval else Concession.GRANTED


def _begin(booking: Booking, listing: PeerSession, *, by: "AbstractUser", now: datetime) -> None:
    HostTime.objects.filter(holder_id=by.pk, host_id=booking.host_id).delete()
    states.begin(booking, by=by, now=now)
    BookingDraft.objects.filter(seeker_id=by.pk, peer_session=listing).delete()
    if not listing.require_request_approval and booking.concession != Concession.ASKED:
        accept(booking, "approve", by=by, now=now)
        return
    claim(
        booking,
        kind=HostTime.Kind.REQUEST,
        expires_at=booking.deadline,
        of_host=listing.requests_block_time,
        now=now,
    )
    notifications.tell(booking, notifications.REQUESTED, booking.host, now=now)


def _refuse_second(listing: PeerSession, *, by: "AbstractUser", starts_at: datetime, now: datetime) -> None:
    if found := live_request(listing, by=by, starts_at=starts_at, now=now):
        raise AlreadyAsked(found)


def _own_time_taken(by: "AbstractUser", *, starts_at: datetime, minutes: int, now: datetime) -> OwnTimeTaken:
    until = starts_at + timedelta(minutes=minutes)
    own = taken([by.pk], since=starts_at, until=until, now=now).filter(booking__isnull=False).select_related("booking")
    in_the_way = own.first()
    return OwnTimeTaken(in_the_way.booking.get_absolute_url() if in_the_way and in_the_way.booking else "")


def _is_promised_elsewhere(booking: Booking, *, now: datetime) -> bool:
    since = booking.starts_at - timedelta(minutes=booking.buffer_before_minutes)
    until = booking.ends_at + timedelta(minutes=booking.buffer_after_minutes)
    promised = taken([booking.host_id], since=since, until=until, now=now).filter(kind=HostTime.Kind.SESSION)
    return promised.exclude(booking=booking.pk).exists()


def _schedule(booking: Booking) -> ScheduledSession:
    return ScheduledSession.objects.create(
        host_id=booking.host_id,
        peer_session_id=booking.peer_session_id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )


def pay_until(booking: Booking, *, now: datetime) -> datetime:
    """When what is due for this booking has to be paid, if it is agreed or moved now."""
    within = timedelta(hours=conf.get().pay_within_hours)
    if booking.peer_session.access_before_payment:
        return booking.ends_at + within
    return min(now + within, booking.starts_at)


def _keep_until(booking: Booking, deadline: datetime | None) -> None:
    HostTime.objects.filter(booking=booking.pk).update(expires_at=deadline)


def _confirm(booking: Booking, *, now: datetime) -> None:
    states.move(booking, "confirm", by=None, now=now, deadline=None)
    _keep_until(booking, None)
    assert booking.scheduled_session is not None  # noqa: S101 - accepting made it
    meeting_place().want(booking.scheduled_session, now=now)
    notifications.tell(booking, notifications.CONFIRMED, booking.seeker, now=now)
    notifications.tell(booking, notifications.CONFIRMED_FOR_HOST, booking.host, now=now)


def _end(booking: Booking, unless_paid: str | None, *, now: datetime) -> None:
    """Frees the time and closes the payment. With ``unless_paid``, the name of the act, a payment refuses the act."""
    release(booking)
    settlement().cancel(booking, now=now)
    if unless_paid and booking.scheduled_session_id and settlement().state(booking) == Settled.YES:
        raise TransitionRefused(unless_paid, State.CONFIRMED)
