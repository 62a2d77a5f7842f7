"""One function lists the free times and the same decides what may be booked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from neuro_sessions.availability import find_slot, free_slots, nearest_slots
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.slots import DAY, HOUR, MINUTE, NO_NOTICE, fresh, offered, refusal, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE


@pytest.fixture
def listing(db):
    return PeerSessionFactory(durations=[15, 30, 60])


def test_nothing_is_offered_sooner_than_the_notice_or_later_than_the_horizon(settings):
    settings.NEURO_SESSIONS = NO_NOTICE | {"NOTICE_MINUTES": 90, "HORIZON_DAYS": 2}
    listing = PeerSessionFactory(open_all_week=True)
    slots = free_slots(listing, minutes=30, since=NOW - DAY, until=NOW + 9 * DAY, now=NOW)
    assert slots[0].starts_at == NOW + 90 * MINUTE
    assert slots[-1].starts_at == NOW + 2 * DAY - 15 * MINUTE
    assert refusal(listing, NOW + 75 * MINUTE) == "too_soon"
    assert refusal(listing, NOW + 2 * DAY) == "too_far"


def test_each_refusal_says_its_reason():
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


def test_starts_are_the_interval_apart_from_the_window_s_own_start(listing, settings):
    settings.NEURO_SESSIONS = NO_NOTICE | {"SLOT_INTERVAL_MINUTES": 25}
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9, 10), end_time=time(11))
    assert offered(listing, date(2026, 11, 24)) == ["09:10", "09:35", "10:00"]


def test_the_grid_does_not_depend_on_the_day_from_which_one_looks(settings):
    settings.NEURO_SESSIONS = NO_NOTICE | {"SLOT_INTERVAL_MINUTES": 35}
    listing = PeerSessionFactory(open_all_week=True)
    slots = free_slots(listing, minutes=30, since=NOW, until=NOW + 9 * DAY, now=NOW)
    for days in range(1, 9):
        later = free_slots(listing, minutes=30, since=NOW + days * DAY, until=NOW + 9 * DAY, now=NOW)
        assert later == [slot for slot in slots if slot.starts_at >= NOW + days * DAY]


def test_a_window_until_midnight_reaches_the_end_of_the_day(listing):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(22), end_time=time(0))
    assert offered(listing, date(2026, 11, 24), days=2)[-1] == "23:00"


def test_a_session_may_run_over_midnight_into_the_next_day_s_window(listing):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(23), end_time=time(0))
    WindowFactory(peer_session=listing, weekday=2, start_time=time(0), end_time=time(0, 30))
    assert offered(listing, date(2026, 11, 24), days=2) == ["23:00", "23:15", "23:30"]


def test_windows_that_overlap_count_as_one(listing):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(10))
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9, 50), end_time=time(11))
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(10))
    assert offered(listing, date(2026, 11, 24)) == ["09:00", "09:15", "09:30", "09:45"]
    assert offered(listing, date(2026, 11, 24), minutes=30)[-2:] == ["10:05", "10:20"]


def test_windows_in_two_zones_are_offered_together(listing):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11), time_zone="Europe/London")
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11), time_zone="America/New_York")
    assert offered(listing, date(2026, 11, 24)) == ["10:00", "15:00"]


def test_taken_time_is_jumped_over_and_touching_sessions_fit(listing):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(13))
    take(listing, ten, ten + 50 * MINUTE)
    take(listing, ten + 3 * HOUR, ten + 4 * HOUR)
    assert offered(listing, date(2026, 11, 24)) == ["09:00", "11:00", "11:15", "11:30", "11:45", "12:00"]


def test_a_claim_that_has_ended_by_itself_takes_no_time(listing):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11))
    take(listing, ten, ten + HOUR, expires_at=NOW)
    assert offered(listing, date(2026, 11, 24)) == ["10:00"]
    assert offered(listing, date(2026, 11, 24), now=NOW - MINUTE) == []


def test_another_listing_of_the_same_host_takes_the_time_too(listing):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10), end_time=time(11))
    take(PeerSessionFactory(host=listing.host), ten, ten + HOUR)
    assert offered(listing, date(2026, 11, 24)) == []


def test_seconds_of_a_window_s_edges_never_let_a_session_start_early(listing):
    WindowFactory(peer_session=listing, weekday=1, start_time=time(10, 0, 30), end_time=time(11, 1, 30))
    assert offered(listing, date(2026, 11, 24)) == ["10:01"]


def test_the_nearest_times_lie_on_both_sides_in_order():
    listing = PeerSessionFactory(open_all_week=True)
    wanted = NOW + 2 * DAY
    take(listing, wanted, wanted + HOUR)
    slots = nearest_slots(listing, to=wanted, minutes=30, now=NOW)
    assert [(slot.starts_at - wanted) // MINUTE for slot in slots] == [-75, -60, -45, -30, 60]


@pytest.mark.parametrize("wanted", [datetime.min, datetime.max])
def test_the_nearest_times_to_an_absurd_time_are_real_times(wanted):
    listing = PeerSessionFactory(open_all_week=True)
    slots = nearest_slots(listing, to=wanted.replace(tzinfo=UTC), minutes=30, now=NOW)
    assert len(slots) == 5
    assert all(find_slot(listing, starts_at=slot.starts_at, minutes=30, now=NOW) for slot in slots)


def test_free_times_far_away_are_found_too(listing):
    WindowFactory(peer_session=listing, weekday=0, start_time=time(9), end_time=time(10))
    slots = nearest_slots(listing, to=NOW + 3 * DAY, minutes=60, now=NOW)
    assert [slot.starts_at for slot in slots] == [NOW + days * DAY for days in (0, 7, 14, 21, 28)]


@pytest.mark.parametrize("bookings", [0, 40])
def test_two_queries_list_the_free_times_whatever_is_booked(django_assert_num_queries, bookings):
    listing = PeerSessionFactory(open_all_week=True)
    for number in range(bookings):
        take(listing, NOW + number * HOUR, NOW + number * HOUR + 30 * MINUTE)
    listing = fresh(listing)
    with django_assert_num_queries(2):
        assert free_slots(listing, minutes=30, since=NOW, until=NOW + 60 * DAY, now=NOW)
