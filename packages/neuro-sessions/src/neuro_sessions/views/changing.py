"""What two people do with a booking that is there: cancel it, or give it another time."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from neuro_accounts import preferences
from neuro_accounts.profiles import display_name, time_zone_of

from .. import cancelling, rescheduling
from ..availability import Slot, SlotRefused, find_slot, free_slots
from ..forms.booking import CancelForm, MoveForm, slot_value
from ..host_time import OwnTimeTaken, TimeTaken
from ..models import Booking, PeerSession
from ..policies import policy
from ..refusals import Refusal
from ..settlement import settlement
from ..slot_picker import LIST, Picker, pick
from ._booking_page import minutes_of, moved_slot
from .answers import SignedInRequest, done, refused, sent_from
from .bookings import act, visible

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# Further ahead than any host can be asked: their own horizon ends it.
FURTHEST = timedelta(days=366)


@login_required
@never_cache
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What cancelling leads to, to the penny, before the button that does it."""
    booking, now = visible(request, pk), timezone.now()
    form = CancelForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            cancelling.cancel(booking, by=request.user, now=now, **form.cleaned_data)
        except cancelling.OutcomeChanged as refusal:
            messages.warning(request, str(refusal.sentence))
            status = 409
        except Refusal as refusal:
            return refused(request, refusal, booking.get_absolute_url())
        else:
            return done(request, _("The session is cancelled. We have told both of you."), booking.get_absolute_url())
    if reason := cancelling.may_cancel(booking, by=request.user, now=now):
        return refused(request, reason, booking.get_absolute_url())
    outcome = cancelling.preview(booking, by=request.user, now=now)
    said = form.data.get("message", "")
    context = _about(request, booking) | {
        "form": form if form.errors else CancelForm(initial={"expected_refund": outcome.refund, "message": said}),
        "outcome": outcome,
        "rules": policy().sentences(booking.policy),
        "moves_money": settlement().moves_money,
    }
    return render(request, "neuro_sessions/cancel.html", context, status=status)


@login_required
@never_cache
def move(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Another time of the same length: first the free times, then a page that says what the chosen one leads to."""
    booking, now = visible(request, pk), timezone.now()
    if refusal := rescheduling.may_move(booking, by=request.user, now=now):
        return refused(request, refusal, booking.get_absolute_url())
    if request.method == "POST":
        form = MoveForm(request.POST)
        return _propose(request, booking, form) if form.is_valid() else _times_page(request, booking, form)
    if "start" not in request.GET:
        return _times_page(request, booking, MoveForm())
    form = MoveForm({"starts_at": request.GET["start"]})
    if not form.is_valid():
        return _times_page(request, booking, form)
    listing = _listing_of(booking)
    try:
        slot = find_slot(
            listing,
            starts_at=form.cleaned_data["starts_at"],
            minutes=minutes_of(booking),
            by=_whose_times(request, booking),
            moving=booking,
            now=now,
        )
    except SlotRefused as refusal:
        form.add_error("starts_at", str(refusal.sentence))
        return _times_page(request, booking, form)
    return _confirm_page(request, booking, slot)


def _propose(request: SignedInRequest, booking: Booking, form: MoveForm) -> HttpResponse:
    try:
        rescheduling.propose(booking, by=request.user, now=timezone.now(), **form.cleaned_data)
    except (SlotRefused, TimeTaken, OwnTimeTaken, rescheduling.SameTime) as refusal:
        form.add_error("starts_at", str(refusal.sentence))
        return _times_page(request, booking, form)
    except Refusal as refusal:
        return refused(request, refusal, booking.get_absolute_url())
    if booking.proposed_starts_at:
        name = display_name(_other(request, booking))
        sentence = _("We have asked %(name)s. Until they agree, nothing changes.") % {"name": name}
    else:
        sentence = _("The new time is set. We have told both of you.")
    return done(request, sentence, booking.get_absolute_url())


@login_required
@sent_from("booking")
def accept(request: SignedInRequest, pk: UUID) -> HttpResponse:
    sentence = _("The new time is set. We have told both of you.")
    return _answer(request, visible(request, pk), rescheduling.accept, sentence)


@login_required
@sent_from("booking")
def refuse(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """No to the suggested time, or what one has suggested is taken back."""
    return _answer(request, visible(request, pk), rescheduling.refuse, _("The booking stays as it is."))


def _answer(request: SignedInRequest, booking: Booking, answer: Callable[..., object], sentence: str) -> HttpResponse:
    """Answers the time that the person was shown, and no other one."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return refused(request, rescheduling.NothingProposed(), booking.get_absolute_url())
    return act(request, booking, answer, sentence, **form.cleaned_data)


def _times_page(request: SignedInRequest, booking: Booking, form: MoveForm) -> HttpResponse:
    context = _about(request, booking) | {"picker": _picker(request, booking), "form": form}
    return render(request, "neuro_sessions/move.html", context, status=409 if form.errors else 200)


def _confirm_page(request: SignedInRequest, booking: Booking, slot: Slot) -> HttpResponse:
    context = _about(request, booking) | {
        "slot": slot,
        "starts_at": slot_value(slot),
        "now_at": moved_slot(booking, booking.starts_at),
        "at_once": rescheduling.moves_at_once(booking, by=request.user),
        "address": reverse("neuro_sessions:move", args=[booking.pk]),
    }
    return render(request, "neuro_sessions/move_check.html", context)


def _picker(request: SignedInRequest, booking: Booking) -> Picker:
    now, minutes = timezone.now(), minutes_of(booking)
    listing = _listing_of(booking)
    slots = free_slots(
        listing,
        minutes=minutes,
        since=now,
        until=now + FURTHEST,
        by=_whose_times(request, booking),
        moving=booking,
        now=now,
    )
    return pick(
        [slot for slot in slots if slot.starts_at != booking.starts_at],
        durations=[minutes],
        query=request.GET,
        now=now,
        prefers=preferences.chosen(request.user, request.COOKIES).times or LIST,
        host_zone=time_zone_of(_other(request, booking)),
    )


def _whose_times(request: SignedInRequest, booking: Booking) -> "AbstractBaseUser | None":
    """Whose other sessions are left out too. A host learns nothing of what the other person does elsewhere."""
    return booking.seeker if booking.seeker_id == request.user.pk else None


def _listing_of(booking: Booking) -> PeerSession:
    return PeerSession.objects.select_related("host__neuro_calendar", "host__neuro_profile").get(
        pk=booking.peer_session_id
    )


def _about(request: SignedInRequest, booking: Booking) -> dict[str, object]:
    as_host = booking.seeker_id != request.user.pk
    other = _other(request, booking)
    return {"booking": booking, "as_host": as_host, "other": other, "their_zone": str(time_zone_of(other))}


def _other(request: SignedInRequest, booking: Booking) -> "AbstractBaseUser":
    return booking.host if booking.seeker_id == request.user.pk else booking.seeker
