"""A host's rules for all of their listings, and whose time counts."""

from datetime import UTC, date, datetime, time

import pytest

from neuro_accounts.models import Profile
from neuro_accounts.testing import UserFactory
from neuro_sessions.availability import SlotRefused, find_slot, free_slots
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.slots import DAY, HOUR, MINUTE, NO_NOTICE, days_offered, fresh, keep, offered, refusal, rule, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

TUESDAY = date(2026, 11, 24)
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE | {"SLOT_INTERVAL_MINUTES": 30}


@pytest.fixture
def listing(db):
    """Every day from 09:00 to 13:00."""
    made = PeerSessionFactory(durations=[30, 60])
    WindowFactory(peer_session=made, repeats="daily", weekday=None, start_time=time(9), end_time=time(13))
    return made


@pytest.fixture
def seeker(db):
    return UserFactory()


def test_a_host_has_notice_horizon_and_interval_of_their_own(listing):
    rule(listing, notice_minutes=60 * 24 * 2, horizon_days=5, interval_minutes=45)
    assert days_offered(listing) == [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)]
    assert offered(listing, date(2026, 11, 26)) == ["09:00", "09:45", "10:30", "11:15", "12:00"]
    assert refusal(listing, NOW + DAY) == "too_soon"
    assert refusal(listing, NOW + 5 * DAY) == "too_far"


def test_a_notice_of_none_at_all_is_not_the_usual_notice(settings, listing):
    settings.NEURO_SESSIONS = {"NOTICE_MINUTES": 600}
    rule(listing, notice_minutes=0)
    assert offered(listing, NOW.date())[0] == "09:00"


def test_nothing_is_offered_during_a_pause(listing):
    rule(listing, paused_at=NOW - DAY)
    assert days_offered(listing) == []
    assert refusal(listing, TEN) == "paused"
    assert refusal(listing, NOW - DAY) == "past"


def test_buffers_keep_time_free_around_what_is_taken_already(listing):
    rule(listing, buffer_before_minutes=30, buffer_after_minutes=60)
    take(listing, TEN + 30 * MINUTE, TEN + HOUR)
    # Until 10:30 - 60 for the end, from 11:00 + 30 for the start.
    assert offered(listing, TUESDAY, minutes=30) == ["09:00", "11:30", "12:00", "12:30"]


def test_buffers_may_lie_outside_the_windows(listing):
    rule(listing, buffer_before_minutes=120, buffer_after_minutes=120)
    assert offered(listing, TUESDAY)[::6] == ["09:00", "12:00"]


def test_what_was_taken_with_buffers_counts_with_them(listing):
    """The rows of a host include the buffers of their time; the new session brings its own."""
    rule(listing, buffer_before_minutes=0, buffer_after_minutes=30)
    take(listing, TEN, TEN + 60 * MINUTE)
    assert offered(listing, TUESDAY, minutes=30) == ["09:00", "11:00", "11:30", "12:00", "12:30"]


def test_a_day_with_as_many_sessions_as_the_host_takes_is_full(listing):
    rule(listing, max_per_day=2)
    take(listing, TEN, TEN + HOUR, day=TUESDAY)
    assert offered(listing, TUESDAY)
    take(listing, TEN + HOUR, TEN + 2 * HOUR, day=TUESDAY)
    assert offered(listing, TUESDAY) == []
    assert offered(listing, date(2026, 11, 25))
    assert refusal(listing, TEN - HOUR) == "full_day"


def test_a_week_from_monday_to_sunday_may_be_full(listing):
    rule(listing, max_per_week=2)
    take(listing, TEN, TEN + HOUR, day=TUESDAY)
    take(listing, TEN + 5 * DAY, TEN + 5 * DAY + HOUR, day=date(2026, 11, 29))
    assert days_offered(listing, days=8) == [date(2026, 11, 30)]
    assert refusal(listing, TEN + 2 * DAY) == "full_week"
    sunday = TEN + 5 * DAY
    assert find_slot(fresh(listing), starts_at=sunday + DAY, minutes=30, now=NOW)


