import pytest
from django.conf import settings
from django.template import engines

from tests.pages import Page
from tests.routes import ROUTES, Route

READ = [route for route in ROUTES if route.readers]


@pytest.mark.parametrize("route", READ, ids=lambda route: route.key)
def test_page_is_built_as_every_page_here(route: Route, world, as_role):
    """One h1, one main, a language and a title of its own; nothing inline, nothing from elsewhere."""
    for role in route.readers:
        response = as_role(role).get(world.path(route))
        page = Page(response.text)
        assert (page.tags.count("h1"), page.tags.count("main"), page.tags.count("header")) == (1, 1, 1)
        assert page.lang == "en-gb"
        assert page.title.endswith(f" – {settings.SITE_NAME}")
        assert page.title.removesuffix(f"– {settings.SITE_NAME}")
        assert page.inline == []
        assert page.forbidden_attributes == []
        assert page.hosts == ({"video.example"} if route.name == "neuro_video:room" else set())
        assert "django_components" not in response.text
        assert "_PLACEHOLDER" not in response.text
        assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_titles_tell_pages_apart(world, as_role):
    titles: dict[str, list[str]] = {}
    for route in READ:
        if not route.case:
            page = Page(as_role(route.readers[-1]).get(world.path(route)).text)
            titles.setdefault(page.title, []).append(route.name)
    assert {title: names for title, names in titles.items() if len(names) > 1} == {}


def test_browser_in_a_language_without_a_catalogue_gets_english_marked_as_english(as_role):
    page = Page(as_role("anonymous").get("/", headers={"accept-language": "ar"}).text)
    assert page.lang == "en-gb"
    assert ("html", "dir", "ltr") in page.attributes


def test_editors_get_the_policy_that_wagtail_needs(as_role):
    assert "'unsafe-inline'" in as_role("editor").get("/admin/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/admin/login/?next=/admin/", "/_util/login/?next=/admin/"])
def test_there_is_one_way_to_log_in(path: str, as_role):
    assert as_role("anonymous").get(path).headers["Location"] == "/login/?next=/admin/"


@pytest.mark.parametrize("role", ["anonymous", "seeker"])
def test_missing_page_says_so_in_the_look_of_the_site(role: str, as_role):
    response = as_role(role).get("/there/is/no/such/page/")
    assert response.status_code == 404
    assert "Find a session" in response.text
    assert Page(response.text).tags.count("h1") == 1


@pytest.mark.parametrize("code", [400, 500])
def test_error_page_needs_no_request_and_no_database(code: int):
    page = Page(engines["django"].get_template(f"{code}.html").render())
    assert (page.tags.count("h1"), page.tags.count("main")) == (1, 1)
