"""The way out of a page and the button that shows a password, with a script and without."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from neuromancers.settings.base import NEURO_CMS_UI

WEATHER = urlsplit(NEURO_CMS_UI["EXIT_URL"])
PRESS_EXIT = """() => {
  document.querySelector("[data-nm=exit]").click()
  const referrer = document.querySelector("meta[name=referrer]")?.content
  return {referrer, title: document.title, height: document.body.getBoundingClientRect().height}
}"""
PASSWORD = "a-long-unlikely-phrase"


@pytest.fixture
def leaving(open_browser, watch):
    """A window in which the page that people leave for is there without a network."""

    def window(**options: object) -> BrowserContext:
        context = open_browser(**options)
        context.route(f"**://{WEATHER.netloc}/**", lambda route: route.fulfill(body="<h1>Rain later</h1>"))
        return context

    yield window
    # The one request to somebody else that a person asked for.
    watch.seen[:] = [line for line in watch.seen if WEATHER.netloc not in line]


def press_exit(page: Page) -> None:
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url(f"**://{WEATHER.netloc}/**")


@pytest.mark.e2e
@pytest.mark.feature("C6")
def test_who_leaves_does_not_come_back_by_the_back_button(leaving):
    page = leaving().new_page()
    page.goto("/sessions/")
    page.goto("/help/")
    press_exit(page)
    page.go_back()
    page.wait_for_url(f"**://{WEATHER.netloc}/**")
    expect(page.get_by_role("heading")).to_have_text("Rain later")


@pytest.mark.e2e
@pytest.mark.feature("C6")
def test_page_is_out_of_sight_and_says_nothing_of_itself_before_the_other_one_is_there(leaving):
    page = leaving().new_page()
    page.goto("/help/")
    seen = page.evaluate(PRESS_EXIT)
    assert seen == {"referrer": "no-referrer", "title": "", "height": 0}
    page.wait_for_url(f"**://{WEATHER.netloc}/**")


@pytest.mark.e2e
@pytest.mark.feature("C6")
def test_who_comes_back_by_a_link_or_an_address_is_let_in_and_may_go_back(leaving):
    page = leaving().new_page()
    page.goto("/help/")
    press_exit(page)
    page.goto("/help/")
    page.goto("/sessions/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help")


@pytest.mark.e2e
@pytest.mark.feature("C6")
def test_without_a_script_the_way_out_is_a_link(leaving):
    page = leaving(java_script_enabled=False).new_page()
    page.goto("/help/")
    press_exit(page)


@pytest.mark.e2e
@pytest.mark.feature("C6")
def test_a_button_without_its_field_stops_nothing_else(leaving):
    """A form of somebody else may draw a button for a field that has no id."""
    page = leaving().new_page()
    without_id = re.compile(r'aria-controls="id_password"')
    page.route("**/login/", lambda route: route.fulfill(body=without_id.sub('aria-controls=""', route.fetch().text())))
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/login/")
    assert page.locator("[data-nm=show-password]").get_attribute("aria-controls") == ""
    press_exit(page)
    assert errors == []


@pytest.mark.e2e
def test_password_is_shown_and_hidden_and_sent_as_a_password(open_browser):
    page = open_browser().new_page()
    page.goto("/login/")
    password = page.get_by_label("Password", exact=True)
    password.fill(PASSWORD)
    page.get_by_role("button", name="Show password").click()
    assert password.get_attribute("type") == "text"
    page.get_by_role("button", name="Hide password").click()
    assert password.get_attribute("type") == "password"
    page.get_by_role("button", name="Show password").click()
    page.evaluate("document.querySelector('main form.nm-form').addEventListener('submit', e => e.preventDefault())")
    page.get_by_role("button", name="Log in").click()
    assert password.get_attribute("type") == "password"
    assert password.input_value() == PASSWORD


@pytest.mark.e2e
def test_without_a_script_there_is_no_button_that_would_do_nothing(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    page.goto("/login/")
    expect(page.get_by_role("button", name="Show password")).to_be_hidden()
