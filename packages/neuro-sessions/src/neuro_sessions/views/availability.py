"""When people can meet a host: the usual week of a listing, changes to it, and the host's rules."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from neuro_accounts.profiles import time_zone_of

from .. import calendars, times, usual_times
from .._places import zone_name
from .._rules import calendar_of
from ..availability import Slot, free_slots
from ..forms.availability import ChangeForm, OtherTimeForm, Weekday, WeekForm
from ..forms.rules import RulesForm
from ..models import Booking, DateOverride, PeerSession, PeerSessionAvailability
from ..refusals import Refusal
from .answers import SignedInRequest, done, refused, sent_from
from .hosting import is_host, not_a_host

type Hours = dict[int, list[str]]

PREVIEWED = 7
# Further ahead than any host can be asked: their own horizon ends it.
FURTHEST = timedelta(days=366)
Repeats = PeerSessionAvailability.Repeats


@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The usual week, other times and changes to the week: each a form of its own, told apart by ``act``."""
    listing = _my_listing(request, pk)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    return act(request, listing) if act else _page(request, listing)


def _save_week(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    stored = _weekly(listing)
    form = WeekForm(request.POST, stored=stored)
    if "add" in request.POST:
        one_more = request.POST["add"]
        return _page(request, listing, week=WeekForm(stored=stored, typed=form.typed(), one_more=one_more))
    if form.is_valid():
        before = _hours_by_day((int(row.weekday or 0), row.start_time, row.end_time) for row in stored)
        try:
            calendars.set_week(listing, form.windows(), now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, _what_changed(before, _hours_by_day(form.windows())), _url(listing))
    return _page(request, listing, week=form)


def _add_time(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    form = OtherTimeForm(request.POST, prefix="time", today=_today(listing))
    if form.is_valid():
        try:
            calendars.add_window(listing, now=timezone.now(), **form.window())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return done(request, _("The time is added."), _url(listing))
    return _page(request, listing, other=form)


def _add_change(request: SignedInRequest, listing: PeerSession) -> HttpResponse:
    form = ChangeForm(request.POST, prefix="change", today=_today(listing))
    if listing.host_id != request.user.pk:
        return _page(request, listing)
    if form.is_valid():
        try:
            overrides = calendars.add_override(listing.host, now=timezone.now(), **form.override())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("Your change is saved: %(change)s.") % {"change": usual_times.change(overrides[0])}
            return done(request, sentence, _url(listing))
    return _page(request, listing, change=form)


ACTS = {"week": _save_week, "time": _add_time, "change": _add_change}


def _page(request: SignedInRequest, listing: PeerSession, **forms: BaseForm) -> HttpResponse:
    """The editor. A form that came back with errors takes the place of the fresh one."""
    zone, today = time_zone_of(listing.host), _today(listing)
    windows = list(listing.availability.all())
    weekly = [window for window in windows if window.repeats == Repeats.WEEKLY]
    fresh = {
        "week": WeekForm(stored=weekly),
        "other": OtherTimeForm(prefix="time", today=today),
        "change": ChangeForm(prefix="change", today=today),
    }
    context = {
        "listing": listing,
        "is_host": listing.host_id == request.user.pk,
        "zone": zone_name(str(zone)),
        "has_times": bool(windows),
        "other_windows": [window for window in windows if window.repeats != Repeats.WEEKLY],
        "in_another_zone": sorted({zone_name(row.time_zone) for row in weekly if row.time_zone != str(zone)}),
        "overrides": DateOverride.objects.filter(host=listing.host_id, last_day__gte=today),
        "calendar": calendar_of(listing.host),
        "next_free": _next_free(listing),
        "minutes": min(listing.durations),
        "booked_outside": _booked_outside(request, listing),
        **fresh,
        **forms,
        "errors_in": next((name for name, form in forms.items() if form.errors), ""),
    }
    return render(request, "neuro_sessions/availability.html", context)


def _today(listing: PeerSession) -> date:
    return timezone.localdate(timezone.now(), time_zone_of(listing.host))


def _next_free(listing: PeerSession) -> list[Slot]:
    """The times that people see first, in the shortest length."""
    now = timezone.now()
    slots = free_slots(listing, minutes=min(listing.durations), since=now, until=now + FURTHEST, now=now)
    return slots[:PREVIEWED]


def _booked_outside(request: SignedInRequest, listing: PeerSession) -> list[Booking]:
    """Bookings outside the times of now. Who hosts only this listing sees only those of this one."""
    outside = calendars.booked_outside(listing.host, now=timezone.now())
    return [row for row in outside if request.user.pk == listing.host_id or row.peer_session_id == listing.pk]


def _weekly(listing: PeerSession) -> list[PeerSessionAvailability]:
    return list(listing.availability.filter(repeats=Repeats.WEEKLY))


def _hours_by_day(windows: Iterable[tuple[int, Any, Any]]) -> Hours:
    week: Hours = {day: [] for day in Weekday.values}
    for day, start, end in sorted(windows):
        week[day].append(times.wall_span(start, end))
    return week


def _what_changed(before: Hours, after: Hours) -> str:
    sentences = []
    for day, label in Weekday.choices:
        if after[day] == before[day]:
            continue
        values = {"day": label, "hours": ", ".join(after[day])}
        sentences.append((_("%(day)s is now %(hours)s.") if after[day] else _("%(day)s has no times now.")) % values)
    return " ".join([_("Your usual week is saved."), *(sentences or [_("It is the same as before.")])])


@login_required
def delete_window(request: SignedInRequest, pk: UUID) -> HttpResponse:
    mine = PeerSession.objects.manageable_by(request.user)
    windows = PeerSessionAvailability.objects.filter(peer_session__in=mine).select_related("peer_session__host")
    window = get_object_or_404(windows, pk=pk)
    if request.method == "POST":
        calendars.remove_window(window, now=timezone.now())
        sentence = _("The time is removed. Bookings that you have stay as they are.")
        return done(request, sentence, _url(window.peer_session))
    return render(request, "neuro_sessions/availability_delete.html", {"window": window})


@login_required
def delete_override(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A change rules all listings of its host, so the host alone takes it back."""
    override = get_object_or_404(DateOverride, pk=pk, host=request.user)
    listing = _came_from(request)
    back = _url(listing) if listing else reverse("neuro_sessions:hosting")
    if request.method == "POST":
        calendars.remove_override(override, now=timezone.now())
        return done(request, _("The change is removed. These days are as usual again."), back)
    context = {"override": override, "listing": listing, "back": back}
    return render(request, "neuro_sessions/override_delete.html", context)


def _came_from(request: SignedInRequest) -> PeerSession | None:
    """The listing on whose page the change was chosen."""
    try:
        pk = UUID(request.GET.get("of", ""))
    except ValueError:
        return None
    return PeerSession.objects.manageable_by(request.user).filter(pk=pk).first()


@login_required
def rules(request: SignedInRequest) -> HttpResponse:
    if not is_host(request):
        return not_a_host(request)
    calendar = calendar_of(request.user)
    form = RulesForm(request.POST or None, calendar=calendar)
    here = reverse("neuro_sessions:rules")
    if request.method == "POST" and form.is_valid():
        try:
            calendars.change_rules(request.user, now=timezone.now(), **form.rules())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            sentence = _("Your rules are saved.")
            if form.asks_for_region():
                sentence += " " + _("You can choose a region for the public holidays now.")
            return done(request, sentence, here)
    return render(request, "neuro_sessions/rules.html", {"form": form, "calendar": calendar})


@login_required
@sent_from("rules")
def pause(request: SignedInRequest) -> HttpResponse:
    if not is_host(request):
        return not_a_host(request)
    here = reverse("neuro_sessions:rules")
    try:
        calendars.pause(request.user, now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, here)
    return done(request, _("Your pause has started. Nobody can ask for a time now."), here)


@login_required
@sent_from("rules")
def resume(request: SignedInRequest) -> HttpResponse:
    if not is_host(request):
        return not_a_host(request)
    here = reverse("neuro_sessions:rules")
    try:
        calendars.resume(request.user, now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, here)
    return done(request, _("Your pause is over. People can ask for your free times again."), here)


def _my_listing(request: SignedInRequest, pk: UUID) -> PeerSession:
    mine = PeerSession.objects.manageable_by(request.user)
    return get_object_or_404(mine.select_related("host__neuro_profile", "host__neuro_calendar"), pk=pk)


def _url(listing: PeerSession) -> str:
    return reverse("neuro_sessions:availability", args=[listing.pk])
