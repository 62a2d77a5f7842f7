import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error


@pytest.mark.django_db
def test_unknown_address_says_what_to_do_next(read):
    page = read("/nothing/here/", 404)

    assert page.h1.string == "Page not found"
    assert page.select_one("main a.nm-button")["href"] == "/"


def test_refusal_says_what_to_do_next(read):
    page = read("/pages/refused/", 403)

    assert page.h1.string == "This page is not open to you"
    assert page.title.get_text(strip=True) == page.h1.string


def test_server_error_page_is_rendered_without_context():
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert b"This is our mistake, not yours." in answer.content


def test_exception_in_a_view_gives_the_server_error_page():
    client = Client(raise_request_exception=False)

    assert b"<h1>Something went wrong here</h1>" in client.get("/pages/broken/").content
