"""What it prevents: two requests wait for the same time, and the host's two yeses book both."""

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, HostTime, PeerSession
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E17")]


@pytest.fixture
def two(ask):
    PeerSession.objects.update(requests_block_time=False)
    return ask(), ask(by=UserFactory())


def test_one_yes_counts_and_the_other_request_is_given_back_kindly(two, listing):
    first, second = two
    bookings.approve(first, by=listing.host, now=NOW)
    with pytest.raises(bookings.TransitionRefused):
        bookings.approve(second, by=listing.host, now=NOW)
    states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {first.pk: "confirmed", second.pk: "rejected"}
    assert second.events.last().reason == "time_taken"


def test_control_a_yes_that_only_looks_at_its_own_request_books_both(two):
    assert Booking.objects.filter(state="requested").update(state="confirmed") == 2
    assert HostTime.objects.filter(host=two[0].host).count() == 0  # nothing claimed: nothing could refuse it
