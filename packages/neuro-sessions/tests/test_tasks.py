from datetime import timedelta

import pytest

from neuro_accounts.models import Delivery
from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, BookingEvent, HostTime
from neuro_sessions.settlement import Settled
from neuro_sessions.tasks import tick
from tests import doubles
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def on_account(settings, listing):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    doubles.OnAccount.paid, doubles.OnAccount.owed = set(), set()
    listing.price = 1500
    listing.save()
    return doubles.OnAccount


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def test_a_request_ends_at_its_deadline_and_not_before(ask):
    booking = ask(hours=100)
    tick(now=booking.deadline - SECOND)
    assert state(booking) == "requested"
    tick(now=booking.deadline)
    assert state(booking) == "expired"
    assert not HostTime.objects.exists()


def test_an_unpaid_booking_ends_after_its_deadline_and_frees_the_time(ask, on_account, listing):
    booking = bookings.approve(ask(hours=100), by=listing.host, now=NOW)
    end = booking.deadline + bookings.PAYMENT_GRACE
    tick(now=end - SECOND)
    assert state(booking) == "approved"
    tick(now=end)
    assert state(booking) == "expired"
    assert on_account.owed == set()
    assert ask(hours=100, now=end, by=UserFactory()).state == "requested"


def test_a_payment_that_nobody_told_us_of_is_found(ask, on_account, listing):
    booking = bookings.approve(ask(hours=100), by=listing.host, now=NOW)
    on_account.paid.add(str(booking.pk))
    tick(now=booking.deadline + timedelta(hours=1))
    assert state(booking) == "confirmed"


def test_a_session_is_over_when_its_door_has_closed(ask, listing):
    booking = bookings.approve(ask(), by=listing.host, now=NOW)
    closes = booking.ends_at + timedelta(minutes=30)
    tick(now=closes - SECOND)
    assert state(booking) == "confirmed"
    tick(now=closes)
    assert state(booking) == "completed"


def test_a_second_tick_does_nothing(ask, listing):
    ask()
    bookings.approve(ask(hours=30), by=listing.host, now=NOW)
    for _time in range(2):
        tick(now=NOW + timedelta(days=3))
    assert BookingEvent.objects.count() == 6
    assert Delivery.objects.filter(type="neuro_sessions.session_expired", channel="site").count() == 1


def test_one_broken_booking_does_not_hold_up_the_others(ask, on_account, listing, monkeypatch):
    first = bookings.approve(ask(hours=100), by=listing.host, now=NOW)
    second = bookings.approve(ask(hours=110), by=listing.host, now=NOW)
    on_account.paid |= {str(first.pk), str(second.pk)}

    def state_of(self, booking):
        if booking.pk == first.pk:
            raise ConnectionError("the provider is down")
        return Settled.YES

    monkeypatch.setattr(doubles.OnAccount, "state", state_of)
    tick(now=NOW)
    assert (state(first), state(second)) == ("approved", "confirmed")
