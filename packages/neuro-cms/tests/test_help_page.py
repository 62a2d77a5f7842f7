from datetime import date

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation

from neuro_cms.crisis import load_shipped_services
from neuro_cms.models import CrisisService

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C6")]


@pytest.fixture
def loaded():
    load_shipped_services()


def names(page) -> list[str]:
    return [card.get_text(strip=True) for card in page.select("article h3")]


def line() -> str:
    return engines["django"].from_string("{% load neuro_cms %}{% crisis_line %}").render()


@pytest.mark.usefixtures("loaded")
class TestHelpPage:
    def test_starts_with_the_numbers_of_the_sites_country(self, read):
        page = read("/help/")

        assert page.h1.string == "Get help"
        assert [heading["id"] for heading in page.select("main h2")] == ["crisis", "person", "limits"]
        assert names(page)[:2] == ["Police, ambulance and fire", "Samaritans"]
        assert page.find("a", href="tel:116123").string == "116 123"
        assert page.find("a", href="sms:85258").string == "85258"
        assert page.find("a", href="https://www.samaritans.org/").string == "samaritans.org"

    def test_shows_another_country_by_its_address_alone(self, client, read):
        page = read("/help/?country=DE")

        assert "Germany" in page.h2.get_text()
        assert "TelefonSeelsorge" in names(page)
        assert page.select_one("select option[selected]")["value"] == "DE"
        assert client.get("/help/?country=DE").cookies == {}

    @pytest.mark.parametrize("asked", ["XX", "de", "", "GB%00", "%F0%9F%92%A5", "a" * 3000])
    def test_shows_the_sites_country_for_anything_unknown(self, read, asked):
        assert "Samaritans" in names(read(f"/help/?country={asked}"))

    def test_offers_exactly_the_countries_that_have_services(self, read):
        offered = [option["value"] for option in read("/help/").select("select option")]

        assert set(offered) == set(CrisisService.objects.values_list("country", flat=True))

    def test_offers_the_country_that_is_shown_although_it_has_no_services(self, read, settings):
        settings.NEURO_CMS = {"CRISIS_COUNTRY": "VA"}

        page = read("/help/")

        assert page.select_one("select option[selected]")["value"] == "VA"
        assert "Vatican City" in page.h2.get_text()

    @pytest.mark.parametrize("language", ["io", "os"])
    def test_is_there_in_a_language_that_names_few_countries(self, client, settings, language):
        settings.LANGUAGE_CODE = language
        with translation.override(language):
            assert client.get("/help/").status_code == 200

    def test_says_of_each_service_whether_and_when_it_was_checked(self, read):
        CrisisService.objects.filter(name="Samaritans", country="GB").update(last_checked=date(2026, 3, 3))

        said = [card.select_one(".nm-soft").get_text(strip=True) for card in read("/help/").select("article")]

        assert said.count("Last checked by our team on 3 March 2026") == 1
        assert said.count("Not yet checked by our team") == 3

    @pytest.mark.parametrize(("days", "words"), [(1, "within one day"), (3, "within 3 days")])
    def test_names_a_person_and_when_they_answer(self, read, settings, days, words):
        settings.NEURO_CMS = {"SUPPORT_EMAIL": "help@example.org", "SUPPORT_ANSWERS_WITHIN_DAYS": days}

        person = read("/help/").find(id="person").parent

        assert person.a["href"] == "mailto:help@example.org"
        assert words in person.get_text(" ", strip=True)

    def test_promises_no_person_when_there_is_none(self, read, settings):
        settings.NEURO_CMS = {}

        assert read("/help/").find(id="person") is None

    def test_lets_nobody_write(self):
        assert Client(enforce_csrf_checks=True).post("/help/").status_code == 403


def test_help_page_without_any_service_still_says_what_to_do(read):
    page = read("/help/")

    assert "call the emergency number of your country" in page.main.get_text()
    assert page.select("main form") == []


@pytest.mark.usefixtures("loaded")
def test_line_for_the_end_of_each_page_names_the_first_numbers():
    html = line()

    assert "This is not a crisis service." in html
    assert '<a href="tel:999">999</a>' in html
    assert 'Samaritans on <a href="tel:116123">116 123</a>' in html
    assert 'href="/help/"' in html


def test_line_without_any_service_keeps_its_sentence_and_its_link():
    html = line()

    assert "This is not a crisis service." in html
    assert "call the emergency number of your country" in html
    assert 'href="/help/"' in html


def test_line_escapes_what_editors_wrote():
    CrisisService.objects.create(country="GB", name="<b>Listeners</b>", phone="116 123")

    assert "<b>Listeners" not in line()
