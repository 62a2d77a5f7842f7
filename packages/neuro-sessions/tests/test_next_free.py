"""The index by next free time is one ordered read, and it says what counting would say."""

import threading
import uuid
from datetime import time
from itertools import pairwise
from random import Random

import pytest
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db import connections

from neuro_accounts.testing import UserFactory
from neuro_sessions import calendars
from neuro_sessions.availability import first_free
from neuro_sessions.models import DateOverride, HostCalendar, HostTime, PeerSession, PeerSessionAvailability
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.brute_force import Calendar, Hours, free
from tests.conftest import NOW
from tests.slots import DAY, HOUR, MINUTE, NO_NOTICE, fresh, keep, rule, take

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]


@pytest.fixture(autouse=True)
def no_notice(settings):
    settings.NEURO_SESSIONS = NO_NOTICE


@pytest.fixture
def listing(db):
    made = PeerSessionFactory(durations=[60, 30])
    WindowFactory(peer_session=made, repeats="daily", weekday=None, start_time=time(9), end_time=time(12))
    return made


def next_free(listing, now=NOW):
    calendars.refresh_next_free(listing.host_id, now=now)
    return fresh(listing).next_free_at


def test_it_is_the_first_start_of_any_length(listing):
    take(listing, NOW + 30 * MINUTE, NOW + 3 * HOUR)
    assert next_free(listing) == NOW


def test_what_is_kept_for_somebody_is_not_free_for_anybody(listing):
    keep(listing, NOW, NOW + HOUR, holder=UserFactory())
    assert next_free(listing) == NOW + HOUR
    assert next_free(listing, now=NOW + HOUR) == NOW + HOUR


def test_without_windows_or_in_a_pause_there_is_none(listing):
    assert next_free(PeerSessionFactory()) is None
    rule(listing, paused_at=NOW)
    assert next_free(listing) is None


def test_all_listings_of_a_host_are_refreshed_with_three_reads(listing, django_assert_num_queries):
    others = [PeerSessionFactory(host=listing.host) for _number in range(3)]
    with django_assert_num_queries(3 + 4):
        calendars.refresh_next_free(listing.host_id, now=NOW)
    with django_assert_num_queries(3):
        calendars.refresh_next_free(listing.host_id, now=NOW)
    assert fresh(others[0]).next_free_version == 0


def test_who_hosts_nothing_costs_one_read(django_assert_num_queries):
    seeker = UserFactory()
    with django_assert_num_queries(1):
        calendars.refresh_next_free(seeker.pk, now=NOW)


def test_an_answer_that_was_found_earlier_never_takes_the_place_of_a_later_one(listing, monkeypatch):
    """A slow refresher reads version 0; meanwhile the host goes away for a day and that is stored."""

    def slow(listings, *, now):
        found = first_free(listings, now=now)
        monkeypatch.setattr(calendars, "first_free", first_free)
        calendars.add_override(listing.host, first_day=NOW.date(), last_day=NOW.date(), hours=[], note="", now=NOW)
        return found

    monkeypatch.setattr(calendars, "first_free", slow)
    calendars.refresh_next_free(listing.host_id, now=NOW)
    assert fresh(listing).next_free_at == NOW + DAY
    assert fresh(listing).next_free_version == 1


def test_control_without_the_version_the_earlier_answer_would_stay(listing):
    found = first_free([fresh(listing)], now=NOW)
    calendars.add_override(listing.host, first_day=NOW.date(), last_day=NOW.date(), hours=[], note="", now=NOW)
    PeerSession.objects.filter(pk=listing.pk).update(next_free_at=found[listing.pk])
    assert fresh(listing).next_free_at == NOW


# -- What the tick finds.


def stale(listing):
    """Whether the tick brings it up to date."""
    PeerSession.objects.filter(pk=listing.pk).update(slug="before")
    before = fresh(listing).next_free_at, fresh(listing).next_free_version
    calendars.refresh_stale(now=NOW)
    return (fresh(listing).next_free_at, fresh(listing).next_free_version) != before