def test_a_limit_of_none_means_that_nothing_is_offered(listing):
    rule(listing, max_per_day=0)
    assert days_offered(listing) == []
    assert refusal(listing, TEN) == "full_day"


def test_full_days_are_days_of_the_host_s_zone(listing):
    Profile.objects.create(user=listing.host, time_zone="Asia/Tokyo")
    WindowFactory(peer_session=listing, repeats="daily", weekday=None)
    rule(listing, max_per_day=1)
    # 16:00 UTC on Monday is 01:00 on Tuesday in Tokyo; that day ends at 15:00 UTC.
    start = NOW.replace(hour=16)
    take(listing, start, start + HOUR, day=TUESDAY)
    assert offered(listing, NOW.date())[-1] == "14:30"
    assert offered(listing, TUESDAY)[0] == "15:00"


def test_limits_count_what_takes_time_for_whoever_and_not_the_host_s_own_bookings(listing):
    rule(listing, max_per_day=1)
    take(listing, TEN, TEN + 30 * MINUTE)  # As a seeker: without a day.
    assert offered(listing, TUESDAY, minutes=30)


def test_time_that_is_kept_for_oneself_is_free_for_oneself_alone(listing, seeker):
    rule(listing, max_per_day=1)
    keep(listing, TEN, TEN + HOUR, holder=seeker, day=TUESDAY)
    assert "10:00" in offered(listing, TUESDAY, by=seeker)
    assert offered(listing, TUESDAY, by=UserFactory()) == []
    assert find_slot(fresh(listing), starts_at=TEN, minutes=60, now=NOW, by=seeker)
    assert refusal(listing, TEN, by=UserFactory()) == "taken"


def test_what_takes_one_s_own_time_is_not_offered_and_has_no_buffers(listing, seeker):
    rule(listing, buffer_before_minutes=30, buffer_after_minutes=30)
    elsewhere = PeerSessionFactory()
    take(elsewhere, TEN, TEN + HOUR, of=seeker)
    assert offered(listing, TUESDAY, by=seeker) == ["09:00", "11:00", "11:30", "12:00"]
    assert refusal(listing, TEN + 30 * MINUTE, by=seeker) == "own_time"
    assert find_slot(fresh(listing), starts_at=TEN, minutes=60, now=NOW)


def test_a_booking_that_is_moved_is_not_in_its_own_way(listing, seeker):
    rule(listing, max_per_day=1, max_per_week=1)
    booking = take(listing, TEN, TEN + HOUR, day=TUESDAY)
    assert offered(listing, TUESDAY) == []
    assert "10:30" in offered(listing, TUESDAY, moving=booking, by=seeker)
    assert find_slot(fresh(listing), starts_at=TEN, minutes=60, now=NOW, moving=booking)


def test_a_host_who_looks_at_their_own_listing_sees_what_others_see(listing):
    rule(listing, buffer_before_minutes=30)
    take(listing, TEN, TEN + HOUR)
    assert offered(listing, TUESDAY, by=listing.host) == offered(listing, TUESDAY)


def test_two_queries_are_enough_whatever_the_rules(listing, seeker, django_assert_num_queries):
    Profile.objects.create(user=listing.host, time_zone="Asia/Tokyo")
    rule(listing, max_per_day=2, max_per_week=5, holiday_country="JP", buffer_before_minutes=5)
    listing = fresh(listing)
    with django_assert_num_queries(2):
        assert free_slots(listing, minutes=30, since=NOW, until=NOW + 60 * DAY, now=NOW, by=seeker)
    with django_assert_num_queries(2):
        assert refusal_without_reading(listing) == "outside"


def refusal_without_reading(listing):
    try:
        find_slot(listing, starts_at=TEN + 9 * HOUR, minutes=30, now=NOW)
    except SlotRefused as refused:
        return refused.code
