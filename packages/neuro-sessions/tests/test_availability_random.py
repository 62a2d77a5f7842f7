"""The sweep against a count of every minute, on random calendars in the database."""

from datetime import time

import pytest
from hypothesis import HealthCheck, given, settings

from neuro_accounts.models import Profile
from neuro_accounts.testing import UserFactory
from neuro_sessions.availability import SlotRefused, find_slot, free_slots
from neuro_sessions.calendars import refresh_next_free
from neuro_sessions.models import DateOverride
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.brute_force import DAY, MINUTE, calendars, free
from tests.slots import HOUR, fresh, keep, rule, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

property_test = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def clock(minute):
    return time(minute % 1440 // 60, minute % 60)


def written(calendar, seeker):
    """The calendar in the database."""
    listing = PeerSessionFactory(durations=[calendar.length])
    Profile.objects.create(user=listing.host, time_zone=calendar.zone)
    rule(
        listing,
        notice_minutes=calendar.notice,
        interval_minutes=calendar.interval,
        buffer_before_minutes=calendar.before,
        buffer_after_minutes=calendar.after,
        max_per_day=calendar.per_day,
        max_per_week=calendar.per_week,
        holiday_country="GB" if calendar.has_holidays else "",
        holiday_region="ENG" if calendar.has_holidays else "",
    )
    for hours in calendar.windows:
        WindowFactory(
            peer_session=listing,
            repeats=hours.repeats,
            weekday=hours.weekday,
            first_day=hours.first,
            last_day=hours.last,
            start_time=clock(hours.start),
            end_time=clock(hours.end),
            time_zone=hours.zone,
        )
    for hours in calendar.overrides:
        is_away = hours.start == hours.end
        DateOverride.objects.create(
            host=listing.host,
            first_day=hours.first,
            last_day=hours.last,
            start_time=None if is_away else clock(hours.start),
            end_time=None if is_away else clock(hours.end),
            time_zone=hours.zone,
        )
    for start, end in calendar.busy:
        take(listing, start, end, day=calendar.day_of(start))
    for start, end in calendar.own:
        take(listing, start, end, of=seeker)
    if calendar.held:
        keep(
            listing, *calendar.held, holder=seeker, day=calendar.day_of(calendar.held[0]), expires_at=calendar.now + DAY
        )
    return fresh(listing)


@property_test
@given(calendar=calendars())
def test_the_sweep_finds_what_counting_minutes_finds(calendar):
    seeker = UserFactory()
    listing, now = written(calendar, seeker), calendar.now
    first, until = now + calendar.notice * MINUTE, now + 30 * HOUR
    slots = free_slots(listing, minutes=calendar.length, since=now, until=until, now=now, by=seeker)
    assert [slot.starts_at for slot in slots] == free(calendar, first, until)


@property_test
@given(calendar=calendars())
def test_what_is_offered_is_what_can_be_booked(calendar):
    seeker = UserFactory()
    listing, length, now = written(calendar, seeker), calendar.length, calendar.now
    slots = free_slots(listing, minutes=length, since=now, until=now + 2 * DAY, now=now, by=seeker)
    starts = {slot.starts_at for slot in slots}
    for slot in slots[:20]:
        assert find_slot(listing, starts_at=slot.starts_at, minutes=length, now=now, by=seeker) == slot
    neighbours = {start + sign * calendar.interval * MINUTE for start in starts for sign in (-1, 1)}
    neighbours |= {edge for span in [*calendar.busy, *calendar.own] for edge in span}
    refused = {start for start in neighbours - starts if now <= start < now + 2 * DAY}
    for start in sorted(refused)[:20]:
        with pytest.raises(SlotRefused):
            find_slot(listing, starts_at=start, minutes=length, now=now, by=seeker)


@property_test
@given(calendar=calendars())
def test_the_next_free_time_is_the_first_that_is_found(calendar):
    listing, now = written(calendar, UserFactory()), calendar.now
    slots = free_slots(listing, minutes=calendar.length, since=now, until=now + 60 * DAY, now=now)
    refresh_next_free(listing.host_id, now=now)
    assert fresh(listing).next_free_at == (slots[0].starts_at if slots else None)
