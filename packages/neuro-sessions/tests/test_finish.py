"""The host says that a session is over: first a page that tells what that means, then the act."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import ProfileFactory
from neuro_sessions import booking as bookings
from tests.acts import joined
from tests.conftest import NOW
from tests.pages import at, everything, shown

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E6")]


@pytest.fixture
def met(booking, clock):
    """Booked, and the seeker has come; now is the middle of the session."""
    ProfileFactory(user=booking.seeker, display_name="Sam")
    bookings.approve(booking, by=booking.host, now=NOW)
    clock.now = booking.starts_at + timedelta(minutes=10)
    return joined(booking)


def test_the_page_says_what_finishing_means_and_changes_nothing(client, met):
    client.force_login(met.host)
    before = everything()
    page = client.get(at("finish", met.pk)).text
    assert "<bdi>Sam</bdi> can write a review." in page
    assert "You cannot take this back." in page
    assert "You can both still enter the meeting until" in page
    assert "Tuesday 24 November 2026, 10:00 (London time)</time>" in page
    assert "The price of" not in page
    assert f'<a href="{met.get_absolute_url()}">Not yet</a>' in page
    assert everything() == before


def test_the_page_says_what_happens_to_the_money(client, met):
    met.price = 1500
    met.save()
    client.force_login(met.host)
    assert "The price of <bdi>£15.00</bdi> stays as it is." in client.get(at("finish", met.pk)).text


def test_a_closed_door_is_not_promised(client, clock, met):
    clock.now = met.ends_at + timedelta(hours=1)
    client.force_login(met.host)
    assert "still enter the meeting" not in client.get(at("finish", met.pk)).text


def test_the_booking_leads_to_the_page_and_the_page_ends_the_session(client, met):
    client.force_login(met.host)
    assert f'href="{at("finish", met.pk)}">We have finished</a>' in client.get(met.get_absolute_url()).text
    url, page = shown(client.post(at("finish", met.pk), follow=True))
    assert url == met.get_absolute_url()
    assert "The session is over. Thank you." in page


def test_before_the_other_person_has_come_there_is_nothing_to_finish(client, clock, booking):
    bookings.approve(booking, by=booking.host, now=NOW)
    client.force_login(booking.host)
    assert at("finish", booking.pk) not in client.get(booking.get_absolute_url()).text
    url, page = shown(client.get(at("finish", booking.pk), follow=True))
    assert url == booking.get_absolute_url()
    assert "You can say this when the other person has joined." in page


def test_what_is_over_is_not_finished_again(client, met):
    bookings.finish(met, by=met.host, now=met.ends_at)
    client.force_login(met.host)
    url, page = shown(client.get(at("finish", met.pk), follow=True))
    assert url == met.get_absolute_url()
    assert "This session is over." in page
