"""What odd input does: never a 500."""

import pytest
from django.contrib.auth.models import Permission

from tests.pages import at

pytestmark = pytest.mark.django_db

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
