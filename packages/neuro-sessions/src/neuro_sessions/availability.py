"""Which times of a listing are free. One function lists them and the same function decides what may be booked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import time_zone_of

from ._clocks import DAY_MINUTES, EPOCH, MINUTE, Span, merge, minute_after, minute_of
from ._rules import Limits, Rule, limits_of, rules_between
from ._sweep import Times, free_starts
from .models import Booking, HostTime, PeerSession
from .refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django_stubs_ext import StrOrPromise

DAY = timedelta(days=1)
# Whose, from, until, and the host's day to which it counts.
Taken = tuple[Any, datetime, datetime, date | None]
# What counts under the limits of a week may lie so far from a time in it.
WEEK_AROUND = timedelta(days=9)


class SlotRefused(Refusal):
    """The time asked for cannot be booked. Codes: those of ``SENTENCES``."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])


SENTENCES: "dict[str, StrOrPromise]" = {
    "length": _("This length is not offered."),
    "past": _("This time is in the past."),
    "paused": _("The host is taking a break from new sessions."),
    "too_soon": _("This time is too soon for the host."),
    "too_far": _("This time is too far ahead."),
    "outside": _("The host is not available at this time."),
    "missing_hour": _("This time does not exist: the clocks go forward then."),
    "own_time": _("Another session or request takes your time then."),
    "taken": _("That time was just taken."),
    "full_day": _("The host takes no more sessions on this day."),
    "full_week": _("The host takes no more sessions in this week."),
}


class Slot(NamedTuple):
    """A time that can be booked: aware UTC instants."""

    starts_at: datetime
    ends_at: datetime


def free_slots(
    listing: PeerSession,
    *,
    minutes: int,
    since: datetime,
    until: datetime,
    now: datetime,
    by: "AbstractBaseUser | AnonymousUser | None" = None,
    moving: Booking | None = None,
) -> list[Slot]:
    """Every free start in ``[since, until)`` for a session of ``minutes``, in order.

    ``by`` is who looks: what takes their own time is not free, and what is kept for them is. The claims of the
    booking ``moving`` do not count. Two queries where the listing was read with
    ``select_related("host__neuro_calendar", "host__neuro_profile")``.
    """
    limits = _limits_for(listing, moving)
    first, last = max(since, now + limits.notice), min(until, now + limits.horizon)
    if limits.is_paused or first >= last or minutes not in listing.durations:
        return []
    search = _Search.read([listing], minutes, limits, since=first, until=last, now=now, by=by, moving=moving)
    return _slots(search.starts(listing, minutes), minutes)


def find_slot(
    listing: PeerSession,
    *,
    starts_at: datetime,
    minutes: int,
    now: datetime,
    by: "AbstractBaseUser | AnonymousUser | None" = None,
    moving: Booking | None = None,
) -> Slot:
    """The free slot at exactly this time. Raises ``SlotRefused`` with the reason."""
    limits = _limits_for(listing, moving)
    if code := _refused_unseen(listing, limits, starts_at=starts_at, minutes=minutes, now=now):
        raise SlotRefused(code)
    until = starts_at + MINUTE
    search = _Search.read([listing], minutes, limits, since=starts_at, until=until, now=now, by=by, moving=moving)
    for slot in _slots(search.starts(listing, minutes), minutes):
        if slot.starts_at == starts_at:
            return slot
    raise SlotRefused("past" if starts_at <= now else search.reason(listing, starts_at=starts_at, minutes=minutes))


def nearest_slots(
    listing: PeerSession,
    *,
    to: datetime,
    minutes: int,
    now: datetime,
    count: int = 5,
    by: "AbstractBaseUser | AnonymousUser | None" = None,
    moving: Booking | None = None,
) -> list[Slot]:
    """The free slots of an offered length that are nearest to a time, in order of time."""
    horizon = limits_of(listing.host).horizon
    anchor = min(max(to, now), now + horizon)
    slots: list[Slot] = []
    for around in (2 * DAY, 14 * DAY, horizon):
        since, until = anchor - around, anchor + around
        slots = free_slots(listing, minutes=minutes, since=since, until=until, now=now, by=by, moving=moving)
        if len(slots) >= count:
            break
    nearest = sorted(slots, key=lambda slot: abs(slot.starts_at - anchor))[:count]
    return sorted(nearest)


def first_free(listings: Collection[PeerSession], *, now: datetime) -> dict[Any, datetime | None]:
    """When the first free slot of any length starts, by the id of the listing. They have one host. Two queries."""
    if not listings:
        return {}
    limits = limits_of(next(iter(listings)).host)
    first, last = now + limits.notice, now + limits.horizon
    if limits.is_paused or first >= last:
        return {listing.pk: None for listing in listings}
    # Where a session fits, a shorter one fits too.
    shortest = {listing: min(listing.durations) for listing in listings}
    search = _Search.read(listings, max(shortest.values()), limits, since=first, until=last, now=now)
    starts = {listing.pk: next(search.starts(listing, length), None) for listing, length in shortest.items()}
    return {pk: None if start is None else EPOCH + start * MINUTE for pk, start in starts.items()}


def is_open(listing: PeerSession, spans: Collection[tuple[datetime, datetime]]) -> list[bool]:
    """Whether sessions at these times would lie inside the host's hours, whatever else takes time. One query."""
    if not spans:
        return []
    since, until = min(start for start, _end in spans), max(end for _start, end in spans)
    rules = rules_between([listing.pk], host_id=listing.host_id, since=since, until=until)
    times = _times(rules, limits_of(listing.host), listing.host, since=since, until=until)
    opened = merge((window.start, window.end) for window in times.windows(listing.pk))
    return [_lies_in(opened, minute_of(start), minute_after(end)) for start, end in spans]


