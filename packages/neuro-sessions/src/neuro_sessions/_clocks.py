"""Clocks of time zones in whole numbers: minutes and days since the epoch, minutes of a day."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from math import inf
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
# No clock has ever been further from UTC.
FURTHEST = 16 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
# In minutes since the epoch, the end not included.
Span = tuple[int, int]


class Change(NamedTuple):
    """``at``: the first minute at which the clock is ``after`` minutes ahead of UTC instead of ``before``."""

    at: int
    before: int
    after: int


class Clock:
    """The clock of one zone from ``since`` until ``until``, minutes since the epoch."""

    def __init__(self, zone_name: str, since: int, until: int) -> None:
        years = range(instant(since - 2 * DAY_MINUTES).year, instant(until + 2 * DAY_MINUTES).year + 1)
        self._changes = [change for year in years for change in _changes(zone_name, year)]
        self._instants = [change.at for change in self._changes]
        self._offsets = [_offset(zone_name, years[0]), *(change.after for change in self._changes)]

    def spans(self, day: int, start: int, end: int) -> list[Span]:
        """When the clock shows a time from ``start`` until ``end``, minutes from midnight of ``day``.

        One span, unless the clock changes: none where the time is left out, two where a part of it is repeated.
        """
        opens, closes = day * DAY_MINUTES + start, day * DAY_MINUTES + end
        first = bisect(self._instants, opens - FURTHEST)
        last = bisect(self._instants, closes + FURTHEST)
        if first == last:
            offset = self._offsets[first]
            return [(opens - offset, closes - offset)]
        edges = [-inf, *self._instants, inf]
        pieces = (
            (max(edges[n], opens - self._offsets[n]), min(edges[n + 1], closes - self._offsets[n]))
            for n in range(first, last + 1)
        )
        return merge((int(start), int(end)) for start, end in pieces if start < end)

    @cached_property
    def repeated(self) -> list[Span]:
        """The minutes in which the clock shows a time for the second time."""
        return [(at, at + before - after) for at, before, after in self._changes if after < before]


@lru_cache(maxsize=4096)
def _changes(zone_name: str, year: int) -> tuple[Change, ...]:
    """The changes of a zone's clock in one year of UTC: two of them in most zones that have any."""
    zone = ZoneInfo(zone_name)
    midnights = range(day_number(date(year, 1, 1)), day_number(date(year + 1, 1, 1)) + 1)
    found, before = [], _offset(zone_name, year)
    for day in midnights[1:]:
        after = _offset_at(zone, day * DAY_MINUTES)
        if after != before:
            found.append(Change(_change_before(zone, day * DAY_MINUTES, before), before, after))
            before = after
    return tuple(found)


def _change_before(zone: ZoneInfo, midnight: int, offset: int) -> int:
    """The first minute of the day before this midnight in which the clock is no longer ``offset`` ahead."""
    minutes = range(midnight - DAY_MINUTES, midnight)
    return minutes.start + bisect(minutes, False, key=lambda minute: _offset_at(zone, minute) != offset)


@lru_cache(maxsize=4096)
def _offset(zone_name: str, year: int) -> int:
    return _offset_at(ZoneInfo(zone_name), day_number(date(year, 1, 1)) * DAY_MINUTES)


def _offset_at(zone: ZoneInfo, minute: int) -> int:
    offset = instant(minute).astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 - the instant has a zone
    return offset // MINUTE


def merge[Point: (int, datetime)](spans: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """In order, without overlap; spans that touch become one."""
    ordered = sorted(spans, key=itemgetter(0))
    if not ordered:
        return []
    merged: list[tuple[Point, Point]] = []
    opens, closes = ordered[0]
    for start, end in ordered:
        if start > closes:
            merged.append((opens, closes))
            opens, closes = start, end
        elif end > closes:
            closes = end
    merged.append((opens, closes))
    return merged


def without(span: Span, holes: list[Span]) -> Iterator[Span]:
    """What is left of a span when merged ``holes`` are taken out."""
    start, end = span
    for number in range(bisect(holes, start, key=lambda hole: hole[1]), len(holes)):
        opens, closes = holes[number]
        if opens >= end:
            break
        if start < opens:
            yield start, opens
        start = closes
    if start < end:
        yield start, end


def minute_of(moment: datetime) -> int:
    """The minute in which an instant lies."""
    since = moment - EPOCH
    return since.days * DAY_MINUTES + since.seconds // 60


def minute_after(moment: datetime) -> int:
    """The first whole minute that is not before an instant."""
    until = EPOCH - moment
    return -(until.days * DAY_MINUTES + until.seconds // 60)


def instant(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH_DAY


def date_of(day: int) -> date:
    return date.fromordinal(day + EPOCH_DAY)


def wall_minutes(start: time, end: time) -> Span:
    """The whole minutes of a day inside these clock times. An end of 00:00 is the end of the day."""
    first = start.hour * 60 + start.minute + bool(start.second or start.microsecond)
    return first, end.hour * 60 + end.minute if end != time(0) else DAY_MINUTES
