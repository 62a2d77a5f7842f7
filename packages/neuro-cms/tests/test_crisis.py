import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import global_settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from neuro_cms import countries, crisis
from neuro_cms.models import CrisisService

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C6")]

TODAY = date(2026, 12, 1)


def service(**given: object) -> CrisisService:
    return CrisisService(**{"country": "GB", "name": "Listeners", "phone": "116 123"} | given)


def load() -> str:
    out = StringIO()
    call_command("load_crisis_services", stdout=out)
    return out.getvalue()


def rows() -> list[tuple]:
    return list(CrisisService.objects.order_by("pk").values_list())


def test_shipped_services_are_ones_that_an_editor_could_save():
    load()

    for row in CrisisService.objects.all():
        row.full_clean()


def test_shipped_services_say_that_nobody_has_checked_them():
    load()

    assert not CrisisService.objects.filter(last_checked__isnull=False).exists()


def test_every_shipped_country_has_an_emergency_number_first_and_somebody_who_listens():
    load()

    for country in json.loads(crisis.SHIPPED.read_text()):
        services = crisis.services_in(country)
        assert services[0].kind == CrisisService.Kind.EMERGENCY
        assert services[0].phone
        assert CrisisService.Kind.HELPLINE in {row.kind for row in services}


def test_loading_again_changes_nothing():
    assert "United Kingdom" in load()
    before = rows()

    assert "Nothing was changed." in load()
    assert rows() == before


def test_what_editors_changed_added_or_took_away_is_never_overwritten():
    load()
    CrisisService.objects.filter(country="GB", name="Samaritans").update(phone="1", last_checked=TODAY)
    CrisisService.objects.get(country="GB", name="Shout").delete()
    CrisisService.objects.filter(country="FR").delete()
    service(country="FR").save()
    before = rows()

    load()

    assert rows() == before


def test_service_that_nobody_can_reach_is_refused():
    with pytest.raises(ValidationError, match="Give a phone number"):
        service(phone="").full_clean()


@pytest.mark.parametrize("number", ["call me", "116-123", "javascript:alert(1)", "116\n123"])
def test_number_that_a_phone_cannot_dial_is_refused(number):
    with pytest.raises(ValidationError, match="digits and spaces"):
        service(phone=number).full_clean()


@pytest.mark.parametrize("address", ["http://example.org/", "javascript:alert(1)", "example.org"])
def test_website_without_a_safe_address_is_refused(address):
    with pytest.raises(ValidationError):
        service(web_address=address).full_clean()


def test_word_to_send_needs_a_number_to_send_it_to():
    with pytest.raises(ValidationError, match="Where is the text message sent to"):
        service(text_words="Hello").full_clean()


@pytest.mark.parametrize("country", ["ZZ", "XX", "gb", ""])
def test_country_that_does_not_exist_is_refused(country):
    with pytest.raises(ValidationError, match="country"):
        service(country=country).full_clean()


def test_numbers_and_hosts_are_written_for_links():
    row = service(phone="0800 111 0 111", text_number="85 258", web_address="https://www.example.org/help/")

    assert (row.phone_address, row.text_address, row.web_host) == ("tel:08001110111", "sms:85258", "example.org")


def test_what_was_never_checked_or_six_months_ago_needs_a_check():
    ages = {"never": None, "old": TODAY - timedelta(days=200), "new": TODAY - timedelta(days=100), "today": TODAY}
    for name, last_checked in ages.items():
        service(name=name, last_checked=last_checked).save()

    due = CrisisService.objects.to_check(on=TODAY)

    assert {row.name for row in due} == {"never", "old"}
    assert {row.name for row in CrisisService.objects.all() if row.needs_a_check(on=TODAY)} == {"never", "old"}


@pytest.mark.parametrize("age", [181, 182, 183])
def test_list_and_column_draw_the_line_at_the_same_day(age):
    row = service(last_checked=TODAY - timedelta(days=age))
    row.save()

    assert CrisisService.objects.to_check(on=TODAY).exists() == row.needs_a_check(on=TODAY)


def test_first_numbers_are_the_first_of_each_kind_with_a_phone_in_one_query(settings):
    service(name="Text only", phone="", text_number="85258", order=1).save()
    service(name="Second", order=3).save()
    service(name="First", order=2).save()
    service(name="Elsewhere", country="IE", order=0).save()
    service(name="Police", kind="emergency", phone="999", order=9).save()

    with CaptureQueriesContext(connection) as asked:
        numbers = crisis.first_numbers()

    assert (str(numbers.emergency), str(numbers.helpline)) == ("Police (GB)", "First (GB)")
    assert len(asked) == 1
    settings.NEURO_CMS = {"CRISIS_COUNTRY": "IE"}
    assert crisis.first_numbers().emergency is None
    assert str(crisis.first_numbers().helpline) == "Elsewhere (IE)"


def test_countries_are_named_in_the_active_language():
    with translation.override("de"):
        assert countries.names()["AT"] == "Österreich"
    with translation.override("udm"):
        assert countries.names()["AT"] == "Austria"


@pytest.mark.parametrize("language", [code for code, _name in global_settings.LANGUAGES])
def test_every_shipped_country_has_a_name_in(language):
    shipped = json.loads(crisis.SHIPPED.read_text(encoding="utf-8"))
    with translation.override(language):
        known = countries.names()

    assert [code for code in shipped if not known.get(code)] == []


def test_countries_are_in_the_order_of_their_letters_without_accents():
    with translation.override("de"):
        order = list(countries.names())

    assert order.index("NO") < order.index("AT") < order.index("PL")


def test_only_countries_and_the_european_union_can_be_chosen():
    assert {"GB", "NZ", "EU", "XK"} <= countries.names().keys()
    assert not {"ZZ", "UN", "001", "XA"} & countries.names().keys()
