from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .. import conf, times
from .._places import zone_name
from ..availability import Slot, free_slots
from ..forms.booking import slot_value
from ..models import PeerSession
from ..reviews import reviews_of

DAYS_SHOWN = 7
# The parts of a day, each with the hour at which it is over.
PARTS = ((12, _("Morning")), (18, _("Afternoon")), (24, _("Evening")))

type Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of one day of the reader, by the part of the day that they start in."""

    name: str
    number: int
    parts: list[tuple[str, Options]]


@require_safe
def index(request: HttpRequest, page: object = None) -> HttpResponse:
    """All published listings. ``page`` is the editors' page that shows them, where there is one."""
    listings = PeerSession.objects.published().select_related("host__neuro_profile")
    shown = Paginator(listings, conf.get().page_size).get_page(request.GET.get("page"))
    return render(request, "neuro_sessions/index.html", {"listings": shown, "page": page})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = PeerSession.objects.visible_to(request.user).select_related("host__neuro_profile")
    listing = get_object_or_404(visible, slug=slug)
    minutes = _chosen_length(listing, request.GET.get("minutes", ""))
    first = request.GET.get("from", "")
    days, more_from = _days(listing, minutes=minutes, first=first, now=timezone.now())
    context = {
        "listing": listing,
        "minutes": minutes,
        "days": days,
        "more_from": more_from,
        "is_later": _start_of(first) > timezone.now(),
        "zone": zone_name(),
        "reviews": Paginator(reviews_of(listing), conf.get().page_size).get_page(request.GET.get("reviews")),
        "is_host": listing.host_id == request.user.pk,
    }
    return render(request, "neuro_sessions/detail.html", context)


def _chosen_length(listing: PeerSession, given: str) -> int:
    offered: dict[str, int] = {str(minutes): minutes for minutes in listing.durations}
    return offered.get(given, min(offered.values()))


def _days(listing: PeerSession, *, minutes: int, first: str, now: datetime) -> tuple[list[Day], date | None]:
    """The next days that have free times, in the reader's zone, and the day from which there are more."""
    since = max(_start_of(first), now)
    until = now + timedelta(days=conf.get().horizon_days)
    slots = free_slots(listing, minutes=minutes, since=since, until=until, now=now)
    by_day = [list(group) for _, group in groupby(slots, key=_local_day)]
    shown, rest = by_day[:DAYS_SHOWN], by_day[DAYS_SHOWN:]
    return [_day(slots) for slots in shown], _local_day(rest[0][0]) if rest else None


def _day(slots: list[Slot]) -> Day:
    parts = [(part, _options(group)) for part, group in groupby(slots, key=_part)]
    return Day(name=times.day(slots[0].starts_at), number=len(slots), parts=parts)


def _part(slot: Slot) -> str:
    hour = timezone.localtime(slot.starts_at).hour
    return next(str(name) for ends, name in PARTS if hour < ends)


def _options(slots: Iterable[Slot]) -> Options:
    return [(slot_value(slot), times.span(slot.starts_at, slot.ends_at)) for slot in slots]


def _local_day(slot: Slot) -> date:
    return timezone.localtime(slot.starts_at).date()


def _start_of(given: str) -> datetime:
    try:
        day = parse_date(given) or timezone.localdate()
        return timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        return timezone.now()
