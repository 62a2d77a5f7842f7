"""Pages with many rows: their queries, and the card that other templates can show."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.template import engines

from neuro_accounts.testing import UserFactory
from neuro_sessions import attendance, holds, reviews
from neuro_sessions import booking as bookings
from neuro_sessions.models import PeerSession
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.pages import at

pytestmark = pytest.mark.django_db


@pytest.mark.feature("E12")
@pytest.mark.parametrize("name", ["list", "bookings", "waiting", "past", "drafts", "hosting", "detail", "availability"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, clock, ask, booking, listing, settings, name, django_assert_max_num_queries
):
    settings.NEURO_SESSIONS = {"PAGE_SIZE": 100}
    PeerSession.objects.update(languages=["en", "de"])
    listing.refresh_from_db()
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    bookings.approve(booking, by=listing.host, now=NOW)
    addresses = {"detail": at("detail", listing.slug), "availability": at("availability", listing.pk)}
    addresses |= {show: f"{at('bookings')}?show={show}" for show in ("waiting", "past", "drafts")}
    address = addresses.get(name) or at(name)
    client.force_login(listing.host if name in ("list", "hosting", "availability") else booking.seeker)

    def queries():
        with django_assert_max_num_queries(30) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def add(number):
        another = ask(hours=30 + number, language="de", access_needs="Breaks.")
        if number % 3:
            bookings.approve(another, by=listing.host, now=NOW)
        if number % 3 == 2:
            attendance.record_join(another, now=NOW)
            bookings.complete(another, now=NOW)
            reviews.write(another, rating=3, text="", now=NOW)
        another = PeerSessionFactory(host=UserFactory(), open_all_week=True)
        holds.start(another, by=booking.seeker, starts_at=NOW + timedelta(hours=24 * 9), minutes=30, now=NOW)
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
