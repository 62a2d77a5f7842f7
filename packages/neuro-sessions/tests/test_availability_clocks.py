"""Hours are those of the host's clock, also on the days on which it changes."""

from collections import Counter
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from neuro_sessions.availability import SlotRefused, find_slot, free_slots, to_instant
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.slots import DAY, HOUR, MINUTE, NO_NOTICE, fresh, offered, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE


@pytest.fixture
def listing(db):
    return PeerSessionFactory(durations=[15, 30, 60])


@pytest.mark.parametrize("day", [date(2027, 3, 22), date(2027, 3, 29), date(2026, 10, 19), date(2026, 10, 26)])
def test_mondays_at_ten_in_london_stay_at_ten_across_both_clock_changes(listing, day):
    WindowFactory(peer_session=listing, weekday=0, start_time=time(10), end_time=time(11), time_zone="Europe/London")
    now = datetime.combine(day, time(0), UTC) - 7 * DAY
    assert offered(listing, day, zone=LONDON, now=now) == ["10:00"]
    (slot,) = free_slots(listing, minutes=60, since=now + 6 * DAY, until=now + 8 * DAY, now=now)
    assert slot.ends_at - slot.starts_at == HOUR
    assert find_slot(listing, starts_at=slot.starts_at, minutes=60, now=now) == slot


def test_a_missing_hour_is_not_offered(listing):
    WindowFactory(peer_session=listing, weekday=6, start_time=time(0), end_time=time(3), time_zone="Europe/London")
    times = offered(listing, date(2027, 3, 28), zone=LONDON, minutes=30, now=datetime(2027, 3, 20, tzinfo=UTC))
    assert times == ["00:00", "00:15", "00:30", "00:45", "02:00", "02:15", "02:30"]


def test_a_window_that_lies_in_the_missing_hour_offers_nothing(listing):
    WindowFactory(peer_session=listing, weekday=6, start_time=time(1), end_time=time(2), time_zone="Europe/London")
    assert offered(listing, date(2027, 3, 28), zone=LONDON, minutes=15, now=datetime(2027, 3, 20, tzinfo=UTC)) == []


def test_a_repeated_hour_is_offered_once(listing):
    WindowFactory(
        peer_session=listing, weekday=6, start_time=time(0, 30), end_time=time(2, 30), time_zone="Europe/London"
    )
    now = datetime(2026, 10, 20, tzinfo=UTC)
    times = offered(listing, date(2026, 10, 25), zone=LONDON, minutes=30, now=now)
    assert times == ["00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:00"]


def test_a_clock_change_in_one_zone_hides_nothing_of_a_window_in_another(listing):
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


def test_a_window_that_ends_where_the_repeated_hour_begins_ends_with_its_first_showing(listing):
    WindowFactory(peer_session=listing, weekday=6, start_time=time(0), end_time=time(1), time_zone="Europe/London")
    now = datetime(2026, 10, 20, tzinfo=UTC)
    assert offered(listing, date(2026, 10, 25), zone=LONDON, minutes=30, now=now) == ["00:00", "00:15", "00:30"]


def test_no_session_lies_in_the_part_of_a_repeated_hour_that_the_window_leaves_out(listing):
    WindowFactory(
        peer_session=listing, weekday=6, start_time=time(1, 15), end_time=time(2, 30), time_zone="Europe/London"
    )
    now = datetime(2026, 10, 20, tzinfo=UTC)
    times = offered(listing, date(2026, 10, 25), zone=LONDON, minutes=30, now=now)
    assert times == ["01:15", "01:30", "02:00"]


ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Nairobi",
    "America/Asuncion",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Scoresbysund",
    "America/St_Johns",
    "America/Argentina/Buenos_Aires",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]


def changes(zone):
    """The first two days from December 2025 on which this clock is changed; two others where it never is."""
    days = [date(2025, 12, 1) + n * DAY for n in range(760)]
    offsets = [datetime.combine(day, time(0), zone).utcoffset() for day in [*days, days[-1] + DAY]]
    found = [day for day, before, after in zip(days, offsets, offsets[1:], strict=False) if before != after]
    return found[:2] or [date(2026, 3, 29), date(2026, 10, 25)]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("name", ZONES)
def test_what_is_offered_is_what_can_be_booked_on_the_days_of_a_clock_change(name, number):
    zone = ZoneInfo(name)
    day = changes(zone)[number]
    listing = PeerSessionFactory(durations=[30])
    for start, end in [(time(0), time(4)), (time(22, 30), time(0))]:
        WindowFactory(
            peer_session=listing, repeats="daily", weekday=None, start_time=start, end_time=end, time_zone=name
        )
    midnight = datetime.combine(day, time(0), zone).astimezone(UTC)
    take(listing, midnight + 40 * MINUTE, midnight + 70 * MINUTE)
    listing, now = fresh(listing), midnight - 7 * DAY
    since, until = midnight - 2 * HOUR, midnight + 27 * HOUR
    slots = free_slots(listing, minutes=30, since=since, until=until, now=now)
    clocks = Counter(slot.starts_at.astimezone(zone).replace(tzinfo=None) for slot in slots)
    assert set(clocks.values()) == {1}
    assert all(shown.hour in (0, 1, 2, 3, 22, 23) for shown in clocks)
    starts, moment = {slot.starts_at for slot in slots}, since
    while moment < until:
        if moment in starts:
            assert find_slot(listing, starts_at=moment, minutes=30, now=now).starts_at == moment
        else:
            with pytest.raises(SlotRefused):
                find_slot(listing, starts_at=moment, minutes=30, now=now)
        moment += 15 * MINUTE


@pytest.mark.parametrize("name", ["Europe/London", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana"])
def test_every_time_of_the_window_that_the_clock_shows_is_offered(name):
    """The control for the test above, which an empty list of times would pass."""
    zone = ZoneInfo(name)
    for day in changes(zone):
        listing = PeerSessionFactory(durations=[15])
        WindowFactory(peer_session=listing, repeats="daily", weekday=None, time_zone=name)
        midnight = datetime.combine(day, time(0), zone).astimezone(UTC)
        shown = [(midnight + n * 15 * MINUTE).astimezone(zone) for n in range(-8, 120)]
        expected = list(dict.fromkeys(f"{moment:%H:%M}" for moment in shown if moment.date() == day))
        assert offered(listing, day, zone=zone, minutes=15, now=midnight - 7 * DAY) == expected
