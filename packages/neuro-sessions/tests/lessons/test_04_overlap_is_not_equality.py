"""What it prevents: 10:00 to 11:00 and 10:30 to 11:30 have no minute in common in a unique index."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.host_time import TimeTaken
from neuro_sessions.models import Booking, PeerSession
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E17")]

TEN = NOW + timedelta(days=1, hours=1)
CASES = [("10:00-11:00", 0, 60), ("10:30-11:30", 30, 60), ("10:59-11:59", 59, 60), ("10:10-10:40", 10, 30)]


@pytest.fixture
def ten_to_eleven(ask):
    PeerSession.objects.update(requests_block_time=False)
    booking = ask(hours=25, minutes=60)
    return bookings.approve(booking, by=booking.host, now=NOW)


def pending(first, start, minutes):
    """A request that is there already, whatever its start."""
    return Booking.objects.create(
        host=first.host,
        seeker=UserFactory(),
        peer_session=first.peer_session,
        starts_at=TEN + timedelta(minutes=start),
        ends_at=TEN + timedelta(minutes=start + minutes),
        price=0,
        standard_price=0,
        state="requested",
        created_at=NOW,
    )


@pytest.mark.parametrize(("name", "start", "minutes"), CASES)
def test_whatever_shares_a_minute_is_refused(ten_to_eleven, name, start, minutes):
    other = pending(ten_to_eleven, start, minutes)
    with pytest.raises(TimeTaken):
        bookings.approve(other, by=other.host, now=NOW)


@pytest.mark.parametrize(("start", "minutes"), [(60, 60), (-30, 30)])
def test_times_that_only_touch_are_fine(ten_to_eleven, start, minutes):
    other = pending(ten_to_eleven, start, minutes)
    assert bookings.approve(other, by=other.host, now=NOW).state == "confirmed"


def test_control_an_index_of_equal_times_lets_most_of_them_pass(ten_to_eleven):
    first = (ten_to_eleven.starts_at, ten_to_eleven.ends_at)
    passed = [
        name
        for name, start, minutes in CASES
        if (other := pending(ten_to_eleven, start, minutes)) and (other.starts_at, other.ends_at) != first
    ]
    assert passed == [name for name, _start, _minutes in CASES[1:]]
