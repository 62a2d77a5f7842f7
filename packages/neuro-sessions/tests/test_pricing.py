from decimal import Decimal

import pytest
from django.conf import global_settings
from django.utils import translation

from neuro_sessions import pricing
from neuro_sessions.models import Booking
from neuro_sessions.pricing import PriceRefused, listing_price_words, price_text, to_major, to_minor
from neuro_sessions.testing import PeerSessionFactory

pytestmark = pytest.mark.feature("P6")
Kind = Booking.PriceKind


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


# -- What a session costs


def listing(**fields):
    return PeerSessionFactory.build(host=None, **fields)


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("price", "minutes", "due"),
    [(3000, 60, 3000), (3000, 45, 2250), (1000, 25, 417), (1, 30, 1), (1, 29, 0), (999, 5, 83), (3000, 120, 6000)],
)
def test_an_hourly_price_is_for_the_minutes_half_a_unit_up(price, minutes, due):
    hourly = listing(price=price, price_per="hour")
    assert pricing.price_of(hourly, minutes=minutes, kind=Kind.STANDARD) == due
    assert pricing.price_of(listing(price=price), minutes=minutes, kind=Kind.STANDARD) == price


@pytest.mark.feature("E2")
def test_the_reduced_price_is_counted_in_the_same_way():
    assert pricing.price_of(listing(reduced=True), minutes=45, kind=Kind.REDUCED) == 500
    hourly = listing(hourly=True, reduced_price=1000)
    assert pricing.price_of(hourly, minutes=45, kind=Kind.REDUCED) == 750
    assert pricing.price_of(listing(priced=True, reduced_price=0), minutes=45, kind=Kind.REDUCED) == 0


@pytest.mark.feature("E2")
def test_people_who_choose_pay_what_they_say():
    free_choice = listing(pay_what_you_can=True, minimum_price=0)
    assert pricing.price_of(free_choice, minutes=30, kind=Kind.CHOSEN, chosen=0) == 0
    hourly = listing(pay_what_you_can=True, price_per="hour")
    assert pricing.least_price(hourly, minutes=30) == 100
    assert pricing.price_of(hourly, minutes=30, kind=Kind.CHOSEN, chosen=100) == 100
    assert pricing.price_of(hourly, minutes=30, kind=Kind.STANDARD) == 750


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("fields", "kind", "chosen", "code", "words"),
    [
        ({"priced": True}, Kind.REDUCED, None, "not_offered", "not offered here"),
        ({"priced": True}, Kind.CHOSEN, 1500, "not_offered", "not offered here"),
        ({}, Kind.REDUCED, None, "not_offered", "not offered here"),
        ({"priced": True}, "gold", None, "not_offered", "not offered here"),
        ({"pay_what_you_can": True}, Kind.CHOSEN, 199, "too_low", "at least £2.00"),
        ({"pay_what_you_can": True}, Kind.CHOSEN, None, "too_low", "at least £2.00"),
        ({"pay_what_you_can": True, "minimum_price": 0}, Kind.CHOSEN, None, "too_low", "0 is possible"),
        ({"pay_what_you_can": True, "minimum_price": 0}, Kind.CHOSEN, -1, "too_low", "0 is possible"),
        ({"pay_what_you_can": True}, Kind.CHOSEN, 1_000_001, "too_high", "at most £10,000.00"),
    ],
)
def test_a_price_that_is_not_offered_is_refused_with_a_reason(fields, kind, chosen, code, words):
    with pytest.raises(PriceRefused) as refused:
        pricing.price_of(listing(**fields), minutes=30, kind=kind, chosen=chosen)
    assert refused.value.code == code
    assert words in str(refused.value.sentence)


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, ["standard"]),
        ({"priced": True}, ["standard"]),
        ({"reduced": True}, ["standard", "reduced"]),
        ({"pay_what_you_can": True}, ["standard", "chosen"]),
        ({"pay_what_you_can": True, "price": 0}, ["standard"]),
    ],
)
def test_what_can_be_chosen_and_nothing_else_has_a_price(fields, offered):
    assert pricing.kinds(listing(**fields)) == offered
    for kind in Kind:
        if kind in offered:
            assert pricing.price_of(listing(**fields), minutes=30, kind=kind, chosen=500) >= 0
        else:
            with pytest.raises(PriceRefused):
                pricing.price_of(listing(**fields), minutes=30, kind=kind, chosen=500)


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("language", "fields", "words"),
    [
        ("en-gb", {}, "Free"),
        ("en-gb", {"priced": True}, "£15.00"),
        ("en-gb", {"hourly": True}, "£30.00 an hour"),
        ("en-gb", {"reduced": True}, "£15.00, reduced price £5.00"),
        ("en-gb", {"priced": True, "reduced_price": 0}, "£15.00, reduced price free"),
        ("en-gb", {"hourly": True, "reduced_price": 1000}, "£30.00 an hour, reduced price £10.00 an hour"),
        ("en-gb", {"pay_what_you_can": True}, "you choose, from £2.00; suggested £15.00"),
        ("en-gb", {"pay_what_you_can": True, "minimum_price": 0}, "you choose what you pay; suggested £15.00"),
        ("de", {"priced": True, "currency": "eur"}, "15,00\xa0€"),
        ("en-gb", {"priced": True, "currency": "jpy"}, "JP¥1,500"),
        ("en-gb", {"priced": True, "currency": "kwd"}, "KWD1.500"),
    ],
)
def test_what_a_listing_costs_in_words(language, fields, words):
    with translation.override(language):
        assert listing_price_words(listing(**fields)).replace("KWD\xa0", "KWD") == words
