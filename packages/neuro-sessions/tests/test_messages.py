"""What is said to the two people of a booking, and to a host about a listing."""

from datetime import timedelta

import pytest

from neuro_accounts import notifications as accounts_notifications
from neuro_accounts.models import Delivery
from neuro_accounts.testing import ProfileFactory
from neuro_sessions import booking as bookings
from neuro_sessions import listings, reviews
from neuro_sessions.models import Booking
from tests.acts import ACTS, joined
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E18")]

State = Booking.State
AFTERWARDS = NOW + timedelta(days=2)


def said():
    """Who is told what, with the number of channels that were used for it."""
    rows = Delivery.objects.order_by("created_at", "type").values_list("type", "recipient_id", "channel")
    assert len(rows) == 2 * len({row[:2] for row in rows})
    return sorted({(key.removeprefix("neuro_sessions."), recipient) for key, recipient, _channel in rows})


SAID = {
    "approve": [("session_approved", "seeker")],
    "decline": [("session_declined", "seeker")],
    "withdraw": [("session_withdrawn", "host")],
    "expire": [("session_expired", "seeker")],
    "complete": [],
}


@pytest.mark.feature("A5")
@pytest.mark.parametrize(("act", "messages"), SAID.items())
def test_each_act_tells_those_whom_it_concerns(in_state, seeker, listing, act, messages):
    booking = in_state(State.CONFIRMED if act == "complete" else State.REQUESTED)
    Delivery.objects.all().delete()
    ACTS[act](booking, NOW)
    people = {"seeker": seeker.pk, "host": listing.host_id}
    assert said() == [(key, people[who]) for key, who in messages]


def test_asking_tells_the_host_and_booking_tells_both(ask, seeker, listing):
    booking = ask()
    assert said() == [("session_requested", listing.host_id)]
    bookings.approve(booking, by=listing.host, now=NOW)
    assert set(said()) == {
        ("session_requested", listing.host_id),
        ("session_confirmed", seeker.pk),
        ("session_confirmed_host", listing.host_id),
    }


def test_a_refused_act_tells_nobody(in_state):
    booking = in_state(State.REJECTED)
    Delivery.objects.all().delete()
    with pytest.raises(bookings.TransitionRefused):
        bookings.approve(booking, by=booking.host, now=NOW)
    assert said() == []


NEWS = {
    State.REQUESTED: {"session_requested"},
    State.APPROVED: {"session_approved"},
    State.CONFIRMED: {"session_confirmed", "session_confirmed_host"},
    State.COMPLETED: {"review_received"},
    State.REJECTED: {"session_declined"},
    State.WITHDRAWN: {"session_withdrawn"},
    State.EXPIRED: {"session_expired", "session_expired_host"},
    State.CANCELLED: {"session_cancelled", "session_cancelled_by_you"},
}


@pytest.mark.feature("A5")
@pytest.mark.parametrize("state", State)
def test_only_what_is_still_true_goes_out_and_it_reads_well(in_state, mailoutbox, client, seeker, listing, state):
    listing.title = "Noise {at} work"
    listing.save()
    ProfileFactory(user=seeker, time_zone="America/New_York", display_name="Sam")
    ProfileFactory(user=listing.host, time_zone="Europe/London", display_name="Robin")
    booking = in_state(state)
    if state == State.COMPLETED:
        reviews.write(joined(booking), rating=5, text="", now=AFTERWARDS)
    accounts_notifications.deliver_due(now=AFTERWARDS)
    sent = Delivery.objects.filter(channel="site", sent_at__isnull=False)
    assert {row.type.removeprefix("neuro_sessions.") for row in sent} == NEWS[state]
    assert len(mailoutbox) == len(sent)
    for row in sent:
        assert "Noise {at} work" in row.title + row.text
        assert "{" not in (row.title + row.text).replace("Noise {at} work", "")
        zone = "New York time" if row.recipient == seeker else "London time"
        clock = "04:00 to 04:30" if row.recipient == seeker else "09:00 to 09:30"
        if row.type != "neuro_sessions.review_received":
            assert f"Tuesday 24 November 2026, {clock} ({zone})" in row.text
        client.force_login(row.recipient)
        assert client.get(row.path).status_code == 200


def test_publishing_tells_the_host(listing, mailoutbox, now):
    listings.unpublish(listing)
    listings.publish(listing, now=now)
    accounts_notifications.deliver_due(now=now)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([listing.host.email], f"“{listing.title}” is published")
    ]


def test_publishing_in_the_year_2100_tells_the_host_too(listing, now):
    listings.unpublish(listing)
    assert listings.publish(listing, now=now.replace(year=2100))


@pytest.mark.parametrize(("paid", "words"), [(False, "Nothing was charged."), (True, "You get £15.00 back.")])
def test_a_cancellation_says_what_became_of_the_money(in_state, mailoutbox, paid, words):
    booking = in_state(State.CONFIRMED if paid else State.APPROVED)
    ACTS["cancel"](booking, NOW)
    accounts_notifications.deliver_due(now=NOW)
    (told,) = [mail.body for mail in mailoutbox if mail.to == [booking.seeker.email] and "is cancelled" in mail.subject]
    assert words in told
