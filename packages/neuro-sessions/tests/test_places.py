"""Where a page is, what it is called, and what it offers when there is nothing to show."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from neuro_sessions import booking as bookings
from neuro_sessions import listings, reviews
from tests.acts import joined
from tests.conftest import NOW
from tests.pages import at

pytestmark = pytest.mark.django_db

MINE, HOSTING, FIND = "My bookings", "Your hosting", "Find a session"


def spaced(text):
    return " ".join(text.split())


def breadcrumb(page):
    """Its links as words, then the words of the page itself."""
    found = re.search(r'<nav class="nm-breadcrumb".*?</nav>', page, re.DOTALL)
    return [spaced(words) for words in re.findall(r"<(?:a|li aria)[^>]*>([^<]+)<", found[0])] if found else []


def title(page):
    return spaced(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1])


PLACES = {
    "detail": ("seeker", [FIND, "Noise"], "Noise"),
    "ask": ("seeker", [FIND, "Noise", "Your request"], "Step 1 of 3: ask for “Noise”"),
    "booking": ("seeker", [MINE, "Noise"], "Noise: waiting for the host"),
    "withdraw": ("seeker", [MINE, "Noise", "Withdraw the request"], "Withdraw “Noise”"),
    "decline": ("host", [HOSTING, "Noise", "Say no"], "Say no to “Noise”"),
    "create": ("host", [HOSTING, "Offer a session"], "Offer a session"),
    "edit": ("host", [HOSTING, "Noise", "Edit"], "Edit “Noise”"),
    "availability": ("host", [HOSTING, "Noise", "Availability"], "Availability of “Noise”"),
    "availability-delete": (
        "host",
        [HOSTING, "Noise", "Availability", "Remove a time"],
        "Remove a time of “Noise”",
    ),
    "list": ("seeker", [], "Find a session"),
    "bookings": ("seeker", [], "My bookings: coming up"),
    "hosting": ("host", [], "Your hosting"),
}


@pytest.fixture
def noise(listing):
    listing.title = "Noise"
    listing.save()
    listing.host.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    return listing


@pytest.mark.parametrize("name", PLACES)
def test_a_page_says_where_it_is_and_what_it_is(client, clock, noise, addresses, booking, name):
    who, place, words = PLACES[name]
    client.force_login(getattr(booking, who))
    query = {"start": f"{NOW + timedelta(hours=48):%Y-%m-%dT%H:%MZ}", "minutes": 30} if name == "ask" else {}
    page = client.get(addresses[name], query).text
    assert breadcrumb(page) == place
    assert title(page) == words


def test_each_of_the_two_comes_to_a_booking_from_another_place(client, clock, noise, booking):
    bookings.approve(booking, by=booking.host, now=NOW)
    for person, root in ((booking.seeker, MINE), (booking.host, HOSTING)):
        client.force_login(person)
        assert breadcrumb(client.get(at("booking", booking.pk)).text) == [root, "Noise"]
        assert breadcrumb(client.get(at("join", booking.pk)).text) == [root, "Noise", "Join"]
    client.force_login(booking.host)
    bookings.finish(joined(booking), by=booking.host, now=booking.ends_at)
    client.force_login(booking.seeker)
    assert breadcrumb(client.get(at("review", booking.pk)).text) == [MINE, "Noise", "Write a review"]


def test_a_host_comes_to_an_own_listing_from_the_hosting_page(client, noise):
    client.force_login(noise.host)
    assert breadcrumb(client.get(noise.get_absolute_url()).text) == [HOSTING, "Noise"]


def test_a_booking_that_ran_out_says_so_everywhere_on_its_page(client, clock, noise, booking):
    clock.now = booking.deadline
    for person in (booking.seeker, booking.host):
        client.force_login(person)
        page = client.get(booking.get_absolute_url()).text
        assert title(page) == "Noise: ran out"
        assert "Waiting for the host" not in page


def test_a_moment_is_written_for_people_with_its_zone_and_for_machines(client, clock, booking):
    client.force_login(booking.seeker)
    page = client.get(booking.get_absolute_url()).text
    assert (
        '<time datetime="2026-11-24T09:00+00:00">Tuesday 24 November 2026, 09:00 to 09:30 (London time)</time>' in page
    )
    assert "answers by <bdi><time datetime=" in page
    assert re.search(r">[A-Z][a-z]+day \d+ November 2026, \d\d:\d\d \(London time\)</time></bdi>\. You will get", page)


def test_only_what_costs_something_is_paid_after_a_yes(client, clock, listing, booking):
    client.force_login(booking.seeker)
    ask = {"start": f"{NOW + timedelta(hours=48):%Y-%m-%dT%H:%MZ}", "minutes": 30}
    pages = [
        (listing.get_absolute_url(), {}, "You pay only after"),
        (at("ask", listing.pk), ask, "You pay nothing now."),
    ]
    for address, query, words in pages:
        assert words not in client.get(address, query).text
    listing.price = 1500
    listing.save()
    for address, query, words in pages:
        assert words in client.get(address, query).text


# -- Nothing to show


@pytest.mark.parametrize(
    ("show", "words"),
    [("coming", "Nothing is coming up."), ("waiting", "No request is waiting"), ("past", "Nothing is over yet.")],
)
def test_no_bookings_lead_to_the_sessions(client, seeker, show, words):
    client.force_login(seeker)
    page = client.get(at("bookings"), {"show": show}).text
    assert words in page
    assert f'<a class="nm-button" href="{at("list")}">Find a session</a>' in page


def test_people_who_are_no_hosts_are_shown_how_to_become_one(client, stranger, settings):
    client.force_login(stranger)
    assert "Become a host" not in client.get(at("hosting")).text
    settings.NEURO_SESSIONS = {"BECOME_HOST_URL": "neuro_accounts:become-host"}
    page = client.get(at("hosting")).text
    assert f'href="{reverse("neuro_accounts:become-host")}">Become a host</a>' in page
    assert "Needs your answer" not in page


def test_a_host_without_sessions_is_led_to_the_first_one(client, stranger):
    stranger.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    client.force_login(stranger)
    page = client.get(at("hosting")).text
    assert "You offer no sessions yet." in page
    assert f'href="{at("create")}">Offer a session</a>' in page
    assert "Nobody is waiting for an answer." in page


def test_no_reviews_lead_to_the_times_and_hosts_nowhere(client, clock, listing, booking):
    invitation = '<a href="#times">Choose a time</a>'
    assert invitation in client.get(listing.get_absolute_url()).text
    client.force_login(listing.host)
    assert invitation not in client.get(listing.get_absolute_url()).text
    bookings.approve(booking, by=listing.host, now=NOW)
    bookings.finish(joined(booking), by=listing.host, now=booking.ends_at)
    reviews.write(booking, rating=5, text="", now=booking.ends_at)
    client.logout()
    assert invitation not in client.get(listing.get_absolute_url()).text


def test_no_free_times_lead_on(client, clock, listing):
    back = '<a href="?minutes=30#times">Show the first days again</a>'
    address = listing.get_absolute_url()
    assert back in client.get(address, {"minutes": 30, "from": "2026-11-30"}).text
    later = client.get(address, {"minutes": 30, "from": "2099-01-01"}).text
    assert "There are no free times from that day on." in later
    assert back in later
    assert back not in client.get(address, {"minutes": 30, "from": "no day"}).text
    listing.availability.all().delete()
    never = client.get(address, {"minutes": 30}).text
    assert back not in never
    assert f'<a href="{at("list")}">Find another session</a>' in never


# -- A host's own sessions


def test_a_host_changes_each_session_from_the_hosting_page(client, noise):
    client.force_login(noise.host)
    page = client.get(at("hosting")).text
    assert "Published" in page
    for name in ("edit", "availability", "unpublish"):
        assert f'"{at(name, noise.pk)}"' in page
    listings.unpublish(noise)
    page = client.get(at("hosting")).text
    assert "Draft" in page
    assert f'action="{at("publish", noise.pk)}"' in page
    assert at("unpublish", noise.pk) not in page


def test_hiding_a_session_says_what_stays_and_how_to_publish_it_again(client, noise):
    client.force_login(noise.host)
    page = client.post(at("unpublish", noise.pk), follow=True).text
    assert "Bookings that you have stay as they are. You can publish it again at any time." in page
    assert f'action="{at("publish", noise.pk)}"' in page


# -- Times by the part of the day


@pytest.mark.feature("E4")
def test_free_times_stand_under_the_part_of_the_day_of_the_reader(client, clock, listing):
    client.cookies["nm_tz"] = "Asia/Tokyo"
    page = client.get(listing.get_absolute_url(), {"from": "2026-11-30", "minutes": "30"}).text
    day = page[page.index("<details") : page.index("</details>")]
    parts = re.split(r"<legend>\s*(\w+)", day)[1:]
    assert parts[::2] == ["Morning", "Afternoon", "Evening"]
    firsts = [re.search(r"<label[^>]*>\s*<bdi>(\d\d:\d\d)", times)[1] for times in parts[1::2]]
    lasts = [re.findall(r"<label[^>]*>\s*<bdi>(\d\d:\d\d)", times)[-1] for times in parts[1::2]]
    assert firsts == ["00:00", "12:00", "18:00"]
    assert lasts == ["11:45", "17:45", "23:45"]


@pytest.mark.feature("E4")
def test_a_part_of_the_day_without_times_has_no_heading(client, clock, listing):
    clock.now = NOW.replace(hour=13)
    page = client.get(listing.get_absolute_url()).text
    day = page[page.index("<details") : page.index("</details>")]
    assert re.findall(r"<legend>\s*(\w+)", day) == ["Afternoon", "Evening"]


# -- The package's own small document


def test_the_own_document_has_a_skip_link_and_says_the_kind_of_each_message(client, noise):
    client.force_login(noise.host)
    page = client.post(at("unpublish", noise.pk), follow=True).text
    body = page[page.index("<body>") :]
    assert body.index('class="nm-skip" href="#main"') < body.index('id="main"') < body.index("nm-messages")
    assert 'tabindex="-1"' in body
    assert '<p class="nm-notice nm-notice--success"><strong>Done:</strong> Your session is hidden' in page
    again = client.post(at("unpublish", noise.pk), follow=True).text
    assert "<strong>Note:</strong> This session is hidden already." in again
