"""A request in three steps: the time, what somebody needs, and a look at everything before it is sent."""

from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from neuro_accounts.profiles import display_name

from .. import booking as bookings
from .. import conf, holds, pricing, states, terms, times
from .._places import zone_name
from ..availability import Slot, SlotRefused, find_slot
from ..forms.booking import AskForm, NeedsForm, SendForm
from ..host_time import Busy, OwnTimeTaken, TimeTaken
from ..models import Booking, BookingDraft, HostTerms, PeerSession
from ..refusals import Refusal
from ..slot_picker import KEPT
from ._asking_pages import (
    check_page,
    draft_of,
    gone_page,
    needs_form,
    needs_page,
    offer_others,
    slot_of,
    step_url,
    stored_form,
    time_page,
    time_url,
    whole_id,
)
from .answers import SignedInRequest, done, refused, refused_to_seeker, sent_from
from .listings import UNCHOSEN

# Reasons why a time cannot be had; others may be free.
NOT_THEN = (SlotRefused, TimeTaken, OwnTimeTaken)


@login_required
@never_cache
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Step 1: is this the right time? Looking keeps nothing; the button keeps the time."""
    listing = _published(pk)
    if listing.host_id == request.user.pk:
        return refused(request, bookings.OwnListing(), listing.get_absolute_url())
    if request.method == "POST":
        return _keep_time(request, listing)
    if "start" not in request.GET:
        return _nothing_chosen(request, listing)
    form = AskForm({"starts_at": request.GET.get("start", ""), "minutes": request.GET.get("minutes", "")})
    return time_page(request, listing, form, _free_slot(request, listing, form))


def _nothing_chosen(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    """Back to the same times, in the same view, with a sentence."""
    chosen = {name: request.GET[name] for name in ("minutes", *KEPT) if name in request.GET}
    return redirect(f"{listing.get_absolute_url()}?{urlencode(chosen | {UNCHOSEN: ''})}#times")


def _keep_time(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        offer_others(request, listing, form, None)
        return time_page(request, listing, form, None)
    try:
        draft = holds.start(listing, by=request.user, now=timezone.now(), **form.cleaned_data)
    except NOT_THEN as refusal:
        if asked := _asked_before(request, listing, form.cleaned_data["starts_at"]):
            return refused(request, bookings.AlreadyAsked(asked), asked.get_absolute_url())
        offer_others(request, listing, form, refusal)
        return time_page(request, listing, form, None)
    except Refusal as refusal:
        return refused(request, refusal, listing.get_absolute_url())
    _take_over_answers(request, draft)
    # Whoever has answered everything before only looks at the new time.
    return redirect(step_url(listing, "check" if draft.answers else "needs"))


@login_required
@never_cache
def needs(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Step 2: what somebody needs. Every post stores what was typed."""
    listing = _published(pk)
    draft = draft_of(request, listing)
    if draft is None:
        return _no_draft(request, listing)
    if request.method != "POST":
        # Stored answers that can no longer be sent come with the reason.
        form = stored_form(listing, draft) if "again" in request.GET else None
        return needs_page(request, draft, form or needs_form(listing, draft, initial=draft.answers))
    form = needs_form(listing, draft, request.POST)
    try:
        holds.save(draft, answers=form.typed(), now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, step_url(listing, "needs"))
    if "later" in request.POST:
        sentence = _("Your answers are saved for %(days)d days. You can go on here.") % {"days": conf.get().draft_days}
        return done(request, sentence, f"{reverse('neuro_sessions:bookings')}?show=drafts")
    return redirect(step_url(listing, "check")) if form.is_valid() else needs_page(request, draft, form)


@login_required
@never_cache
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Step 3: everything once more; the button sends the request."""
    listing = _published(pk)
    draft = draft_of(request, listing)
    if draft is None:
        return _no_draft(request, listing)
    if not draft.answers:
        return redirect(step_url(listing, "needs"))
    said = stored_form(listing, draft)
    if not said.is_valid():
        return redirect(f"{step_url(listing, 'needs')}?again")
    ground_rules = terms.current(listing.host)
    if request.method == "POST":
        return _send(request, draft, said, ground_rules)
    return check_page(request, draft, said, ground_rules)


def _send(
    request: SignedInRequest, draft: BookingDraft, said: NeedsForm, ground_rules: HostTerms | None
) -> HttpResponse:
    listing, now = draft.peer_session, timezone.now()
    form = SendForm(request.POST, ground_rules=ground_rules)
    if not form.is_valid():
        return check_page(request, draft, said, ground_rules, form)
    if not form.is_about(draft):
        messages.warning(request, _("Your request has changed in another window. Please look again."))
        return redirect(step_url(listing, "check"))
    answers = said.answers(terms_version=ground_rules.version if ground_rules else None)
    try:
        booking = bookings.ask(
            listing,
            by=request.user,
            starts_at=draft.starts_at,
            minutes=draft.minutes,
            answers=answers,
            promised=form.cleaned_data["promised"],
            now=now,
        )
    except NOT_THEN as refusal:
        return gone_page(request, draft, refusal)
    except (bookings.PromiseChanged, bookings.TermsChanged) as refusal:
        return refused(request, refusal, step_url(listing, "check"))
    except (bookings.LanguageRefused, pricing.PriceRefused):
        return redirect(f"{step_url(listing, 'needs')}?again")
    except bookings.NotOffered as refusal:
        return refused(request, refusal, reverse("neuro_sessions:bookings"))
    except Refusal as refusal:
        return refused_to_seeker(request, refusal, step_url(listing, "check"))
    return done(request, _sent_sentence(booking), booking.get_absolute_url())


@login_required
@sent_from("ask-needs")
def keep(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Keeps the time longer, or again, and stores what was typed so far."""
    listing, now = _published(pk), timezone.now()
    draft = draft_of(request, listing)
    if draft is None:
        return _no_draft(request, listing)
    step = "check" if request.POST.get("step") == "check" else "needs"
    try:
        if step == "needs":
            holds.save(draft, answers=needs_form(listing, draft, request.POST).typed(), now=now)
        if until := holds.extend(draft, now=now):
            return done(request, _kept_sentence(until), step_url(listing, step))
        draft = holds.start(listing, by=request.user, starts_at=draft.starts_at, minutes=draft.minutes, now=now)
    except NOT_THEN:
        # That page says why, and which times are near.
        return redirect(time_url(draft))
    except Refusal as refusal:
        return refused(request, refusal, listing.get_absolute_url())
    if until := holds.kept_until(draft, now=now):
        return done(request, _kept_sentence(until), step_url(listing, step))
    messages.info(request, _("The time is no longer kept. Your answers are saved."))
    return redirect(step_url(listing, step))