def to_instant(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which clocks in ``zone`` show this naive time. Raises ``SlotRefused`` in a missing hour."""
    instant = wall_clock.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall_clock:
        raise SlotRefused("missing_hour")
    return instant


@dataclass(slots=True)
class _Search:
    """What was read of one host, and of who looks, to find starts in a stretch of time."""

    times: Times
    busy: list[Span]
    own: list[Span]
    full_days: list[Span]
    full_weeks: list[Span]

    @classmethod
    def read(
        cls,
        listings: Collection[PeerSession],
        longest: int,
        limits: Limits,
        *,
        since: datetime,
        until: datetime,
        now: datetime,
        by: "AbstractBaseUser | AnonymousUser | None" = None,
        moving: Booking | None = None,
    ) -> "_Search":
        host = next(iter(listings)).host
        rules = rules_between([listing.pk for listing in listings], host_id=host.pk, since=since, until=until)
        around = WEEK_AROUND if limits.per_day or limits.per_week else timedelta(0)
        rows = _taken(
            host.pk,
            since=since - max(around, limits.before * MINUTE),
            until=until + max(around, (longest + limits.after) * MINUTE),
            now=now,
            by=by,
            moving=moving,
        )
        times = _times(rules, limits, host, since=since, until=until)
        return cls.of(times, rows, host_id=host.pk)

    @classmethod
    def of(cls, times: Times, rows: list[Taken], *, host_id: Any) -> "_Search":
        theirs: list[tuple[datetime, datetime]] = []
        own: list[tuple[datetime, datetime]] = []
        for person, start, end, _day in rows:
            (theirs if person == host_id else own).append((start, end))
        days = [day for person, _start, _end, day in rows if day and person == host_id] if times.has_limits else []
        full_days, full_weeks = times.full(days)
        # The new session's buffers, seen from the other side: what it needs free after it lies before the next one.
        busy = _in_minutes(theirs, before=times.limits.after, after=times.limits.before)
        return cls(times, busy, _in_minutes(own), full_days, full_weeks)

    def starts(self, listing: PeerSession, minutes: int) -> Iterator[int]:
        busy = merge([*self.busy, *self.own]) if self.own else self.busy
        full = merge([*self.full_days, *self.full_weeks])
        return free_starts(self.times, self.times.windows(listing.pk), busy=busy, full=full, length=minutes)

    def reason(self, listing: PeerSession, *, starts_at: datetime, minutes: int) -> str:
        start = minute_of(starts_at)
        offered = free_starts(self.times, self.times.windows(listing.pk), busy=[], full=[], length=minutes)
        if start not in offered or starts_at != EPOCH + start * MINUTE:
            return "outside"
        reasons = [("own_time", self.own, minutes), ("taken", self.busy, minutes)]
        reasons += [("full_day", self.full_days, 1), ("full_week", self.full_weeks, 1)]
        return next(code for code, spans, length in reasons if _touches(spans, start, start + length))


def _times(rules: list[Rule], limits: Limits, host: Any, *, since: datetime, until: datetime) -> Times:
    needs_zone = limits.country or limits.per_day is not None or limits.per_week is not None
    zone = str(time_zone_of(host)) if needs_zone else "UTC"
    return Times(rules, limits, zone=zone, since=minute_after(since), until=minute_after(until))


def _taken(
    host_id: Any,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    by: "AbstractBaseUser | AnonymousUser | None",
    moving: Booking | None,
) -> list[Taken]:
    people = [host_id] if by is None or by.pk is None else [host_id, by.pk]
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    rows = HostTime.objects.filter(alive, host_id__in=people, starts_at__lt=until, ends_at__gt=since)
    if len(people) > 1:
        rows = rows.exclude(host_id=host_id, holder_id=people[1])
    if moving is not None:
        rows = rows.exclude(booking_id=moving.pk)
    return list(rows.values_list("host_id", "starts_at", "ends_at", "day"))


def _limits_for(listing: PeerSession, moving: Booking | None) -> Limits:
    limits = limits_of(listing.host)
    return replace(limits, is_paused=False) if moving else limits  # what is booked can still move


def _refused_unseen(
    listing: PeerSession, limits: Limits, *, starts_at: datetime, minutes: int, now: datetime
) -> str | None:
    """Why no calendar has to be read. None: it has to."""
    reasons = {
        "length": minutes not in listing.durations,
        "past": starts_at < now,
        "paused": limits.is_paused,
        "too_soon": starts_at < now + limits.notice,
        "too_far": starts_at >= now + limits.horizon,
    }
    return next((code for code, applies in reasons.items() if applies), None)


def _slots(starts: Iterator[int], minutes: int) -> list[Slot]:
    # In bulk: a year has thousands of them.
    instants = list(map(datetime.fromtimestamp, [start * 60 for start in starts], repeat(UTC)))
    return list(map(Slot, instants, map(add, instants, repeat(minutes * MINUTE))))


def _in_minutes(spans: list[tuple[datetime, datetime]], *, before: int = 0, after: int = 0) -> list[Span]:
    """Merged, and wider by so many minutes."""
    # Merged first, as there are fewer to convert then; and again where they may touch now.
    merged = merge(spans)
    since, until = [start - EPOCH for start, _end in merged], [EPOCH - end for _start, end in merged]
    starts = [one.days * DAY_MINUTES + one.seconds // 60 - before for one in since]
    ends = [after - one.days * DAY_MINUTES - one.seconds // 60 for one in until]
    wide = zip(starts, ends, strict=True)
    return merge(wide) if before or after else list(wide)


def _touches(spans: list[Span], start: int, end: int) -> bool:
    return any(opens < end and start < closes for opens, closes in spans)


def _lies_in(spans: list[Span], start: int, end: int) -> bool:
    return any(opens <= start and end <= closes for opens, closes in spans)
