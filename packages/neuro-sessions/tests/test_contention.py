"""Real processes at one database: one winner a round, clean refusals for all others, and no other outcome.

``NEURO_CONTENTION=64x200`` runs 64 processes for 200 rounds.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, connections, migrations
from django.db.migrations.state import ProjectState

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.availability import SlotRefused
from neuro_sessions.host_time import TimeTaken
from neuro_sessions.models import Booking, BookingEvent, HostTime, PeerSession, ScheduledSession
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import LINK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E17")]

PROCESSES, ROUNDS = map(int, os.environ.get("NEURO_CONTENTION", "16x30").split("x"))
PLAIN_SQLITE = os.environ.get("NEURO_SQLITE") == "plain"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LENGTH = 120
WON, REFUSED, LOCKED = "won", "refused", "locked"

Attempt = Callable[[int, int], object]
fork = multiprocessing.get_context("fork")


def starts_at(number: int, turn: int) -> datetime:
    """Each process wants another time; all times of one round overlap."""
    return NOW + timedelta(days=turn + 1, minutes=number)


def attempt_once(attempt: Attempt, number: int, turn: int) -> str:
    try:
        attempt(number, turn)
    except (TimeTaken, bookings.TransitionRefused):
        return REFUSED
    except SlotRefused as refusal:
        return REFUSED if refusal.code == "taken" else f"SlotRefused {refusal.code}"
    except OperationalError as error:
        return LOCKED if "locked" in str(error) else repr(error)
    except Exception as error:
        return repr(error)
    return WON


def work(attempt: Attempt, number: int, rounds: int, barrier: Any, results: Any) -> None:
    outcomes = []
    for turn in range(rounds):
        connection.ensure_connection()
        barrier.wait(timeout=120)
        outcomes.append(attempt_once(attempt, number, turn))
    connections.close_all()
    results.put(outcomes)


def race(attempt: Attempt, *, processes: int = PROCESSES, rounds: int = ROUNDS) -> list[Counter[str]]:
    """The outcomes of each round."""
    connections.close_all()  # A child must not share a socket or a file handle with us.
    barrier, results = fork.Barrier(processes), fork.Queue()
    began = time.monotonic()
    workers = [
        fork.Process(target=work, args=(attempt, number, rounds, barrier, results), daemon=True)
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    outcomes = [results.get(timeout=600) for _worker in workers]
    for worker in workers:
        worker.join(timeout=60)
    speed = processes * rounds / (time.monotonic() - began)
    sys.stderr.write(f"\n{connection.vendor} {processes}x{rounds}: {speed:.0f} attempts a second\n")
    return [Counter(round_) for round_ in zip(*outcomes, strict=True)]


def assert_one_winner_each(rounds: list[Counter[str]], processes: int = PROCESSES) -> None:
    clean = {WON: 1, REFUSED: processes - 1}
    tolerated = {WON, REFUSED, LOCKED} if PLAIN_SQLITE else {WON, REFUSED}
    strange = [dict(outcome) for outcome in rounds if set(outcome) - tolerated or outcome[WON] > 1]
    assert strange == []
    assert all(dict(outcome) == clean for outcome in rounds if LOCKED not in outcome)


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
        currency="gbp",
        state=Booking.State.REQUESTED,
        deadline=start,
        created_at=NOW,
    )


def test_of_many_people_who_ask_for_overlapping_times_one_gets_it(listing, seekers):
    def attempt(number: int, turn: int) -> None:
        start = starts_at(number, turn)
        bookings.ask(listing, by=seekers[number], starts_at=start, minutes=LENGTH, note="", now=NOW)

    rounds = race(attempt)
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    assert Booking.objects.count() == BookingEvent.objects.count() == HostTime.objects.count() == won


def test_of_many_overlapping_requests_one_can_be_approved(listing, requests):
    def attempt(number: int, turn: int) -> None:
        bookings.approve(requests[turn][number], by=listing.host, now=NOW)

    rounds = race(attempt)
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    assert Booking.objects.filter(state="confirmed").count() == won
    assert ScheduledSession.objects.count() == HostTime.objects.count() == won


def test_many_clicks_on_one_request_approve_it_once(listing, requests):
    rounds = race(lambda number, turn: bookings.approve(requests[turn][0], by=listing.host, now=NOW))
    assert_one_winner_each(rounds)
    won = sum(outcome[WON] for outcome in rounds)
    acts = Counter(BookingEvent.objects.values_list("act", flat=True))
    assert acts == {"approve": won, "confirm": won}
    assert ScheduledSession.objects.count() == HostTime.objects.count() == won


def test_of_a_yes_and_a_withdrawal_at_once_one_is_refused_or_both_are_true(listing, requests):
    def attempt(number: int, turn: int) -> None:
        booking = requests[turn][0]
        if number:
            bookings.withdraw(booking, by=booking.seeker, now=NOW)
        else:
            bookings.approve(booking, by=listing.host, now=NOW)

    rounds = race(attempt, processes=2)
    assert_one_winner_each(rounds, processes=2)  # free of charge: yes is booked, and that cannot be withdrawn


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
    assert "2 passed" in run.stdout
