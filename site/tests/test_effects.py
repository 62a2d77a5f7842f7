import re
import uuid

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection

from tests.routes import ROUTES, Route

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOT_COMPARED = {"django_session"}
OWNED = [route for route in ROUTES if route.writers]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the login sessions."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - NOT_COMPARED:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.mark.feature("A6")
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_get_changes_nothing(route: Route, world, as_role):
    browsers = {role: as_role(role) for role in route.answers}
    before = everything()
    for browser in browsers.values():
        browser.get(world.path(route))
        browser.head(world.path(route))
    assert everything() == before
    signed_out = [role for role, browser in browsers.items() if SESSION_KEY not in browser.session]
    assert signed_out == (list(route.answers) if route.signs_out else ["anonymous"])


@pytest.mark.parametrize("route", OWNED, ids=lambda route: route.key)
def test_stranger_learns_and_changes_nothing_by_post(route: Route, world, as_role):
    strangers = {role: as_role(role) for role in route.answers if role not in (*route.writers, "anonymous")}
    before = everything()
    for role, browser in strangers.items():
        assert browser.post(world.path(route)).status_code == 404, role
    assert everything() == before


@pytest.mark.parametrize("route", OWNED, ids=lambda route: route.key)
def test_unknown_id_is_not_found(route: Route, world, as_role):
    path = re.sub(UUID, str(uuid.uuid4()), world.path(route).partition("?")[0])
    assert path != world.path(route)
    for role in route.writers:
        browser = as_role(role)
        assert browser.post(path).status_code == 404
        # An address that only forms have leads to their page, which is not there.
        assert browser.get(path, follow=True).status_code in (404, 405)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_form_without_its_token_is_refused(route: Route, world):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["host"])
    before = everything()
    assert client.post(world.path(route)).status_code in (403, 404, 405)
    assert everything() == before