def test_a_listing_that_nobody_has_looked_at_yet_is_found(listing):
    assert stale(listing)
    assert fresh(listing).next_free_at == NOW
    assert not stale(listing)


def test_a_version_that_nobody_has_looked_at_yet_is_found(listing):
    next_free(listing)
    HostCalendar.objects.update_or_create(host=listing.host, defaults={"version": 7})
    assert stale(listing)
    assert fresh(listing).next_free_version == 7


@pytest.mark.parametrize(("notice", "is_found"), [(None, True), (0, False), (30, False), (31, True)])
def test_a_time_for_which_the_notice_has_passed_is_found(settings, listing, notice, is_found):
    settings.NEURO_SESSIONS = {"NOTICE_MINUTES": 45}
    HostCalendar.objects.create(host=listing.host, notice_minutes=notice)
    PeerSession.objects.update(next_free_at=NOW + 30 * MINUTE, next_free_version=0)
    assert stale(listing) == is_found


def test_a_host_without_a_calendar_row_has_the_usual_notice(settings, listing):
    settings.NEURO_SESSIONS = {"NOTICE_MINUTES": 45}
    PeerSession.objects.update(next_free_at=NOW + 30 * MINUTE, next_free_version=0)
    assert stale(listing)
    assert fresh(listing).next_free_at == NOW + 45 * MINUTE


def test_a_window_that_comes_into_reach_is_found(settings, listing):
    PeerSession.objects.update(next_free_at=None, next_free_version=0)
    assert stale(listing)


def test_drafts_and_pauses_are_left_alone(listing, django_assert_num_queries):
    rule(listing, paused_at=NOW)
    next_free(listing)
    PeerSessionFactory(published_at=None, open_all_week=True)
    with django_assert_num_queries(2):
        calendars.refresh_stale(now=NOW)


def test_one_tick_looks_at_a_bounded_number_of_hosts(monkeypatch):
    monkeypatch.setattr(calendars, "BATCH", 2)
    for _number in range(5):
        PeerSessionFactory(open_all_week=True)
    for left in (3, 1, 0):
        calendars.refresh_stale(now=NOW)
        assert PeerSession.objects.filter(next_free_version=None).count() == left


def test_a_broken_calendar_does_not_hold_up_the_others(listing, monkeypatch, caplog):
    broken = PeerSessionFactory()
    WindowFactory(peer_session=broken, time_zone="Mars/Olympus")
    calendars.refresh_stale(now=NOW)
    assert fresh(listing).next_free_at == NOW
    assert str(broken.host_id) in caplog.text


