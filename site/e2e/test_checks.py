"""Controls: each check finds the fault that it is there for, and nothing on a page without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from e2e import checks

pytestmark = pytest.mark.e2e

GOOD = """
<!doctype html><html lang="en-gb" dir="ltr"><title>A page</title>
<style>a, button {display: inline-block; min-width: 44px; padding: 15px} body {color: #000; background: #fff}</style>
<body><header><a href="#main">Skip</a></header><main id="main" tabindex="-1"><h1>Heading</h1><h2>Second</h2>
<p>Words</p><button>Press</button></main></body></html>
"""


@pytest.fixture
def page_with(browser: Browser):
    """A page on a phone in which one thing is put in another's place."""
    context = browser.new_context(viewport=checks.PHONE)

    def opened(old: str = "", new: str = "") -> Page:
        assert old in GOOD
        page = context.new_page()
        # Loaded like any page: the browser counts no movement on one whose content is set.
        page.route("**/*", lambda route: route.fulfill(body=GOOD.replace(old, new, 1), content_type="text/html"))
        page.goto("http://page.example/")
        return page

    yield opened
    context.close()


ALL = [checks.axe, checks.reflow, checks.small_targets, checks.structure, checks.layout_shift, checks.leftovers]


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_page_without_fault_passes(check: Callable[[Page], list[str]], page_with):
    assert check(page_with()) == []


@pytest.mark.parametrize(
    ("check", "old", "new", "found"),
    [
        (checks.axe, "<button>Press", "<button>", "button-name"),
        (checks.axe, "<p>Words", '<p style="color: #767676">Words', "color-contrast-enhanced"),
        (checks.axe, "<p>Words", '<p style="color: #aaa">Words', "color-contrast:"),
        (checks.axe, "</main>", "</main><p>Words outside of every landmark</p>", "region"),
        (checks.reflow, "<p>Words", '<p style="width: 400px">Words', "px wide in a window of 320 px"),
        (checks.reflow, "<p>Words", '<p style="width: 2em; overflow: hidden">Wordswordswords', "cuts off"),
        (checks.small_targets, "padding: 15px", "padding: 2px", "not 44"),
        (
            checks.small_targets,
            "<p>Words",
            '<p>Words <a href="/" style="all: unset; font-size: 10px">link</a>',
            "not 24",
        ),
        (checks.small_targets, "<p>Words", '<p>Words <label><input type="checkbox"> Yes</label>', "not 44"),
        (checks.structure, "<header>", '<header><a href="/">Home</a>', "no skip link"),
        (checks.structure, "padding: 15px", "position: absolute; left: -9999px", "skip link stays hidden"),
        (checks.structure, "<h2>Second</h2>", "<h1>Second</h1>", "there are 2 h1"),
        (checks.structure, 'main id="main"', "main", "there are 1 main, with the id: 0"),
        (checks.structure, "<h2>Second</h2>", "<h4>Fourth</h4>", "follows h1"),
        (checks.structure, "<title>A page", "<title>", "no title"),
        (checks.structure, 'lang="en-gb"', "", "language or direction"),
        (checks.leftovers, "<p>Words", '<link name="CSS_PLACEHOLDER"><p>Words', "_PLACEHOLDER"),
        (checks.leftovers, "<p>Words", "".join(f"<p data-djc-id-c{n}>" for n in range(61)), "61 components"),
    ],
)
def test_fault_is_found(check: Callable[[Page], list[str]], old: str, new: str, found: str, page_with):
    assert [one for one in check(page_with(old, new)) if found in one], check(page_with(old, new))


def test_layout_that_moves_is_found(page_with):
    page = page_with()
    assert checks.layout_shift(page) == []
    page.evaluate("document.querySelector('h1').style.marginTop = '200px'")
    assert "the layout moved by" in checks.layout_shift(page)[0]


@pytest.mark.parametrize(
    "change", [checks.spaced_text, lambda page: checks.attributes(page, dir="rtl")], ids=["spacing", "rtl"]
)
def test_change_of_the_page_is_seen_and_taken_back(change, page_with):
    """A line that only just fits, and a box moved to the right, where there is room in one direction alone."""
    line = f'<p style="white-space: nowrap">{"i" * 65}'
    box = '<b style="display: block; width: 280px; transform: translateX(20px)">.</b>'
    page = page_with("<p>Words", line + box)
    assert checks.reflow(page) == []
    with change(page):
        wide = checks.reflow(page)
    assert checks.reflow(page) == []
    assert wide
