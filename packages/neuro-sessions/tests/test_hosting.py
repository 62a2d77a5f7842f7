"""A host's own listing: what can be changed, and what stays."""

import pytest

from neuro_sessions import booking as bookings
from neuro_sessions import listings
from neuro_sessions.models import PeerSession, PeerSessionAvailability
from neuro_sessions.testing import WindowFactory
from tests.conftest import LINK, NOW
from tests.pages import at

pytestmark = pytest.mark.django_db


def test_a_published_listing_stays_fit_to_be_published(client, listing, settings):
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    client.force_login(listing.host)
    fields = {"title": "New title", "description": "We talk.", "durations": ["30"], "currency": "gbp"}
    page = client.post(at("edit", listing.pk), fields | {"amount": "6.66", "meeting_link": LINK}).content.decode()
    assert "This price is cursed." in page
    assert "New title" in page
    page = client.post(at("edit", listing.pk), fields | {"amount": "1", "meeting_link": ""}).content.decode()
    assert "Add the meeting link first" in page
    listing.refresh_from_db()
    assert (listing.price, listing.meeting_link) == (0, LINK)
    assert listing.title != "New title"
    assert client.post(at("edit", listing.pk), fields | {"amount": "1", "meeting_link": LINK}).status_code == 302


def test_saving_a_listing_does_not_publish_it_again(client, listing):
    stale = PeerSession.objects.get()
    listings.unpublish(listing)
    listings.change(stale, title="Another title")
    listing.refresh_from_db()
    assert (listing.title, listing.published_at) == ("Another title", None)


@pytest.mark.feature("E3")
@pytest.mark.parametrize(("start", "end"), [("12:00", "10:00"), ("12:00", "12:00"), ("x", "y"), ("25:00", "26:00")])
def test_a_window_must_end_after_it_starts(client, listing, start, end):
    client.force_login(listing.host)
    before = PeerSessionAvailability.objects.count()
    data = {"weekday": "1", "start_time": start, "end_time": end}
    response = client.post(at("availability", listing.pk), data)
    assert response.status_code == 200
    assert f'value="{start}"' in response.content.decode()
    assert PeerSessionAvailability.objects.count() == before


@pytest.mark.feature("E3")
def test_each_window_is_shown_with_its_own_zone(client, listing):
    WindowFactory(peer_session=listing, time_zone="America/New_York")
    client.force_login(listing.host)
    page = client.get(at("availability", listing.pk)).content.decode()
    assert "(New York time)" in page
    assert "(UTC time)" in page


@pytest.mark.feature("E3")
def test_removing_a_window_keeps_what_is_booked(client, booking, listing):
    client.force_login(listing.host)
    for window in listing.availability.all():
        assert client.post(at("availability-delete", window.pk)).status_code == 302
    assert bookings.approve(booking, by=listing.host, now=NOW).state == "confirmed"
