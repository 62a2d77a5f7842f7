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
from django.views.decorators.http import require_POST, require_safe

from .. import attendance, conf, reviews
from .. import booking as bookings
from ..forms import DeclineForm, ReviewForm
from ..meeting_place import CannotJoin, meeting_place
from ..models import Booking
from ..refusals import Refusal
from ..settlement import settlement
from .answers import SignedInRequest, done, refused

State = Booking.State
SHOWN = {
    "coming": (State.APPROVED, State.CONFIRMED),
    "waiting": (State.REQUESTED,),
    "past": (State.COMPLETED, State.REJECTED, State.WITHDRAWN, State.EXPIRED),
}


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "coming"
    own = Booking.objects.of_seeker(request.user).with_people()
    ordered = own.filter(state__in=SHOWN[show]).order_by("-starts_at" if show == "past" else "starts_at", "pk")
    page = Paginator(ordered, conf.get().page_size).get_page(request.GET.get("page"))
    counts = {name: own.filter(state__in=states).count() for name, states in SHOWN.items()}
    return render(request, "neuro_sessions/bookings.html", {"bookings": page, "show": show, "counts": counts})


@login_required
@never_cache
@require_safe
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One booking, as its seeker or as its host sees it."""
    booking = get_object_or_404(Booking.objects.visible_to(request.user).with_people(), pk=pk)
    context = {"booking": booking, **_door(booking)}
    if booking.host_id == request.user.pk:
        context["may_finish"] = bookings.may_finish(booking) is None
        return render(request, "neuro_sessions/booking_host.html", context)
    may_pay = booking.state == State.APPROVED and not bookings.is_overdue(booking, now=timezone.now())
    context["pay_url"] = settlement().pay_url(booking) if may_pay else None
    context["may_review"] = reviews.may_review(booking) is None
    return render(request, "neuro_sessions/booking.html", context)


@login_required
@require_POST
def approve(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _act(request, _hosted(request, pk), bookings.approve, _("You said yes. We have told them."))


@login_required
def decline(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = _hosted(request, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sentence = _("You said no. We have told them kindly.")
        return _act(request, booking, bookings.decline, sentence, **form.cleaned_data)
    if booking.state != State.REQUESTED:
        return refused(request, bookings.TransitionRefused("decline", booking.state), booking.get_absolute_url())
    return render(request, "neuro_sessions/decline.html", {"booking": booking, "form": form})


@login_required
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = _own(request, pk)
    if request.method == "POST":
        return _act(request, booking, bookings.withdraw, _("Your request is withdrawn. Nothing was charged."))
    if booking.state not in bookings.TRANSITIONS["withdraw"][0]:
        return refused(request, bookings.TransitionRefused("withdraw", booking.state), booking.get_absolute_url())
    return render(request, "neuro_sessions/withdraw.html", {"booking": booking})


@login_required
@never_cache
def join(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The way into the meeting, for the two people of the booking and inside its window."""
    booking = get_object_or_404(Booking.objects.visible_to(request.user).with_people(), pk=pk)
    # Who has left can come back while the door is open, also when the host has finished early.
    if booking.state not in (State.CONFIRMED, State.COMPLETED) or booking.scheduled_session is None:
        return refused(request, bookings.TransitionRefused("join", booking.state), booking.get_absolute_url())
    now = timezone.now()
    door = meeting_place().door(booking.scheduled_session)
    context = {
        "booking": booking,
        "as_host": booking.host_id == request.user.pk,
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
    booking = _hosted(request, pk)
    if request.method == "POST":
        return _act(request, booking, bookings.finish, _("The session is over. Thank you."))
    refusal = bookings.may_finish(booking)
    if refusal:
        return refused(request, refusal, booking.get_absolute_url())
    return render(request, "neuro_sessions/finish.html", {"booking": booking, **_door(booking)})


@login_required
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    booking = _own(request, pk)
    refusal = reviews.may_review(booking)
    if refusal:
        return refused(request, refusal, booking.get_absolute_url())
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviews.write(booking, now=timezone.now(), **form.cleaned_data)
        except reviews.ReviewRefused as late:
            return refused(request, late, booking.get_absolute_url())
        return done(
            request, _("Thank you. Your review is shown now."), f"{booking.peer_session.get_absolute_url()}#reviews"
        )
    return render(request, "neuro_sessions/review.html", {"booking": booking, "form": form})


def _act(
    request: SignedInRequest, booking: Booking, act: Callable[..., object], sentence: str, **said: Any
) -> HttpResponse:
    """The signed-in person acts on the booking, and sees its page with what came of it."""
    try:
        act(booking, by=request.user, now=timezone.now(), **said)
    except Refusal as refusal:
        return refused(request, refusal, booking.get_absolute_url())
    return done(request, sentence, booking.get_absolute_url())


def _door(booking: Booking) -> dict[str, object]:
    """When people can come in, and whether that is now; nothing before the host has said yes."""
    door = meeting_place().door(booking.scheduled_session) if booking.scheduled_session else None
    return {"door": door, "door_is_open": door is not None and door.is_open(timezone.now())}


def _own(request: SignedInRequest, pk: UUID) -> Booking:
    return get_object_or_404(Booking.objects.of_seeker(request.user).with_people(), pk=pk)


def _hosted(request: SignedInRequest, pk: UUID) -> Booking:
    return get_object_or_404(Booking.objects.manageable_by(request.user).with_people(), pk=pk)
