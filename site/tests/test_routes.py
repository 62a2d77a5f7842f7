from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.routes import PREFIXES, ROUTES, Prefix, Route
from tests.world import ROLES


def resolver_routes(resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every route outside the declared prefixes, or its pattern when it has no name."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if path.startswith(tuple(declared.path for declared in PREFIXES)):
            continue
        if isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name]) if entry.name else path
        else:
            yield from resolver_routes(entry, path, (*namespaces, entry.namespace) if entry.namespace else namespaces)


def test_every_route_of_the_site_is_declared_and_every_declared_one_exists():
    found = set(resolver_routes(get_resolver()))
    declared = {route.name for route in ROUTES}
    assert found - declared == set(), "add these to tests/routes.py"
    assert declared - found == set(), "these are gone: take them out of tests/routes.py"


def test_every_declared_case_is_unique():
    assert len({route.key for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_route_answers_each_role_as_declared(route: Route, role: str, world, as_role):
    assert as_role(role).get(world.path(route)).status_code == route.answers[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("prefix", PREFIXES, ids=lambda prefix: prefix.path)
def test_mounted_package_lets_in_whom_the_table_says(prefix: Prefix, role: str, world, as_role):
    assert as_role(role).get(prefix.sample).status_code == prefix.answers[role]
