"""Asking for a time, and the host's answer to it."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.availability import SlotRefused
from neuro_sessions.models import Booking, HostTime, PeerSession, ScheduledSession
from neuro_sessions.refusals import Refusal
from tests.acts import ACTS, LATER, traces, walk
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E18")]

State = Booking.State


def test_a_request_copies_what_was_promised(ask, listing, seeker):
    ProfileFactory(user=seeker, time_zone="America/New_York")
    booking = ask()
    listing.title, listing.price, listing.currency = "Another title", 99, "eur"
    listing.save()
    booking.refresh_from_db()
    assert (booking.title, booking.price, booking.currency) != ("Another title", 99, "eur")
    assert (booking.seeker_time_zone, booking.host_time_zone) == ("America/New_York", "Europe/London")


def test_a_host_cannot_ask_for_their_own_session(ask, listing):
    with pytest.raises(bookings.OwnListing):
        ask(by=listing.host)
    assert not Booking.objects.exists()


@pytest.mark.feature("E18")
def test_a_request_keeps_the_time_where_the_listing_says_so(ask):
    ask()
    with pytest.raises(SlotRefused) as refused:
        ask(by=UserFactory())
    assert refused.value.code == "taken"


@pytest.mark.feature("E18")
def test_several_people_can_ask_for_a_time_where_the_listing_says_so(ask, listing):
    PeerSession.objects.update(requests_block_time=False)
    first, second = ask(), ask(by=UserFactory())
    bookings.approve(second, by=listing.host, now=NOW)
    with pytest.raises(bookings.TransitionRefused):
        bookings.approve(first, by=listing.host, now=NOW)
    assert Booking.objects.get(pk=first.pk).state == State.REJECTED  # given back, with other times
    assert ScheduledSession.objects.count() == 1


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("way", [[], ["approve"]])
def test_asking_twice_leads_to_the_request_that_is_there(ask, listing, blocks, way):
    PeerSession.objects.update(requests_block_time=blocks)
    first = walk(ask(), way)
    with pytest.raises(bookings.AlreadyAsked) as refused:
        ask(minutes=60)
    assert refused.value.path == first.get_absolute_url()
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("act", ["withdraw", "decline", "expire"])
def test_one_can_ask_for_the_same_time_again_when_the_first_request_has_ended(ask, act):
    ACTS[act](ask(), NOW)
    assert ask().state == State.REQUESTED


def test_one_can_ask_again_when_the_first_request_ran_out_unnoticed(ask, listing):
    PeerSession.objects.update(requests_block_time=False)
    ask(hours=100)
    assert ask(hours=100, now=NOW + timedelta(hours=73))
    assert Booking.objects.count() == 2


def test_a_request_ends_after_three_days_or_when_it_would_start(ask):
    assert ask(hours=100).deadline == NOW + timedelta(hours=72)
    assert ask(hours=10).deadline == NOW + timedelta(hours=10)


# -- Answering


def test_without_a_price_yes_means_booked(ask):
    booking = bookings.approve(ask(), by=None or UserFactory(), now=NOW)
    assert booking.state == State.CONFIRMED
    assert booking.deadline is None
    assert {row.expires_at for row in HostTime.objects.all()} == {None}


def test_with_a_price_yes_keeps_the_time_until_the_deadline(in_state, settings):
    booking = in_state(State.APPROVED)
    assert booking.deadline == NOW + LATER + timedelta(hours=23, minutes=55)  # it starts before a day has passed
    assert {row.expires_at for row in HostTime.objects.all()} == {booking.deadline + bookings.PAYMENT_GRACE}


def test_a_request_that_ran_out_cannot_be_approved(ask):
    booking = ask()
    with pytest.raises(bookings.TransitionRefused) as refused:
        bookings.approve(booking, by=booking.host, now=booking.deadline)
    assert refused.value.code == "approve_expired"
    assert Booking.objects.get().state == State.EXPIRED
    assert not HostTime.objects.exists()


def test_a_host_who_cannot_be_paid_cannot_approve(ask, on_account, priced):
    on_account.refuses_to_begin = True
    booking = ask()
    before = traces()
    with pytest.raises(Refusal) as refused:
        bookings.approve(booking, by=booking.host, now=NOW)
    assert refused.value.path == "/account/"
    assert booking.state == Booking.objects.get().state == State.REQUESTED
    assert traces() == before
    assert not ScheduledSession.objects.exists()


def test_expiring_spares_a_booking_that_was_approved_at_the_last_moment(ask, on_account, priced):
    booking = ask(hours=100)
    seen_by_tick = Booking.objects.get()
    bookings.approve(booking, by=booking.host, now=booking.deadline - timedelta(seconds=1))
    with pytest.raises(bookings.TransitionRefused):
        bookings.expire(seen_by_tick, now=seen_by_tick.deadline)
    assert Booking.objects.get().state == State.APPROVED


@pytest.mark.parametrize("act", ["decline", "withdraw", "expire"])
def test_an_end_frees_the_time(ask, act):
    ACTS[act](ask(), NOW)
    assert not HostTime.objects.exists()
    assert ask(by=UserFactory())


def test_an_end_makes_paying_impossible(in_state, on_account):
    booking = in_state(State.APPROVED)
    assert on_account.owed == {str(booking.pk)}
    bookings.withdraw(booking, by=booking.seeker, now=NOW)
    assert on_account.owed == set()
