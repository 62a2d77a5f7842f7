"""The pages of the three steps of a request."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from neuro_accounts.profiles import display_name, time_zone_of

from .. import booking as bookings
from .. import grants, holds, languages, pricing, states, times
from .._places import zone_name
from ..availability import Slot, nearest_slots
from ..forms.booking import AskForm, NeedsForm, SendForm, slot_value
from ..models import Booking, BookingDraft, HostTerms, PeerSession
from ..policies import policy
from ..refusals import Refusal
from ..settlement import settlement
from .answers import SignedInRequest

DAY_MINUTES = 24 * 60
# Further ahead than anybody can be asked.
FURTHEST = timedelta(days=366)


def time_page(request: SignedInRequest, listing: PeerSession, form: AskForm, slot: Slot | None) -> HttpResponse:
    """Step 1. Without a slot it is about the times that are free instead."""
    draft = draft_of(request, listing)
    context = _about(listing) | {
        "form": form,
        "slot": slot,
        "in_the_way": None if slot else _own_session(request, form),
        "has_others": bool(form.offered),
        "has_answers": draft is not None and bool(draft.answers),
        "again": whole_id(request.POST.get("again") or request.GET.get("again", "")),
    }
    if slot:
        minutes = form.cleaned_data["minutes"]
        context["starts_at"], context["minutes"] = slot_value(slot), minutes
        context["usual_price"] = pricing.price_of(listing, minutes=minutes, kind=Booking.PriceKind.STANDARD)
        context["address"] = f"{step_url(listing)}?{urlencode({'start': context['starts_at'], 'minutes': minutes})}"
    return render(request, "neuro_sessions/ask.html", context, status=200 if slot else 409)


def needs_page(request: SignedInRequest, draft: BookingDraft, form: NeedsForm) -> HttpResponse:
    listing = draft.peer_session
    read = {"cohosts": [display_name(person) for person in grants.cohosts(listing)]}
    context = _about(listing) | _kept(draft) | read | {"form": form, "draft": draft, "slot": slot_of(draft)}
    return render(request, "neuro_sessions/ask_needs.html", context)


def check_page(
    request: SignedInRequest,
    draft: BookingDraft,
    said: NeedsForm,
    ground_rules: HostTerms | None,
    form: SendForm | None = None,
) -> HttpResponse:
    """Step 3, as everything is true now; with ``form`` as it was sent and could not be taken."""
    listing = draft.peer_session
    answers = said.answers(terms_version=ground_rules.version if ground_rules else None)
    kind = Booking.PriceKind(answers.price_kind)
    host_decides = kind == Booking.PriceKind.REDUCED and listing.require_concession_approval
    promised = bookings.promise_digest(listing, minutes=draft.minutes, answers=answers)
    shown = {"starts_at": slot_value(slot_of(draft)), "minutes": draft.minutes, "promised": promised}
    context = _about(listing) | _kept(draft)
    context |= {
        "draft": draft,
        "slot": slot_of(draft),
        "form": form or SendForm(initial=shown, ground_rules=ground_rules),
        "answers": answers,
        "spoken": languages.name(answers.language) if answers.language else "",
        "price": pricing.price_of(listing, minutes=draft.minutes, kind=kind, chosen=answers.chosen_price),
        "price_kind": kind.label,
        "host_decides": host_decides,
        "books_at_once": not (listing.require_request_approval or host_decides),
        "rules": policy().sentences(policy().promise(listing.cancellation)),
        "ground_rules": ground_rules,
    }
    return render(request, "neuro_sessions/ask_check.html", context)


def gone_page(request: SignedInRequest, draft: BookingDraft, refusal: Refusal) -> HttpResponse:
    """The time is gone at the last step: the reason, near times, and the promise that the answers are there."""
    form = AskForm({"starts_at": slot_value(slot_of(draft)), "minutes": str(draft.minutes)})
    form.full_clean()
    offer_others(request, draft.peer_session, form, refusal)
    return time_page(request, draft.peer_session, form, None)


def draft_of(request: SignedInRequest, listing: PeerSession) -> BookingDraft | None:
    """What the person has begun to fill in here, and nowhere else."""
    if draft := holds.find(listing, by=request.user):
        draft.peer_session = listing
    return draft


def _own_session(request: SignedInRequest, form: AskForm) -> Booking | None:
    """What the person has at the time that they wanted, on either side."""
    wanted, now = form.wanted(), timezone.now()
    if wanted is None or not now < wanted < now + FURTHEST:
        return None
    until = wanted + timedelta(minutes=min(form.cleaned_data["minutes"], DAY_MINUTES))
    is_mine = Q(seeker_id=request.user.pk) | Q(host_id=request.user.pk)
    own = Booking.objects.filter(is_mine, state__in=states.OPEN)
    return own.filter(starts_at__lt=until, ends_at__gt=wanted).first()


def offer_others(request: SignedInRequest, listing: PeerSession, form: AskForm, refusal: Refusal | None) -> None:
    now = timezone.now()
    minutes = form.cleaned_data["minutes"]
    if minutes not in listing.durations:
        minutes = min(listing.durations)
    near = nearest_slots(listing, to=form.wanted() or now, minutes=minutes, by=request.user, now=now)
    form.offer(near, minutes=minutes)
    if refusal:
        form.add_error("starts_at", str(refusal.sentence))


def needs_form(listing: PeerSession, draft: BookingDraft, *args: Any, **kwargs: Any) -> NeedsForm:
    return NeedsForm(*args, listing=listing, minutes=draft.minutes, **kwargs)


def stored_form(listing: PeerSession, draft: BookingDraft) -> NeedsForm:
    """The stored answers, read anew: the listing may have changed since."""
    form = needs_form(listing, draft)
    unanswered = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    return needs_form(listing, draft, unanswered | draft.answers)


def _about(listing: PeerSession) -> dict[str, Any]:
    return {
        "listing": listing,
        "host_zone": str(time_zone_of(listing.host)),
        "moves_money": settlement().moves_money,
    }


def _kept(draft: BookingDraft) -> dict[str, Any]:
    """Until when the time is kept, in words; whether it can be kept longer."""
    until = holds.kept_until(draft, now=timezone.now())
    words = f"{times.clock(until)} ({zone_name()})" if until else ""
    return {"kept_until": words, "can_be_kept": until is None or until < draft.hold_ends_by}


def slot_of(draft: BookingDraft) -> Slot:
    return Slot(draft.starts_at, draft.starts_at + timedelta(minutes=draft.minutes))


def step_url(listing: PeerSession, name: str = "") -> str:
    return reverse(f"neuro_sessions:ask-{name}" if name else "neuro_sessions:ask", args=[listing.pk])


def whole_id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def time_url(draft: BookingDraft) -> str:
    chosen = {"start": slot_value(slot_of(draft)), "minutes": draft.minutes}
    return f"{step_url(draft.peer_session)}?{urlencode(chosen)}"
