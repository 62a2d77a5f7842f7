from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf, listings
from ..forms import PeerSessionForm
from ..models import PeerSession
from ..refusals import Refusal
from .answers import SignedInRequest, done, refused, sent_from


@login_required
def create(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm("neuro_sessions.add_peersession"):
        return not_a_host(request)
    form = PeerSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        listing = listings.create(host=request.user, **form.listing_fields())
        sentence = _("“%(title)s” is saved. Now add the times when you are available.") % {"title": listing.title}
        return done(request, sentence, reverse("neuro_sessions:availability", args=[listing.pk]))
    return render(request, "neuro_sessions/listing_form.html", {"form": form})


@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = my_listing(request, pk)
    for_cohost = listing.host_id != request.user.pk
    form = PeerSessionForm(request.POST or None, instance=listing, for_cohost=for_cohost)
    if request.method == "POST" and form.is_valid():
        try:
            listings.change(listing, **form.listing_fields())
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return done(request, _("Your changes are saved."), listing.get_absolute_url())
    context = {"form": form, "listing": listing, "for_cohost": for_cohost}
    return render(request, "neuro_sessions/listing_form.html", context)


@login_required
@sent_from("availability")
def publish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = own_listing(request, pk)
    if not request.user.has_perm("neuro_sessions.add_peersession"):
        return not_a_host(request)
    try:
        changed = listings.publish(listing, now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, reverse("neuro_sessions:availability", args=[listing.pk]))
    if not changed:
        messages.info(request, _("This session is published already."))
        return redirect(listing)
    return done(request, _("Your session is published. People can ask for a time now."), listing.get_absolute_url())


@login_required
@sent_from("availability")
def unpublish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    listing = own_listing(request, pk)
    if listings.unpublish(listing):
        sentence = _(
            "Your session is hidden from the list. Bookings that you have stay as they are. "
            "You can publish it again at any time."
        )
        return done(request, sentence, listing.get_absolute_url())
    messages.info(request, _("This session is hidden already."))
    return redirect(listing)


def my_listing(request: SignedInRequest, pk: UUID) -> PeerSession:
    """The listing, for its host and for co-hosts. Everybody else learns nothing of it."""
    mine = PeerSession.objects.manageable_by(request.user).select_related("host__neuro_profile")
    return get_object_or_404(mine, pk=pk)


def own_listing(request: SignedInRequest, pk: UUID) -> PeerSession:
    """The listing, for its host alone."""
    own = PeerSession.objects.hosted_by(request.user).select_related("host__neuro_profile")
    return get_object_or_404(own, pk=pk)


def is_host(request: SignedInRequest) -> bool:
    """Whether the signed-in person may offer sessions, or has offered some."""
    if request.user.has_perm("neuro_sessions.add_peersession"):
        return True
    return PeerSession.objects.hosted_by(request.user).exists()


def not_a_host(request: SignedInRequest) -> HttpResponse:
    if not conf.get().become_host_url:
        raise PermissionDenied
    messages.info(request, _("Hosts can offer sessions. You can ask to become one here."))
    return redirect(conf.get().become_host_url)
