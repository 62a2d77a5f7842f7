"""Random calendars, and what is free in them, counted minute by minute from the rules' words alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

# Zone → a day on which its clocks change, both ways; the odd ones on purpose.
TRANSITIONS = {
    "Europe/London": [date(2027, 3, 28), date(2026, 10, 25), date(2026, 12, 25)],  # and Christmas
    "America/New_York": [date(2027, 3, 14), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 10, 4), date(2027, 4, 4)],  # half an hour
    "Africa/Casablanca": [date(2027, 3, 14), date(2027, 2, 7)],  # back for Ramadan
    "America/St_Johns": [date(2027, 3, 14), date(2026, 11, 1)],  # minus three and a half hours
    "Asia/Beirut": [date(2027, 3, 28), date(2026, 10, 24)],  # at midnight
    "America/Havana": [date(2027, 3, 14), date(2026, 11, 1)],  # at midnight, and at one
    "Pacific/Apia": [date(2011, 12, 30), date(2011, 12, 29)],  # a whole day was left out
    "Asia/Kathmandu": [date(2026, 12, 1), date(2026, 12, 2)],  # a quarter of an hour, never changes
}
# Of those that are near one of the days above.
CLOSED_IN_ENGLAND = {
    *(date(2011, 12, day) for day in (25, 26, 27)),
    *(date(2026, 12, day) for day in (25, 26, 28)),
    *(date(2027, 3, day) for day in (26, 29)),
}


@dataclass
class Hours:
    """Minutes of a day, from ``start`` to ``end``, on the days for which ``repeats`` and the bounds allow it."""

    repeats: str
    start: int
    end: int
    zone: str
    weekday: int | None = None
    first: date | None = None
    last: date | None = None

    def is_on(self, day: date) -> bool:
        if self.repeats == "once":
            return day == self.first
        inside = (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
        fits = {
            "weekly": day.weekday() == self.weekday,
            "monthly": self.first is not None and day.day == self.first.day,
        }
        return inside and fits.get(self.repeats, True)


@dataclass
class Calendar:
    """``overrides`` are ``Hours`` too, those of an absence without any minutes. Spans of time are pairs of instants."""

    now: datetime
    zone: str
    windows: list[Hours]
    overrides: list[Hours]
    busy: list[tuple[datetime, datetime]]
    own: list[tuple[datetime, datetime]]
    length: int
    interval: int
    notice: int
    before: int
    after: int
    per_day: int | None
    per_week: int | None
    has_holidays: bool
    held: tuple[datetime, datetime] | None = None

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()


minutes_of_day = st.integers(0, 95).map(lambda quarter: quarter * 15) | st.integers(0, 23 * 60)


def hours(days, zones, *, repeats=("once", "daily", "weekly", "monthly")):
    @st.composite
    def make(draw):
        start, day = draw(minutes_of_day), draw(days)
        kind = draw(st.sampled_from(repeats))
        bounded = kind in ("once", "monthly", "override") or draw(st.booleans())
        last = day + draw(st.integers(0, 3)) * DAY
        return Hours(
            repeats=kind,
            start=start,
            end=min(start + draw(st.integers(10, 24 * 60)), 24 * 60),
            zone=draw(zones),
            weekday=day.weekday() if kind == "weekly" else None,
            first=day if bounded else None,
            last=last if kind == "override" or (bounded and draw(st.booleans())) else None,
        )

    return make()


@st.composite
def spans(draw, now, most):
    """Without overlap, as the database wants them."""
    found: list[tuple[datetime, datetime]] = []
    for start, length in draw(st.lists(st.tuples(st.integers(-60, 3000), st.integers(1, 180)), max_size=most)):
        span = now + start * MINUTE, now + (start + length) * MINUTE
        found += [span] if all(apart(span, other) for other in found) else []
    return found


@st.composite
def calendars(draw):
    zone = draw(st.sampled_from(list(TRANSITIONS)))
    day = draw(st.sampled_from(TRANSITIONS[zone]))
    now = datetime.combine(day, time(0), UTC) - DAY + draw(st.integers(0, 3 * 1440)) * MINUTE
    days = st.integers(-2, 2).map(lambda number: day + number * DAY)
    zones = st.just(zone) | st.sampled_from(list(TRANSITIONS))
    overrides = draw(st.lists(hours(days, zones, repeats=["override"]), max_size=2))
    for override in overrides:
        if draw(st.booleans()):
            override.end = override.start
    busy = draw(spans(now, 4))
    return Calendar(
        now=now,
        zone=zone,
        windows=draw(st.lists(hours(days, zones), min_size=1, max_size=4)),
        overrides=overrides,
        busy=busy,
        own=draw(spans(now, 2)),
        length=draw(st.sampled_from([5, 30, 45, 120])),
        interval=draw(st.sampled_from([5, 15, 25, 60])),
        notice=draw(st.sampled_from([0, 90])),
        before=draw(st.sampled_from([0, 0, 10, 45])),
        after=draw(st.sampled_from([0, 0, 15, 60])),
        per_day=draw(st.sampled_from([None, None, 1, 2])),
        per_week=draw(st.sampled_from([None, None, 2, 4])),
        has_holidays=draw(st.booleans()),
        # Kept for whoever looks: in nobody's way.
        held=next(iter(span for span in draw(spans(now, 1)) if all(apart(span, other) for other in busy)), None),
    )


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0]


def free(calendar: Calendar, since: datetime, until: datetime) -> list[datetime]:
    """Every start in ``[since, until)``; slow, and written without a look at the real one."""
    pieces = open_pieces(calendar, since, until)
    counted = Counter(calendar.day_of(start) for start, _end in calendar.busy)
    found, moment = [], since.replace(second=0, microsecond=0)
    while moment < until:
        if moment >= since and is_free(calendar, moment, pieces, counted):
            found.append(moment)
        moment += MINUTE
    return found


def is_free(calendar, moment, pieces, counted):
    end = moment + calendar.length * MINUTE
    if not all(moment + number * MINUTE in pieces for number in range(calendar.length)):
        return False
    # Of several windows, the one whose open piece begins first sets the grid.
    _piece, origin, zone = min(pieces[moment])
    if (moment - origin) % (calendar.interval * MINUTE) or moment.astimezone(ZoneInfo(zone)).fold:
        return False
    wide = moment - calendar.before * MINUTE, end + calendar.after * MINUTE
    if any(not apart(wide, span) for span in calendar.busy):
        return False
    if any(not apart((moment, end), span) for span in calendar.own):
        return False
    day = calendar.day_of(moment)
    in_week = sum(number for other, number in counted.items() if other.isocalendar()[:2] == day.isocalendar()[:2])
    if calendar.per_day is not None and counted[day] >= calendar.per_day:
        return False
    return calendar.per_week is None or in_week < calendar.per_week


def open_pieces(calendar, since, until):
    """Minute → of each window that is open then: start of the open piece, start of the whole window, zone."""
    first = since.replace(second=0, microsecond=0) - 2 * DAY
    shown = [first + number * MINUTE for number in range((until - first) // MINUTE + 1440)]
    zones = {rule.zone for rule in [*calendar.windows, *calendar.overrides]} | {calendar.zone}
    clocks = {zone: [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in shown] for zone in zones}
    days = {zone: [clock.date() for clock in clocks[zone]] for zone in zones}
    closed = [False] * len(shown)
    for rule in calendar.overrides:
        closed = [was or rule.is_on(day) for was, day in zip(closed, days[rule.zone], strict=True)]
    if calendar.has_holidays:
        closed = [was or day in CLOSED_IN_ENGLAND for was, day in zip(closed, days[calendar.zone], strict=True)]
    pieces: dict[datetime, list[tuple[datetime, datetime, str]]] = {}
    for rule in [*calendar.windows, *calendar.overrides]:
        origins: dict[date, datetime] = {}
        on = {day for day in set(days[rule.zone]) if rule.is_on(day)}
        began = before = None
        for n, moment in enumerate(shown):
            day = days[rule.zone][n]
            if day not in on or not rule.start <= minute_in(clocks[rule.zone][n]) < rule.end:
                before = None
                continue
            origin = origins.setdefault(day, moment)
            if rule.repeats != "override" and closed[n]:
                before = None
                continue
            began = moment if before != day else began
            before = day
            pieces.setdefault(moment, []).append((began, origin, rule.zone))
    return pieces


def minute_in(clock):
    return clock.hour * 60 + clock.minute
