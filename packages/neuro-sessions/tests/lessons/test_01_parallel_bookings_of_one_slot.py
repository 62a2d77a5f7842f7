"""What it prevents: many people send their request in the same moment, and all of them are booked."""

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.availability import find_slot
from neuro_sessions.models import Booking
from neuro_sessions.testing import PeerSessionFactory
from tests.racing import LENGTH, NOW, WON, assert_one_winner_each, race, starts_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E17")]
PEOPLE = 50


@pytest.fixture
def listing(settings):
    settings.NEURO_SESSIONS = {"HORIZON_DAYS": 1000, "SLOT_INTERVAL_MINUTES": 1, "NOTICE_MINUTES": 0}
    link = "https://meet.example.org/quiet-room"
    return PeerSessionFactory(open_all_week=True, durations=[LENGTH], meeting_link=link)


def test_fifty_people_ask_for_one_slot_and_one_gets_it(listing):
    people = [UserFactory() for _number in range(PEOPLE)]

    def attempt(number, turn):
        start, answers = starts_at(0, turn), bookings.Answers()
        bookings.ask(listing, by=people[number], starts_at=start, minutes=LENGTH, answers=answers, now=NOW)

    assert_one_winner_each(race(attempt, processes=PEOPLE, rounds=1), processes=PEOPLE)
    assert Booking.objects.count() == 1


def test_control_looking_and_then_writing_books_several(listing):
    """Without the lock: each looks first, as most programs do, and then writes."""
    people = [UserFactory() for _number in range(16)]

    def attempt(number, turn):
        slot = find_slot(listing, starts_at=starts_at(0, turn), minutes=LENGTH, by=people[number], now=NOW)
        taken = Booking.objects.filter(host=listing.host, starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)
        if taken.exists():
            raise bookings.TimeTaken
        Booking.objects.create(
            host=listing.host,
            seeker=people[number],
            peer_session=listing,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            price=0,
            standard_price=0,
            state="confirmed",
            created_at=NOW,
        )

    assert max(outcome[WON] for outcome in race(attempt, processes=16, rounds=20)) > 1
