from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from neuro_accounts.profiles import time_zone_of

from .. import conf, listings
from .._places import zone_name
from ..forms import PeerSessionForm, WindowForm
from ..models import Booking, PeerSession, PeerSessionAvailability
from ..refusals import Refusal
from .answers import SignedInRequest, done, refused

State = Booking.State


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    hosted = Booking.objects.manageable_by(request.user).with_people()
    context = {
        "to_answer": hosted.filter(state=State.REQUESTED, deadline__gt=timezone.now()).order_by("created_at"),
        "coming": hosted.filter(state__in=[State.APPROVED, State.CONFIRMED]),
        "past": hosted.filter(state=State.COMPLETED).order_by("-starts_at", "pk")[: conf.get().page_size],
        "listings": PeerSession.objects.manageable_by(request.user),
        "may_create": request.user.has_perm("neuro_sessions.add_peersession"),
        "become_host_url": conf.get().become_host_url,
    }
    return render(request, "neuro_sessions/hosting.html", context)


@login_required
def create(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm("neuro_sessions.add_peersession"):
        return _not_a_host(request)
    form = PeerSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        listing = listings.create(host=request.user, **form.listing_fields())
        sentence = _("“%(title)s” is saved. Now add the times when you are available.") % {"title": listing.title}
        return done(request, sentence, reverse("neuro_sessions:availability", args=[listing.pk]))
    return render(request, "neuro_sessions/listing_form.html", {"form": form})


@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = _my_listing(request, pk)
    form = PeerSessionForm(request.POST or None, instance=listing)
    if request.method == "POST" and form.is_valid():
        try:
            listings.change(listing, **form.listing_fields())
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return done(request, _("Your changes are saved."), listing.get_absolute_url())
    return render(request, "neuro_sessions/listing_form.html", {"form": form, "listing": listing})


@login_required
@require_POST
def publish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = _my_listing(request, pk)
    if not request.user.has_perm("neuro_sessions.add_peersession"):
        return _not_a_host(request)
    try:
        changed = listings.publish(listing, now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, reverse("neuro_sessions:availability", args=[listing.pk]))
    if not changed:
        messages.info(request, _("This session is published already."))
        return redirect(listing)
    return done(request, _("Your session is published. People can ask for a time now."), listing.get_absolute_url())


@login_required
@require_POST
def unpublish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = _my_listing(request, pk)
    if listings.unpublish(listing):
        sentence = _(
            "Your session is hidden from the list. Bookings that you have stay as they are. "
            "You can publish it again at any time."
        )
        return done(request, sentence, listing.get_absolute_url())
    messages.info(request, _("This session is hidden already."))
    return redirect(listing)


@login_required
def availability(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The weekly times of a listing, and a form that adds one in the host's zone."""
    listing = _my_listing(request, pk)
    zone = str(time_zone_of(listing.host))
    window = PeerSessionAvailability(peer_session=listing, time_zone=zone)
    form = WindowForm(request.POST or None, instance=window)
    if request.method == "POST" and form.is_valid():
        form.save()
        return done(request, _("The time is added."), reverse("neuro_sessions:availability", args=[listing.pk]))
    context = {"listing": listing, "windows": listing.availability.all(), "form": form, "zone": zone_name(zone)}
    return render(request, "neuro_sessions/availability.html", context)


@login_required
def availability_delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    window = get_object_or_404(
        PeerSessionAvailability.objects.select_related("peer_session"), pk=pk, peer_session__host=request.user
    )
    if request.method == "POST":
        window.delete()
        to = reverse("neuro_sessions:availability", args=[window.peer_session_id])
        return done(request, _("The time is removed. Bookings that you have stay as they are."), to)
    return render(request, "neuro_sessions/availability_delete.html", {"window": window})


def _my_listing(request: SignedInRequest, pk: UUID) -> PeerSession:
    mine = PeerSession.objects.manageable_by(request.user).select_related("host__neuro_profile")
    return get_object_or_404(mine, pk=pk)


def _not_a_host(request: SignedInRequest) -> HttpResponse:
    if not conf.get().become_host_url:
        raise PermissionDenied
    messages.info(request, _("Hosts can offer sessions. You can ask to become one here."))
    return redirect(conf.get().become_host_url)
