"""Real processes at one database: one winner a round, clean refusals for all others, and no other outcome."""

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.state import ProjectState

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import rescheduling
from neuro_sessions.availability import SlotRefused
from neuro_sessions.host_time import TimeTaken
from neuro_sessions.models import Booking, BookingEvent, HostCalendar, HostTime, PeerSession, ScheduledSession
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import LINK
from tests.racing import LENGTH, NOW, PLAIN_SQLITE, PROCESSES, ROUNDS, WON, assert_one_winner_each, race, starts_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E17")]


@pytest.fixture
def listing(settings) -> PeerSession:
    settings.NEURO_SESSIONS = {"HORIZON_DAYS": 1000, "SLOT_INTERVAL_MINUTES": 1, "NOTICE_MINUTES": 0}
    return PeerSessionFactory(open_all_week=True, durations=[LENGTH], meeting_link=LINK)


@pytest.fixture
def seekers(db: None) -> list[Any]:
    return [UserFactory() for _number in range(PROCESSES)]


@pytest.fixture
def requests(listing, seekers) -> list[list[Booking]]:
    """One request of each seeker for each round; none blocks the time."""
    rows = [
        [request_of(listing, seeker, starts_at(number, turn)) for number, seeker in enumerate(seekers)]
        for turn in range(ROUNDS)
    ]
    Booking.objects.bulk_create([booking for row in rows for booking in row])
    return rows


def request_of(listing: PeerSession, seeker: Any, start: datetime) -> Booking:
    return Booking(
        host=listing.host,
        seeker=seeker,
        peer_session=listing,
        starts_at=start,
        ends_at=start + timedelta(minutes=LENGTH),
        title=listing.title,
        price=0,
        standard_price=0,
        currency="gbp",
        state=Booking.State.REQUESTED,
        deadline=start,
        created_at=NOW,
    )


def test_of_many_people_who_ask_for_overlapping_times_one_gets_it(listing, seekers):
    def attempt(number: int, turn: int) -> None:
        start = starts_at(number, turn)
        bookings.ask(listing, by=seekers[number], starts_at=start, minutes=LENGTH, answers=bookings.Answers(), now=NOW)

    rounds = race(attempt)
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    assert HostTime.objects.count() == 2 * won  # the host's time and the seeker's
    assert Booking.objects.count() == BookingEvent.objects.count() == won


def test_of_many_people_who_ask_on_a_day_with_one_place_left_one_gets_it(listing, seekers):
    """No two of these times overlap, so that the limit alone decides."""
    HostCalendar.objects.update_or_create(host=listing.host, defaults={"max_per_day": 1})
    PeerSession.objects.update(durations=[15])
    listing.refresh_from_db()

    def attempt(number: int, turn: int) -> None:
        start = NOW + timedelta(days=turn + 1, minutes=15 * (number % 32))
        try:
            bookings.ask(listing, by=seekers[number], starts_at=start, minutes=15, answers=bookings.Answers(), now=NOW)
        except SlotRefused as refusal:
            if refusal.code != "full_day":
                raise
            raise TimeTaken from refusal

    assert_one_winner_each(race(attempt))


def test_of_many_overlapping_requests_one_can_be_approved(listing, requests):
    def attempt(number: int, turn: int) -> None:
        bookings.approve(requests[turn][number], by=listing.host, now=NOW)

    rounds = race(attempt)
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    assert Booking.objects.filter(state="confirmed").count() == won
    assert ScheduledSession.objects.count() == won
    assert HostTime.objects.count() == 2 * won


def test_many_clicks_on_one_request_approve_it_once(listing, requests):
    rounds = race(lambda number, turn: bookings.approve(requests[turn][0], by=listing.host, now=NOW))
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    clicked = [row[0].pk for row in requests]  # the others of each round are given back, once each
    acts = Counter(BookingEvent.objects.filter(booking__in=clicked).values_list("act", flat=True))
    assert acts == {"approve": won, "confirm": won}
    assert BookingEvent.objects.filter(act="give_back").count() == won * (PROCESSES - 1)
    assert ScheduledSession.objects.count() == won
    assert HostTime.objects.count() == 2 * won


