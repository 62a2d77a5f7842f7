"""How pages look to each person is in the first bytes of every page, without JavaScript."""

import re

import pytest
from django.test import Client

from neuro_accounts import preferences
from neuro_accounts.preferences import Choices

pytestmark = pytest.mark.feature("A13")

PAGE = "/me/display/"
EVERYTHING = Choices(
    theme="dark",
    calm="on",
    contrast="more",
    tint="mint",
    font="lexend",
    size="xlarge",
    spacing="wider",
    motion="none",
    clock="12",
)
FORM = {name: getattr(EVERYTHING, name) for name in preferences.NAMES}
ATTRIBUTES = preferences.attributes(EVERYTHING)
# A page of each package, and the two pages that tell what went wrong.
PAGES = {
    "/": 200,
    "/sessions/": 200,
    PAGE: 200,
    "/login/": 200,
    "/nothing-is-here/": 404,
}


def look(response) -> dict[str, str]:
    """The ``data-`` attributes of the page's first tag."""
    first = re.search(r"<html[^>]*>", response.text)
    assert first
    return dict(re.findall(r'data-([a-z]+)="([^"]*)"', first[0]))


def log_in_as_seeker(guest: Client):
    return guest.post("/login/", {"login": "seeker-person", "password": "password"}, follow=True)


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_pages_of_guests_look_normal_until_they_choose(path, status, world, as_role):
    guest = as_role("anonymous")
    before = guest.get(path, follow=True)
    assert (before.status_code, look(before)) == (status, {})
    guest.post(PAGE, FORM)
    assert look(guest.get(path, follow=True)) == ATTRIBUTES


@pytest.mark.parametrize("path", ["/", "/sessions/", "/me/", "/me/inbox/", "/payments/account/", "/nothing-is-here/"])
def test_pages_of_a_member_look_as_chosen_on_each_device(path, world, as_role):
    as_role("host").post(PAGE, FORM)
    other_device = as_role("host")
    assert look(other_device.get(path)) == ATTRIBUTES
    assert preferences.COOKIE not in other_device.cookies
    assert look(as_role("seeker").get(path)) == {}


def test_a_page_that_is_not_open_to_a_member_looks_as_chosen(world, as_role):
    browser = as_role("host")
    browser.post(PAGE, FORM)
    refused = browser.get("/me/host-applications/")
    assert refused.status_code == 403
    assert look(refused) == ATTRIBUTES


def test_the_page_after_saving_is_already_right(world, as_role):
    for role in ("anonymous", "seeker"):
        answer = as_role(role).post(PAGE, {**FORM, "next": "/sessions/"}, follow=True)
        assert answer.redirect_chain == [("/sessions/", 302)]
        assert look(answer) == ATTRIBUTES
        assert "Your display settings are saved." in answer.text


def test_a_guest_who_logs_in_keeps_the_look_and_has_it_on_other_devices(world, as_role):
    guest = as_role("anonymous")
    guest.post(PAGE, FORM)
    after = log_in_as_seeker(guest)
    assert after.request["PATH_INFO"] != "/login/"
    assert look(after) == ATTRIBUTES
    assert look(as_role("seeker").get("/")) == ATTRIBUTES


def test_a_member_who_logs_in_on_somebody_elses_device_has_their_own_look(world, as_role):
    as_role("seeker").post(PAGE, {"theme": "light"})
    guest = as_role("anonymous")
    guest.post(PAGE, FORM)
    assert look(log_in_as_seeker(guest)) == {"theme": "light"}


@pytest.mark.parametrize("role", ["anonymous", "seeker"])
def test_one_press_makes_everything_normal_again(role, world, as_role):
    browser = as_role(role)
    browser.post(PAGE, FORM)
    assert 'name="reset"' in browser.get(PAGE).text
    assert look(browser.post(PAGE, {**FORM, "reset": "1"}, follow=True)) == {}
    assert look(browser.get("/")) == {}


def test_every_page_leads_to_the_settings_and_back(world, as_role):
    for role in ("anonymous", "seeker"):
        for path in ("/", "/sessions/"):
            assert f'href="{PAGE}?next={path}"' in as_role(role).get(path).text


@pytest.mark.parametrize(("clock", "written"), [("", r"\b\d\d:\d\d to \d\d:\d\d\b"), ("12", r"\b\d+:\d\d [AP]M to ")])
def test_pages_of_bookings_and_payments_are_written_on_the_chosen_clock(clock, written, world, as_role):
    browser = as_role("seeker")
    browser.post(PAGE, {"clock": clock})
    booking = browser.get(world.paths["neuro_sessions:booking later"]).text
    assert re.search(written, booking)
    paid = browser.get(world.paths["neuro_payments:pay paid"]).text
    assert re.search(r", \d\d:\d\d</time>" if not clock else r", \d+:\d\d [AP]M</time>", paid)
