"""When a host is open, and which starts are free: whole minutes since the epoch, no database."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple
from uuid import UUID

from ._clocks import DAY_MINUTES, Clock, Span, date_of, day_number, instant, merge, wall_minutes, without
from ._days_off import public_holidays
from ._rules import OVERRIDE, Limits, Rule
from .models import PeerSessionAvailability

# After every minute that is looked at.
_NEVER = 1 << 62
Repeats = PeerSessionAvailability.Repeats


class Window(NamedTuple):
    """A span in which sessions may lie. Starts are offered on a grid that begins at ``origin``."""

    start: int
    origin: int
    zone: str
    end: int


class Times:
    """The rules of one host between two minutes. ``zone`` is the name of the host's own."""

    def __init__(self, rules: Sequence[Rule], limits: Limits, *, zone: str, since: int, until: int) -> None:
        self.limits, self.zone, self.since, self.until = limits, zone, since, until
        self._rules = rules
        self._clocks: dict[str, Clock] = {}

    def windows(self, listing_id: UUID) -> list[Window]:
        """In order. Where they overlap, the first one's grid counts."""
        windows = self._windows(rule for rule in self._rules if rule.listing_id == listing_id)
        if closed := self._closed:
            windows = (
                window._replace(start=start, end=end)
                for window in windows
                for start, end in without((window.start, window.end), closed)
            )
        return sorted([*windows, *self._other_hours])

    def clock(self, zone: str) -> Clock:
        if zone not in self._clocks:
            self._clocks[zone] = Clock(zone, self.since, self.until)
        return self._clocks[zone]

    @property
    def has_limits(self) -> bool:
        return self.limits.per_day is not None or self.limits.per_week is not None

    def full(self, days: Iterable[date]) -> tuple[list[Span], list[Span]]:
        """The days, and the weeks from Monday, with as many sessions as the host takes. ``days``: one each session."""
        per_day, per_week = self.limits.per_day, self.limits.per_week
        taken = Counter(day_number(day) for day in days)
        by_week: Counter[int] = Counter()
        for day, number in taken.items():
            by_week[day - _weekday(day)] += number
        return self._reached(taken, per_day, length=1), self._reached(by_week, per_week, length=7)

    def _reached(self, numbers: Counter[int], most: int | None, *, length: int) -> list[Span]:
        if most is None:
            return []
        if not most:
            return [(self.since, self.until)]
        clock = self.clock(self.zone)
        days = (day for day, number in numbers.items() if number >= most)
        return merge(span for day in days for span in clock.spans(day, 0, length * DAY_MINUTES))

    @cached_property
    def _other_hours(self) -> list[Window]:
        rules = (rule for rule in self._rules if rule.repeats == OVERRIDE and rule.start_time is not None)
        return list(self._windows(rules))

    @cached_property
    def _closed(self) -> list[Span]:
        """The days on which the usual windows do not count."""
        ranges = [
            (rule.time_zone, day_number(rule.first_day), day_number(rule.last_day))
            for rule in self._rules
            if rule.repeats == OVERRIDE and rule.first_day and rule.last_day
        ]
        ranges += [(self.zone, day_number(day), day_number(day)) for day in self._public_holidays()]
        return merge(
            span
            for zone, first, last in ranges
            for span in self.clock(zone).spans(first, 0, (last - first + 1) * DAY_MINUTES)
        )

    def _public_holidays(self) -> Iterator[date]:
        if self.limits.country:
            first, last = (instant(minute).date() for minute in (self.since, self.until))
            for year in range((first - timedelta(days=2)).year, (last + timedelta(days=2)).year + 1):
                yield from public_holidays(self.limits.country, self.limits.region, year)

    def _windows(self, rules: Iterable[Rule]) -> Iterator[Window]:
        first, last = self.since // DAY_MINUTES - 2, self.until // DAY_MINUTES + 2
        for rule in rules:
            assert rule.start_time is not None and rule.end_time is not None  # noqa: PT018, S101 - away has none
            start, end = wall_minutes(rule.start_time, rule.end_time)
            if start >= end:
                continue
            spans = self.clock(rule.time_zone).spans
            for day in _days(rule, first, last):
                pieces = spans(day, start, end)
                for opens, closes in pieces:
                    yield Window(opens, pieces[0][0], rule.time_zone, closes)


def _days(rule: Rule, first: int, last: int) -> Iterable[int]:
    begins = first if rule.first_day is None else day_number(rule.first_day)
    days = range(max(first, begins), min(last, last if rule.last_day is None else day_number(rule.last_day)) + 1)
    match rule.repeats:
        case Repeats.ONCE:
            return [begins] if first <= begins <= last else []
        case Repeats.WEEKLY:
            assert rule.weekday is not None  # noqa: S101 - a constraint of the table
            return days[(rule.weekday - _weekday(days.start)) % 7 :: 7]
        case Repeats.MONTHLY:
            assert rule.first_day is not None  # noqa: S101 - a constraint of the table
            return [day for day in days if date_of(day).day == rule.first_day.day]
        case _:
            return days


def _weekday(day: int) -> int:
    return (day + 3) % 7  # The epoch was a Thursday.


def free_starts(
    times: Times, windows: list[Window], *, busy: list[Span], full: list[Span], length: int
) -> Iterator[int]:
    """Every minute between the times' ends at which a session of ``length`` may start, in order.

    A session may run from one window into the next. It may not touch ``busy``, whose spans are merged, nor start in a
    span that is ``full``, nor in the second showing of a repeated hour: each clock time is offered once.
    """
    return chain.from_iterable(_free_runs(times, windows, busy, full, length))


def _free_runs(
    times: Times, windows: list[Window], busy: list[Span], full: list[Span], length: int
) -> Iterator[Iterable[int]]:
    """One sweep over both sorted lists: busy spans are jumped over."""
    step, at = times.limits.interval, 0
    begins, ends = [start - length + 1 for start, _end in busy] + [_NEVER], [end for _start, end in busy] + [_NEVER]
    for start, until, origin in _ranges(times, windows, full, length):
        start = _on_grid(start, origin, step)
        while start < until:
            while ends[at] <= start:
                at += 1
            blocked = begins[at]
            if blocked >= until:
                yield range(start, until, step)
                break
            if blocked > start:
                yield range(start, blocked, step)
            start = origin - (origin - ends[at]) // step * step


def _ranges(times: Times, windows: list[Window], full: list[Span], length: int) -> Iterator[tuple[int, int, int]]:
    """In which minutes sessions may start, in order without overlap, and the origin of the grid there."""
    opened, floor = merge((window.start, window.end) for window in windows), times.since
    holes = {zone: merge([*full, *times.clock(zone).repeated]) for zone in {window.zone for window in windows}}
    for window in windows:
        if window.end <= floor:
            continue
        if window.start >= times.until:
            break
        closes = opened[bisect(opened, (window.start, inf)) - 1][1]
        last = min(window.end, times.until, closes - length + 1)
        first, closed = max(window.start, floor), holes[window.zone]
        for start, end in without((first, last), closed) if closed else [(first, last)]:
            yield start, end, window.origin
        floor = window.end


def _on_grid(minute: int, origin: int, step: int) -> int:
    """The first point of the grid that is not before this minute."""
    return origin + max(0, -(-(minute - origin) // step)) * step
