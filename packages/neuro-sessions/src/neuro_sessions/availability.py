"""Which times of a listing are free. One function lists them and the same function decides what may be booked."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import inf
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from . import conf
from .host_time import taken
from .models import PeerSession, PeerSessionAvailability
from .refusals import Refusal

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# All three in whole minutes since the epoch; a window also has the name of its zone.
Span = tuple[int, int]
Window = tuple[int, int, str]


class SlotRefused(Refusal):
    """The time asked for cannot be booked. Codes: length, past, too_soon, too_far, taken, outside, missing_hour."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked: aware UTC instants."""

    starts_at: datetime
    ends_at: datetime


def free_slots(listing: PeerSession, *, minutes: int, since: datetime, until: datetime, now: datetime) -> list[Slot]:
    """Every free start in ``[since, until)`` for a session of ``minutes``, in order. Two queries."""
    settings = conf.get()
    first = max(since, now + settings.notice_minutes * MINUTE)
    last = min(until, _horizon(now))
    if first >= last or minutes not in listing.durations:
        return []
    end = last + minutes * MINUTE
    starts = _free_starts(
        sorted(_windows(listing.availability.all(), first, end)),
        _busy(listing, since=first, until=end, now=now),
        length=minutes,
        step=settings.slot_interval_minutes,
        since=_up(first),
        until=_up(last),
    )
    return [Slot(_instant(start), _instant(start + minutes)) for start in starts]


def find_slot(listing: PeerSession, *, starts_at: datetime, minutes: int, now: datetime) -> Slot:
    """The free slot at exactly this time. Raises ``SlotRefused`` with the reason."""
    if minutes not in listing.durations:
        raise SlotRefused("length", _("This length is not offered."))
    until = min(starts_at, _horizon(now)) + MINUTE
    for slot in free_slots(listing, minutes=minutes, since=starts_at, until=until, now=now):
        if slot.starts_at == starts_at:
            return slot
    raise _reason(listing, starts_at=starts_at, minutes=minutes, now=now)


def nearest_slots(listing: PeerSession, *, to: datetime, minutes: int, now: datetime, count: int = 5) -> list[Slot]:
    """The free slots of an offered length that are nearest to a time, in order of time."""
    anchor = min(max(to, now), _horizon(now))
    slots: list[Slot] = []
    for days in (2, 14, conf.get().horizon_days):
        since, until = anchor - days * DAY, anchor + days * DAY
        slots = free_slots(listing, minutes=minutes, since=since, until=until, now=now)
        if len(slots) >= count:
            break
    nearest = sorted(slots, key=lambda slot: abs(slot.starts_at - anchor))[:count]
    return sorted(nearest, key=lambda slot: slot.starts_at)


def to_instant(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which clocks in ``zone`` show this naive time. Raises ``SlotRefused`` in a missing hour."""
    instant = wall_clock.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall_clock:
        raise SlotRefused("missing_hour", _("This time does not exist: the clocks go forward then."))
    return instant


def _reason(listing: PeerSession, *, starts_at: datetime, minutes: int, now: datetime) -> SlotRefused:
    if starts_at <= now:
        return SlotRefused("past", _("This time is in the past."))
    if starts_at < now + conf.get().notice_minutes * MINUTE:
        return SlotRefused("too_soon", _("This time is too soon for the host."))
    if starts_at >= _horizon(now):
        return SlotRefused("too_far", _("This time is too far ahead."))
    if taken(listing.host_id, since=starts_at, until=starts_at + minutes * MINUTE, now=now).exists():
        return SlotRefused("taken", _("That time was just taken."))
    return SlotRefused("outside", _("The host is not available at this time."))


def _horizon(now: datetime) -> datetime:
    return now + conf.get().horizon_days * DAY


def _windows(rules: Iterable[PeerSessionAvailability], since: datetime, until: datetime) -> Iterator[Window]:
    for rule in rules:
        zone = ZoneInfo(rule.time_zone)
        day = since.astimezone(zone).date() - DAY
        last = until.astimezone(zone).date()
        while day <= last:
            if day.weekday() == rule.weekday:
                start, end = _edges(day, rule.start_time, rule.end_time, zone)
                if start < end:
                    yield _up(start), _minute(end), rule.time_zone
            day += DAY


def _edges(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    end_day = day + DAY if end == time(0) else day
    return _edge(day, start, zone, fold=0), _edge(end_day, end, zone, fold=1)


def _edge(day: date, clock: time, zone: ZoneInfo, *, fold: int) -> datetime:
    """The instant of a window's edge. An edge in a missing hour moves to the moment when the clocks change."""
    wall_clock = datetime.combine(day, clock)
    instant = wall_clock.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall_clock:
        return instant
    before = wall_clock.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall_clock.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > MINUTE:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)


def _busy(listing: PeerSession, *, since: datetime, until: datetime, now: datetime) -> list[Span]:
    rows = taken(listing.host_id, since=since, until=until, now=now).values_list("starts_at", "ends_at")
    return _merge((_minute(start), _up(end)) for start, end in rows)


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _free_starts(
    windows: list[Window], busy: list[Span], *, length: int, step: int, since: int, until: int
) -> Iterator[int]:
    """One sweep over both sorted lists: busy spans are jumped over.

    Each window has its own grid, which starts with it. Where windows overlap, the earlier one's grid counts; a
    session may run from one into the next.
    """
    at, spans = 0, _merge((start, end) for start, end, _zone in windows)
    for window_start, window_end, zone_name in windows:
        zone = ZoneInfo(zone_name)
        closes = spans[bisect(spans, (window_start, inf)) - 1][1]
        start = _on_grid(since, window_start, step)
        while start < min(window_end, until) and start + length <= closes:
            while at < len(busy) and busy[at][1] <= start:
                at += 1
            if at < len(busy) and busy[at][0] < start + length:
                start = _on_grid(busy[at][1], window_start, step)
                continue
            # In a repeated hour each clock time is offered once: the first time it is shown.
            if not _instant(start).astimezone(zone).fold:
                yield start
            start += step
        since = max(since, window_end)


def _on_grid(minute: int, origin: int, step: int) -> int:
    """The first point of the grid that is not before this minute."""
    return origin + max(0, -(-(minute - origin) // step)) * step


def _minute(instant: datetime) -> int:
    return int(instant.timestamp() // 60)


def _up(instant: datetime) -> int:
    return -int(-instant.timestamp() // 60)


def _instant(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)
