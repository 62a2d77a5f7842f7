"""What stands around every page: the header, the way out, help and the footer."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from neuro_accounts.models import Delivery
from neuro_cms.models import CrisisService
from tests.routes import ROUTES, Route

READ = [route for route in ROUTES if route.readers]
LINKS = ["Find a session", "My bookings", "Hosting", "Get help", "Display settings", "Notifications", "Account"]
GUEST_LINKS = ["Find a session", "Get help", "Display settings", "Log in", "Sign up"]


class Links(HTMLParser):
    """The links of a page in their order: the part that they are in, where they lead, and their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], str]] = []
        self._parts = ["body"]
        self._in_link = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("header", "main", "footer"):
            self._parts.append(tag)
        if tag == "a":
            self.found.append((self._parts[-1], {name: value or "" for name, value in attrs}, ""))
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("header", "main", "footer"):
            self._parts.pop()
        if tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if self._in_link:
            part, given, words = self.found[-1]
            self.found[-1] = (part, given, " ".join(f"{words} {data}".split()))

    def words(self, part: str) -> list[str]:
        return [words for where, _given, words in self.found if where == part]


def assert_frame(html: str) -> None:
    links = Links(html)
    assert links.found[0][1] == {"class": "nm-skip", "href": "#main"}
    name, way_out, *header = links.words("header")
    assert name == settings.SITE_NAME
    assert way_out == "Exit this page"
    header = [re.sub(r" \d+ unread$", "", words) for words in header]
    assert header in (LINKS, GUEST_LINKS)
    footer = links.words("footer")
    assert {"999", "116 123", "Help in a crisis, in other countries too"} <= set(footer)
    assert {"Get help from a person", "Display settings", "Change the time zone"} <= set(footer)
    assert "This is not a crisis service." in html


@pytest.mark.feature("C6")
@pytest.mark.parametrize("route", READ, ids=lambda route: route.key)
def test_every_page_has_the_same_header_the_way_out_and_help(route: Route, world, as_role):
    for role in route.readers:
        assert_frame(as_role(role).get(world.path(route)).text)


@pytest.mark.feature("C6")
@pytest.mark.parametrize("role", ["anonymous", "seeker"])
def test_pages_for_mistakes_have_them_too(role: str, world, as_role):
    browser = as_role(role)
    assert_frame(browser.get("/there/is/no/such/page/").text)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    answer = strict.post("/me/display/")
    assert answer.status_code == 403
    assert "Your form was not sent" in answer.text
    assert_frame(answer.text)


@pytest.mark.feature("C6")
def test_pages_that_can_rely_on_nothing_have_the_least_of_it(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    unreadable = Client().get("/", headers={"host": "elsewhere.example"})
    assert unreadable.status_code == 400
    for html in (unreadable.text, engines["django"].get_template("500.html").render()):
        assert "This is not a crisis service." in html
        assert Links(html).words("header")[1:] == ["Exit this page"]


def test_header_says_how_many_notifications_are_unread(world, as_role):
    Delivery.objects.filter(recipient=world.people["seeker"], channel="site").update(read_at=None)
    unread = Delivery.objects.filter(recipient=world.people["seeker"], channel="site").count()
    assert f"Notifications {unread} unread" in Links(as_role("seeker").get("/help/").text).words("header")
    nothing_new = Links(as_role("other_host").get("/help/").text).words("header")
    assert "Notifications" in nothing_new


def test_display_settings_lead_back_to_the_page_that_one_was_reading(world, as_role):
    links = Links(as_role("anonymous").get("/sessions/?page=1").text)
    assert "/me/display/?next=/sessions/%3Fpage%3D1" in [given["href"] for _part, given, _words in links.found]


def test_numbers_at_the_end_of_a_page_are_one_question_to_the_database(world, as_role):
    browser = as_role("anonymous")
    browser.get("/me/time-zone/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/me/time-zone/")
    assert len([query for query in asked if CrisisService._meta.db_table in query["sql"]]) == 1


def test_page_without_any_number_still_says_where_help_is(world, as_role):
    CrisisService.objects.all().delete()
    html = as_role("anonymous").get("/me/time-zone/").text
    assert "call the emergency number of your country" in html
    assert "Help in a crisis" in Links(html).words("footer")


def test_one_logs_out_on_the_page_of_ones_account_by_a_button(world, as_role):
    browser = as_role("seeker")
    page = browser.get("/me/").text
    assert re.search(r'<form method="post" action="/logout/">.*?Log out.*?</form>', page, re.DOTALL)
    assert browser.post("/logout/").status_code == 302
    assert SESSION_KEY not in browser.session


def test_site_is_closed_while_the_file_is_there(tmp_path: Path, settings, as_role):
    switch = tmp_path / "maintenance"
    settings.NEURO_CMS_UI = {**settings.NEURO_CMS_UI, "MAINTENANCE_FILE": str(switch)}
    browser = as_role("anonymous")
    assert browser.get("/help/").status_code == 200
    switch.touch()
    answer = browser.get("/help/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "This is not a crisis service." in answer.text


def test_too_many_tries_are_answered_in_the_look_of_the_site(settings, world, as_role):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    browser = as_role("anonymous")
    answers = [browser.post("/login/", {"login": "a", "password": "b"}) for _number in range(3)]
    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].text
    assert_frame(answers[-1].text)
