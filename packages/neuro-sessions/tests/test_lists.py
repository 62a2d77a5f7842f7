"""Pages with many rows: their queries, and the card that other templates can show."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.template import engines

from neuro_accounts.testing import UserFactory
from neuro_sessions import attendance, reviews
from neuro_sessions import booking as bookings
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.pages import at

pytestmark = pytest.mark.django_db


@pytest.mark.feature("E12")
@pytest.mark.parametrize("name", ["list", "bookings", "hosting", "detail", "availability"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, clock, booking, listing, settings, name, django_assert_max_num_queries
):
    settings.NEURO_SESSIONS = {"PAGE_SIZE": 100}
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    bookings.approve(booking, by=listing.host, now=NOW)
    address = {"detail": at("detail", listing.slug), "availability": at("availability", listing.pk)}.get(name) or at(
        name
    )
    client.force_login(booking.seeker if name in ("bookings", "detail") else listing.host)

    def queries():
        with django_assert_max_num_queries(30) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(number):
        another = bookings.ask(
            listing, by=booking.seeker, starts_at=NOW + timedelta(hours=30 + number), minutes=30, note="", now=NOW
        )
        if number % 3:
            bookings.approve(another, by=listing.host, now=NOW)
        if number % 3 == 2:
            attendance.record_join(another, now=NOW)
            bookings.complete(another, now=NOW)
            reviews.write(another, rating=3, text="", now=NOW)
        PeerSessionFactory(host=UserFactory())
        PeerSessionFactory(host=listing.host)
        WindowFactory(peer_session=listing)

    for number in range(3):
        add(number)
    few = queries()
    for number in range(3, 15):
        add(number)
    assert queries() == few


def test_a_request_that_has_run_out_says_so_in_the_list(client, clock, booking):
    client.force_login(booking.seeker)
    address = at("bookings") + "?show=waiting"
    assert "Ran out" not in client.get(address).text
    clock.now = booking.deadline
    assert "Ran out" in client.get(address).text


def test_the_session_item_component_is_the_card_of_the_list(listing, rf):
    template = engines["django"].from_string("{% load neuro_sessions %}{% session_item session=listing / %}")
    card = template.render({"listing": listing}, rf.get("/"))
    assert f'href="{listing.get_absolute_url()}"' in card
    assert "30 or 60 minutes" in " ".join(card.split())
