"""A booking with a keyboard alone, with JavaScript and without: every stop can be seen, and each act is one key."""

import pytest
from playwright.sync_api import Page, expect

from neuromancers.demo import MEDICATION

pytestmark = [pytest.mark.e2e, pytest.mark.feature("E25", "W6")]

MOST_STOPS = 80
# The words of what has the focus, and how thick the ring around it is: a choice wears it on its label.
FOCUSED = """
() => {
  const element = document.activeElement;
  const labels = [...(element.labels ?? [])];
  const ring = Math.max(...[element, ...labels].map((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  }));
  const box = element.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const words = [element, ...labels].map((one) => one.innerText ?? "").join(" ").replace(/\\s+/g, " ");
  return {kind: element.type || element.localName, words, ring, seen};
}
"""


class Keyboard:
    """Somebody who has no mouse and looks where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, kind: str, words: str = "") -> None:
        """Tab until this has the focus. Fails at a stop that nobody can see."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            assert found["seen"], found
            assert found["ring"] >= 3, found
            if found["kind"] == kind and words in found["words"]:
                return
        raise AssertionError(f"{MOST_STOPS} stops, and no {kind} “{words}”")

    def press(self, kind: str, words: str) -> None:
        """What leads to another page."""
        self.reach(kind, words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def keyboard(request, open_browser) -> Keyboard:
    page = open_browser("other_seeker", java_script_enabled=request.param).new_page()
    page.goto("/")
    return Keyboard(page)


def test_skip_link_leads_past_the_header(keyboard):
    keyboard.reach("a", "Skip to")
    keyboard.page.keyboard.press("Enter")
    assert keyboard.page.evaluate("document.activeElement.id") == "main"
    keyboard.page.keyboard.press("Tab")
    assert keyboard.page.evaluate("document.activeElement.closest('main') !== null")


def test_session_is_asked_for_and_withdrawn_by_keys_alone(keyboard):
    keyboard.press("a", "Find a session")
    keyboard.press("a", MEDICATION.title)
    keyboard.sees("What will happen")
    keyboard.reach("radio", " to ")
    keyboard.page.keyboard.press("ArrowDown")
    keyboard.page.keyboard.press("Space")
    keyboard.press("submit", "Continue with this time")
    keyboard.press("submit", "Keep this time and continue")
    keyboard.reach("textarea")
    keyboard.page.keyboard.type("Quiet, please.")
    keyboard.press("submit", "Continue to the last step")
    keyboard.sees("Quiet, please.")
    keyboard.press("submit", "Send my request")
    keyboard.sees("Your request is sent.")
    keyboard.press("a", "Withdraw")
    keyboard.press("submit", "Withdraw the request")
    keyboard.sees("Your request is withdrawn.")


def test_form_with_errors_leads_to_the_fields(keyboard):
    page = keyboard.page
    page.goto("/password/change/")
    keyboard.press("submit", "password")
    keyboard.reach("a", "required")
    page.keyboard.press("Enter")
    page.keyboard.type("secret")
    assert page.locator("main input[type=password]").first.input_value() == "secret"
