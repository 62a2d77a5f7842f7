"""What a page may weigh, in bytes as they are in the repository, before any compression."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.sources import ROOT

MOST_CSS, MOST_SCRIPT, MOST_FONT = 40_000, 12_000, 40_000

pytestmark = pytest.mark.feature("C4")


def size(path: str) -> int:
    """Of a static file, by its address."""
    found = finders.find(path.removeprefix(settings.STATIC_URL))
    assert found, path
    return Path(found).stat().st_size


@pytest.fixture
def head(as_role) -> str:
    """Of a page that everybody sees first."""
    html: str = as_role("anonymous").get(reverse("neuro_sessions:list")).text
    return html.partition("</head>")[0]


def test_stylesheet_is_one_and_small(head):
    addresses = re.findall(r'<link rel="stylesheet" href="([^"]+)"', head)
    assert len(addresses) == 1
    assert size(addresses[0]) <= MOST_CSS


def test_own_scripts_are_small_together(head):
    ours = [path for room in ("packages/*/src", "site/assets") for path in ROOT.glob(f"{room}/**/*.js")]
    addresses = re.findall(r'<script[^>]* src="([^"]+)"', head)
    assert addresses
    assert {finders.find(address.removeprefix(settings.STATIC_URL)) for address in addresses} <= {*map(str, ours)}
    assert sum(path.stat().st_size for path in ours) <= MOST_SCRIPT


def test_default_font_is_preloaded_and_small(head):
    links = re.findall(r"<link[^>]*rel=\"preload\"[^>]*>", head)
    fonts = [re.search(r'href="([^"]+\.woff2)"', link)[1] for link in links if 'as="font"' in link]
    assert len(fonts) == 1
    assert size(fonts[0]) <= MOST_FONT
