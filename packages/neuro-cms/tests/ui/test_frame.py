import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch

from neuro_cms.ui import conf
from neuro_cms.ui.context_processors import ui

WEATHER = "https://weather.example/"


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_page_wears_what_the_person_chose_and_nothing_else():
    chosen = {"theme": "dark", "calm": "on"}
    html = rendered('{% extends "neuro_cms/ui/base.html" %}', display=chosen)

    assert 'data-theme="dark" data-calm="on"' in " ".join(html.split())
    assert '<meta name="color-scheme"' in html
    assert 'content="dark"' in html
    plain = rendered('{% extends "neuro_cms/ui/base.html" %}')
    assert "data-" not in plain.split("<head>")[0]
    assert 'content="light dark"' in plain


def test_what_a_person_chose_cannot_break_out_of_its_attribute():
    html = rendered('{% extends "neuro_cms/ui/base.html" %}', display={"theme": '"><script>'})

    assert "<script>" not in html


@pytest.mark.feature("C6")
def test_exit_is_a_plain_link_that_scripts_can_find(read, settings):
    settings.NEURO_CMS_UI = {"EXIT_URL": WEATHER}

    link = read("/pages/said/").select_one('header a[data-nm="exit"]')

    assert link["href"] == WEATHER
    assert link["rel"] == ["noreferrer"]
    assert "target" not in link.attrs
    assert link.string == "Exit this page"


@pytest.mark.feature("C6")
def test_there_is_no_exit_where_none_is_set(read):
    assert read("/pages/said/").select('[data-nm="exit"]') == []


@pytest.mark.parametrize(
    ("target", "address"), [("", ""), ("/me/", "/me/"), (WEATHER, WEATHER), ("neuro_cms:help", "/help/")]
)
def test_setting_means_a_path_an_address_or_a_route(target, address):
    assert conf.address(target) == address


def test_unknown_route_is_refused():
    with pytest.raises(NoReverseMatch):
        conf.address("neuro_cms:nothing")


def test_context_processor_gives_the_three_addresses(settings):
    settings.NEURO_CMS_UI = {"EXIT_URL": WEATHER, "HELP_URL": "neuro_cms:help"}

    assert ui(RequestFactory().get("/")) == {"exit_url": WEATHER, "help_url": "/help/", "account_url": ""}


def test_breadcrumb_leads_up_and_names_this_page():
    html = rendered('{% include "neuro_cms/ui/breadcrumb.html" with up_url="/me/" up="Your account" here="Password" %}')

    assert '<a href="/me/">Your account</a>' in html
    assert '<li aria-current="page">Password</li>' in html


def test_breadcrumb_is_left_out_where_there_is_nothing_above():
    assert "<nav" not in rendered('{% include "neuro_cms/ui/breadcrumb.html" with up="Your account" here="Password" %}')
