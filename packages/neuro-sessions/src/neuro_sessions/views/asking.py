from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from neuro_accounts.profiles import display_name

from .. import booking as bookings
from ..availability import Slot, SlotRefused, find_slot, nearest_slots
from ..forms import AskForm
from ..host_time import TimeTaken
from ..models import PeerSession
from ..refusals import Refusal
from .answers import SignedInRequest, done, refused


@login_required
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One page from the chosen time to the request. What was typed is never lost."""
    published = PeerSession.objects.published().select_related("host__neuro_profile")
    listing = get_object_or_404(published, pk=pk)
    if listing.host_id == request.user.pk:
        return refused(request, bookings.OwnListing(), listing.get_absolute_url())
    if request.method == "POST":
        return _send(request, listing)
    chosen = {"starts_at": request.GET.get("start", ""), "minutes": request.GET.get("minutes", "")}
    form = AskForm(chosen)
    slot = _slot(listing, form)
    return _ask_page(request, listing, AskForm(initial=chosen) if slot else form, slot)


def _send(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, listing, form, _slot(listing, form))
    try:
        booking = bookings.ask(listing, by=request.user, now=timezone.now(), **form.cleaned_data)
    except (SlotRefused, TimeTaken) as refusal:
        _offer_others(listing, form, refusal)
        return _ask_page(request, listing, form, None)
    except bookings.AlreadyAsked as refusal:
        return refused(request, refusal, refusal.path)
    sentence = _("Your request is sent. %(host)s will answer.") % {"host": display_name(listing.host)}
    return done(request, sentence, booking.get_absolute_url())


def _slot(listing: PeerSession, form: AskForm) -> Slot | None:
    """The free slot that the form names. Otherwise the form gets the reason and the nearest free times."""
    if form.has_error("starts_at"):
        _offer_others(listing, form, None)
        return None
    data = form.cleaned_data
    try:
        return find_slot(listing, starts_at=data["starts_at"], minutes=data["minutes"], now=timezone.now())
    except SlotRefused as refusal:
        _offer_others(listing, form, refusal)
        return None


def _offer_others(listing: PeerSession, form: AskForm, refusal: Refusal | None) -> None:
    now = timezone.now()
    minutes = form.cleaned_data["minutes"]
    if minutes not in listing.durations:
        minutes = min(listing.durations)
    form.offer(nearest_slots(listing, to=form.wanted() or now, minutes=minutes, now=now), minutes=minutes)
    if refusal:
        form.add_error("starts_at", str(refusal.sentence))


def _ask_page(request: SignedInRequest, listing: PeerSession, form: AskForm, slot: Slot | None) -> HttpResponse:
    context = {"listing": listing, "form": form, "slot": slot}
    return render(request, "neuro_sessions/ask.html", context, status=200 if slot else 409)
