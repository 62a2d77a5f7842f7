from decimal import Decimal

import pytest
from django.conf import global_settings
from django.utils import translation

from neuro_sessions.pricing import price_text, to_major, to_minor

pytestmark = pytest.mark.feature("P6")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("15.50", "gbp", 1550), ("1500", "jpy", 1500), ("1.234", "kwd", 1234), ("0", "usd", 0), ("0.01", "eur", 1)],
)
def test_an_amount_is_a_whole_number_of_the_smallest_unit_and_back(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor
    assert to_major(minor, currency) == Decimal(amount)


@pytest.mark.parametrize(("amount", "currency"), [("0.001", "gbp"), ("0.5", "jpy"), ("0.0001", "kwd")])
def test_an_amount_finer_than_the_currency_is_refused(amount, currency):
    with pytest.raises(ValueError, match="finer"):
        to_minor(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("language", "amount", "currency", "text"),
    [
        ("en-gb", 1550, "gbp", "£15.50"),
        ("de", 1550, "eur", "15,50\xa0€"),
        ("en-gb", 1500, "jpy", "JP¥1,500"),
        ("ja", 1500, "jpy", "¥1,500"),
        ("en-gb", 1234, "kwd", "KWD1.234"),
        ("en-gb", 0, "gbp", "Free"),
    ],
)
def test_a_price_is_written_as_its_reader_writes_it(language, amount, currency, text):
    with translation.override(language):
        assert price_text(amount, currency).replace("￥", "¥").replace("KWD\xa0", "KWD") == text


@pytest.mark.parametrize("language", [code for code, _name in global_settings.LANGUAGES])
def test_a_price_can_be_shown_in_every_language_that_django_knows(language):
    with translation.override(language):
        assert price_text(1550, "gbp")


def test_a_price_can_be_shown_without_any_language():
    with translation.override(None):
        assert "15.50" in price_text(1550, "gbp")
