"""Every page says where it is: the navigation names the top ones, a breadcrumb leads up from all others."""

import re
from html import unescape

import pytest
from django.conf import settings

from tests.routes import ROUTES, Route

TOP = {
    "neuro_sessions:list",
    "neuro_sessions:bookings",
    "neuro_sessions:hosting",
    "neuro_accounts:inbox",
    "neuro_accounts:display",
    "neuro_accounts:host-applications",
    "neuro_cms:help",
}
# The page of a meeting is left by its own quiet link.
APART = {"neuro_video:room"}
OURS = [route for route in ROUTES if route.readers and route.name.startswith("neuro_") and route.name not in APART]
BREADCRUMB = re.compile(r'<nav class="nm-breadcrumb".*?</nav>', re.DOTALL)


def way_to(html: str) -> tuple[list[str], list[str]]:
    """The addresses of a breadcrumb, and the words of the page itself."""
    found = BREADCRUMB.search(html)
    part = unescape(found[0]) if found else ""
    return re.findall(r'<a href="([^"]+)"', part), re.findall(r'aria-current="page">\s*([^<]+?)\s*<', part)


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.key)
def test_page_is_at_the_top_or_has_a_breadcrumb_that_leads_there(route: Route, world, as_role):
    for role in route.readers:
        browser = as_role(role)
        above, here = way_to(browser.get(world.path(route)).text)
        guest_at_the_clock = route.name == "neuro_accounts:time-zone" and role == "anonymous"
        if route.name in TOP or guest_at_the_clock:
            assert (above, here) == ([], []), role
        else:
            assert len(here) == 1, role
            assert above, role
        for address in above:
            # The ticket of a room works for everybody; the booking behind it does not.
            expected = {200, 302, 404} if route.name == "neuro_video:local-room" else {200}
            assert browser.get(address).status_code in expected, (role, address)


def test_packages_write_messages_in_one_way():
    """Their own documents cannot take the template of the design system, which they do without."""
    copies = sorted(settings.BASE_DIR.parent.glob("packages/*/src/**/templates/**/*messages.html"))
    assert len(copies) == 5
    assert len({copy.read_text("utf-8") for copy in copies}) == 1
