"""The door to the rules of time: what it refuses, and that each change is known at once."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from neuro_accounts.models import Profile
from neuro_sessions import calendars
from neuro_sessions.models import DateOverride, HostCalendar, PeerSessionAvailability
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.slots import DAY, HOUR, MINUTE, NO_NOTICE, days_offered, fresh, offered, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E2")]

TUESDAY = date(2026, 11, 24)
NINE, TEN, NOON = time(9), time(10), time(12)


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE


@pytest.fixture
def listing(db):
    """Every day from 09:00 to 12:00."""
    made = PeerSessionFactory(durations=[60])
    WindowFactory(peer_session=made, repeats="daily", weekday=None, start_time=NINE, end_time=NOON)
    return made


def version(listing):
    return HostCalendar.objects.get(host=listing.host).version


def away(listing, **fields):
    given = {"first_day": NOW.date(), "last_day": NOW.date(), "hours": [], "note": ""} | fields
    return calendars.add_override(listing.host, now=NOW, **given)


CHANGES = {
    "change_rules": lambda listing: calendars.change_rules(listing.host, notice_minutes=60 * 24, now=NOW),
    "pause": lambda listing: calendars.pause(listing.host, now=NOW),
    "resume": lambda listing: calendars.resume(listing.host, now=NOW),
    "set_week": lambda listing: calendars.set_week(listing, [(1, NINE, TEN)], now=NOW),
    "add_window": lambda listing: calendars.add_window(
        listing, repeats="once", first_day=TUESDAY, start_time=NINE, end_time=TEN, now=NOW
    ),
    "remove_window": lambda listing: calendars.remove_window(listing.availability.get(), now=NOW),
    "add_override": lambda listing: away(listing),
    "remove_override": lambda listing: calendars.remove_override(away(listing)[0], now=NOW),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_raises_the_version_and_brings_the_next_free_time_up_to_date(listing, name):
    other = PeerSessionFactory(host=listing.host, open_all_week=True)
    calendars.refresh_next_free(listing.host_id, now=NOW)
    assert fresh(listing).next_free_at == NOW
    CHANGES[name](listing)
    slots = days_offered(listing)
    stored = fresh(listing)
    assert stored.next_free_version == version(listing) == (2 if name == "remove_override" else 1)
    assert (stored.next_free_at.date() if stored.next_free_at else None) == (slots[0] if slots else None)
    assert fresh(other).next_free_version == version(listing)


def test_a_change_to_one_host_s_rules_leaves_the_others_alone(listing):
    other = PeerSessionFactory(open_all_week=True)
    calendars.refresh_next_free(other.host_id, now=NOW)
    calendars.pause(listing.host, now=NOW)
    assert fresh(other).next_free_version == 0
    assert fresh(other).next_free_at == NOW


def test_rules_are_stored_and_the_person_remembers_them(listing):
    host = fresh(listing).host
    calendar = calendars.change_rules(host, max_per_day=3, holiday_country="GB", holiday_region="SCT", now=NOW)
    assert (calendar.max_per_day, calendar.holiday_region, calendar.version) == (3, "SCT", 1)
    assert host.neuro_calendar == calendar
    assert calendars.change_rules(host, max_per_day=None, now=NOW).holiday_country == "GB"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"interval_minutes": 4}, "interval_minutes"),
        ({"notice_minutes": -1}, "notice_minutes"),
        ({"holiday_country": "XX"}, "holiday_country"),
        ({"holiday_country": "GB", "holiday_region": "ZZ"}, "holiday_region"),
        ({"holiday_region": "SCT"}, "holiday_region"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_and_nothing_is_stored(listing, fields, wrong):
    with pytest.raises(ValidationError) as refused:
        calendars.change_rules(listing.host, max_per_day=1, now=NOW, **fields)
    assert list(refused.value.message_dict) == [wrong]
    assert not HostCalendar.objects.filter(host=listing.host).exists()


def test_a_pause_keeps_the_time_at_which_it_began(listing):
    calendars.pause(listing.host, now=NOW)
    assert calendars.pause(listing.host, now=NOW + DAY).paused_at == NOW
    assert days_offered(listing) == []
    assert calendars.resume(listing.host, now=NOW + DAY).paused_at is None
    assert days_offered(listing)


def test_the_week_is_in_the_host_s_zone_and_takes_the_place_of_the_weekly_windows_alone(listing):
    Profile.objects.create(user=listing.host, time_zone="Asia/Tokyo")
    WindowFactory(peer_session=listing, weekday=3)
    calendars.set_week(listing, [(1, NINE, TEN), (1, TEN, NOON), (2, time(22), time(0))], now=NOW)
    weekly = listing.availability.filter(repeats="weekly").order_by("weekday", "start_time")
    assert [(row.weekday, row.start_time, row.time_zone) for row in weekly] == [
        (1, NINE, "Asia/Tokyo"),
        (1, TEN, "Asia/Tokyo"),
        (2, time(22), "Asia/Tokyo"),
    ]
    assert listing.availability.filter(repeats="daily").exists()
    calendars.set_week(listing, [], now=NOW)
    assert not listing.availability.filter(repeats="weekly").exists()


@pytest.mark.parametrize(
    ("windows", "errors"),
    [
        ([(0, NINE, NOON), (0, TEN, time(13))], [("overlap", 1)]),
        ([(0, TEN, time(13)), (1, TEN, NOON), (0, NINE, NOON)], [("overlap", 0)]),
        ([(0, time(0), time(0)), (0, time(23), time(0))], [("overlap", 1)]),
        ([(0, NINE, NINE), (1, NOON, NINE)], [("end_before_start", 0), ("end_before_start", 1)]),
        ([(0, NINE, NOON), (0, NINE, TEN), (0, TEN, NOON)], [("overlap", 0), ("overlap", 2)]),
    ],
)
def test_rows_of_the_week_that_do_not_fit_are_named(listing, windows, errors):
    with pytest.raises(ValidationError) as refused:
        calendars.set_week(listing, windows, now=NOW)
    assert sorted((error.code, error.params["row"]) for error in refused.value.error_list) == errors
    assert not listing.availability.filter(repeats="weekly").exists()
    assert refused.value.messages


def test_times_that_touch_are_no_overlap(listing):
    assert len(calendars.set_week(listing, [(0, NINE, TEN), (0, TEN, NOON), (1, NINE, TEN)], now=NOW)) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"repeats": "once"},
        {"repeats": "weekly"},
        {"repeats": "daily", "start_time": NOON},
        {"repeats": "daily", "first_day": TUESDAY, "last_day": NOW.date()},
        {"repeats": "daily", "time_zone": "Mars/Olympus"},
    ],
)
def test_a_window_that_makes_no_sense_is_refused(listing, fields):
    with pytest.raises(ValidationError):
        calendars.add_window(listing, now=NOW, **{"start_time": NINE, "end_time": TEN} | fields)
    assert listing.availability.count() == 1


def test_a_window_is_in_the_host_s_zone_unless_another_is_given(listing):
    Profile.objects.create(user=listing.host, time_zone="Asia/Tokyo")
    hours = {"repeats": "daily", "start_time": NINE, "end_time": TEN}
    assert calendars.add_window(listing, now=NOW, **hours).time_zone == "Asia/Tokyo"
    assert calendars.add_window(listing, now=NOW, time_zone="UTC", **hours).time_zone == "UTC"


def test_days_away_and_other_hours(listing):
    away(listing, first_day=TUESDAY, last_day=TUESDAY + DAY)
    assert not offered(listing, TUESDAY, days=2)
    rows = away(listing, first_day=TUESDAY, last_day=TUESDAY, hours=[(time(14), time(15)), (time(23), time(0))])
    assert offered(listing, TUESDAY) == ["14:00", "23:00"]
    assert [row.is_away for row in rows] == [False, False]
    for row in rows:
        calendars.remove_override(row, now=NOW)
    assert not offered(listing, TUESDAY)


@pytest.mark.parametrize(
    "fields",
    [
        {"last_day": NOW.date() - DAY},
        {"hours": [(NINE, NOON), (TEN, time(13))]},
        {"hours": [(NOON, NINE)]},
    ],
)
def test_a_change_to_the_usual_times_that_makes_no_sense_is_refused(listing, fields):
    with pytest.raises(ValidationError):
        away(listing, **fields)
    assert not DateOverride.objects.exists()


def test_nobody_can_believe_to_be_away_while_other_hours_are_still_offered(listing):
    away(listing, first_day=TUESDAY, last_day=TUESDAY, hours=[(time(14), time(15))])
    with pytest.raises(ValidationError) as refused:
        away(listing, first_day=NOW.date(), last_day=TUESDAY + DAY)
    assert refused.value.code == "other_hours"
    assert away(listing, first_day=TUESDAY + DAY, last_day=TUESDAY + DAY)


def test_bookings_outside_the_new_hours_are_named_and_stay(listing):
    ten = datetime(2026, 11, 24, 10, tzinfo=UTC)
    inside = take(listing, ten, ten + HOUR)
    late = take(listing, ten + 90 * MINUTE, ten + 150 * MINUTE)
    over = take(listing, NOW - DAY, NOW - DAY + 12 * HOUR)
    assert calendars.booked_outside(listing.host, now=NOW) == [late]
    away(listing, first_day=TUESDAY, last_day=TUESDAY)
    assert calendars.booked_outside(listing.host, now=NOW) == [inside, late]
    assert calendars.booked_outside(over.host, now=NOW - DAY) == [over, inside, late]


def test_a_booking_that_has_ended_is_not_outside(listing):
    booking = take(listing, NOW + 9 * HOUR, NOW + 10 * HOUR)
    assert calendars.booked_outside(listing.host, now=NOW) == [booking]
    booking.state = "cancelled"
    booking.save()
    assert calendars.booked_outside(listing.host, now=NOW) == []


def test_a_pause_and_limits_put_no_booking_outside(listing):
    take(listing, NOW + HOUR, NOW + 2 * HOUR, day=NOW.date())
    calendars.pause(listing.host, now=NOW)
    calendars.change_rules(listing.host, max_per_day=1, notice_minutes=600, now=NOW)
    assert calendars.booked_outside(listing.host, now=NOW) == []
    assert PeerSessionAvailability.objects.count() == 1
