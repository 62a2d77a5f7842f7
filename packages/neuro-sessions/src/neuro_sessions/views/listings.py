from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from neuro_accounts import preferences
from neuro_accounts.profiles import time_zone_of

from .. import calendars, conf, terms
from .._rules import calendar_of
from ..availability import free_slots
from ..models import PeerSession
from ..policies import policy
from ..reviews import reviews_of
from ..slot_picker import LIST, Picker, chosen_length, pick
from .availability import FURTHEST

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

# In the address of who wanted to go on without a time.
UNCHOSEN = "unchosen"


@require_safe
def index(request: HttpRequest, page: object = None) -> HttpResponse:
    """The published listings, the soonest free first. ``page`` is the editors' page that shows them, if any."""
    listings = calendars.soonest_first(PeerSession.objects.published().select_related("host__neuro_profile"))
    shown = Paginator(listings, conf.get().page_size).get_page(request.GET.get("page"))
    return render(request, "neuro_sessions/index.html", {"listings": shown, "page": page})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    listing = get_object_or_404(_visible_to(request.user), slug=slug)
    context = {
        "listing": listing,
        "reviews": Paginator(reviews_of(listing), conf.get().page_size).get_page(request.GET.get("reviews")),
        "is_host": listing.host_id == request.user.pk,
        "may_manage": listing.may_manage,
    }
    if not listing.may_manage:
        picker = _picker(request, listing, now=timezone.now())
        context |= {
            "picker": picker,
            "is_paused": bool(calendar_of(listing.host).paused_at),
            "is_unchosen": UNCHOSEN in request.GET and picker.has_times,
            "rules": policy().sentences(policy().promise(listing.cancellation)),
            "ground_rules": terms.current(listing.host),
        }
    return render(request, "neuro_sessions/detail.html", context)


def _visible_to(user: "AbstractBaseUser | AnonymousUser") -> "QuerySet[Any]":
    """With all that a page of free times needs, and ``may_manage``: whether this person is one of its hosts."""
    own = PeerSession.objects.manageable_by(user).filter(pk=OuterRef("pk"))
    visible = PeerSession.objects.visible_to(user).annotate(may_manage=Exists(own))
    return visible.select_related("host__neuro_profile", "host__neuro_calendar")


def _picker(request: HttpRequest, listing: PeerSession, *, now: datetime) -> Picker:
    minutes = chosen_length(listing.durations, request.GET.get("minutes", ""))
    by = request.user if request.user.is_authenticated else None
    query = request.GET.copy()
    query.pop(UNCHOSEN, None)
    return pick(
        free_slots(listing, minutes=minutes, since=now, until=now + FURTHEST, now=now, by=by),
        durations=listing.durations,
        query=query,
        now=now,
        prefers=preferences.chosen(request.user, request.COOKIES).times or LIST,
        host_zone=time_zone_of(listing.host),
    )
