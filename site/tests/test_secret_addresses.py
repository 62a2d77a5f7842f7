"""An address that lets somebody in stays on its own page: no other address repeats it."""

import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from neuromancers.context_processors import SECRET_ROUTES
from tests.routes import ROUTES, Route

# Signed or random: long, and with figures or both cases. A row's id is neither: its page asks who is there.
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r"(?=[^/]*[a-z])(?=[^/]*[0-9A-Z])[^/]{20,}")
# Everybody finds a listing under its name, which may be long.
NAMED = {"neuro_sessions:detail"}
READ = [route for route in ROUTES if route.readers and route.name not in NAMED]


def tokens_in(path: str) -> list[str]:
    return TOKEN.findall(ID.sub("", unquote(path.partition("?")[0])))


@pytest.mark.parametrize("route", READ, ids=lambda route: route.key)
def test_no_link_repeats_the_token_of_its_page(route: Route, world, as_role):
    path = world.path(route)
    for role in route.readers:
        page = BeautifulSoup(as_role(role).get(path).content, "html.parser")
        for token in tokens_in(path):
            links = {unquote(link["href"]) for link in page.select("[href]")}
            assert {link for link in links if token in link} <= {unquote(path)}, role


def test_the_table_knows_every_page_with_a_token(world):
    assert {route.name for route in READ if tokens_in(world.path(route))} == SECRET_ROUTES


def test_other_pages_are_come_back_to(world, as_role):
    page = as_role("seeker").get("/help/?country=DE").text
    assert page.count("?next=/help/%3Fcountry%3DDE") == 3
