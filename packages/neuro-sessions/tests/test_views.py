"""Every address: who may, what a look changes (nothing), and what odd input does (never a 500)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import reverse

from neuro_accounts.testing import UserFactory
from neuro_sessions import attendance, listings, reviews, urls
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, BookingEvent, PeerSession, PeerSessionAvailability
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import LINK, NOW

pytestmark = pytest.mark.django_db

BOOKING_ROUTES = ["booking", "approve", "decline", "withdraw", "join", "finish", "review"]
FOR_HOSTS = ["approve", "decline", "finish"]
FOR_SEEKERS = ["withdraw", "review"]
LISTING_ROUTES = ["edit", "publish", "unpublish", "availability"]
OPEN_ROUTES = ["list", "detail"]
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]


def at(name, *args):
    return reverse(f"neuro_sessions:{name}", args=args)


@pytest.fixture
def booking(ask):
    return ask()


@pytest.fixture
def addresses(booking, listing):
    """Every route of ours, by name, with rows that exist."""
    own = {name: at(name, booking.pk) for name in BOOKING_ROUTES}
    own |= {name: at(name, listing.pk) for name in [*LISTING_ROUTES, "ask"]}
    own |= {name: at(name) for name in ["list", "hosting", "create", "bookings"]}
    own["detail"] = at("detail", listing.slug)
    own["availability-delete"] = at("availability-delete", listing.availability.all()[0].pk)
    assert set(own) == {route.name for route in urls.urlpatterns}
    return own


def everything():
    """Every row of every table, but Django's own sessions."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model: list(model._base_manager.order_by("pk").values_list()) for model in models}


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
        # An address that takes one method alone says so to everybody, whoever owns the row.
        assert set(statuses.values()) <= {404, 405}, name
        assert 404 in (statuses["get"], statuses["post"]), name
    assert everything() == before


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


# -- Odd input

ODD = ["", "zzz", "-1", "9" * 30, "\x00", "’", "2026-02-30", "9999-12-31", "0001-01-01", "0000-00-00"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_never_break_a_page(client, clock, addresses, booking, odd):
    query = dict.fromkeys(["page", "from", "minutes", "start", "show", "reviews"], odd)
    for person in (booking.seeker, booking.host):
        client.force_login(person)
        for name, address in addresses.items():
            assert client.get(address, query).status_code < 500, name


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"])
def test_the_ends_of_time_break_no_page_in_any_zone(client, clock, listing, seeker, zone):
    client.cookies["nm_tz"] = zone
    for day in ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31", "2026-02-30"):
        assert client.get(listing.get_absolute_url(), {"from": day}).status_code == 200
    client.force_login(seeker)
    for moment in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert client.get(at("ask", listing.pk), {"start": moment, "minutes": 30}).status_code == 409


@pytest.mark.parametrize("odd", ODD)
def test_odd_forms_never_break_a_page(client, clock, addresses, booking, odd):
    fields = ["starts_at", "minutes", "note", "message", "rating", "text", "title", "description", "durations"]
    fields += ["amount", "currency", "meeting_link", "requests_block_time", "weekday", "start_time", "end_time"]
    booking.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    for person in (booking.seeker, booking.host):
        client.force_login(person)
        for name, address in addresses.items():
            assert client.post(address, dict.fromkeys(fields, odd)).status_code < 500, name


@pytest.mark.parametrize("number", ["zzz", "0", "-3", "9" * 30])
def test_an_odd_page_number_shows_a_page(client, listing, number):
    assert listing.title in client.get(at("list"), {"page": number}).content.decode()


def test_a_day_to_look_from_is_read_in_the_reader_s_zone(client, clock, listing):
    client.cookies["nm_tz"] = "Asia/Tokyo"
    page = client.get(listing.get_absolute_url(), {"from": "2026-11-30"}).content.decode()
    assert "Monday 30 November 2026" in page
    assert "Sunday 29 November 2026" not in page
    assert "00:00 to 00:30" in page
    assert "Tokyo time" in page


# -- Clicks


def shown(response):
    return response.redirect_chain[-1][0], " ".join(response.content.decode().split())


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
    from tests.doubles import OnAccount

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


# -- A host's listing


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


# -- Queries


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


def test_the_session_item_component_is_the_card_of_the_list(listing, rf):
    from django.template import engines

    template = engines["django"].from_string("{% load neuro_sessions %}{% session_item session=listing / %}")
    card = template.render({"listing": listing}, rf.get("/"))
    assert f'href="{listing.get_absolute_url()}"' in card
    assert "30 or 60 minutes" in " ".join(card.split())
