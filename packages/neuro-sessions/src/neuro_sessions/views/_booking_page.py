"""What the page of one booking shows, and which buttons it has: each as the module that acts decides it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from .. import attendance, cancelling, languages, rescheduling, reviews, states
from .. import booking as bookings
from ..availability import Slot, nearest_slots
from ..forms.booking import AskForm, AttendanceForm
from ..meeting_place import meeting_place
from ..models import Booking, HostTerms, PeerSession
from ..policies import policy
from ..settlement import settlement
from . import _changes
from .answers import SignedInRequest

State = Booking.State
Concession = Booking.Concession


def facts(request: SignedInRequest, booking: Booking, *, now: datetime) -> dict[str, Any]:
    """What both people see."""
    last = booking.events.select_related("actor__neuro_profile").order_by("-revision").first()
    is_open = booking.state in states.OPEN and not bookings.is_overdue(booking, now=now)
    proposed = booking.proposed_starts_at if is_open else None
    return {
        "booking": booking,
        "spoken": languages.name(booking.language) if booking.language else "",
        "moves_money": settlement().moves_money,
        "last": last,
        "what_changed": _changes.sentence(booking, last, reader=request.user) if last else "",
        "was_given_away": last is not None and last.act == "give_back",
        "proposed": moved_slot(booking, proposed) if proposed else None,
        "proposed_by_me": _proposed_by(request, booking),
    }


def host_may(request: SignedInRequest, booking: Booking, *, now: datetime) -> dict[str, Any]:
    marked = booking.attendance != Booking.Attendance.UNKNOWN
    return _both_may(request, booking, now=now) | {
        "may_answer": allows(booking, "approve", now=now),
        "is_their_turn": booking.concession == Concession.DECLINED or _proposed_by(request, booking),
        "may_offer_usual_price": booking.concession == Concession.ASKED,
        "may_finish": bookings.may_finish(booking) is None,
        "attendance_form": AttendanceForm(initial={"as_": booking.attendance} if marked else None)
        if attendance.may_mark(booking, now=now)
        else None,
    }


def seeker_may(request: SignedInRequest, booking: Booking, *, now: datetime) -> dict[str, Any]:
    may = _both_may(request, booking, now=now)
    may_withdraw = allows(booking, "withdraw", now=now)
    is_kept = booking.state in (State.APPROVED, State.CONFIRMED) and not bookings.is_overdue(booking, now=now)
    return may | {
        "may_withdraw": may_withdraw,
        "may_cancel": may["may_cancel"] and not may_withdraw,
        "may_agree": allows(booking, "agree_price", now=now) and booking.concession == Concession.DECLINED,
        "pay_url": settlement().pay_url(booking) if is_kept else None,
        "may_review": reviews.may_review(booking) is None,
    }


def _both_may(request: SignedInRequest, booking: Booking, *, now: datetime) -> dict[str, Any]:
    is_overdue = bookings.is_overdue(booking, now=now)
    return {
        "may_cancel": not is_overdue and cancelling.may_cancel(booking, by=request.user, now=now) is None,
        "may_move": rescheduling.may_move(booking, by=request.user, now=now) is None,
    }


def other_times(request: SignedInRequest, booking: Booking, *, now: datetime) -> dict[str, Any]:
    """Near free times of the same session, where it is still offered."""
    offered = PeerSession.objects.published().select_related("host__neuro_profile", "host__neuro_calendar")
    listing = offered.filter(pk=booking.peer_session_id).exclude(host_id=request.user.pk).first()
    if listing is None:
        return {"is_hidden": True}
    minutes = minutes_of(booking)
    if minutes not in listing.durations:
        return {}
    near = nearest_slots(listing, to=booking.starts_at, minutes=minutes, by=request.user, count=6, now=now)
    # The same time may be free again, but somebody has just said no to it.
    others = [slot for slot in near if slot.starts_at != booking.starts_at][:5]
    form = AskForm(initial={"minutes": minutes})
    form.offer(others, minutes=minutes)
    return {"other_times": form} if others else {}


def promised(booking: Booking, *, now: datetime) -> dict[str, Any]:
    """The rule for cancelling and the ground rules of the seeker, as long as there is something to cancel."""
    if booking.state not in states.OPEN or bookings.is_overdue(booking, now=now):
        return {}
    version = booking.terms_version
    return {
        "may_change_plans": True,
        "rules": policy().sentences(booking.policy),
        "accepted_rules": HostTerms.objects.filter(host=booking.host_id, version=version).first() if version else None,
    }


def may_want_another(booking: Booking, *, now: datetime) -> bool:
    """Whether the seeker lost this time; who withdrew or cancelled has decided for themselves."""
    if booking.state == State.CANCELLED:
        return booking.cancelled_by != Booking.Side.SEEKER
    return booking.state in (State.REJECTED, State.EXPIRED) or bookings.is_overdue(booking, now=now)


def door_of(booking: Booking) -> dict[str, object]:
    """When people can come in, and whether that is now; nothing before the host has said yes."""
    door = meeting_place().door(booking.scheduled_session) if booking.scheduled_session else None
    return {"door": door, "door_is_open": door is not None and door.is_open(timezone.now())}


def _proposed_by(request: SignedInRequest, booking: Booking) -> bool:
    return booking.proposed_by == cancelling.side_of(booking, request.user)


def allows(booking: Booking, act: str, *, now: datetime) -> bool:
    return booking.state in states.TRANSITIONS[act][0] and not bookings.is_overdue(booking, now=now)


def moved_slot(booking: Booking, starts_at: datetime) -> Slot:
    """The booking's length at another time."""
    return Slot(starts_at, starts_at + (booking.ends_at - booking.starts_at))


def minutes_of(booking: Booking) -> int:
    return int((booking.ends_at - booking.starts_at).total_seconds()) // 60
