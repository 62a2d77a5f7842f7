import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

import neuro_cms

BLOCKS = ["title", "meta", "head_extra", "header", "before_main", "main", "footer", "body_end"]
UI = Path(neuro_cms.__file__).parent


def rendered(source: str) -> str:
    return engines["django"].from_string(source).render()


@pytest.mark.parametrize(
    "block", [*BLOCKS, "nav", "nav_account", "exit", "breadcrumb", "site_name", "title_site", "styles"]
)
def test_host_fills_the_block(block):
    source = '{% extends "neuro_cms/ui/base.html" %}{% block ' + block + " %}filled by the host{% endblock %}"

    assert rendered(source).count("filled by the host") == 1


def test_page_starts_with_a_skip_link_to_its_one_main(read):
    page = read("/pages/said/")

    assert page.body.find("a")["href"] == "#main"
    assert [main["id"] for main in page.find_all("main")] == ["main"]
    assert page.find(class_="nm-header").name == "header"


@pytest.mark.parametrize(
    ("display", "files"),
    [
        ({}, ["atkinson-hyperlegible-next/latin.woff2"]),
        ({"theme": "dark"}, ["atkinson-hyperlegible-next/latin.woff2"]),
        ({"font": "opendyslexic"}, ["opendyslexic/latin-400.woff2", "opendyslexic/latin-700.woff2"]),
        ({"font": "lexend"}, ["lexend/latin.woff2"]),
        ({"font": "device"}, []),
    ],
)
def test_only_the_font_that_is_shown_is_fetched_early(display, files):
    html = engines["django"].get_template("neuro_cms/ui/base.html").render({"display": display})

    assert re.findall(r'rel="preload"\s+href="/static/neuro_cms/fonts/([^"]+)"', html) == files


def test_messages_stay_on_the_page_with_a_word_for_their_kind(read):
    messages = read("/pages/said/").select("main [role=status] > p")

    assert [message.get_text(" ", strip=True) for message in messages] == [
        "Note: One.",
        "Done: Two.",
        "Important: Three.",
        "Problem: <b>Four</b>.",
    ]
    assert "nm-notice--danger" in messages[-1]["class"]


def test_language_and_direction_are_named():
    with translation.override("ar"):
        assert '<html lang="ar"\n      dir="rtl"' in rendered('{% extends "neuro_cms/ui/base.html" %}')


INLINE = re.compile(r"\sstyle=|\son[a-z]+=|javascript:|<style\b|<script(?! type=)|\|safe\b")


def test_no_template_holds_inline_style_or_script():
    assert INLINE.search('<p style="color: red">')
    assert INLINE.search("{{ words|safe }}")
    found = {path.name: INLINE.findall(path.read_text()) for path in UI.rglob("*.html")}
    assert {name: places for name, places in found.items() if places} == {}


def test_own_script_and_stylesheet_stay_small():
    static = UI / "ui" / "static" / "neuro_cms"

    assert sum(path.stat().st_size for path in static.rglob("*.js")) <= 12_000
    assert sum(path.stat().st_size for path in static.rglob("*.css")) <= 40_000
