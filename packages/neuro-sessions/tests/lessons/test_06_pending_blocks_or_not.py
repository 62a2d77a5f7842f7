"""What it prevents: one clinic needs pending requests to keep the time, another must not have them keep it."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.refusals import Refusal
from neuro_sessions.tasks import tick
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E18")]


def test_where_a_request_keeps_the_time_nobody_else_can_ask_for_it(ask):
    ask()
    with pytest.raises(Refusal) as refused:
        ask(by=UserFactory())
    assert refused.value.code == "taken"


def test_where_it_does_not_several_can(ask):
    PeerSession.objects.update(requests_block_time=False)
    assert ask().state == ask(by=UserFactory()).state == "requested"


@pytest.mark.parametrize("blocks", [True, False])
def test_either_way_a_request_ends(ask, blocks):
    PeerSession.objects.update(requests_block_time=blocks)
    booking = ask(hours=200)
    tick(now=NOW + timedelta(hours=72))
    assert Booking.objects.get().state == "expired"
    assert ask(hours=200, by=UserFactory(), now=booking.deadline)


def test_control_without_an_end_a_request_keeps_the_time_for_weeks(ask):
    booking = ask(hours=1000)
    Booking.objects.update(deadline=None)
    booking.taken_times.update(expires_at=None)
    tick(now=NOW + timedelta(days=30))
    with pytest.raises(Refusal):
        ask(hours=1000, by=UserFactory(), now=NOW + timedelta(days=30))