@pytest.mark.django_db(transaction=True)
def test_refreshers_at_the_same_time_leave_the_last_version(listing):
    def change(number):
        calendars.change_rules(listing.host, notice_minutes=number * 24 * 60, now=NOW)
        connections.close_all()

    threads = [threading.Thread(target=change, args=[number]) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored, calendar = fresh(listing), HostCalendar.objects.get()
    assert (calendar.version, stored.next_free_version) == (8, 8)
    assert stored.next_free_at == NOW + calendar.notice_minutes * MINUTE
    assert PeerSessionAvailability.objects.exists()


# -- A thousand hosts: 200 calendars by chance, and 800 with one hour each.


def by_chance(random):
    """Near enough to be counted minute by minute for all of them."""
    start, busy_from = random.randint(0, 20) * 60, NOW + random.randint(0, 30) * HOUR
    return Calendar(
        now=NOW,
        zone="UTC",
        windows=[
            Hours("weekly", start, start + random.randint(1, 4) * 60, "UTC", weekday=random.randint(0, 1))
            for _number in range(random.randint(1, 2))
        ],
        overrides=random.choice([[], [Hours("override", 0, 0, "UTC", first=NOW.date(), last=NOW.date())]]),
        busy=[(busy_from, busy_from + random.randint(30, 300) * MINUTE)],
        own=[],
        length=random.choice([30, 60]),
        interval=15,
        notice=random.choice([0, 120]),
        before=random.choice([0, 15]),
        after=0,
        per_day=random.choice([None, 1]),
        per_week=None,
        has_holidays=False,
    )


def write(calendars_of, hosts):
    listings, windows, overrides, taken, rules = [], [], [], [], []
    for host, calendar in zip(hosts, calendars_of, strict=True):
        listing = PeerSession(
            id=uuid.uuid4(), host=host, title="x", slug=str(host.pk), durations=[calendar.length], published_at=NOW
        )
        listings.append(listing)
        windows += [
            PeerSessionAvailability(
                peer_session=listing,
                repeats=hours.repeats,
                weekday=hours.weekday,
                first_day=hours.first,
                start_time=time(hours.start // 60),
                end_time=time(hours.end // 60 % 24),
                time_zone="UTC",
            )
            for hours in calendar.windows
        ]
        overrides += [
            DateOverride(host=host, first_day=row.first, last_day=row.last, time_zone="UTC")
            for row in calendar.overrides
        ]
        rules.append(
            HostCalendar(
                host=host,
                notice_minutes=calendar.notice,
                buffer_before_minutes=calendar.before,
                max_per_day=calendar.per_day,
            )
        )
        taken += [
            HostTime(
                host=host,
                holder=host,
                kind="hold",
                starts_at=start,
                ends_at=end,
                expires_at=NOW + 9 * DAY,
                day=start.date(),
            )
            for start, end in calendar.busy
        ]
    for model, rows in [
        (HostCalendar, rules),
        (PeerSession, listings),
        (PeerSessionAvailability, windows),
        (DateOverride, overrides),
        (HostTime, taken),
    ]:
        model.objects.bulk_create(rows)
    return listings


def one_hour(number):
    day, start = NOW.date() + (number % 40) * DAY, 10 + number % 7
    window = Hours("once", start * 60, start * 60 + 60, "UTC", first=day)
    return Calendar(NOW, "UTC", [window], [], [], [], 60, 15, 0, 0, 0, None, None, False)


def test_the_index_of_a_thousand_hosts_is_what_counting_says(monkeypatch, django_assert_max_num_queries):
    random, plain = Random(4), [one_hour(number) for number in range(800)]
    counted = [by_chance(random) for _number in range(200)]
    user = get_user_model()
    hosts = user.objects.bulk_create(user(username=f"host{number}") for number in range(1000))
    listings = write([*counted, *plain], hosts)
    monkeypatch.setattr(calendars, "BATCH", 600)
    calendars.refresh_stale(now=NOW)
    calendars.refresh_stale(now=NOW)

    expected = {}
    for listing, calendar in zip(listings, counted, strict=False):
        first = NOW + calendar.notice * MINUTE
        stretches = (free(calendar, first + a * DAY, first + b * DAY) for a, b in pairwise([0, 2, 8, 15]))
        expected[listing.pk] = next((found[0] for found in stretches if found), None)
    for listing, calendar in zip(listings[200:], plain, strict=True):
        (window,) = calendar.windows
        expected[listing.pk] = NOW.replace(hour=window.start // 60) + (window.first - NOW.date())
    in_order = sorted(expected, key=lambda pk: (expected[pk] is None, expected[pk] or NOW, pk.hex))

    with django_assert_max_num_queries(2):
        shown = calendars.soonest_first(PeerSession.objects.published().select_related("host__neuro_profile"))
        page = list(Paginator(shown, 12).get_page(1))
    assert [listing.pk for listing in page] == in_order[:12]
    assert [listing.pk for listing in shown] == in_order
    assert {listing.pk: listing.next_free_at for listing in shown} == expected
