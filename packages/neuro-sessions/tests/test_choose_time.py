"""Choosing a time on the page of a session."""

import re
from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from neuro_accounts import preferences
from neuro_accounts.preferences import Choices
from neuro_accounts.testing import ProfileFactory
from neuro_sessions import calendars, grants, terms
from neuro_sessions.models import HostCalendar
from neuro_sessions.policies import policy
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW
from tests.pages import at

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

SCRIPT = "neuro_sessions/js/request-calendar.js"


def shown(client, listing, **query):
    response = client.get(listing.get_absolute_url(), query)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_a_chosen_time_goes_to_the_request_by_get(client, clock, listing):
    for view in ("list", "calendar"):
        page = shown(client, listing, view=view, date="2026-11-24", minutes="60")
        form = page[page.index(f'action="{at("ask", listing.pk)}"') :]
        assert '<input type="hidden" name="minutes" value="60">' in form
        assert 'name="start" id="slot-2026-11-24T09:00Z" value="2026-11-24T09:00Z"' in form
        assert "Continue with this time" in form


def test_every_radio_of_the_page_is_a_time_that_can_be_booked(client, clock, listing, seeker):
    client.force_login(seeker)
    page = shown(client, listing, view="calendar", date="2026-11-30")
    for value in re.findall(r'name="start" id="[^"]+" value="([^"]+)"', page)[::20]:
        assert client.get(at("ask", listing.pk), {"start": value, "minutes": "30"}).status_code == 200, value


def test_the_display_setting_is_what_members_and_guests_see_first(client, clock, listing, seeker):
    assert "<table" not in shown(client, listing)
    preferences.save(seeker, Choices(times="calendar"))
    member = Client()
    member.force_login(seeker)
    assert "<table" in shown(member, listing)
    assert "<table" not in shown(member, listing, view="list")
    assert "<table" in shown(client, listing, view="calendar")


def test_looking_at_the_calendar_does_not_change_the_setting(client, clock, listing, seeker):
    client.force_login(seeker)
    shown(client, listing, view="calendar")
    assert preferences.of(seeker).times == ""
    assert "<table" not in shown(client, listing)


def test_the_host_s_own_time_is_shown_where_it_differs(client, clock):
    host = ProfileFactory(display_name="Sam", time_zone="America/New_York").user
    listing = PeerSessionFactory(host=host)
    WindowFactory(peer_session=listing, weekday=1, start_time=time(4), end_time=time(6), time_zone="America/New_York")
    page = shown(client, listing)
    assert "<bdi>09:00 to 09:30</bdi>" in page
    assert "<bdi>04:00 to 04:30</bdi> for <bdi>Sam</bdi>" in page


def test_the_part_of_the_day_says_in_which_zone_it_is(client, clock, listing):
    client.cookies["nm_tz"] = "Asia/Tokyo"
    assert "Evening (Tokyo time)" in shown(client, listing)


def test_a_pause_of_the_host_is_said_kindly(client, clock, listing):
    HostCalendar.objects.update_or_create(host=listing.host, defaults={"paused_at": NOW})
    page = shown(client, listing)
    assert "is taking a pause and offers no new times for now." in page
    for left_out in ('name="start"', 'name="minutes"', "Show times for this length", "There are no free times"):
        assert left_out not in page


def test_hosts_have_no_times_to_choose_and_no_script(client, clock, listing):
    assert SCRIPT in shown(client, listing)
    client.force_login(listing.host)
    page = shown(client, listing)
    assert 'name="start"' not in page
    assert SCRIPT not in page


def test_what_comes_next_is_said_before_somebody_continues(client, clock, listing):
    for view in ("list", "calendar"):
        page = shown(client, listing, view=view, date="2026-11-24")
        assert "Nothing is booked yet. Next you can say what you need, then you check your request and send it." in page


def test_two_hosts_look_at_the_page_as_hosts(client, clock, listing, stranger):
    stranger.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    grants.add_cohost(listing, user=stranger, by=listing.host)
    client.force_login(stranger)
    page = shown(client, listing)
    assert "You host this session together with" in page
    assert at("availability", listing.pk) in page
    assert f'action="{at("unpublish", listing.pk)}"' not in page
    assert 'name="start"' not in page


