from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import conf, languages
from ..models import Booking, HostCalendar, PeerSession
from .answers import SignedInRequest

State = Booking.State
Side = Booking.Side
ASKED = Q(state=State.REQUESTED)
BOOKED = Q(state__in=[State.APPROVED, State.CONFIRMED])
# The host has said something, and the other person answers next.
WITH_THEM = Q(concession=Booking.Concession.DECLINED) | Q(proposed_by=Side.HOST)


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What waits for the host, the oldest first; then what comes, what was, and what they offer."""
    hosted = Booking.objects.manageable_by(request.user).with_people()
    open_requests = hosted.filter(ASKED, deadline__gt=timezone.now())
    moved = list(hosted.filter(BOOKED, proposed_by=Side.SEEKER).order_by("starts_at"))
    to_answer = [(one, languages.name(one.language)) for one in open_requests.exclude(WITH_THEM).order_by("created_at")]
    context = {
        "to_answer": to_answer,
        "times_to_answer": moved,
        "number_to_answer": len(to_answer) + len(moved),
        "with_them": open_requests.filter(WITH_THEM).order_by("created_at"),
        "coming": hosted.filter(BOOKED).order_by("starts_at"),
        "past": hosted.filter(state=State.COMPLETED).order_by("-starts_at", "pk")[: conf.get().page_size],
        "listings": PeerSession.objects.manageable_by(request.user).select_related("host__neuro_profile"),
        "calendar": HostCalendar.objects.filter(pk=request.user.pk).first(),
        "may_create": request.user.has_perm("neuro_sessions.add_peersession"),
        "become_host_url": conf.get().become_host_url,
    }
    return render(request, "neuro_sessions/hosting.html", context)