@login_required
@never_cache
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Deletes what was not sent, after a page that says so. It works for listings that are hidden meanwhile, too."""
    listing = get_object_or_404(PeerSession.objects.select_related("host__neuro_profile"), pk=pk)
    draft = draft_of(request, listing)
    to = f"{reverse('neuro_sessions:bookings')}?show=drafts"
    if draft is None:
        if not PeerSession.objects.published().filter(pk=pk).exists():
            raise Http404
        messages.info(request, _("These answers are deleted already."))
        return redirect(to)
    if request.method != "POST":
        context = {"draft": draft, "slot": slot_of(draft), "is_offered": _is_offered(listing)}
        return render(request, "neuro_sessions/ask_discard.html", context)
    try:
        holds.discard(draft, now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, to)
    return done(request, _("Your answers are deleted. The time is free for others."), to)


def _no_draft(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    """There is nothing to go on with: it was sent, deleted, or never begun."""
    wanted = AskForm(request.POST)
    wanted.full_clean()
    if (starts_at := wanted.cleaned_data.get("starts_at")) and (asked := _asked_before(request, listing, starts_at)):
        return refused(request, bookings.AlreadyAsked(asked), asked.get_absolute_url())
    messages.info(request, _("Please choose a time first."))
    return redirect(f"{listing.get_absolute_url()}#times")


def _published(pk: UUID) -> PeerSession:
    published = PeerSession.objects.published().select_related("host__neuro_profile", "host__neuro_calendar")
    return get_object_or_404(published, pk=pk)


def _is_offered(listing: PeerSession) -> bool:
    return listing.is_published and listing.host.is_active


def _asked_before(request: SignedInRequest, listing: PeerSession, starts_at: datetime) -> Booking | None:
    return bookings.live_request(listing, by=request.user, starts_at=starts_at, now=timezone.now())


def _free_slot(request: SignedInRequest, listing: PeerSession, form: AskForm) -> Slot | None:
    """The free slot that the form names. Otherwise the form gets the reason and the nearest free times."""
    if form.has_error("starts_at"):
        offer_others(request, listing, form, None)
        return None
    try:
        return find_slot(listing, by=request.user, now=timezone.now(), **form.cleaned_data)
    except SlotRefused as refusal:
        offer_others(request, listing, form, refusal)
        return None


def _take_over_answers(request: SignedInRequest, draft: BookingDraft) -> None:
    """Nobody types twice: a new request begins with the answers of the one that it follows."""
    again = whole_id(request.POST.get("again", ""))
    if not again or draft.answers:
        return
    own = Booking.objects.of_seeker(request.user).filter(peer_session=draft.peer_session_id, pk=again)
    for earlier in own:
        with suppress(Busy):  # They are typed again then.
            holds.save(draft, answers=_answers_of(earlier), now=timezone.now())


def _answers_of(booking: Booking) -> dict[str, str]:
    """What its seeker typed; a reduced price that was not possible is not asked for once more."""
    answers = {name: getattr(booking, name) for name in ("language", "access_needs", "note")}
    if booking.price_kind == Booking.PriceKind.CHOSEN:
        answers["chosen_price"] = str(pricing.to_major(booking.price, booking.currency))
    is_refused = booking.concession == Booking.Concession.DECLINED
    return answers | {"price_kind": Booking.PriceKind.STANDARD.value if is_refused else booking.price_kind}


def _kept_sentence(until: datetime) -> str:
    words = {"time": f"{times.clock(until)} ({zone_name()})"}
    return _("We keep this time for you until %(time)s. Your answers are saved.") % words


def _sent_sentence(booking: Booking) -> str:
    if booking.state == states.State.CONFIRMED:
        return _("You are booked.")
    if booking.state == states.State.APPROVED:
        return _("Your time is kept. You can pay now.")
    return _("Your request is sent. %(host)s will answer.") % {"host": display_name(booking.host)}