@pytest.mark.parametrize("view", ["list", "calendar"])
@pytest.mark.parametrize("who", ["guest", "seeker"])
def test_a_page_with_a_month_of_times_takes_eight_queries_at_most(
    client, clock, listing, seeker, view, who, django_assert_max_num_queries
):
    if who == "seeker":
        client.force_login(seeker)
    with django_assert_max_num_queries(8):
        page = client.get(listing.get_absolute_url(), {"view": view, "date": "2026-12-04"}).text
    assert page.count('name="start"') > 90


def test_times_of_the_reader_s_own_sessions_are_left_out(client, clock, ask, seeker):
    ask(listing=PeerSessionFactory(open_all_week=True), hours=24)
    other = PeerSessionFactory(open_all_week=True)
    value = f"{NOW + timedelta(hours=24):%Y-%m-%dT%H:%MZ}"
    assert f'value="{value}"' in shown(client, other, view="calendar", date="2026-11-24")
    client.force_login(seeker)
    assert f'value="{value}"' not in shown(client, other, view="calendar", date="2026-11-24")


def fields(page, action):
    """What the form of the times sends when nothing is chosen in it."""
    form = page[page.index(f'action="{action}"') :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))


@pytest.mark.parametrize(
    "query",
    [
        {"minutes": "60"},
        {"view": "list", "from": "2026-12-01", "minutes": "60"},
        {"view": "calendar", "date": "2026-12-04", "minutes": "60"},
        {"view": "calendar", "date": "2026-12-04", "month": "2026-12", "minutes": "60"},
    ],
)
def test_going_on_without_a_time_brings_the_same_times_with_a_sentence(client, clock, listing, seeker, query):
    client.force_login(seeker)
    before = shown(client, listing, **query)
    assert "Choose a time.</" not in before
    assert "<title> Error:" not in before
    response = client.get(at("ask", listing.pk), fields(before, at("ask", listing.pk)), follow=True)
    assert response.status_code == 200
    path, _status = response.redirect_chain[0]
    assert path.startswith(listing.get_absolute_url())
    page = " ".join(response.text.split())
    assert "<title> Error:" in page
    assert page.count("</span> Choose a time. </p>") == 1
    times = re.compile(r'id="slot-([^"]+)"')
    assert times.findall(page) == times.findall(before)
    assert fields(page, at("ask", listing.pk)) == fields(before, at("ask", listing.pk))
    assert "unchosen" not in page, "the sentence is gone with the next choice"


def test_a_guest_who_goes_on_without_a_time_finds_the_sentence_after_signing_in(client, clock, listing, seeker):
    address = f"{at('ask', listing.pk)}?minutes=60"
    assert at("ask", listing.pk).replace("/", "%2F") in client.get(address).url.replace("/", "%2F")
    client.force_login(seeker)
    assert "Choose a time. </p>" in " ".join(client.get(address, follow=True).text.split())


def test_a_pause_meanwhile_is_no_mistake_of_the_reader(client, clock, listing):
    calendars.pause(listing.host, now=NOW)
    assert "<title> Error:" not in shown(client, listing, unchosen="")


def test_both_views_say_in_which_zone_the_times_are(client, clock, listing):
    for query in ({"view": "list"}, {"view": "calendar"}, {"view": "calendar", "date": "2026-11-24"}):
        assert shown(client, listing, **query).count("All times are in London time.") == 1, query


def test_cancelling_and_ground_rules_are_read_before_a_time_is_chosen(client, clock, listing):
    page = shown(client, listing)
    assert "You can cancel until the start. It costs nothing." in page
    assert "Ground rules" not in page
    listing.price, listing.cancellation = 1500, "strict"
    listing.save()
    terms.publish(listing.host, text="Be kind.", now=NOW)
    page = shown(client, listing)
    choose = page.index("Continue with this time")
    for sentence in policy().sentences(policy().promise("strict")):
        assert page.index(sentence) < choose
    assert page.index("Be kind.") < choose
