"""What somebody sees who chooses a time: the next days that have times, or one month of a calendar.

Words and days are those of the reader: active zone, language and clock.
"""

from bisect import bisect_left
from calendar import Calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext_lazy as _

from . import times
from ._places import place, zone_name
from .availability import Slot
from .forms.booking import slot_value

LIST, CALENDAR = "list", "calendar"
DAYS_SHOWN = 7
# What stays as it is when another length is chosen.
KEPT = ("view", "from", "month", "date")
# The parts of a day, each with the hour at which it is over.
PARTS = ((12, _("Morning")), (18, _("Afternoon")), (24, _("Evening")))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One time: as forms send it, for the reader, and for the host where their clocks differ (else empty)."""

    value: str
    words: str
    host_words: str


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of one day of the reader, by the part of the day that they start in."""

    date: date
    name: str
    number: int
    parts: list[tuple[str, list[Choice]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a month. ``url`` shows its times; empty where it has none."""

    date: date
    name: str
    number: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MonthLink:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month in weeks of seven; None is a day of a neighbouring month."""

    name: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell | None]]
    days_with_times: int
    before: MonthLink | None
    after: MonthLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """Everything that ``neuro_sessions/components/request_calendar.html`` shows."""

    durations: list[int]
    minutes: int
    has_times: bool
    zone: str
    view: str
    views: list[tuple[str, str]]
    clock_changes: list[tuple[str, str]]
    host_zone: str
    kept: dict[str, str]
    days: list[Day]
    more_url: str
    first_days_url: str
    month: Month | None
    day: Day | None


def chosen_length(durations: Iterable[int], given: str) -> int:
    """The length that the query names, the shortest where it names none that is offered."""
    offered = {str(minutes): minutes for minutes in durations}
    return offered.get(given, min(offered.values()))


def pick(
    slots: Sequence[Slot],
    *,
    durations: Sequence[int],
    query: QueryDict,
    now: datetime,
    prefers: str = LIST,
    host_zone: ZoneInfo | None = None,
) -> Picker:
    """The picker for free slots of the chosen length, in order.

    ``query`` holds what was chosen so far: ``minutes``, ``view``, ``from`` (list), ``month`` and ``date`` (calendar).
    What is odd in it counts as not chosen. ``prefers`` is the view of who has chosen none.
    """
    view = given if (given := query.get("view", "")) in (LIST, CALENDAR) else prefers
    link = _Links(query)
    shown = _list(slots, query, link, now, host_zone) if view == LIST else _calendar(slots, query, link, now, host_zone)
    return Picker(
        durations=sorted(durations),
        minutes=chosen_length(durations, query.get("minutes", "")),
        has_times=bool(slots),
        zone=zone_name(),
        view=view,
        views=[(name, link.to("times", view=name, date=None, month=None)) for name in (LIST, CALENDAR)],
        kept={name: query.get(name, "") for name in KEPT if name in query},
        host_zone=_host_zone(shown.slots, host_zone),
        clock_changes=list(_clock_changes(shown.slots, host_zone, now)),
        days=shown.days,
        more_url=shown.more_url,
        first_days_url=shown.first_days_url,
        month=shown.month,
        day=shown.day,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """The slots that are on the page, and what only one of the two views has."""

    slots: Sequence[Slot]
    days: list[Day] = field(default_factory=list)
    more_url: str = ""
    first_days_url: str = ""
    month: Month | None = None
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class _Links:
    """Addresses of the same page with other choices."""

    query: QueryDict

    def to(self, fragment: str, **changes: str | None) -> str:
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}#{fragment}"


def _list(slots: Sequence[Slot], query: QueryDict, link: _Links, now: datetime, host_zone: ZoneInfo | None) -> _Shown:
    since = _start_of(query.get("from", "")) or now
    rest = slots[bisect_left(slots, since, key=lambda slot: slot.starts_at) :]
    days = [list(group) for _day, group in islice(groupby(rest, key=_local_day), DAYS_SHOWN + 1)]
    shown, more = days[:DAYS_SHOWN], days[DAYS_SHOWN:]
    return _Shown(
        [slot for slots in shown for slot in slots],
        days=[_day(slots, host_zone) for slots in shown],
        more_url=link.to("times", **{"from": f"{_local_day(more[0][0])}"}) if more else "",
        first_days_url=link.to("times", **{"from": None}) if since > now else "",
    )


