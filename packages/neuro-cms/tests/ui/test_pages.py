import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

pytestmark = pytest.mark.django_db


def test_unknown_address_says_what_to_do_next(read):
    page = read("/nothing/here/", 404)

    assert page.h1.string == "Page not found"
    assert [link["href"] for link in page.select("main a.nm-button")] == ["/", "/help/"]


def test_refusal_says_what_to_do_next(read):
    page = read("/pages/refused/", 403)

    assert page.h1.string == "This page is not open to you"
    assert page.title.get_text(strip=True) == page.h1.string
    assert [link["href"] for link in page.select("main a.nm-button")] == ["/", "/help/"]


def test_form_that_was_not_sent_says_that_nothing_changed_and_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/pages/form/", {"name": "Sam"})

    assert answer.status_code == 403
    assert "<h1>Your form was not sent</h1>" in answer.text
    assert "Nothing was changed." in answer.text
    assert "<li>Fill in the form and send it again.</li>" in answer.text


def test_request_that_cannot_be_read_says_what_to_do_next(read):
    page = read("/pages/unreadable/", 400)

    assert page.h1.string == "We could not read this request"
    assert page.select_one("main a.nm-button")["href"] == "/"


def test_unknown_host_gets_the_same_page(client, settings):
    settings.ALLOWED_HOSTS = ["example.org"]

    answer = client.get("/pages/said/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "<h1>We could not read this request</h1>" in answer.text


def test_server_error_page_is_rendered_without_context():
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert b"This is our mistake, not yours." in answer.content


def test_exception_in_a_view_gives_the_server_error_page():
    client = Client(raise_request_exception=False)

    assert b"<h1>Something went wrong here</h1>" in client.get("/pages/broken/").content


@pytest.mark.feature("C6")
@pytest.mark.parametrize(("path", "status"), [("unreadable", 400), ("broken", 500)])
def test_page_that_can_rely_on_nothing_names_a_crisis_and_has_its_exit(path, status, settings):
    settings.NEURO_CMS_UI = {"EXIT_URL": "https://weather.example/"}

    answer = Client(raise_request_exception=False).get(f"/pages/{path}/")

    assert answer.status_code == status
    assert "This is not a crisis service." in answer.text
    assert 'href="https://weather.example/"' in answer.text
