"""One function lists the free times and the same decides what may be booked."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neuro_sessions.availability import SlotRefused, find_slot, free_slots, nearest_slots, to_instant
from neuro_sessions.models import Booking, HostTime
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONDON = ZoneInfo("Europe/London")

# Zone → a day on which its clocks change, both ways; the odd ones on purpose.
TRANSITIONS = {
    "Europe/London": [date(2027, 3, 28), date(2026, 10, 25)],
    "America/New_York": [date(2027, 3, 14), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 10, 4), date(2027, 4, 4)],  # half an hour
    "Africa/Casablanca": [date(2027, 3, 14), date(2027, 2, 7)],  # back for Ramadan
    "America/St_Johns": [date(2027, 3, 14), date(2026, 11, 1)],  # minus three and a half hours
    "Pacific/Apia": [date(2011, 12, 30), date(2011, 12, 29)],  # a whole day was left out
    "Asia/Kathmandu": [date(2026, 12, 1), date(2026, 12, 2)],  # a quarter of an hour, never changes
}


@pytest.fixture
def listing(db):
    return PeerSessionFactory(durations=[15, 30, 60])


@pytest.fixture
def configure(settings):
    def change(**given):
        settings.NEURO_SESSIONS = {"NOTICE_MINUTES": 0, **{key.upper(): value for key, value in given.items()}}

    change()
    return change


def take(listing, starts_at, ends_at, *, expires_at=None):
    booking = Booking.objects.create(
        host=listing.host,
        seeker=listing.host,
        peer_session=listing,
        starts_at=starts_at,
        ends_at=ends_at,
        price=0,
        state="confirmed",
        created_at=starts_at,
    )
    HostTime.objects.create(
        host=listing.host, booking=booking, kind="session", starts_at=starts_at, ends_at=ends_at, expires_at=expires_at
    )


def offered(listing, day, *, zone=UTC, minutes=60, days=1, now=NOW):
    """Wall-clock times in ``zone`` that are offered on the day there."""
    midnight = datetime.combine(day, time(0))
    since, until = midnight.replace(tzinfo=zone), (midnight + days * DAY).replace(tzinfo=zone)
    slots = free_slots(listing, minutes=minutes, since=since, until=until, now=now)
    return [f"{slot.starts_at.astimezone(zone):%H:%M}" for slot in slots]


def refusal(listing, starts_at, *, minutes=30, now=NOW):
    with pytest.raises(SlotRefused) as refused:
        find_slot(listing, starts_at=starts_at, minutes=minutes, now=now)
    return refused.value.code


@pytest.mark.parametrize("day", [date(2027, 3, 22), date(2027, 3, 29), date(2026, 10, 19), date(2026, 10, 26)])
def test_mondays_at_ten_in_london_stay_at_ten_across_both_clock_changes(listing, configure, day):
    WindowFactory(peer_session=listing, weekday=0, start_time=time(10), end_time=time(11), time_zone="Europe/London")
    now = datetime.combine(day, time(0), UTC) - 7 * DAY
    assert offered(listing, day, zone=LONDON, now=now) == ["10:00"]
    (slot,) = free_slots(listing, minutes=60, since=now + 6 * DAY, until=now + 8 * DAY, now=now)
    assert slot.ends_at - slot.starts_at == HOUR
    assert find_slot(listing, starts_at=slot.starts_at, minutes=60, now=now) == slot


def test_a_missing_hour_is_not_offered(listing, configure):
    WindowFactory(peer_session=listing, weekday=6, start_time=time(0), end_time=time(3), time_zone="Europe/London")
    times = offered(listing, date(2027, 3, 28), zone=LONDON, minutes=30, now=datetime(2027, 3, 20, tzinfo=UTC))
    assert times == ["00:00", "00:15", "00:30", "00:45", "02:00", "02:15", "02:30"]


def test_a_window_that_lies_in_the_missing_hour_offers_nothing(listing, configure):
    WindowFactory(peer_session=listing, weekday=6, start_time=time(1), end_time=time(2), time_zone="Europe/London")
    assert offered(listing, date(2027, 3, 28), zone=LONDON, minutes=15, now=datetime(2027, 3, 20, tzinfo=UTC)) == []


def test_a_repeated_hour_is_offered_once(listing, configure):
    WindowFactory(
        peer_session=listing, weekday=6, start_time=time(0, 30), end_time=time(2, 30), time_zone="Europe/London"
    )
    now = datetime(2026, 10, 20, tzinfo=UTC)
    times = offered(listing, date(2026, 10, 25), zone=LONDON, minutes=30, now=now)
    assert times == ["00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:00"]


def test_a_clock_change_in_one_zone_hides_nothing_of_a_window_in_another(listing, configure):
    """New York repeats 05:00 to 06:00 UTC as a clock time; in Nairobi that hour is like every other."""
    WindowFactory(peer_session=listing, weekday=6, start_time=time(9), end_time=time(10), time_zone="Africa/Nairobi")
    WindowFactory(peer_session=listing, weekday=2, time_zone="America/New_York")
    times = offered(listing, date(2026, 11, 1), minutes=30, now=datetime(2026, 10, 25, tzinfo=UTC))
    assert times == ["06:00", "06:15", "06:30"]


def test_a_naive_time_in_the_missing_hour_is_refused_with_its_reason():
    with pytest.raises(SlotRefused) as refused:
        to_instant(datetime(2027, 3, 28, 1, 30), LONDON)
    assert refused.value.code == "missing_hour"
    assert "clocks go forward" in str(refused.value.sentence)


def test_a_naive_time_in_a_repeated_hour_means_the_first_one():
    assert to_instant(datetime(2026, 10, 25, 1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_nothing_is_offered_sooner_than_the_notice_or_later_than_the_horizon(configure):
    configure(notice_minutes=90, horizon_days=2)
    listing = PeerSessionFactory(open_all_week=True)
    slots = free_slots(listing, minutes=30, since=NOW - DAY, until=NOW + 9 * DAY, now=NOW)
    assert slots[0].starts_at == NOW + 90 * MINUTE
    assert slots[-1].starts_at == NOW + 2 * DAY - 15 * MINUTE
    assert refusal(listing, NOW + 75 * MINUTE) == "too_soon"
    assert refusal(listing, NOW + 2 * DAY) == "too_far"


def test_each_refusal_says_its_reason(configure):
    listing = PeerSessionFactory(durations=[30])
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(12))
    tuesday_ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    take(listing, tuesday_ten, tuesday_ten + HOUR)
    assert refusal(listing, tuesday_ten + HOUR, minutes=420) == "length"
    assert refusal(listing, NOW) == "past"
    assert refusal(listing, tuesday_ten - 7 * DAY) == "past"
    assert refusal(listing, tuesday_ten + 15 * MINUTE) == "taken"
    assert refusal(listing, tuesday_ten - HOUR) == "outside"
    assert refusal(listing, tuesday_ten + 100 * MINUTE) == "outside"
    assert refusal(listing, tuesday_ten + 60 * MINUTE + timedelta(microseconds=1)) == "outside"
    assert refusal(listing, datetime.max.replace(tzinfo=UTC)) == "too_far"
    assert refusal(listing, datetime.min.replace(tzinfo=UTC)) == "past"
    assert find_slot(listing, starts_at=tuesday_ten + HOUR, minutes=30, now=NOW)


def test_starts_are_the_interval_apart_from_the_window_s_own_start(listing, configure):
    configure(slot_interval_minutes=25)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9, 10), end_time=time(11))
    assert offered(listing, date(2026, 11, 24)) == ["09:10", "09:35", "10:00"]


def test_the_grid_does_not_depend_on_the_day_from_which_one_looks(configure):
    configure(slot_interval_minutes=35)
    listing = PeerSessionFactory(open_all_week=True)
    slots = free_slots(listing, minutes=30, since=NOW, until=NOW + 9 * DAY, now=NOW)
    for days in range(1, 9):
        later = free_slots(listing, minutes=30, since=NOW + days * DAY, until=NOW + 9 * DAY, now=NOW)
        assert later == [slot for slot in slots if slot.starts_at >= NOW + days * DAY]


def test_a_window_until_midnight_reaches_the_end_of_the_day(listing, configure):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(22), end_time=time(0))
    assert offered(listing, date(2026, 11, 24), days=2)[-1] == "23:00"


def test_a_session_may_run_over_midnight_into_the_next_day_s_window(listing, configure):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(23), end_time=time(0))
    WindowFactory(peer_session=listing, weekday=2, start_time=time(0), end_time=time(0, 30))
    assert offered(listing, date(2026, 11, 24), days=2) == ["23:00", "23:15", "23:30"]


def test_windows_that_overlap_count_as_one(listing, configure):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(10))
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9, 50), end_time=time(11))
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(10))
    assert offered(listing, date(2026, 11, 24)) == ["09:00", "09:15", "09:30", "09:45"]
    assert offered(listing, date(2026, 11, 24), minutes=30)[-2:] == ["10:05", "10:20"]


def test_windows_in_two_zones_are_offered_together(listing, configure):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11), time_zone="Europe/London")
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11), time_zone="America/New_York")
    assert offered(listing, date(2026, 11, 24)) == ["10:00", "15:00"]


def test_taken_time_is_jumped_over_and_touching_sessions_fit(listing, configure):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(13))
    take(listing, ten, ten + 50 * MINUTE)
    take(listing, ten + 3 * HOUR, ten + 4 * HOUR)
    assert offered(listing, date(2026, 11, 24)) == ["09:00", "11:00", "11:15", "11:30", "11:45", "12:00"]


def test_a_claim_that_has_ended_by_itself_takes_no_time(listing, configure):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11))
    take(listing, ten, ten + HOUR, expires_at=NOW)
    assert offered(listing, date(2026, 11, 24)) == ["10:00"]
    assert offered(listing, date(2026, 11, 24), now=NOW - MINUTE) == []


def test_another_listing_of_the_same_host_takes_the_time_too(listing, configure):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11))
    take(PeerSessionFactory(host=listing.host), ten, ten + HOUR)
    assert offered(listing, date(2026, 11, 24)) == []


def test_seconds_of_a_window_s_edges_never_let_a_session_start_early(listing, configure):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10, 0, 30), end_time=time(11, 1, 30))
    assert offered(listing, date(2026, 11, 24)) == ["10:01"]


def test_the_nearest_times_lie_on_both_sides_in_order(configure):
    listing = PeerSessionFactory(open_all_week=True)
    wanted = NOW + 2 * DAY
    take(listing, wanted, wanted + HOUR)
    slots = nearest_slots(listing, to=wanted, minutes=30, now=NOW)
    assert [(slot.starts_at - wanted) // MINUTE for slot in slots] == [-75, -60, -45, -30, 60]


@pytest.mark.parametrize("wanted", [datetime.min, datetime.max])
def test_the_nearest_times_to_an_absurd_time_are_real_times(configure, wanted):
    listing = PeerSessionFactory(open_all_week=True)
    slots = nearest_slots(listing, to=wanted.replace(tzinfo=UTC), minutes=30, now=NOW)
    assert len(slots) == 5
    assert all(find_slot(listing, starts_at=slot.starts_at, minutes=30, now=NOW) for slot in slots)


def test_free_times_far_away_are_found_too(listing, configure):
    WindowFactory(peer_session=listing, weekday=0, start_time=time(9), end_time=time(10))
    slots = nearest_slots(listing, to=NOW + 3 * DAY, minutes=60, now=NOW)
    assert [slot.starts_at for slot in slots] == [NOW + days * DAY for days in (0, 7, 14, 21, 28)]


@pytest.mark.parametrize("bookings", [0, 40])
def test_two_queries_list_the_free_times_whatever_is_booked(configure, django_assert_num_queries, bookings):
    listing = PeerSessionFactory(open_all_week=True)
    for number in range(bookings):
        take(listing, NOW + number * HOUR, NOW + number * HOUR + 30 * MINUTE)
    with django_assert_num_queries(2):
        assert free_slots(listing, minutes=30, since=NOW, until=NOW + 60 * DAY, now=NOW)


# -- Random calendars. Nothing is written: the rules and what is taken are handed over as the database would.

windows = st.builds(
    lambda weekday, start, length, zone: (weekday, start, min(start + length, 24 * 60), zone),
    st.integers(0, 6),
    st.integers(0, 95).map(lambda quarter: quarter * 15) | st.integers(0, 23 * 60),
    st.integers(10, 24 * 60),
    st.sampled_from(list(TRANSITIONS)),
)


@st.composite
def calendars(draw):
    zone = draw(st.sampled_from(list(TRANSITIONS)))
    day = draw(st.sampled_from(TRANSITIONS[zone]))
    around = st.builds(lambda window, weekday: (weekday, *window[1:3], zone), windows, st.just(day.weekday()))
    now = datetime.combine(day, time(0), UTC) - DAY + draw(st.integers(0, 3 * 1440)) * MINUTE
    return SimpleNamespace(
        now=now,
        windows=[draw(around), *draw(st.lists(windows | around, max_size=4))],
        busy=[
            (now + start * MINUTE, now + (start + length) * MINUTE)
            for start, length in draw(st.lists(st.tuples(st.integers(-60, 3000), st.integers(1, 180)), max_size=4))
        ],
        length=draw(st.sampled_from([5, 30, 45, 120])),
        step=draw(st.sampled_from([5, 15, 25, 60])),
        notice=draw(st.sampled_from([0, 90])),
    )


def written(calendar):
    """The calendar in the database, taken times without overlap."""
    listing = PeerSessionFactory(durations=[calendar.length])
    for weekday, start, end, zone in calendar.windows:
        WindowFactory(
            peer_session=listing, weekday=weekday, start_time=clock(start), end_time=clock(end), time_zone=zone
        )
    calendar.busy = [
        span for number, span in enumerate(calendar.busy) if all(apart(span, kept) for kept in calendar.busy[:number])
    ]
    for starts_at, ends_at in calendar.busy:
        take(listing, starts_at, ends_at)
    return listing


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0]


def clock(minute):
    return time(minute % 1440 // 60, minute % 60)


def brute_force(calendar, since, until):
    """Minute by minute, straight from the rules' words; slow, and written without a look at the real one."""
    open_minutes: dict[datetime, list[tuple[datetime, str]]] = {}
    for weekday, start, end, name in calendar.windows:
        zone = ZoneInfo(name)
        day = since.astimezone(zone).date() - 2 * DAY
        while day <= until.astimezone(zone).date() + 2 * DAY:
            if day.weekday() == weekday:
                inside = list(minutes_of(day, start, end, zone))
                for minute in inside:
                    open_minutes.setdefault(minute, []).append((inside[0], name))
            day += DAY
    moment = since.replace(second=0, microsecond=0)
    while moment < until:
        if moment >= since and moment in open_minutes:
            # Of several windows, the one that opened first sets the grid.
            origin, name = min(open_minutes[moment])
            whole = [moment + number * MINUTE for number in range(calendar.length)]
            fits = all(minute in open_minutes for minute in whole)
            free = all(apart((moment, moment + calendar.length * MINUTE), span) for span in calendar.busy)
            on_grid = (moment - origin) % (calendar.step * MINUTE) == timedelta(0)
            first_showing = not moment.astimezone(ZoneInfo(name)).fold
            if fits and free and on_grid and first_showing:
                yield moment
        moment += MINUTE


