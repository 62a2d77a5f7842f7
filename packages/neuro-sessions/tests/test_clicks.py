"""What pressing a button does: once, and only while it is on offer."""

import pytest

from neuro_sessions import attendance, reviews
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking
from tests.conftest import NOW
from tests.doubles import OnAccount
from tests.pages import at, everything, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "data", "state", "sentence"),
    [
        ("approve", {}, "confirmed", "This session is already booked."),
        ("decline", {"message": "Sorry, not then."}, "rejected", "The host has already declined this request."),
        ("withdraw", {}, "withdrawn", "This request was already withdrawn."),
        ("finish", {}, "completed", "This session is over."),
    ],
)
def test_a_second_click_has_no_second_effect_and_shows_what_is_true(client, clock, booking, act, data, state, sentence):
    if act == "finish":
        bookings.approve(booking, by=booking.host, now=NOW)
        attendance.record_join(booking, now=NOW)
    client.force_login(booking.seeker if act == "withdraw" else booking.host)
    client.post(at(act, booking.pk), data, follow=True)
    assert Booking.objects.get().state == state
    before = everything()
    url, page = shown(client.post(at(act, booking.pk), data, follow=True))
    assert url == booking.get_absolute_url()
    assert sentence in page
    assert everything() == before


def test_the_host_s_message_reaches_the_seeker(client, booking):
    client.force_login(booking.host)
    client.post(at("decline", booking.pk), {"message": "I am away <then>."})
    client.force_login(booking.seeker)
    assert "I am away &lt;then&gt;." in client.get(booking.get_absolute_url()).content.decode()


def test_a_request_that_ran_out_offers_nothing_to_press(client, clock, booking):
    clock.now = booking.deadline
    client.force_login(booking.host)
    page = client.get(booking.get_absolute_url()).content.decode()
    assert "has run out" in page
    assert at("approve", booking.pk) not in page
    assert "Nobody is waiting for an answer." in client.get(at("hosting")).content.decode()
    url, page = shown(client.post(at("approve", booking.pk), follow=True))
    assert url == booking.get_absolute_url()
    assert "This request has run out." in page


def test_a_booking_whose_time_to_pay_is_over_cannot_be_paid(client, clock, listing, ask, settings):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    listing.price = 1500
    listing.save()
    booking = bookings.approve(ask(hours=72), by=listing.host, now=NOW)
    client.force_login(booking.seeker)
    assert f"/pay/{booking.pk}/" in client.get(booking.get_absolute_url()).content.decode()
    clock.now = booking.deadline + bookings.PAYMENT_GRACE
    page = client.get(booking.get_absolute_url()).content.decode()
    assert f"/pay/{booking.pk}/" not in page
    assert "has run out" in page


def test_a_host_who_cannot_be_paid_is_led_to_where_that_can_be_changed(client, listing, ask, settings, monkeypatch):
    monkeypatch.setattr(OnAccount, "refuses_to_begin", True)
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    booking = ask()
    client.force_login(listing.host)
    assert client.post(at("approve", booking.pk)).url == "/account/"
    assert Booking.objects.get().state == "requested"


@pytest.mark.feature("E8")
def test_a_review_can_be_written_once_and_only_after_the_session(client, clock, booking):
    client.force_login(booking.seeker)
    write, good = at("review", booking.pk), {"rating": "4", "text": "Calm."}
    assert "when the session is over" in shown(client.post(write, good, follow=True))[1]
    bookings.approve(booking, by=booking.host, now=NOW)
    bookings.complete(booking, now=booking.ends_at)
    assert "when you have joined the session" in shown(client.post(write, good, follow=True))[1]
    attendance.record_join(booking, now=booking.starts_at)
    for rating in ("0", "6", "x", ""):
        response = client.post(write, {"rating": rating, "text": "Calm."})
        assert response.status_code == 200
        assert "Calm." in response.content.decode()
    assert client.post(write, good).status_code == 302
    assert "You have already reviewed" in shown(client.post(write, good, follow=True))[1]
    assert reviews.reviews_of(booking.peer_session).count() == 1


def test_two_reviews_at_once_leave_one(booking):
    bookings.approve(booking, by=booking.host, now=NOW)
    attendance.record_join(booking, now=NOW)
    bookings.complete(booking, now=booking.ends_at)
    first, second = Booking.objects.get(), Booking.objects.get()
    assert reviews.may_review(second) is None
    reviews.write(first, rating=5, text="", now=NOW)
    with pytest.raises(reviews.ReviewRefused) as refused:
        reviews.write(second, rating=1, text="", now=NOW)
    assert refused.value.code == "already_reviewed"
