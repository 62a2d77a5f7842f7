from urllib.parse import quote, urlencode

import pytest

from tests import odd
from tests.pages import Page
from tests.routes import ROUTES, Route


def values_for(route: Route) -> dict[str, list[str]]:
    """All of them for the one who gets furthest into the code here, a few for people who are kept out."""
    insider = (*route.writers, *route.readers, "seeker")[0]
    return {"other_seeker": odd.VALUES[:4], "anonymous": odd.VALUES[:4], insider: odd.VALUES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_odd_query_string_is_no_error(route: Route, world, as_role):
    for role, values in values_for(route).items():
        browser = as_role(role)
        browser.raise_request_exception = False
        path = world.path(route).partition("?")[0]
        for value in values:
            query = urlencode(dict.fromkeys(odd.PARAMETERS, value))
            assert browser.get(f"{path}?{query}").status_code < 500, (role, value)
        assert browser.get(f"{path}?page=%ff&start=%ff&%ff=%00").status_code < 500, role


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_odd_form_is_no_error(route: Route, world, as_role):
    for role, values in values_for(route).items():
        browser = as_role(role)
        browser.raise_request_exception = False
        path = world.path(route)
        names = {*odd.PARAMETERS, *Page(browser.get(path).text).fields}
        for value in values:
            assert browser.post(path, dict.fromkeys(names, value)).status_code < 500, (role, value)
        assert browser.post(path, b"\xff\x00=&&&", "application/x-www-form-urlencoded").status_code < 500
        assert browser.post(path, b"--x\r\nnonsense", "multipart/form-data; boundary=x").status_code < 500
        assert browser.post(path, b"{", "application/json").status_code < 500


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_odd_address_is_no_error(route: Route, world, as_role):
    path = world.path(route).partition("?")[0]
    parts = path.strip("/").split("/")
    changeable = [index for index, part in enumerate(parts) if len(part) > len("confirm-email")] or [len(parts) - 1]
    browser = as_role(list(values_for(route))[-1])
    browser.raise_request_exception = False
    for value in odd.VALUES:
        for index in changeable:
            address = "/".join([*parts[:index], quote(value, safe=""), *parts[index + 1 :]])
            assert browser.get(f"/{address}/").status_code < 500, address


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_odd_method_is_no_error(method: str, world, as_role):
    for route in ROUTES:
        browser = as_role(list(values_for(route))[-1])
        browser.raise_request_exception = False
        assert getattr(browser, method)(world.path(route)).status_code < 500, route.key
