"""The first step: what bad input gets is a sentence, the nearest free times, and nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import calendars
from neuro_sessions.models import Booking, BookingDraft, HostTime
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import LINK, NOW
from tests.pages import at, everything

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4", "E5", "E25")]

GOOD = "2026-11-24T10:00Z"


@pytest.fixture
def keep(client, clock, seeker, listing):
    """Posts a chosen time; returns the response and its page."""
    client.force_login(seeker)

    def post(starts_at=GOOD, minutes="30", to=listing, **more):
        response = client.post(at("ask", to.pk), {"starts_at": starts_at, "minutes": minutes, **more})
        return response, response.content.decode()

    return post


@pytest.fixture
def look(client, clock, seeker, listing):
    client.force_login(seeker)

    def get(starts_at=GOOD, minutes="30", to=listing):
        response = client.get(at("ask", to.pk), {"start": starts_at, "minutes": minutes})
        return response, response.content.decode()

    return get


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


@pytest.mark.parametrize("way", ["look", "keep"])
@pytest.mark.parametrize(("starts_at", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_refused_time_gets_a_sentence_and_other_times(request, starts_at, sentence, way):
    starts_at = starts_at if isinstance(starts_at, str) else f"{starts_at:%Y-%m-%dT%H:%MZ}"
    response, page = request.getfixturevalue(way)(starts_at)
    assert response.status_code == 409
    assert sentence in page
    assert offered_times(page) == 5
    assert "Choose another time (30 minutes)" in page
    assert "(Hidden field" not in page
    assert not BookingDraft.objects.exists()
    assert not HostTime.objects.exists()


@pytest.mark.parametrize("minutes", ["7", "420", "", "x", "-30", "1000000000", "9" * 5000, "30\x00", "²"])
def test_a_length_that_is_not_offered_gets_a_sentence_and_times_of_one_that_is(keep, minutes):
    response, page = keep(minutes=minutes)
    assert response.status_code == 409
    assert "This length is not offered." in page
    assert "Choose another time (30 minutes)" in page
    assert offered_times(page) == 5
    assert 'name="minutes" value="30"' in page


def test_a_time_taken_meanwhile_gets_the_nearest_free_times(keep, ask):
    ask(hours=25, by=UserFactory())
    response, page = keep()
    assert response.status_code == 409
    assert "That time was just taken." in page
    assert "10:30 to 11:00 (London time)" in page
    assert "09:30 to 10:00 (London time)" in page
    assert "10:00 to 10:30 (London time)" not in page


def test_one_of_the_offered_times_can_be_kept_with_the_same_page(keep, ask):
    ask(hours=25, by=UserFactory())
    _response, page = keep()
    assert 'value="2026-11-24T10:30Z"' in page
    response, _page = keep("2026-11-24T10:30Z")
    assert response.status_code == 302
    assert BookingDraft.objects.get().starts_at == NOW + timedelta(hours=25.5)


def test_a_time_in_a_missing_hour_gets_its_own_sentence_and_times_around_it(client, keep, seeker, clock):
    ProfileFactory(user=seeker, time_zone="Europe/London")
    clock.now = datetime(2027, 3, 20, 9, tzinfo=UTC)
    client.force_login(seeker)
    response, page = keep("2027-03-28T01:30")
    assert response.status_code == 409
    assert "This time does not exist: the clocks go forward then." in page
    assert "Sunday 28 March 2027, 02:30 to 03:00 (London time)" in page
    assert offered_times(page) == 5


def test_a_time_without_an_offset_is_read_in_the_reader_s_zone(keep, seeker):
    ProfileFactory(user=seeker, time_zone="Asia/Tokyo")
    assert keep("2026-11-24T19:00")[0].status_code == 302
    assert BookingDraft.objects.get().starts_at == NOW + timedelta(hours=25)


def test_a_listing_without_any_free_time_says_so_and_has_nothing_to_press(keep):
    _response, page = keep(to=PeerSessionFactory())
    assert "The host is not available at this time." in page
    assert "There are no free times at the moment." in page
    assert "Keep this time and continue" not in page


@pytest.mark.parametrize("way", ["look", "keep"])
@pytest.mark.parametrize("starts_at", [GOOD, "", "tomorrow"])
def test_a_host_who_takes_a_pause_offers_nothing_instead(request, clock, listing, way, starts_at):
    page_of = request.getfixturevalue(way)
    calendars.pause(listing.host, now=NOW)
    response, page = page_of(starts_at)
    assert response.status_code == 409
    assert "This time cannot be kept." in page
    assert "There are no free times at the moment." in page
    assert offered_times(page) == 0
    assert "Choose another time" not in page
    assert f'href="{at("list")}"' in page


def test_a_time_of_one_s_own_request_leads_to_that_request(keep, ask, seeker):
    asked = ask(hours=25)
    response, _page = keep()
    assert (response.status_code, response.url) == (302, asked.get_absolute_url())


def test_asking_for_one_s_own_session_leads_back_to_it(client, clock, listing):
    client.force_login(listing.host)
    for response in (
        client.get(at("ask", listing.pk)),
        client.post(at("ask", listing.pk), {"starts_at": GOOD, "minutes": "30"}),
        client.get(at("ask-check", listing.pk)),
    ):
        assert response.status_code == 302
        assert response.url.partition("#")[0] == listing.get_absolute_url()
    assert not BookingDraft.objects.exists()


def test_the_first_step_says_what_will_happen_and_keeps_nothing(look, listing):
    listing.price = 1500
    listing.save()
    before = everything()
    response, page = look(minutes="60")
    words = " ".join(page.split())
    assert response.status_code == 200
    assert "Step 1 of 3" in words
    assert "about 4 minutes" in words
    assert "10:00 to 11:00 (London time)" in page
    assert "You pay nothing now." in words
    assert 'class="errorlist"' not in page
    assert LINK not in page
    assert everything() == before


def test_the_first_step_shows_the_host_s_clock_where_it_is_another_one(look, listing, seeker):
    ProfileFactory(user=listing.host, time_zone="America/New_York")
    words = " ".join(look()[1].split())
    assert "10:00 to 10:30 (London time)" in words
    assert "05:00 to 05:30 (New York time)" in words
    ProfileFactory(user=seeker, time_zone="America/New_York")
    assert "London time" not in look()[1]


def test_who_signs_in_comes_back_to_the_same_time(client, clock, listing, seeker):
    address = f"{at('ask', listing.pk)}?start=2026-11-24T10%3A00Z&minutes=30"
    to = client.get(address).url
    assert "start%3D2026-11-24T10%253A00Z%26minutes%3D30" in to
    client.force_login(seeker)
    form_action = client.get(address).content.decode()
    assert 'action="/sessions/request/schedule/' in form_action
    client.logout()
    # The login ran out on the page: the button, too, comes back to this time.
    assert client.post(address, {"starts_at": GOOD, "minutes": "30"}).url == to
    assert not Booking.objects.exists()
