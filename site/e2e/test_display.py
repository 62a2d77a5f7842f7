"""Each display setting changes what a browser shows: at once, after a reload, on each device, without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from neuro_accounts.preferences import OPTIONS

pytestmark = [pytest.mark.e2e, pytest.mark.feature("A13")]

PAGE = "/me/display/"
SEEN = """() => {
  const of = (selector) => getComputedStyle(document.querySelector(selector));
  const body = of("body"), paragraph = of("main .nm-lead");
  const em = (length, text = body) => Math.round(100 * (parseFloat(length) || 0) / parseFloat(text.fontSize)) / 100;
  return {
    paper: body.backgroundColor,
    font: body.fontFamily,
    size: parseFloat(body.fontSize),
    line: em(body.lineHeight),
    letters: em(body.letterSpacing),
    words: em(body.wordSpacing),
    paragraphs: em(paragraph.marginBlockEnd, paragraph),
    border: of("main input").borderTopWidth,
    movement: parseFloat(of("main .nm-button").transitionDuration),
    time: document.querySelector("main section").textContent.match(/\\d+:\\d\\d( [AP]M)?/)[0].replace(/\\d+/g, "1"),
  };
}"""
LOADED = """name => document.fonts.ready.then(
  fonts => [...fonts].some(font => font.family.includes(name) && font.status == "loaded"))"""
ON_A_LIGHT_DEVICE = {"color_scheme": "light", "reduced_motion": "no-preference"}
ON_A_DARK_DEVICE = {"color_scheme": "dark"}
ON_A_STILL_DEVICE = {"reduced_motion": "reduce"}

NORMAL = {
    "size": 18,
    "line": 1.6,
    "letters": 0,
    "words": 0,
    "movement": 0.12,
    "paper": "rgb(246, 244, 247)",
    "time": "1:1",
}
# It leaves this page as it is: it is tried where times are chosen.
ELSEWHERE = {("times", "calendar")}
# Name, value, what the device says, and what is to be seen then.
SETTINGS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("theme", "dark", {}, {"paper": "rgb(24, 20, 29)"}),
    ("theme", "light", ON_A_DARK_DEVICE, {"paper": "rgb(246, 244, 247)"}),
    ("calm", "on", {}, {"paper": "rgb(239, 238, 236)"}),
    ("contrast", "more", {}, {"border": "2px"}),
    ("tint", "cream", {}, {"paper": "rgb(251, 243, 225)"}),
    ("tint", "mint", {}, {"paper": "rgb(234, 245, 236)"}),
    ("tint", "sky", {}, {"paper": "rgb(232, 241, 250)"}),
    ("tint", "rose", {}, {"paper": "rgb(251, 237, 240)"}),
    ("font", "opendyslexic", {}, {"font": '"?OpenDyslexic"?,.*'}),
    ("font", "lexend", {}, {"font": '"?Lexend"?,.*'}),
    ("font", "device", {}, {"font": "system-ui,.*"}),
    ("size", "large", {}, {"size": 20.96}),
    ("size", "xlarge", {}, {"size": 24.96}),
    ("spacing", "wide", {}, {"line": 1.9, "letters": 0.04}),
    ("spacing", "wider", {}, {"line": 2.1, "letters": 0.12, "words": 0.16, "paragraphs": 2}),
    ("motion", "none", {}, {"movement": 0}),
    ("motion", "allow", ON_A_STILL_DEVICE, {"movement": 0.12}),
    ("clock", "12", {}, {"time": "1:1 [AP]M"}),
]


def seen(page: Page, expected: dict[str, Any]) -> dict[str, Any]:
    """The measures that are expected; a pattern stands for what it matches."""
    found = page.evaluate(SEEN)
    return {
        name: wanted if isinstance(wanted, str) and re.fullmatch(wanted, str(found[name])) else found[name]
        for name, wanted in expected.items()
    }


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()
    page.get_by_role("button", name="Save my display settings").click()
    page.get_by_text("Your display settings are saved.").wait_for()


@pytest.fixture
def at_display(open_browser):
    """The settings page in a new window, on a device that asks for nothing unless the test says so."""

    def opened(role: str = "anonymous", *, device: dict[str, Any] | None = None, **options: Any) -> Page:
        page = open_browser(role, **options).new_page()
        page.emulate_media(**{**ON_A_LIGHT_DEVICE, **(device or {})})
        page.goto(PAGE)
        return page

    return opened


def test_every_choice_that_there_is_is_tried_here():
    offered = {(name, value) for name in OPTIONS for value in OPTIONS[name] if value}
    assert {(name, value) for name, value, _device, _expected in SETTINGS} == offered - ELSEWHERE


@pytest.mark.parametrize("scripts", [True, False])
def test_times_to_choose_from_are_shown_as_chosen(scripts, site, at_display):
    page = at_display(java_script_enabled=scripts)
    month, days = page.locator("table [data-nm-day]"), page.locator("main details [name=start]")
    page.goto(site.paths["neuro_sessions:detail"])
    assert (month.count() > 0, days.count() > 0) == (False, True)
    page.goto(PAGE)
    choose(page, "times", "calendar")
    page.goto(site.paths["neuro_sessions:detail"])
    assert (month.count() > 0, days.count() > 0) == (True, False)


def test_who_has_chosen_nothing_sees_what_the_device_asks_for(at_display):
    assert seen(at_display(), NORMAL) == NORMAL
    assert seen(at_display(device=ON_A_DARK_DEVICE), {"paper": ""}) == {"paper": "rgb(24, 20, 29)"}
    assert seen(at_display(device=ON_A_STILL_DEVICE), {"movement": 0}) == {"movement": 0}


@pytest.mark.parametrize(("name", "value", "device", "expected"), SETTINGS, ids=[f"{s[0]} {s[1]}" for s in SETTINGS])
def test_setting_changes_what_is_seen_now_and_after_a_reload(name, value, device, expected, at_display):
    page = at_display(device=device)
    assert seen(page, expected) != expected
    choose(page, name, value)
    assert seen(page, expected) == expected
    page.reload()
    assert seen(page, expected) == expected


@pytest.mark.parametrize("font", ["OpenDyslexic", "Lexend"])
def test_a_chosen_font_is_one_that_the_site_brings(font, at_display):
    page = at_display()
    assert not page.evaluate(LOADED, font)
    choose(page, "font", font.lower())
    assert page.evaluate(LOADED, font)


def test_it_works_without_javascript_and_no_script_changes_the_look(at_display):
    expected = {"paper": "rgb(24, 20, 29)", "size": 24.96, "line": 2.1}
    page = at_display(java_script_enabled=False)
    for name, value in {"theme": "dark", "size": "xlarge", "spacing": "wider"}.items():
        choose(page, name, value)
    assert seen(page, expected) == expected
    first_tag = re.search(r"<html[^>]*>", page.request.get(PAGE).text())[0]
    with_scripts = page.context.browser.new_context(
        base_url=page.url, storage_state=page.context.storage_state()
    ).new_page()
    with_scripts.goto(PAGE)
    attributes = with_scripts.evaluate("Object.entries(document.documentElement.dataset).sort()")
    with_scripts.context.close()
    assert attributes == [["size", "xlarge"], ["spacing", "wider"], ["theme", "dark"]]
    assert all(f'data-{name}="{value}"' in first_tag for name, value in attributes)


def test_a_guest_takes_the_look_along_into_the_account_and_puts_it_back(at_display):
    expected = {"paper": "rgb(24, 20, 29)"}
    page = at_display()
    choose(page, "theme", "dark")
    page.goto("/login/")
    page.locator("input[name=login]").fill("other-seeker-person")
    page.locator("input[name=password]").fill("password")
    page.locator("main form button").last.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(PAGE)
    assert seen(page, expected) == expected
    other_device = at_display("other_seeker")
    assert seen(other_device, expected) == expected
    other_device.get_by_role("button", name="Put everything back to normal").click()
    other_device.get_by_text("Everything looks normal again.").wait_for()
    assert seen(other_device, NORMAL) == NORMAL
    page.reload()
    assert seen(page, NORMAL) == NORMAL
