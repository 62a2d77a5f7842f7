"""What it prevents: after the clocks change a shown time is an hour off, and is refused when somebody takes it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.availability import free_slots
from neuro_sessions.testing import PeerSessionFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

LONDON = ZoneInfo("Europe/London")
MONDAYS = [date(2027, 3, 22), date(2027, 3, 29), date(2027, 10, 25), date(2027, 11, 1)]


@pytest.fixture
def mondays_at_ten(db):
    listing = PeerSessionFactory(durations=[60], meeting_link="https://meet.example.org/room")
    WindowFactory(peer_session=listing, weekday=0, start_time=time(10), end_time=time(11), time_zone="Europe/London")
    return listing


@pytest.mark.parametrize("day", MONDAYS)
def test_mondays_at_ten_stay_at_ten_and_can_be_booked(mondays_at_ten, day):
    now = datetime.combine(day - timedelta(days=6), time(0), UTC)
    (slot,) = free_slots(mondays_at_ten, minutes=60, since=now, until=now + timedelta(days=7), now=now)
    assert slot.starts_at.astimezone(LONDON) == datetime.combine(day, time(10), LONDON)
    seeker, answers = UserFactory(), bookings.Answers()
    booked = bookings.ask(mondays_at_ten, by=seeker, starts_at=slot.starts_at, minutes=60, answers=answers, now=now)
    assert booked.starts_at == slot.starts_at


def test_control_a_rule_in_utc_drifts():
    ten_in_winter = datetime.combine(MONDAYS[0], time(10), LONDON).astimezone(UTC).time()
    clocks = {datetime.combine(day, ten_in_winter, UTC).astimezone(LONDON).hour for day in MONDAYS}
    assert clocks == {10, 11}
