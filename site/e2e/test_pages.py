"""Every page of the route table in a real browser: accessible in every look, fitting a phone, with a picture of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from e2e import checks
from e2e.looks import COMFORT, looks_for
from e2e.urls import ERROR_PAGES
from tests.routes import ROUTES, Route

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
    "host": ["neuro_sessions:create"],
}

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W6")]
each_page = pytest.mark.parametrize(
    ("route", "role"), READERS, ids=[f"{route.key} as {role}" for route, role in READERS]
)


@pytest.fixture
def picture(screenshots: Path):
    """Keeps a picture of the whole page."""

    def taken(page: Page, name: str) -> None:
        width = page.viewport_size["width"]
        page.screenshot(path=screenshots / f"{re.sub(r'\W+', '-', name)}-{width}.png", full_page=True)

    return taken


def opened(page: Page, path: str) -> Response:
    response = page.goto(path)
    assert response is not None
    assert response.request.redirected_from is None
    return response


@each_page
def test_page_is_well_built_and_accessible_in_every_look(route: Route, role: str, site, open_browser, picture):
    """As it comes, and in one of the looks that can be chosen; in all of them with NEURO_LOOKS=all."""
    page = open_browser(role, viewport=checks.DESKTOP).new_page()
    assert opened(page, site.paths[route.key]).status == 200
    assert checks.layout_shift(page) == []
    assert checks.structure(page) == []
    assert checks.leftovers(page) == []
    picture(page, f"{route.key}-{role}")
    assert checks.axe(page) == []
    for look in looks_for(READERS.index((route, role))):
        with checks.attributes(page, **look.attributes):
            assert checks.axe(page) == [], look.name


@each_page
def test_page_fits_a_phone_and_a_finger(route: Route, role: str, site, open_browser, picture):
    page = open_browser(role, viewport=checks.PHONE).new_page()
    opened(page, site.paths[route.key])
    assert checks.layout_shift(page) == []
    assert checks.reflow(page) == []
    assert checks.small_targets(page) == []
    picture(page, f"{route.key}-{role}")
    with checks.spaced_text(page):
        assert checks.reflow(page) == []
    with checks.attributes(page, **COMFORT):
        assert checks.reflow(page) == []
    with checks.attributes(page, dir="rtl"):
        assert checks.reflow(page) == []


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in FORMS.items() for name in names])
def test_empty_form_comes_back_with_its_errors(role: str, name: str, site, open_browser, picture):
    page = open_browser(role, viewport=checks.PHONE).new_page()
    page.goto(site.paths[name])
    page.locator("main form.nm-form button").last.click()
    page.wait_for_load_state()
    assert page.title().startswith("Error:")
    summary = page.locator(".nm-error-summary")
    assert summary.is_visible()
    # Of a group of choices, the fieldset is what the error describes.
    assert page.locator("main [aria-invalid=true]:is([aria-describedby], fieldset[aria-describedby] *)").count() >= 1
    assert checks.axe(page) == []
    assert checks.reflow(page) == []
    picture(page, f"errors-{name}")
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_page_is_as_good_as_any_other(name: str, open_browser, picture):
    page = open_browser(viewport=checks.DESKTOP).new_page()
    page.goto(f"/error-pages/{name}/")
    assert checks.structure(page) == []
    assert checks.axe(page) == []
    picture(page, f"error-{name}")
    page.set_viewport_size(checks.PHONE)
    assert checks.reflow(page) == []
    assert checks.small_targets(page) == []
    picture(page, f"error-{name}")
