from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import attendance, conf, reviews, states
from .. import booking as bookings
from ..forms.booking import AttendanceForm, DeclineForm, ReviewForm
from ..meeting_place import CannotJoin, meeting_place
from ..models import Booking, BookingDraft
from ..refusals import Refusal
from ._booking_page import allows, door_of, facts, host_may, may_want_another, other_times, promised, seeker_may
from .answers import SignedInRequest, done, refused, refused_to_seeker, sent_from

State = Booking.State
Concession = Booking.Concession
SHOWN = {
    "coming": (State.APPROVED, State.CONFIRMED),
    "waiting": (State.REQUESTED,),
    "past": (State.COMPLETED, State.REJECTED, State.WITHDRAWN, State.EXPIRED, State.CANCELLED),
}
DRAFTS = "drafts"


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in (*SHOWN, DRAFTS) else "coming"
    own = Booking.objects.of_seeker(request.user).with_people()
    drafts = BookingDraft.objects.filter(seeker_id=request.user.pk).select_related("peer_session__host__neuro_profile")
    counts = {name: own.filter(state__in=within).count() for name, within in SHOWN.items()}
    counts[DRAFTS] = drafts.count()
    found = drafts.order_by("-updated_at", "pk") if show == DRAFTS else _shown(own, show)
    page = Paginator(found, conf.get().page_size).get_page(request.GET.get("page"))
    context = {"page": page, "show": show, "counts": counts, "draft_days": conf.get().draft_days}
    return render(request, "neuro_sessions/bookings.html", context)


def _shown(own: Any, show: str) -> Any:
    return own.filter(state__in=SHOWN[show]).order_by("-starts_at" if show == "past" else "starts_at", "pk")


@login_required
@never_cache
@require_safe
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One booking, as its seeker or as its host sees it."""
    booking = visible(request, pk)
    now = timezone.now()
    context = facts(request, booking, now=now) | door_of(booking)
    if booking.seeker_id != request.user.pk:
        return render(request, "neuro_sessions/booking_host.html", context | host_may(request, booking, now=now))
    context |= seeker_may(request, booking, now=now) | promised(booking, now=now)
    if may_want_another(booking, now=now):
        context |= other_times(request, booking, now=now)
    return render(request, "neuro_sessions/booking.html", context)


@login_required
@sent_from("booking")
def approve(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Yes; with ``price=usual`` for the usual price alone, where the reduced one was asked for."""
    reduced = request.POST.get("price") != "usual"
    return act(request, hosted(request, pk), bookings.approve, _approved_sentence, reduced=reduced)


@login_required
def decline(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = hosted(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return act(request, booking, bookings.decline, _("You said no. We have told them kindly."), message=form.said())
    if not allows(booking, "decline", now=timezone.now()):
        return refused(request, states.TransitionRefused("decline", booking.state), booking.get_absolute_url())
    return render(request, "neuro_sessions/decline.html", {"booking": booking, "form": form})


@login_required
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = own_booking(request, pk)
    if request.method == "POST":
        return act(request, booking, bookings.withdraw, _("Your request is withdrawn. Nothing was charged."))
    if not allows(booking, "withdraw", now=timezone.now()):
        return refused(request, states.TransitionRefused("withdraw", booking.state), booking.get_absolute_url())
    return render(request, "neuro_sessions/withdraw.html", {"booking": booking})


@login_required
@sent_from("booking")
def agree(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The seeker agrees to the usual price."""
    return act(request, own_booking(request, pk), bookings.agree_price, _agreed_sentence)


@login_required
@sent_from("booking")
def mark(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The host says whether the other person was there."""
    booking = hosted(request, pk)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        refusal = Refusal("no_choice", _("Please choose one of the three answers first."))
        return refused(request, refusal, f"{booking.get_absolute_url()}#attendance")
    return act(request, booking, attendance.mark, _("Thank you. Your answer is saved."), **form.cleaned_data)


@login_required
@never_cache
def join(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The way into the meeting, for the two people of the booking and inside its window."""
    booking = visible(request, pk)
    # Who has left can come back while the door is open, also when the host has finished early.
    if booking.state not in (State.CONFIRMED, State.COMPLETED) or booking.scheduled_session is None:
        return refused(request, states.TransitionRefused("join", booking.state), booking.get_absolute_url())
    now = timezone.now()
    door = meeting_place().door(booking.scheduled_session)
    context = {
        "booking": booking,
        "as_host": booking.seeker_id != request.user.pk,
        "door": door,
        "door_is_open": door.is_open(now),
        "over": now >= door.closes_at,
    }
    if request.method == "POST":
        try:
            url = meeting_place().join_url(
                booking.scheduled_session, person=request.user, back_path=booking.get_absolute_url(), now=now
            )
        except CannotJoin as refusal:
            return refused(request, refusal, reverse("neuro_sessions:join", args=[pk]))
        if booking.seeker_id == request.user.pk:
            attendance.record_join(booking, now=now)
        if url.startswith("/"):
            return redirect(url)
        # A form may not lead to another site under a strict Content-Security-Policy; a link may.
        context["url"] = url
    return render(request, "neuro_sessions/join.html", context)


@login_required
@never_cache
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The host says that the session is over, when the seeker has been there."""
    booking = hosted(request, pk)
    if request.method == "POST":
        return act(request, booking, bookings.finish, _("The session is over. Thank you."))
    refusal = bookings.may_finish(booking)
    if refusal:
        return refused(request, refusal, booking.get_absolute_url())
    return render(request, "neuro_sessions/finish.html", {"booking": booking, **door_of(booking)})


@login_required
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = own_booking(request, pk)
    refusal = reviews.may_review(booking)
    if refusal:
        return refused(request, refusal, booking.get_absolute_url())
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reviews.write(booking, now=timezone.now(), **form.cleaned_data)
        except reviews.ReviewRefused as late:
            return refused(request, late, booking.get_absolute_url())
        return done(
            request, _("Thank you. Your review is shown now."), f"{booking.peer_session.get_absolute_url()}#reviews"
        )
    return render(request, "neuro_sessions/review.html", {"booking": booking, "form": form})


def act(
    request: SignedInRequest,
    booking: Booking,
    action: Callable[..., object],
    sentence: str | Callable[[Booking], str],
    **said: Any,
) -> HttpResponse:
    """The signed-in person acts on the booking, and sees its page with what came of it."""
    try:
        action(booking, by=request.user, now=timezone.now(), **said)
    except Refusal as refusal:
        say = refused_to_seeker if booking.seeker_id == request.user.pk else refused
        return say(request, refusal, booking.get_absolute_url())
    return done(request, sentence if isinstance(sentence, str) else sentence(booking), booking.get_absolute_url())


def visible(request: SignedInRequest, pk: UUID) -> Booking:
    return get_object_or_404(Booking.objects.visible_to(request.user).with_people(), pk=pk)


def own_booking(request: SignedInRequest, pk: UUID) -> Booking:
    return get_object_or_404(Booking.objects.of_seeker(request.user).with_people(), pk=pk)


def hosted(request: SignedInRequest, pk: UUID) -> Booking:
    return get_object_or_404(Booking.objects.manageable_by(request.user).with_people(), pk=pk)


def _approved_sentence(booking: Booking) -> str:
    if booking.state == State.REQUESTED:
        return _("You offered the usual price. We have told them.")
    return _("You said yes. We have told them.")


def _agreed_sentence(booking: Booking) -> str:
    if booking.state == State.CONFIRMED:
        return _("You agreed to the usual price. You are booked.")
    return _("You agreed to the usual price. You can pay now.")
