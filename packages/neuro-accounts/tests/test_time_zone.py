import pytest
from django.urls import reverse
from django.utils import timezone

from neuro_accounts import profiles
from neuro_accounts.middleware import PreferencesMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A3")]

PAGE = "/me/time-zone/"


def zone_during(rf, user, cookie=None):
    seen = []
    request = rf.get("/")
    request.user = user
    if cookie is not None:
        request.COOKIES["nm_tz"] = cookie
    PreferencesMiddleware(lambda request: seen.append(timezone.get_current_timezone_name()))(request)
    return seen[0]


def test_the_profile_wins_then_the_cookie_then_the_site(rf, person, django_user_model):
    assert zone_during(rf, person) == "Europe/London"
    assert zone_during(rf, person, "Asia/Tokyo") == "Asia/Tokyo"
    profiles.change(person, time_zone="America/Lima")
    assert zone_during(rf, django_user_model.objects.get(), "Asia/Tokyo") == "America/Lima"


@pytest.mark.parametrize("cookie", ["", "Nowhere/Land", "../../etc/passwd", "\x00", "x" * 4000])
def test_an_odd_cookie_is_ignored(rf, person, cookie):
    assert zone_during(rf, person, cookie) == "Europe/London"


def test_the_zone_does_not_leak_into_the_next_request(rf, person):
    zone_during(rf, person, "Asia/Tokyo")
    assert timezone.get_current_timezone_name() == timezone.get_default_timezone_name()


def test_a_guest_keeps_the_choice_in_a_cookie(client):
    answer = client.post(PAGE, {"time_zone": "Asia/Tokyo", "next": "/me/profile/"})
    assert answer.url == "/me/profile/"
    assert client.cookies["nm_tz"].value == "Asia/Tokyo"
    assert client.cookies["nm_tz"]["httponly"]
    assert "Times are shown for this place: Tokyo." in client.get(PAGE).text


def test_what_is_chosen_in_the_list_is_named_by_its_place_in_sentences(client):
    answer = client.post(PAGE, {"time_zone": "America/Argentina/Buenos_Aires", "next": PAGE}, follow=True)
    assert "Times are now shown for this place: Buenos Aires." in answer.text
    assert "Times are shown for this place: Buenos Aires." in answer.text
    assert '" selected>Buenos Aires (Argentina)</option>' in answer.text


def test_a_member_keeps_the_choice_in_the_profile(signed_in, person):
    signed_in.post(PAGE, {"time_zone": "Asia/Tokyo"})
    assert "nm_tz" not in signed_in.cookies
    assert str(profiles.time_zone_of(person)) == "Asia/Tokyo"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\x00"])
def test_another_site_is_never_the_next_page(client, target):
    answer = client.post(PAGE, {"time_zone": "Asia/Tokyo", "next": target})
    assert answer.status_code in (200, 302)
    assert answer.headers.get("Location", PAGE) == reverse("neuro_accounts:time-zone")


def test_an_unknown_zone_is_an_error_on_the_form(client):
    answer = client.post(PAGE, {"time_zone": "Mars/Olympus"})
    assert answer.status_code == 200
    assert "Error:" in answer.text
    assert "nm_tz" not in client.cookies


def test_a_guest_s_old_zone_name_stays_selected(client):
    client.cookies["nm_tz"] = "Asia/Calcutta"
    assert '<option value="Asia/Calcutta" selected>' in client.get(PAGE).text
