"""What the device says is followed, as long as the person has chosen nothing; and what comes out of a printer."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e import checks

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W6")]

PAGES = ["wagtail_serve", "neuro_sessions:detail", "neuro_sessions:ask"]
# In seconds, of everything on the page, as the browser has computed it.
MOVEMENTS = """
() => [...new Set([...document.querySelectorAll("*")].flatMap(element => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].flatMap(value => value.split(",")).map(parseFloat);
}))].filter(seconds => seconds > 0)
"""
PAPER = "getComputedStyle(document.body).backgroundColor"
BORDERS = """
() => [...document.querySelectorAll(".nm-button, .nm-card, input:not([type=hidden]), select, textarea")]
  .filter(element => !element.matches("[type=radio], [type=checkbox]"))
  .filter(element => element.checkVisibility() && parseFloat(getComputedStyle(element).borderTopWidth) < 1)
  .map(element => element.outerHTML)
"""


@pytest.fixture
def opened(open_browser, site):
    """A page that somebody who looks for support sees."""

    def opened(name: str, **options: object) -> Page:
        page = open_browser("seeker", viewport=checks.DESKTOP, **options).new_page()
        page.goto(site.paths[name])
        return page

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_device_that_wants_no_movement_gets_none(name: str, opened):
    page = opened(name)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVEMENTS) == [0.12]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVEMENTS) == []


@pytest.mark.parametrize("name", PAGES)
def test_dark_device_gets_a_dark_page(name: str, opened):
    page = opened(name)
    light = page.evaluate(PAPER)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(PAPER) != light
    assert checks.axe(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_device_that_wants_more_contrast_gets_it(name: str, opened, screenshots: Path):
    page = opened(name)
    page.emulate_media(contrast="more")
    assert checks.axe(page) == []
    page.screenshot(path=screenshots / f"more-contrast-{name.replace(':', '-')}.png", full_page=True)


@pytest.mark.parametrize("name", PAGES)
def test_device_with_colours_of_its_own_still_shows_every_edge(name: str, opened, screenshots: Path):
    """Grounds and shadows are taken away there, so what can be pressed or filled in needs a border."""
    page = opened(name, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(BORDERS) == []
    page.screenshot(path=screenshots / f"forced-colours-{name.replace(':', '-')}.png", full_page=True)


def test_booking_on_paper_has_the_facts_and_no_navigation(opened, screenshots: Path):
    page = opened("neuro_sessions:booking confirmed")
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    for heading in page.get_by_role("heading", level=1).all():
        expect(heading).to_be_visible()
    for fact in page.locator("main dl.nm-facts > *").all():
        expect(fact).to_be_visible()
    for gone in page.locator("nav, footer, main .nm-button, .nm-skip").all():
        expect(gone).to_be_hidden()
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    page.screenshot(path=screenshots / "booking-on-paper.png", full_page=True)


def test_list_of_sessions_on_paper_has_no_column_of_what_to_press(open_browser, site):
    page = open_browser("host", viewport=checks.DESKTOP).new_page()
    page.goto(site.paths["neuro_sessions:hosting"])
    heading = page.get_by_role("columnheader", name="What you can do").first
    expect(heading).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("thead th", has_text="What you can do").first).to_be_hidden()
    expect(page.locator("thead th", has_text="State").first).to_be_visible()
