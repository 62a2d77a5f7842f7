"""What bad input gets: a sentence, the nearest free times, and everything typed kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions.models import Booking
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import LINK, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4", "E5", "E25")]

NOTE = "I would like to talk about noise & light."
GOOD = "2026-11-24T10:00Z"


@pytest.fixture
def send(client, clock, seeker, listing):
    """Posts a request; returns the response and its page."""
    client.force_login(seeker)

    def post(starts_at=GOOD, minutes="30", note=NOTE, to=listing):
        data = {"starts_at": starts_at, "minutes": minutes, "note": note}
        response = client.post(reverse("neuro_sessions:ask", args=[to.pk]), data)
        return response, response.content.decode()

    return post


def offered_times(page):
    return page.count('type="radio"')


REFUSALS = {
    "past": (NOW - timedelta(hours=1), "This time is in the past."),
    "too soon": (NOW + timedelta(minutes=30), "This time is too soon for the host."),
    "too far": (NOW + timedelta(days=61), "This time is too far ahead."),
    "off the grid": (NOW + timedelta(days=1, minutes=7), "The host is not available at this time."),
    "year 1": ("0001-01-01T00:00Z", "This time is in the past."),
    "year 9999": ("9999-12-31T23:59Z", "This time is too far ahead."),
    "year 0": ("0001-01-01T00:00+09:00", "Choose one of the times."),
    "no time": ("", "Choose a time."),
    "no time at all": ("tomorrow", "Choose one of the times."),
    "an impossible day": ("2026-02-30T10:00Z", "Choose one of the times."),
    "NUL": ("2026-11-24\x00T10:00Z", "Choose one of the times."),
    "a number": ("9" * 400, "Choose one of the times."),
}


@pytest.mark.parametrize(("starts_at", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_refused_time_gets_a_sentence_other_times_and_keeps_the_note(send, starts_at, sentence):
    starts_at = starts_at if isinstance(starts_at, str) else f"{starts_at:%Y-%m-%dT%H:%MZ}"
    response, page = send(starts_at)
    assert response.status_code == 409
    assert sentence in page
    assert "I would like to talk about noise &amp; light." in page
    assert offered_times(page) == 5
    assert "Choose another time (30 minutes)" in page
    assert "(Hidden field" not in page
    assert not Booking.objects.exists()


@pytest.mark.parametrize("minutes", ["7", "420", "", "x", "-30", "1000000000", "9" * 5000, "30\x00", "²"])
def test_a_length_that_is_not_offered_gets_a_sentence_and_times_of_one_that_is(send, minutes):
    response, page = send(minutes=minutes)
    assert response.status_code == 409
    assert "This length is not offered." in page
    assert "Choose another time (30 minutes)" in page
    assert offered_times(page) == 5
    assert 'name="minutes" value="30"' in page
    assert NOTE.split("&")[0] in page


def test_a_time_taken_meanwhile_gets_the_nearest_free_times(send, ask):
    ask(hours=25, by=UserFactory())
    response, page = send()
    assert response.status_code == 409
    assert "That time was just taken." in page
    assert "10:30 to 11:00 (London time)" in page
    assert "09:30 to 10:00 (London time)" in page
    assert "10:00 to 10:30 (London time)" not in page


def test_one_of_the_offered_times_can_be_sent_with_the_same_page(send, ask):
    ask(hours=25, by=UserFactory())
    _response, page = send()
    assert 'value="2026-11-24T10:30Z"' in page
    response, _page = send("2026-11-24T10:30Z")
    assert response.status_code == 302
    assert Booking.objects.filter(note=NOTE).count() == 1


def test_a_time_in_a_missing_hour_gets_its_own_sentence_and_times_around_it(client, send, seeker, clock):
    ProfileFactory(user=seeker, time_zone="Europe/London")
    clock.now = datetime(2027, 3, 20, 9, tzinfo=UTC)
    client.force_login(seeker)
    response, page = send("2027-03-28T01:30")
    assert response.status_code == 409
    assert "This time does not exist: the clocks go forward then." in page
    assert "Sunday 28 March 2027, 02:30 to 03:00 (London time)" in page
    assert offered_times(page) == 5


def test_a_time_without_an_offset_is_read_in_the_reader_s_zone(send, seeker):
    ProfileFactory(user=seeker, time_zone="Asia/Tokyo")
    assert send("2026-11-24T19:00")[0].status_code == 302
    assert Booking.objects.get().starts_at == NOW + timedelta(hours=25)


def test_a_note_that_is_too_long_is_kept_with_the_chosen_time(send):
    response, page = send(note="x" * 2001)
    assert response.status_code == 200
    assert "x" * 2001 in page
    assert f'value="{GOOD}"' in page
    assert "Tuesday 24 November 2026, 10:00 to 10:30 (London time)" in page
    assert not Booking.objects.exists()


def test_a_listing_without_any_free_time_says_so(send):
    _response, page = send(to=PeerSessionFactory())
    assert "The host is not available at this time." in page
    assert "There are no free times at the moment." in page


@pytest.mark.parametrize("blocks", [True, False])
def test_a_second_click_leads_to_the_request_that_was_sent(send, listing, blocks):
    listing.requests_block_time = blocks
    listing.save()
    first, _page = send()
    second, _page = send()
    assert second.status_code == 302
    assert second.url == first.url == Booking.objects.get().get_absolute_url()


def test_asking_for_one_s_own_session_leads_back_to_it(client, clock, listing):
    client.force_login(listing.host)
    for response in (
        client.get(reverse("neuro_sessions:ask", args=[listing.pk])),
        client.post(reverse("neuro_sessions:ask", args=[listing.pk]), {"starts_at": GOOD, "minutes": "30"}),
    ):
        assert response.status_code == 302
        assert response.url == listing.get_absolute_url()
    assert not Booking.objects.exists()


def test_the_page_of_a_chosen_time_shows_it_before_anything_is_sent(client, clock, seeker, listing):
    client.force_login(seeker)
    response = client.get(reverse("neuro_sessions:ask", args=[listing.pk]), {"start": GOOD, "minutes": "60"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "10:00 to 11:00 (London time)" in page
    assert 'class="errorlist"' not in page
    assert LINK not in page
