"""Windows that are there once, daily, weekly or monthly, and the days that are not as usual."""

from datetime import date, datetime, time

import pytest

from neuro_accounts.models import Profile
from neuro_sessions.models import DateOverride
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.slots import NO_NOTICE, days_offered, offered, rule

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

TEN, TWELVE = time(10), time(12)


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE | {"HORIZON_DAYS": 400}


@pytest.fixture
def listing(db):
    return PeerSessionFactory(durations=[60])


def window(listing, repeats, **fields):
    WindowFactory(
        **{"peer_session": listing, "repeats": repeats, "weekday": None, "start_time": TEN, "end_time": TWELVE} | fields
    )


def override(listing, first_day, last_day=None, start_time=None, end_time=None, time_zone="UTC"):
    DateOverride.objects.create(
        host=listing.host,
        first_day=first_day,
        last_day=last_day or first_day,
        start_time=start_time,
        end_time=end_time,
        time_zone=time_zone,
    )


def test_a_window_that_is_there_once_is_on_its_day_alone(listing):
    window(listing, "once", first_day=date(2026, 12, 3), weekday=1)
    assert days_offered(listing, days=100) == [date(2026, 12, 3)]


def test_a_daily_window_is_there_from_its_first_day_to_its_last(listing):
    window(listing, "daily", first_day=date(2026, 11, 30), last_day=date(2026, 12, 2))
    assert days_offered(listing) == [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)]


def test_a_weekly_window_may_have_a_first_and_a_last_day(listing):
    window(listing, "weekly", weekday=1, first_day=date(2026, 11, 25), last_day=date(2026, 12, 8))
    assert days_offered(listing) == [date(2026, 12, 1), date(2026, 12, 8)]


def test_a_monthly_window_on_the_31st_leaves_out_the_months_without_one(listing):
    window(listing, "monthly", first_day=date(2026, 10, 31))
    found = days_offered(listing, days=200)
    assert found == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31), date(2027, 5, 31)]


def test_a_monthly_window_on_the_29th_is_there_in_the_february_of_a_leap_year(listing):
    window(listing, "monthly", first_day=date(2027, 1, 29))
    january = datetime(2028, 1, 1, tzinfo=NOW.tzinfo)
    found = days_offered(listing, since=january, days=90, now=january)
    assert found == [date(2028, 1, 29), date(2028, 2, 29), date(2028, 3, 29)]


def test_first_and_last_day_are_those_of_the_window_s_own_zone(listing):
    """23:00 in New York on 1 December is already 2 December in UTC."""
    zone = "America/New_York"
    window(listing, "once", first_day=date(2026, 12, 1), start_time=time(23), end_time=time(0), time_zone=zone)
    assert days_offered(listing) == [date(2026, 12, 2)]


def test_nothing_is_offered_on_the_days_when_the_host_is_away(listing):
    window(listing, "daily")
    override(listing, date(2026, 11, 25), date(2026, 12, 20))
    found = days_offered(listing, days=30)
    assert found == [NOW.date(), date(2026, 11, 24), date(2026, 12, 21), date(2026, 12, 22)]


def test_days_away_are_days_of_the_override_s_zone(listing):
    """Tokyo's 25 November ends at 15:00 UTC."""
    window(listing, "daily", start_time=time(0), end_time=time(0))
    override(listing, date(2026, 11, 25), time_zone="Asia/Tokyo")
    assert offered(listing, date(2026, 11, 25))[0] == "15:00"
    assert offered(listing, date(2026, 11, 24), minutes=60)[-1] == "14:00"


def test_the_grid_of_a_window_that_is_cut_short_stays_as_it_is(settings, listing):
    settings.NEURO_SESSIONS = NO_NOTICE | {"SLOT_INTERVAL_MINUTES": 25}
    window(listing, "daily", start_time=time(14), end_time=time(17))
    override(listing, date(2026, 11, 25), time_zone="Asia/Tokyo")
    assert offered(listing, date(2026, 11, 25)) == ["15:15", "15:40"]


def test_other_hours_take_the_place_of_the_usual_ones_and_add_up(listing):
    window(listing, "daily")
    override(listing, date(2026, 11, 25), start_time=time(15), end_time=time(16))
    override(listing, date(2026, 11, 25), start_time=time(18), end_time=time(19))
    assert offered(listing, date(2026, 11, 25)) == ["15:00", "18:00"]
    assert offered(listing, date(2026, 11, 26))[0] == "10:00"


def test_other_hours_count_on_a_day_of_a_longer_absence(listing):
    window(listing, "daily")
    override(listing, date(2026, 11, 24), date(2026, 11, 28))
    override(listing, date(2026, 11, 26), start_time=time(15), end_time=time(16))
    assert days_offered(listing, days=6) == [NOW.date(), date(2026, 11, 26)]


def test_other_hours_may_make_a_day_without_windows_available(listing):
    override(listing, date(2026, 11, 28), date(2026, 11, 29), start_time=TEN, end_time=TWELVE)
    assert days_offered(listing) == [date(2026, 11, 28), date(2026, 11, 29)]


def test_the_overrides_of_another_host_do_not_matter(listing):
    window(listing, "daily")
    override(PeerSessionFactory(), NOW.date(), date(2027, 12, 31))
    assert len(days_offered(listing, days=30)) == 30


@pytest.mark.parametrize(
    ("region", "closed"),
    [("", {25, 28}), ("ENG", {25, 28}), ("SCT", {25, 28})],
)
def test_public_holidays_are_closed(listing, region, closed):
    rule(listing, holiday_country="GB", holiday_region=region)
    window(listing, "daily")
    christmas = datetime(2026, 12, 24, tzinfo=NOW.tzinfo)
    found = {day.day for day in days_offered(listing, since=christmas, days=7)}
    assert not found & closed
    assert found >= {24, 27, 29, 30}


def test_a_region_has_public_holidays_of_its_own(listing):
    window(listing, "daily")
    saint_andrew = datetime(2026, 11, 30, tzinfo=NOW.tzinfo)
    rule(listing, holiday_country="GB", holiday_region="ENG")
    assert offered(listing, saint_andrew.date())
    rule(listing, holiday_country="GB", holiday_region="SCT")
    assert not offered(listing, saint_andrew.date())


def test_a_public_holiday_is_a_day_of_the_host_s_zone_and_of_every_year(listing):
    Profile.objects.create(user=listing.host, time_zone="Pacific/Auckland")
    rule(listing, holiday_country="NZ")
    window(listing, "daily", start_time=time(0), end_time=time(0))
    # 1 January in Auckland is 11:00 to 11:00 UTC.
    assert offered(listing, date(2026, 12, 31))[-1] == "10:00"
    assert offered(listing, date(2027, 1, 2))[0] == "11:00"


def test_other_hours_count_on_a_public_holiday(listing):
    rule(listing, holiday_country="GB")
    window(listing, "daily")
    override(listing, date(2026, 12, 25), start_time=time(15), end_time=time(16))
    assert offered(listing, date(2026, 12, 25)) == ["15:00"]


def test_a_country_that_is_not_known_any_more_has_no_public_holidays(listing):
    rule(listing, holiday_country="XX", holiday_region="Q")
    window(listing, "daily")
    assert len(days_offered(listing, days=30)) == 30


def test_a_listing_keeps_its_windows_for_itself(listing):
    window(listing, "daily")
    assert days_offered(PeerSessionFactory(host=listing.host), days=30) == []
