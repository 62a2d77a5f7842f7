"""Times are written on the clock that their reader chose; what forms send stays the same."""

import re
from datetime import time, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from neuro_accounts import notifications, preferences
from neuro_accounts.models import Delivery
from neuro_accounts.preferences import Choices
from neuro_sessions import booking as bookings
from neuro_sessions import times
from neuro_sessions.models import PeerSessionAvailability
from neuro_sessions.testing import WindowFactory
from tests.conftest import NOW
from tests.pages import at

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A13")]

TWELVE = Choices(clock="12")
AFTERNOON = NOW + timedelta(hours=5, minutes=30)


@timezone.override("UTC")
def test_times_have_24_hours_unless_12_are_chosen():
    lasts = AFTERNOON, AFTERNOON + timedelta(minutes=45)
    assert times.when(*lasts) == "Monday 23 November 2026, 14:30 to 15:15 (UTC time)"
    with preferences.clock_of(TWELVE):
        assert times.when(*lasts) == "Monday 23 November 2026, 2:30 PM to 3:15 PM (UTC time)"


@pytest.mark.parametrize(
    ("hours", "clock", "words"),
    [
        ((time(9), time(14, 30)), "", "Tuesday, 09:00 to 14:30 (Paris time)"),
        ((time(9), time(14, 30)), "12", "Tuesday, 9:00 AM to 2:30 PM (Paris time)"),
        ((time(22), time(0)), "12", "Tuesday, 10:00 PM to 12:00 AM (Paris time)"),
        ((time(0), time(0)), "12", "Tuesday, all day (Paris time)"),
    ],
)
def test_usual_times_stay_in_their_own_zone(hours, clock, words):
    window = PeerSessionAvailability(weekday=1, start_time=hours[0], end_time=hours[1], time_zone="Europe/Paris")
    template = Template("{% load neuro_sessions %}{% usual_time window %}")
    with timezone.override("Asia/Tokyo"), preferences.clock_of(Choices(clock=clock)):
        assert template.render(Context({"window": window})) == words


def test_offered_times_are_written_in_12_hours_and_sent_as_before(client, clock, listing, seeker):
    preferences.save(seeker, TWELVE)
    client.cookies["nm_tz"] = "UTC"
    client.force_login(seeker)
    page = client.get(at("detail", listing.slug), {"from": "2026-11-24"}).text
    assert "2:30 PM to 3:" in page
    assert 'value="2026-11-24T14:30Z"' in page
    assert ">14:30" not in page


def test_a_host_reads_the_usual_week_on_the_own_clock_and_types_as_before(client, listing):
    preferences.save(listing.host, TWELVE)
    window = WindowFactory(peer_session=listing, weekday=1, start_time=time(9), end_time=time(14, 30))
    client.force_login(listing.host)
    response = client.get(at("availability", listing.pk))
    page, seen = response.text, response.context["week"]["seen"].value()
    assert re.search(r'<option value="14:30"\s+selected>\s*2:30 PM', page)
    assert "Tuesday, 9:00 AM to 2:30 PM (" in client.get(at("availability-delete", window.pk)).text
    again = {"act": "week", "day_1-0-start": "16:00", "day_1-0-end": "15:00", "day_1-whole": "on", "seen": seen}
    page = client.post(at("availability", listing.pk), again).text
    assert re.search(r'<option value="16:00"\s+selected>\s*4:00 PM', page)


def test_each_of_the_two_is_told_on_their_own_clock(ask, listing, seeker):
    preferences.save(seeker, TWELVE)
    booking = ask(hours=29.5)
    bookings.approve(booking, by=listing.host, now=NOW)
    notifications.deliver_due(now=NOW)
    told = dict(Delivery.objects.filter(channel="site", type__contains="confirmed").values_list("recipient", "text"))
    assert "14:30 to 15:00 (London time)" in told[listing.host.pk]
    assert "2:30 PM to 3:00 PM (London time)" in told[seeker.pk]
