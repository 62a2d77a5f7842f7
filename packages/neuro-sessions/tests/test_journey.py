"""One whole booking over HTTP with the defaults: no payments, no video, no Wagtail."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from neuro_accounts.models import Delivery
from neuro_accounts.testing import ProfileFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.tasks import tick
from tests.conftest import LINK, NOW

# Real commits: messages go out after them.
STEPS = ["ask", "ask-needs", "ask-check"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E1", "E5", "E6", "E8", "M1")]


def signed_in(**profile):
    person = ProfileFactory(**profile).user
    client = Client(raise_request_exception=True)
    client.force_login(person)
    return person, client


def post(client, url, data=None):
    """Posts, follows, and returns the page on which the person ends."""
    response = client.post(url, data or {}, follow=True)
    assert response.redirect_chain, response.content.decode()
    return response.content.decode()


def page(client, name, *args):
    response = client.get(reverse(f"neuro_sessions:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def inbox(person):
    sent = Delivery.objects.filter(recipient=person, channel="site", sent_at__isnull=False)
    return set(sent.values_list("title", flat=True))


def hidden_fields(client, url):
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in ("starts_at", "minutes", "promised")}


def offer_a_session(client):
    """As a host: a listing, its weekly time, its link; published."""
    fields = {"title": "Noise at work", "description": "We talk.", "durations": ["30", "60"], "amount": "0"}
    assert "Noise at work" in post(client, reverse("neuro_sessions:create"), fields | {"currency": "gbp"})
    listing = PeerSession.objects.get()
    publish = reverse("neuro_sessions:publish", args=[listing.pk])
    assert "Add at least one weekly time first" in post(client, publish)
    availability = reverse("neuro_sessions:availability", args=[listing.pk])
    seen = client.get(availability).context["week"]["seen"].value()
    window = {"act": "week", "day_1-0-start": "10:00", "day_1-0-end": "12:00", "day_1-whole": "on", "seen": seen}
    post(client, availability, window)
    assert "Add the meeting link first" in post(client, publish)
    post(client, reverse("neuro_sessions:edit", args=[listing.pk]), fields | {"currency": "gbp", "meeting_link": LINK})
    assert "is published. People can ask" in post(client, publish)
    return listing


def test_a_booking_from_the_first_page_to_the_review(clock):
    host, hosting = signed_in(display_name="Robin", time_zone="Europe/London")
    host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    seeker, seeking = signed_in(display_name="Sam", time_zone="America/New_York")
    guest = Client()

    listing = offer_a_session(hosting)
    assert "Noise at work" in page(guest, "list")

    # Tuesday 10:00 in London, read in New York
    shown = page(seeking, "detail", listing.slug)
    assert "Tuesday 24 November 2026" in shown
    assert "05:00 to 05:30" in shown
    assert LINK not in shown
    chosen = {"start": "2026-11-24T10:00Z", "minutes": "30"}
    ask, needs, check = (reverse(f"neuro_sessions:{name}", args=[listing.pk]) for name in STEPS)
    first = seeking.get(ask, chosen).content.decode()
    assert "Tuesday 24 November 2026, 05:00 to 05:30 (New York time)" in first
    kept = post(seeking, ask, {"starts_at": "2026-11-24T10:00Z", "minutes": "30"})
    assert "04:15 (New York time)" in kept
    assert "Open offices are loud." in post(seeking, needs, {"note": "Open offices are loud."})
    assert "Your request is sent. Robin will answer." in post(seeking, check, hidden_fields(seeking, check))
    booking = Booking.objects.get()

    dashboard = page(hosting, "hosting")
    assert "Needs your answer (1)" in " ".join(dashboard.split())
    assert "Open offices are loud." in page(hosting, "booking", booking.pk)
    post(hosting, reverse("neuro_sessions:approve", args=[booking.pk]))
    booking.refresh_from_db()
    assert booking.state == "confirmed"

    # The day before, nobody sees the link and nobody can join.
    join = reverse("neuro_sessions:join", args=[booking.pk])
    for client in (seeking, hosting):
        assert LINK not in page(client, "booking", booking.pk)
        assert LINK not in client.post(join, follow=True).content.decode()

    clock.now = booking.starts_at - timedelta(minutes=15)
    for client in (seeking, hosting):
        assert LINK not in page(client, "join", booking.pk)
        entered = client.post(join)
        assert entered.status_code == 200
        assert LINK in entered.content.decode()

    clock.now = booking.ends_at
    post(hosting, reverse("neuro_sessions:finish", args=[booking.pk]))
    assert LINK in seeking.post(join, follow=True).content.decode()  # The door is open a little longer.
    clock.now = booking.ends_at + timedelta(minutes=30)
    assert LINK not in seeking.post(join, follow=True).content.decode()
    review = {"rating": "5", "text": "I felt listened to."}
    told = post(seeking, reverse("neuro_sessions:review", args=[booking.pk]), review)
    assert "I felt listened to." in told
    public = page(guest, "detail", listing.slug)
    assert "I felt listened to." in public
    assert "Sam" not in public

    assert inbox(host) == {
        "“Noise at work” is published",
        "Sam asks for “Noise at work”",
        "“Noise at work” with Sam is booked",
        "Somebody reviewed “Noise at work”",
    }
    assert inbox(seeker) == {"“Noise at work” is booked"}


def test_a_corrected_link_reaches_people_who_have_booked_already(clock, ask, listing, seeker):
    booking = bookings.approve(ask(), by=listing.host, now=NOW)
    PeerSession.objects.update(meeting_link="https://meet.example.org/another-room")
    clock.now = booking.starts_at
    client = Client()
    client.force_login(seeker)
    entered = client.post(reverse("neuro_sessions:join", args=[booking.pk])).content.decode()
    assert "https://meet.example.org/another-room" in entered


def test_one_can_come_back_after_the_end_while_the_door_is_open(clock, ask, listing, seeker):
    booking = bookings.approve(ask(), by=listing.host, now=NOW)
    clock.now = booking.ends_at + timedelta(minutes=10)
    tick(now=clock.now)
    client = Client()
    client.force_login(seeker)
    assert LINK in client.post(reverse("neuro_sessions:join", args=[booking.pk])).content.decode()
    tick(now=booking.ends_at + timedelta(minutes=30))
    assert Booking.objects.get().state == "completed"
