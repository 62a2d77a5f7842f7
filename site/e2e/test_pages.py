"""Every page of the route table in a real browser: accessibility, reflow, and a picture to look at."""

import re
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.routes import ROUTES, Route

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "options => axe.run(document, options).then(result => result.violations)"
PHONE, DESKTOP = {"width": 320, "height": 720}, {"width": 1280, "height": 900}

# Who reads a page: its own people, and where everybody may, a guest and a host, whose headers differ.
READERS = [
    (route, role)
    for route in ROUTES
    for role in dict.fromkeys([*route.readers[:1], *(["host"] if "host" in route.readers else [])])
    if role == "anonymous" or not route.signs_out
]
FORMS = {
    "anonymous": ["account_login", "account_signup", "account_reset_password"],
    "seeker": ["neuro_accounts:become-host", "neuro_sessions:review", "account_change_password"],
    "host": ["neuro_sessions:create", "neuro_sessions:availability"],
}


def violations(page: Page, **options: Any) -> list[str]:
    # Unlike a script tag, evaluate() is not held back by the policy of the page.
    page.evaluate(AXE)
    found = page.evaluate(RUN, options)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.e2e
@pytest.mark.feature("W6")
@pytest.mark.parametrize(("route", "role"), READERS, ids=lambda value: getattr(value, "key", value))
def test_page_is_accessible_and_fits_a_phone(route: Route, role: str, site, open_browser, screenshots: Path):
    page = open_browser(role, viewport=DESKTOP).new_page()
    response = page.goto(site.paths[route.key])
    assert response is not None
    assert response.status == 200
    assert response.request.redirected_from is None
    picture = re.sub(r"\W+", "-", route.key)
    page.screenshot(path=screenshots / f"{picture}-{role}-1280.png", full_page=True)
    assert violations(page, runOnly={"type": "tag", "values": A_AND_AA}) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, runOnly={"type": "rule", "values": ["color-contrast"]}) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.screenshot(path=screenshots / f"{picture}-{role}-320.png", full_page=True)


@pytest.mark.e2e
@pytest.mark.feature("W6")
@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in FORMS.items() for name in names])
def test_empty_form_comes_back_with_its_errors(role: str, name: str, site, open_browser, screenshots: Path):
    page = open_browser(role, viewport=PHONE).new_page()
    page.goto(site.paths[name])
    page.locator("main form.nm-form button").last.click()
    page.wait_for_load_state()
    assert page.title().startswith("Error:")
    summary = page.locator(".nm-error-summary")
    assert summary.is_visible()
    assert page.locator("main [aria-invalid=true]").count() >= 1
    assert violations(page, runOnly={"type": "tag", "values": A_AND_AA}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture = re.sub(r"\W+", "-", name)
    page.screenshot(path=screenshots / f"errors-{picture}-320.png", full_page=True)
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")


@pytest.mark.e2e
def test_missing_page_is_accessible(open_browser, watch):
    page = open_browser(viewport=PHONE).new_page()
    response = page.goto("/nothing-is-here/")
    assert response.status == 404
    assert page.get_by_role("heading", level=1).is_visible()
    assert violations(page, runOnly={"type": "tag", "values": A_AND_AA}) == []
    # The browser itself reports the missing page in its console; there must be nothing else.
    assert [line for line in watch.seen if "status of 404" not in line] == []
    watch.seen.clear()
