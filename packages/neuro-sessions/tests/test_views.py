"""Every address: who may, and what a look changes (nothing)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from neuro_sessions import listings
from neuro_sessions.models import Booking, BookingEvent, PeerSession
from tests.conftest import LINK
from tests.pages import BOOKING_ROUTES, LISTING_ROUTES, at, everything

pytestmark = pytest.mark.django_db

FOR_HOSTS = ["approve", "decline", "finish"]
FOR_SEEKERS = ["withdraw", "review"]
OPEN_ROUTES = ["list", "detail"]
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]


def sign_in(client, person):
    if person is not None:
        client.force_login(person)
        person.refresh_from_db()
    return client


# -- Who may


@pytest.mark.feature("E16")
def test_a_stranger_finds_nothing_of_other_people_s_rows_by_any_method(client, addresses, stranger):
    client.force_login(stranger)
    before = everything()
    for name in [*BOOKING_ROUTES, *LISTING_ROUTES, "availability-delete"]:
        statuses = {method: getattr(client, method)(addresses[name]).status_code for method in METHODS}
        # An address that takes one method alone leads everybody to the page of its form, whoever owns the row.
        assert set(statuses.values()) <= {302, 404, 405}, name
        assert statuses["get"] != 302 or client.get(addresses[name], follow=True).status_code == 404, name
        assert 404 in (statuses["get"], statuses["post"]), name
    assert everything() == before


def test_who_comes_to_a_form_s_address_by_a_link_is_led_to_the_form(client, booking):
    """The sign-in leads back by a link to where somebody was, also when that was the press of a button."""
    client.force_login(booking.host)
    assert client.get(at("approve", booking.pk)).url == booking.get_absolute_url()
    assert Booking.objects.get().state == "requested"


@pytest.mark.feature("E16")
def test_an_address_of_nothing_looks_like_one_of_somebody_else(client, stranger):
    client.force_login(stranger)
    for name in [*BOOKING_ROUTES, *LISTING_ROUTES, "availability-delete", "ask"]:
        for pk in (uuid4(), UUID(int=0), UUID(int=2**128 - 1)):
            assert 404 in (client.get(at(name, pk)).status_code, client.post(at(name, pk)).status_code), name


@pytest.mark.feature("E16")
def test_the_seeker_cannot_act_as_the_host_nor_the_host_as_the_seeker(client, addresses, booking):
    client.force_login(booking.seeker)
    assert {client.post(addresses[name]).status_code for name in [*FOR_HOSTS, *LISTING_ROUTES]} == {404}
    client.force_login(booking.host)
    assert {client.post(addresses[name]).status_code for name in FOR_SEEKERS} == {404}
    assert BookingEvent.objects.count() == 1


def test_guests_are_asked_to_sign_in(client, addresses):
    for name, address in addresses.items():
        if name not in OPEN_ROUTES:
            for response in (client.get(address), client.post(address)):
                assert response.status_code == 302, name
                assert response.url == f"/login/?next={address}"


@pytest.mark.feature("E16")
def test_an_unpublished_listing_is_invisible_by_name_and_by_number(client, listing, stranger):
    assert listings.unpublish(listing)
    for person in (None, stranger):
        sign_in(client, person)
        assert client.get(listing.get_absolute_url()).status_code == 404
        assert listing.title not in client.get(at("list")).content.decode()
    assert client.get(at("ask", listing.pk)).status_code == 404
    assert client.post(at("ask", listing.pk), {"starts_at": "2026-11-24T10:00Z", "minutes": 30}).status_code == 404
    client.force_login(listing.host)
    assert client.get(listing.get_absolute_url()).status_code == 200
    assert client.get(at("ask", listing.pk)).status_code == 404


def test_members_who_are_no_hosts_cannot_offer_sessions(client, stranger, settings):
    client.force_login(stranger)
    assert client.get(at("create")).status_code == 403
    assert client.post(at("create"), {"title": "Mine"}).status_code == 403
    settings.NEURO_SESSIONS = {"BECOME_HOST_URL": "neuro_accounts:become-host"}
    assert client.post(at("create"), {"title": "Mine"}).url == reverse("neuro_accounts:become-host")
    assert not PeerSession.objects.exists()


def test_the_meeting_link_is_on_no_public_page(client, addresses, listing, stranger):
    client.force_login(stranger)
    for name in ("list", "detail", "ask"):
        assert LINK not in client.get(addresses[name]).content.decode()


# -- A look changes nothing


@pytest.mark.parametrize("who", ["guest", "seeker", "host", "stranger"])
def test_looking_changes_nothing(client, clock, addresses, booking, stranger, who):
    people = {"guest": None, "seeker": booking.seeker, "host": booking.host, "stranger": stranger}
    sign_in(client, people[who])
    clock.now = booking.deadline + timedelta(days=1)  # what is overdue is not written down by looking
    before = everything()
    for name, address in addresses.items():
        for query in ("", "?start=2026-11-24T10:00Z&minutes=30&note=x"):
            for method in (client.get, client.head, client.options):
                assert method(address + query).status_code < 500, name
    assert everything() == before
