"""``contrib.video``: people meet in a room of neuro-video."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from neuro_sessions import booking as bookings
from neuro_sessions import listings
from neuro_sessions.forms import PeerSessionForm
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.testing import MeetingPlaceContract
from neuro_video import rooms
from neuro_video.models import MeetingRoom
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("V2", "V4")]


class TestRoom(MeetingPlaceContract):
    pass


@pytest.fixture
def booked(clock, ask, host, listing):
    PeerSession.objects.update(price=0)
    listing.refresh_from_db()
    return bookings.approve(ask(), by=host, now=NOW)


def test_hosts_are_not_asked_for_a_link(listing):
    assert "meeting_link" not in PeerSessionForm().fields
    listings.unpublish(listing)
    assert listings.publish(listing, now=NOW)


def test_a_room_is_wanted_when_the_session_is_booked_and_not_before(ask, host):
    booking = ask()
    assert not MeetingRoom.objects.exists()
    bookings.approve(booking, by=host, now=NOW)
    assert booking.state == "approved"
    assert not MeetingRoom.objects.exists()


def test_both_people_enter_the_room_from_the_booking(clock, booked):
    assert MeetingRoom.objects.get().source_id == str(booked.scheduled_session_id)
    clock.now = booked.starts_at - timedelta(minutes=15)
    for person in (booked.host, booked.seeker):
        client = Client()
        client.force_login(person)
        join = client.post(reverse("neuro_sessions:join", args=[booked.pk]))
        assert join.status_code == 302
        assert join.url.startswith("/rooms/")
        assert booked.get_absolute_url() in client.get(join.url).content.decode()
    assert Booking.objects.get().attendance == "attended"


def test_only_the_seeker_s_coming_counts_as_attendance(clock, booked):
    clock.now = booked.starts_at
    client = Client()
    client.force_login(booked.host)
    client.post(reverse("neuro_sessions:join", args=[booked.pk]))
    assert Booking.objects.get().attendance == "unknown"


def test_too_early_and_over_are_said_and_count_for_nothing(clock, booked):
    client = Client()
    client.force_login(booked.seeker)
    join = reverse("neuro_sessions:join", args=[booked.pk])
    assert "The room is not open yet." in client.post(join, follow=True).content.decode()
    clock.now = booked.ends_at + timedelta(minutes=30)
    assert "This meeting is over." in client.post(join, follow=True).content.decode()
    assert Booking.objects.get().attendance == "unknown"


def test_a_closed_room_is_a_sentence_and_not_an_error(clock, booked):
    rooms.end("neuro_sessions.scheduled_session", str(booked.scheduled_session_id), now=NOW)
    clock.now = booked.starts_at
    client = Client()
    client.force_login(booked.seeker)
    response = client.post(reverse("neuro_sessions:join", args=[booked.pk]), follow=True)
    assert response.status_code == 200
    assert "This meeting is over." in response.content.decode()
