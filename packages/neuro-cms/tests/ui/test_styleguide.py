import re

import pytest
from tests.ui.test_stylesheet import documented

from neuro_cms.ui.colours import palettes
from neuro_cms.ui.styleguide.looks import CHOICES

ADDRESS = "/pages/styleguide/"
# They belong to the frame, which a host fills.
FRAME = {
    "nm-exit",
    "nm-footer",
    "nm-header",
    "nm-header__name",
    "nm-header__top",
    "nm-main",
    "nm-nav__own",
    "nm-skip",
}


@pytest.fixture(autouse=True)
def debugging(settings):
    settings.DEBUG = True


def test_outside_development_there_is_no_style_page(read, settings, db):
    settings.DEBUG = False

    read(ADDRESS, 404)


def test_style_page_shows_every_documented_class(read):
    shown = {
        name
        for query in ("", "?form=errors")
        for part in read(ADDRESS + query).select("[class]")
        for name in part["class"]
    }

    assert documented() - FRAME - shown == set()


def test_style_page_is_whole_and_ids_are_unique(read):
    page = read(ADDRESS + "?form=errors")

    ids = [part["id"] for part in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert len(page.select("h1")) == 1
    assert page.select(".nm-error-summary a")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in CHOICES for value in CHOICES[name]])
def test_link_of_each_choice_leads_to_the_page_in_that_look(read, name, value):
    links = read(ADDRESS + "?form=errors").select("main dd a")
    (address,) = [link["href"] for link in links if link["href"].endswith(f"&{name}={value}")]

    page = read(ADDRESS + address)
    assert {key: kept for key, kept in page.html.attrs.items() if key.startswith("data-")} == {f"data-{name}": value}
    assert value in [link.get_text(strip=True) for link in page.select("main dd a[aria-current=true]")]
    assert page.select(".nm-error-summary")


def test_query_that_is_not_a_choice_does_nothing(read):
    page = read(ADDRESS + '?theme=pink&font="><script>&lang=xx&onload=x&motion=')

    assert [name for name in page.html.attrs if name.startswith("data-")] == []
    assert page.html["lang"] == "en-gb"


def test_table_of_colours_follows_the_look(read):
    page = read(ADDRESS + "?calm=on&theme=dark")

    row = page.find("th", string="ink").find_parent("tr")
    cells = [cell.string for cell in row.find_all("td")]
    assert cells == [palettes()["calm-dark"]["ink"], "11.32", "10.28", "12.04"]


def test_style_page_names_no_script_that_the_policy_refuses(client):
    html = client.get(ADDRESS).content.decode()

    assert re.findall(r"<script(?! type=\"module\")| style=| on[a-z]+=", html) == []
