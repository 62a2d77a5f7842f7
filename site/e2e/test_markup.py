"""The markup of every page, as the Nu HTML checker reads it."""

import re
from collections import Counter
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from e2e import nu
from e2e.server import Served
from e2e.urls import ERROR_PAGES
from tests.routes import ROUTES

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W6")]


def fetched(site: Served, path: str, role: str) -> str:
    cookie = {"Cookie": f"sessionid={site.sessions[role]}"} if role in site.sessions else {}
    with urlopen(Request(site.url + path, headers=cookie)) as response:  # noqa: S310 - our own address
        html: str = response.read().decode()
    return html


def test_markup_of_every_page_is_valid_for_every_reader(site: Served, tmp_path: Path):
    pages = [
        (f"{route.key} {role}", site.paths[route.key], role)
        for route in ROUTES
        for role in (route.readers[:1] if route.signs_out else route.readers)
    ]
    pages += [(f"error {name}", f"/error-pages/{name}/", "anonymous") for name in ERROR_PAGES]
    for name, path, role in pages:
        file = tmp_path / f"{re.sub(r'\W+', '-', name)}.html"
        file.write_text(fetched(site, path, role), encoding="utf-8")
    found = nu.findings(tmp_path)
    # The same fault is on many pages: once is enough to read.
    assert Counter(one.partition(": ")[2] for one in found) == {}, "\n".join(found[:20])


def test_checker_finds_errors_and_warnings(tmp_path: Path):
    pages = {
        "good": "<!doctype html><html lang='en'><title>T</title><p>x",
        "error": "<!doctype html><html lang='en'><title>T</title><ul><p>x</ul>",
        "duplicate": "<!doctype html><html lang='en'><title>T</title><p id='a'><p id='a'>",
        "warning": "<!doctype html><html><title>T</title><p>x",
    }
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    assert {one.partition(":")[0] for one in nu.findings(tmp_path)} == pages.keys() - {"good"}
