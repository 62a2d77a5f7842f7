"""What it prevents: another amount goes back than was shown, and changing the time asks for a second payment."""

from datetime import timedelta

import pytest

from neuro_sessions import cancelling, rescheduling
from neuro_sessions.models import Booking
from tests.acts import WAYS, walk
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E21")]

DAY = timedelta(days=1)


@pytest.fixture
def booked(ask, on_account, priced):
    return walk(ask(hours=100), WAYS[Booking.State.CONFIRMED])


@pytest.mark.parametrize("before", [3 * DAY, DAY, DAY - timedelta(seconds=1), timedelta(minutes=1)])
def test_what_is_shown_is_what_goes_back(booked, on_account, before):
    now = booked.starts_at - before
    shown = cancelling.preview(booked, by=booked.seeker, now=now).refund
    cancelling.cancel(booked, by=booked.seeker, expected_refund=shown, now=now)
    assert on_account.given_back == {str(booked.pk): shown}


def test_when_the_time_has_moved_on_nothing_happens_before_it_is_shown_again(booked, on_account):
    shown = cancelling.preview(booked, by=booked.seeker, now=booked.starts_at - DAY).refund
    with pytest.raises(cancelling.OutcomeChanged):
        cancelling.cancel(booked, by=booked.seeker, expected_refund=shown, now=booked.starts_at - DAY / 2)
    assert on_account.given_back == {}


def test_control_who_only_counts_at_the_end_gives_back_another_amount(booked):
    shown, due = (
        cancelling.preview(booked, by=booked.seeker, now=booked.starts_at - before).refund for before in (DAY, DAY / 2)
    )
    assert shown != due


def test_another_time_keeps_the_same_payment(booked, on_account):
    paid = set(on_account.paid)
    rescheduling.propose(booked, by=booked.seeker, starts_at=NOW + timedelta(hours=150), now=NOW)
    rescheduling.accept(booked, by=booked.host, starts_at=booked.proposed_starts_at, now=NOW)
    assert (Booking.objects.get().state, on_account.paid, on_account.given_back) == ("confirmed", paid, {})


def test_control_cancelling_and_asking_again_needs_a_second_payment(booked, ask):
    cancelling.cancel(booked, by=booked.seeker, expected_refund=1500, now=NOW)
    again = walk(ask(hours=150), ["approve"])
    assert again.state == Booking.State.APPROVED  # waits for payment
