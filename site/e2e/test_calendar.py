"""The calendar of free times: links without a script, a grid that arrow keys walk through with one."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e import checks

pytestmark = [pytest.mark.e2e, pytest.mark.feature("E4", "W6")]

FOCUSED = "document.activeElement.id"


@pytest.fixture
def calendar(site, open_browser):
    """The calendar of a session that is free all week, with another choice in its address."""

    def opened(query: str = "", **options: object) -> Page:
        page = open_browser("other_seeker", **options).new_page()
        page.goto(f"{site.paths['neuro_sessions:detail']}?view=calendar{query}")
        return page

    return opened


def focused(page: Page) -> date | None:
    """The day that has the focus."""
    words = page.evaluate(
        "document.activeElement.closest('[data-nm-day]') && document.activeElement.closest('table').caption.innerText"
        " + ' ' + document.activeElement.querySelector('[aria-hidden]').innerText"
    )
    if words is None:
        return None
    return datetime.strptime(words, "%B %Y %d").date()


def first_free(page: Page) -> date:
    """The first day of the shown month with times, which has the focus from now on."""
    page.locator("a[data-nm-day]").first.focus()
    day = focused(page)
    assert day is not None
    return day


def walk(page: Page, key: str, to: date) -> None:
    page.keyboard.press(key)
    page.wait_for_function(
        "([month, day]) => document.activeElement.closest('table')?.caption.innerText === month"
        " && document.activeElement.innerText.startsWith(day)",
        arg=[f"{to:%B %Y}", f"{to.day}"],
    )
    assert focused(page) == to


@pytest.mark.parametrize("scripts", [True, False])
def test_day_and_time_are_chosen_with_and_without_a_script(scripts, calendar):
    page = calendar(java_script_enabled=scripts)
    page.locator("a[data-nm-day]").last.click()
    heading = page.get_by_role("heading", name=re.compile("^Times on "))
    expect(heading).to_be_visible()
    assert re.search(r"date=\d{4}-\d\d-\d\d#day$", page.url)
    expect(heading).to_be_focused()
    page.locator("main [name=start]").first.check()
    page.get_by_role("button", name="Continue with this time").click()
    assert "/request/" in page.url
    assert "start=" in page.url


def test_table_becomes_a_grid_with_one_stop_of_the_tab_key(calendar):
    page = calendar()
    grid = page.get_by_role("grid")
    expect(grid).to_have_accessible_name(re.compile(r"^[A-Z][a-z]+ \d{4}$"))
    assert page.locator('[data-nm-day][tabindex="0"]').count() == 1
    days = page.locator("[data-nm-day]").count()
    assert page.locator('[data-nm-day][tabindex="-1"]').count() == days - 1
    without = page.locator("span[data-nm-day]")
    if without.count():
        expect(without.first).to_have_attribute("aria-disabled", "true")
    assert checks.axe(page) == []


def test_keys_walk_by_days_weeks_and_months(calendar):
    month = (date.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    page = calendar(f"&month={month:%Y-%m}")
    start = first_free(page)
    walk(page, "ArrowRight", start + timedelta(days=1))
    walk(page, "ArrowDown", start + timedelta(days=8))
    walk(page, "ArrowLeft", start + timedelta(days=7))
    walk(page, "ArrowUp", start)
    monday = start - timedelta(days=start.weekday())
    walk(page, "End", min(monday + timedelta(days=6), month + timedelta(days=31)))
    walk(page, "Home", max(monday, month))
    here = focused(page)
    before = month - timedelta(days=1)
    walk(page, "PageUp", before.replace(day=min(here.day, before.day)))
    expect(page.locator("main").get_by_role("status").last).to_have_text(re.compile(rf"{before:%B %Y}: \d+ days? with"))
    walk(page, "PageDown", here)
    page.locator("[data-nm-day]").first.focus()
    walk(page, "ArrowLeft", before)
    walk(page, "ArrowRight", month)
    assert f"month={month:%Y-%m}" in page.url


def test_left_and_right_are_mirrored_where_the_text_is(calendar):
    page = calendar()
    page.evaluate("document.documentElement.dir = 'rtl'")
    start = first_free(page)
    if (start + timedelta(days=1)).month == start.month:
        walk(page, "ArrowLeft", start + timedelta(days=1))
        walk(page, "ArrowRight", start)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_key_chooses_a_day_and_a_link_leads_back_to_it(key, calendar):
    page = calendar()
    start = first_free(page)
    before = page.evaluate("history.length")
    page.keyboard.press(key)
    heading = page.get_by_role("heading", name=re.compile("^Times on "))
    expect(heading).to_be_focused()
    assert page.evaluate("history.length") == before
    assert f"date={start:%Y-%m-%d}" in page.url
    page.get_by_role("link", name="Choose a different day").click()
    assert page.evaluate(FOCUSED) == f"day-{start:%Y-%m-%d}"
    page.reload()
    expect(heading).to_be_visible()


def test_day_without_times_can_be_reached_and_not_chosen(calendar):
    page = calendar()
    day = page.locator("span[data-nm-day]").first
    if not day.count():
        pytest.skip("Every day of this month has times.")
    day.focus()
    address = page.url
    page.keyboard.press("Enter")
    expect(day).to_be_focused()
    assert page.url == address


def test_where_nothing_can_be_loaded_the_browser_follows_the_link(calendar):
    page = calendar()
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    page.locator("a[data-nm-day]").last.click()
    expect(page.get_by_role("heading", name=re.compile("^Times on "))).to_be_visible()
    assert page.evaluate("window.fetch.toString()").startswith("function fetch()")


@pytest.mark.parametrize("scripts", [True, False])
def test_host_adds_a_time_with_and_without_a_script(scripts, site, open_browser):
    page = open_browser("host", java_script_enabled=scripts).new_page()
    page.goto(site.paths["neuro_sessions:availability none"])
    tuesday = page.get_by_role("group", name="Tuesday", exact=True)
    tuesday.get_by_role("button", name="Add a time").click()
    start = tuesday.locator("select").first
    expect(start).to_be_visible()
    if scripts:
        expect(start).to_be_focused()
    start.select_option("10:00")
    tuesday.locator("select").last.select_option("12:00")
    page.get_by_role("button", name="Save my usual week").last.click()
    expect(page.locator("main")).to_contain_text("Tuesday is now 10:00 to 12:00.")
    page.get_by_role("link", name=re.compile("^Remove Tuesday")).click()
    page.get_by_role("button", name="Remove this time").click()
    expect(page.locator("main")).to_contain_text("The time is removed.")
