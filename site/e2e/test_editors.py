"""The editors' side under its own policy: everything that Wagtail loads may run, and a page can be changed."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.e2e
@pytest.mark.feature("W3", "C1")
def test_editor_changes_the_home_page(open_browser, site):
    page = open_browser("editor", viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/admin/")
    page.goto(site.paths["edit home"])
    page.locator("[name=hero_heading]").fill("Talk with somebody who knows")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state("networkidle")
    page.goto(site.paths["edit home"])
    expect(page.locator("[name=hero_heading]")).to_have_value("Talk with somebody who knows")
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("iframe[id*=preview]").locator("h1")).to_have_text("Talk with somebody who knows")


@pytest.mark.e2e
@pytest.mark.feature("W3", "C1")
def test_editor_picks_a_date_from_the_calendar(open_browser, site):
    page = open_browser("editor", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(site.paths["edit home"])
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    date = page.locator("[name=go_live_at]")
    date.click()
    # Wagtail makes the calendar by inline scripts, which no policy but the editors' own lets run.
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_disabled)").last.click()
    expect(date).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d$"))