def _calendar(
    slots: Sequence[Slot], query: QueryDict, link: _Links, now: datetime, host_zone: ZoneInfo | None
) -> _Shown:
    today = timezone.localtime(now).date()
    chosen = _day_of(query.get("date", ""))
    first, last = today.replace(day=1), (_local_day(slots[-1]) if slots else today).replace(day=1)
    wanted = _day_of(f"{query.get('month', '')}-01") or chosen or (_local_day(slots[0]) if slots else today)
    month = min(max(wanted.replace(day=1), first), last)
    by_day = {day: list(group) for day, group in groupby(_of_month(slots, month), key=_local_day)}
    day = by_day.get(chosen) if chosen else None
    return _Shown(
        day or [slot for slots in by_day.values() for slot in slots],
        month=_month(month, by_day, chosen, link, earliest=first, latest=last),
        day=_day(day, host_zone) if day else None,
    )


def _of_month(slots: Sequence[Slot], month: date) -> Sequence[Slot]:
    since, until = _midnight(month), _midnight(_next(month))
    start, end = (bisect_left(slots, edge, key=lambda slot: slot.starts_at) for edge in (since, until))
    return slots[start:end]


def _month(
    month: date,
    by_day: dict[date, list[Slot]],
    chosen: date | None,
    link: _Links,
    *,
    earliest: date,
    latest: date,
) -> Month:
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    weekdays = [(first_weekday + number) % 7 for number in range(7)]

    def cell(day: date) -> Cell | None:
        if day.month != month.month:
            return None
        number = len(by_day.get(day, ()))
        url = link.to("day", view=CALENDAR, date=f"{day}", month=None) if number else ""
        return Cell(day, date_format(day, "l j F"), number, url, is_chosen=bool(number) and day == chosen)

    def turn(to: date) -> MonthLink:
        return MonthLink(_month_name(to), link.to("calendar", view=CALENDAR, month=f"{to:%Y-%m}", date=None))

    return Month(
        name=_month_name(month),
        weekdays=[(str(WEEKDAYS[number]), str(WEEKDAYS_ABBR[number])) for number in weekdays],
        weeks=[
            [cell(day) for day in week] for week in Calendar(first_weekday).monthdatescalendar(month.year, month.month)
        ],
        days_with_times=len(by_day),
        before=turn((month - DAY).replace(day=1)) if month > earliest else None,
        after=turn(_next(month)) if month < latest else None,
    )


def _month_name(month: date) -> str:
    return date_format(month, "F Y")


def _next(month: date) -> date:
    return (month + 31 * DAY).replace(day=1)


def _day(slots: list[Slot], host_zone: ZoneInfo | None) -> Day:
    parts = [(part, [_choice(slot, host_zone) for slot in group]) for part, group in groupby(slots, key=_part)]
    return Day(_local_day(slots[0]), times.day(slots[0].starts_at), len(slots), parts)


def _part(slot: Slot) -> str:
    hour = timezone.localtime(slot.starts_at).hour
    return next(str(name) for ends, name in PARTS if hour < ends)


def _choice(slot: Slot, host_zone: ZoneInfo | None) -> Choice:
    words = times.span(slot.starts_at, slot.ends_at)
    return Choice(slot_value(slot), words, _for_host(slot, host_zone) if host_zone else "")


def _for_host(slot: Slot, zone: ZoneInfo) -> str:
    """``04:00 to 04:45``, with the weekday where it is another one; empty where both clocks show the same."""
    if not _clocks_differ(slot, zone):
        return ""
    with timezone.override(zone):
        words = times.span(slot.starts_at, slot.ends_at)
        local = timezone.localtime(slot.starts_at)
    return words if local.date() == _local_day(slot) else f"{date_format(local, 'l')}, {words}"


def _clocks_differ(slot: Slot, zone: ZoneInfo) -> bool:
    return timezone.localtime(slot.starts_at).utcoffset() != slot.starts_at.astimezone(zone).utcoffset()


def _host_zone(slots: Iterable[Slot], zone: ZoneInfo | None) -> str:
    return zone_name(str(zone)) if zone and any(_clocks_differ(slot, zone) for slot in slots) else ""


def _clock_changes(slots: Sequence[Slot], host_zone: ZoneInfo | None, now: datetime) -> Iterator[tuple[str, str]]:
    """Place and day of each change of clocks between now and these slots, for the reader and for the host."""
    for zone in dict.fromkeys([ZoneInfo(timezone.get_current_timezone_name()), *([host_zone] if host_zone else [])]):
        offset = now.astimezone(zone).utcoffset()
        other = next((slot for slot in slots if slot.starts_at.astimezone(zone).utcoffset() != offset), None)
        if other:
            with timezone.override(zone):
                yield place(str(zone)), times.day(_change(zone, now, other.starts_at))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The minute in which the offset of the first instant ends."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > MINUTE:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _local_day(slot: Slot) -> date:
    return timezone.localtime(slot.starts_at).date()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day_of(given: str) -> date | None:
    try:
        return parse_date(given)
    except ValueError:
        return None


def _start_of(given: str) -> datetime | None:
    try:
        day = _day_of(given)
        return _midnight(day).astimezone(UTC) if day else None
    except OverflowError:
        return None
