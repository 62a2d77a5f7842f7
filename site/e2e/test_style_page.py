"""The style page shows every component in every state; what is right here is right on every page that uses it."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from e2e import checks

THEMES = {
    "light": "theme=light",
    "dark": "theme=dark",
    "calm": "theme=light&calm=on",
    "calm-dark": "theme=dark&calm=on",
}
WORDS = {
    "": "",
    ", wider and largest": "&font=opendyslexic&spacing=wider&size=xlarge",
    ", more contrast": "&contrast=more&font=lexend&size=large&spacing=wide",
}
LOOKS = {theme + words: THEMES[theme] + WORDS[words] for words in WORDS for theme in THEMES}
LOOKS |= {tint: f"theme=light&tint={tint}" for tint in ("cream", "mint", "sky", "rose")}
# Each theme once, and each choice of words; all of them with NEURO_LOOKS=all, as for the other pages.
TRIED = list(LOOKS) if os.environ.get("NEURO_LOOKS") == "all" else list(LOOKS)[:-4:3]
RINGS = "getComputedStyle(document.querySelector('.nm-hero'), '::before').display"
OPEN = "document.querySelector('.nm-filter form').checkVisibility({contentVisibilityAuto: true})"

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W6")]


@pytest.fixture
def style_page(open_browser):
    """The style page in a new window, in the look that the query chooses."""

    def opened(query: str = "", **options: object) -> Page:
        page: Page = open_browser(**{"viewport": checks.DESKTOP, **options}).new_page()
        answer = page.goto(f"/styleguide/?{query}")
        assert answer is not None
        assert answer.status == 200
        return page

    return opened


@pytest.mark.parametrize("look", TRIED)
def test_every_component_is_accessible_and_fits_in_every_look(look, style_page, screenshots):
    page = style_page(f"form=errors&{LOOKS[look]}")
    assert checks.structure(page) == []
    assert checks.axe(page) == []
    name = re.sub(r"\W+", "-", look)
    page.screenshot(path=screenshots / f"style-page-{name}-1280.png", full_page=True)
    page.set_viewport_size(checks.PHONE)
    assert checks.reflow(page) == []
    assert checks.small_targets(page) == []
    page.screenshot(path=screenshots / f"style-page-{name}-320.png", full_page=True)


@pytest.mark.parametrize("query", ["", "font=opendyslexic", "font=lexend", "font=device"])
def test_nothing_moves_while_the_page_loads_in_any_font(query, style_page):
    assert checks.layout_shift(style_page(query)) == []


def test_calm_page_has_no_rings_and_no_counts(style_page):
    lively, calm = style_page(), style_page("calm=on")
    assert lively.evaluate(RINGS) == "block"
    expect(lively.locator("main .nm-count")).to_be_visible()
    assert calm.evaluate(RINGS) == "none"
    expect(calm.locator("main .nm-count")).to_be_hidden()


def test_filters_are_folded_away_on_a_phone_alone(style_page):
    page = style_page()
    assert page.evaluate(OPEN)
    expect(page.locator(".nm-filter > summary")).to_be_hidden()
    page.set_viewport_size(checks.PHONE)
    assert not page.evaluate(OPEN)
    page.locator(".nm-filter > summary").click()
    assert page.evaluate(OPEN)


def test_long_text_says_what_is_left_at_once_and_aloud_when_the_typing_pauses(style_page):
    page = style_page()
    text, shown = page.locator("#id_note"), page.locator("#id_note_limit")
    spoken = page.locator("#id_note_limit + [role=status]")
    expect(shown).to_have_text("You can write up to 200 characters.")
    text.fill("ab\ncd")
    # A line break is sent as two characters.
    expect(shown).to_have_text("Characters left: 194")
    expect(spoken).to_have_text("")
    expect(spoken).to_have_text("Characters left: 194")
    text.fill("a" * 205)
    expect(shown).to_have_text("Characters too many: 5")
    assert len(text.input_value()) == 205


def test_without_a_script_the_limit_is_said_and_kept(style_page):
    page = style_page(java_script_enabled=False)
    expect(page.locator("#id_note_limit")).to_have_text("You can write up to 200 characters.")
    assert page.locator("#id_note").get_attribute("maxlength") == "200"
    expect(page.get_by_role("button", name="Copy the address")).to_be_hidden()
    expect(page.get_by_label("Address of your calendar")).to_be_visible()


def test_address_is_copied_by_its_button(style_page):
    page = style_page(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Address of your calendar").input_value()
    )


def test_browser_that_refuses_to_copy_leaves_the_address_selected_and_says_so(style_page):
    page = style_page()
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('refused') } }")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Your browser did not copy it.")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == page.get_by_label("Address of your calendar").input_value()


def test_palette_of_the_device_leaves_every_state_visible(style_page, screenshots):
    page = style_page("form=errors")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    step = page.locator(".nm-steps [aria-current=step]")
    assert step.evaluate("step => getComputedStyle(step, '::before').backgroundColor") != ground
    for part in (".nm-status", ".nm-consent", ".nm-undo", "main .nm-button"):
        edge = page.locator(part).first.evaluate("part => getComputedStyle(part).borderTopColor")
        assert edge not in (ground, "rgba(0, 0, 0, 0)"), part
    page.screenshot(path=screenshots / "style-page-forced-colours-1280.png", full_page=True)


def test_paper_is_light_and_holds_what_was_folded_away(style_page, screenshots):
    page = style_page("theme=dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('.nm-accordion:not([open]) p').checkVisibility()")
    for part in (".nm-actions", ".nm-header .nm-nav", ".nm-pagination", ".nm-filter"):
        expect(page.locator(part).first).to_be_hidden()
    answer, change = page.locator(".nm-summary dd").nth(0), page.locator(".nm-summary dd").nth(1)
    expect(answer).to_be_visible()
    expect(change).to_be_hidden()
    answer.evaluate("answer => answer.innerHTML = 'With <a href=\"#main\">Sam</a>'")
    expect(answer).to_be_visible()
    page.screenshot(path=screenshots / "style-page-print.png", full_page=True)