def minutes_of(day, start, end, zone):
    """Every instant from the first showing of the start to the last showing of the end, without gaps."""
    midnight = datetime.combine(day, time(0))
    opens, closes = midnight + start * MINUTE, midnight + end * MINUTE
    moment = midnight.replace(tzinfo=zone).astimezone(UTC) - 26 * HOUR
    shown = [moment + number * MINUTE for number in range(76 * 60)]
    inside = [minute for minute in shown if opens <= minute.astimezone(zone).replace(tzinfo=None) < closes]
    if not inside:
        return []
    span = [minute for minute in shown if inside[0] <= minute <= inside[-1]]
    assert all(later - earlier == MINUTE for earlier, later in pairwise(span))
    return span


property_test = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.feature("E4")
@property_test
@given(calendar=calendars())
def test_what_is_offered_is_what_can_be_booked(configure, calendar):
    configure(slot_interval_minutes=calendar.step, notice_minutes=calendar.notice)
    listing, length, now = written(calendar), calendar.length, calendar.now
    slots = free_slots(listing, minutes=length, since=now, until=now + 2 * DAY, now=now)
    starts = {slot.starts_at for slot in slots}
    for slot in slots[:20]:
        assert find_slot(listing, starts_at=slot.starts_at, minutes=length, now=now) == slot
    neighbours = {start + sign * calendar.step * MINUTE for start in starts for sign in (-1, 1)}
    neighbours |= {end for _start, end in calendar.busy} | {start for start, _end in calendar.busy}
    refused = {start for start in neighbours - starts if now <= start < now + 2 * DAY}
    for start in sorted(refused)[:20]:
        with pytest.raises(SlotRefused):
            find_slot(listing, starts_at=start, minutes=length, now=now)


@property_test
@given(calendar=calendars())
def test_the_quick_way_finds_what_counting_minutes_finds(configure, calendar):
    configure(slot_interval_minutes=calendar.step, notice_minutes=calendar.notice)
    listing, now = written(calendar), calendar.now
    first, until = now + calendar.notice * MINUTE, now + 30 * HOUR
    slots = free_slots(listing, minutes=calendar.length, since=now, until=until, now=now)
    assert [slot.starts_at for slot in slots] == list(brute_force(calendar, first, until))
