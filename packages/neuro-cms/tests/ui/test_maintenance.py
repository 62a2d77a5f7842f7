import pytest
from django.test import Client


@pytest.fixture
def switch(tmp_path, settings):
    file = tmp_path / "maintenance"
    settings.NEURO_CMS_UI = {"MAINTENANCE_FILE": str(file), "MAINTENANCE_RETRY_SECONDS": 60}
    return file


def test_site_answers_as_ever_while_the_file_is_not_there(switch, read):
    assert read("/pages/said/").h1.string == "A page"


@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_every_request_is_told_to_come_back_while_the_file_is_there(switch, method):
    switch.touch()

    # Without the mark for a database: asking it anything would fail here.
    answer = getattr(Client(enforce_csrf_checks=True), method)("/pages/form/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "no-store" in answer.headers["Cache-Control"]


def test_page_says_what_to_do_next_and_names_a_crisis(switch, read):
    switch.touch()
    page = read("/pages/said/", 503)

    assert page.h1.string == "We are working on the site"
    assert page.select_one("main a.nm-button").string == "Load this page again"
    assert "ten minutes" not in page.main.get_text()
    assert "This is not a crisis service." in page.footer.get_text()


def test_taking_the_file_away_opens_the_site(switch, read):
    switch.touch()
    read("/pages/said/", 503)
    switch.unlink()
    read("/pages/said/")


def test_project_without_the_setting_is_never_closed(settings, read):
    settings.NEURO_CMS_UI = {}

    read("/pages/said/")