def test_of_a_yes_and_a_withdrawal_at_once_one_is_refused_or_both_are_true(listing, requests):
    def attempt(number: int, turn: int) -> None:
        booking = requests[turn][0]
        if number:
            bookings.withdraw(booking, by=booking.seeker, now=NOW)
        else:
            bookings.approve(booking, by=listing.host, now=NOW)

    rounds = race(attempt, processes=2)
    assert_one_winner_each(rounds, processes=2)  # free of charge: yes is booked, and that cannot be withdrawn


def test_of_asking_approving_and_moving_at_once_one_gets_the_time(listing, seekers, requests):
    """A third asks, a third are approved, a third move a booking of theirs to the same time."""
    far = [booked_for(listing, seeker, turn=ROUNDS + number) for number, seeker in enumerate(seekers)]

    def attempt(number: int, turn: int) -> None:
        start = starts_at(number, turn)
        if number % 3 == 0:
            bookings.ask(
                listing, by=newcomers[number], starts_at=start, minutes=LENGTH, answers=bookings.Answers(), now=NOW
            )
        elif number % 3 == 1:
            bookings.approve(requests[turn][number], by=listing.host, now=NOW)
        else:
            mine = Booking.objects.with_people().get(pk=far[number].pk)
            rescheduling.propose(mine, by=mine.seeker, starts_at=start, now=NOW)

    newcomers = [UserFactory() for _number in range(PROCESSES)]
    PeerSession.objects.update(require_request_approval=False, requests_block_time=True)
    assert_one_winner_each(race(attempt))
    taken = list(HostTime.objects.filter(host=listing.host).order_by("starts_at"))
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(taken))


def booked_for(listing: PeerSession, seeker: Any, *, turn: int) -> Booking:
    """A booking of this seeker at a time that nobody else wants."""
    PeerSession.objects.update(require_request_approval=False)
    start, answers = starts_at(0, turn + 1), bookings.Answers()
    return bookings.ask(listing, by=seeker, starts_at=start, minutes=LENGTH, answers=answers, now=NOW)


@pytest.fixture
def without_net():
    """The database as it would be without the constraint."""
    (net,) = (one for one in HostTime._meta.constraints if one.name.endswith("no_overlap"))
    with_net = ProjectState.from_apps(apps)
    remove, add = migrations.RemoveConstraint("hosttime", net.name), migrations.AddConstraint("hosttime", net)
    without = with_net.clone()
    remove.state_forwards("neuro_sessions", without)
    with connection.schema_editor() as editor:
        remove.database_forwards("neuro_sessions", editor, with_net, without)
    yield
    HostTime.objects.all().delete()
    with connection.schema_editor() as editor:
        add.database_forwards("neuro_sessions", editor, without, with_net)


@pytest.mark.skipif(PLAIN_SQLITE, reason="the control belongs to the shipped settings")
def test_without_lock_and_net_the_same_race_books_double(listing, requests, without_net):
    """The control: what most programs do. If nobody is booked twice here, the race above proves nothing."""

    def attempt(number: int, turn: int) -> None:
        booking = requests[turn][number]
        claim = {"starts_at": booking.starts_at, "ends_at": booking.ends_at, "host_id": booking.host_id}
        if HostTime.objects.filter(
            host_id=booking.host_id, starts_at__lt=booking.ends_at, ends_at__gt=booking.starts_at
        ).exists():
            raise TimeTaken
        HostTime.objects.create(booking=booking, kind="session", **claim)

    assert max(outcome[WON] for outcome in race(attempt)) > 1


@pytest.mark.skipif(connection.vendor != "sqlite" or PLAIN_SQLITE, reason="about the other settings of SQLite")
def test_nothing_is_booked_double_with_django_s_own_sqlite_settings():
    environment = os.environ | {"NEURO_SQLITE": "plain", "NEURO_CONTENTION": "8x10"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-k",
        "one_gets_it or one_can_be_approved",
        "tests/test_contention.py",
    ]
    run = subprocess.run(
        command, env=environment, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert "3 passed" in run.stdout
