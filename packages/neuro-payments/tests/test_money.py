from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from django.utils import translation

from neuro_payments.fees import application_fee, percent
from neuro_payments.money import exponent, format_amount


@pytest.mark.feature("P6")
@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (1500, "gbp", "£15.00"),
        (1, "gbp", "£0.01"),
        (0, "eur", "€0.00"),
        (123456789, "usd", "US$1,234,567.89"),
        (-250, "gbp", "-£2.50"),
        (1500, "jpy", "JP¥1,500"),
        (5120, "kwd", "KWD5.120"),
        (990, "CHF", "CHF9.90"),
        (150050, "isk", "ISK1,500.50"),
        (1500, "zzz", "ZZZ15.00"),
        (2**63 - 1, "gbp", "£92,233,720,368,547,758.07"),
    ],
)
def test_amounts_are_written_with_the_providers_decimals(amount: int, currency: str, expected: str) -> None:
    with translation.override("en-gb"):
        # Newer tables of languages put a space between a code and the digits.
        assert format_amount(amount, currency).replace("\N{NO-BREAK SPACE}", "") == expected


@pytest.mark.feature("P6")
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "1.500,50\N{NO-BREAK SPACE}€"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}€"),
        ("tlh", "€1,500.50"),
        (None, "€1,500.50"),
    ],
)
def test_amounts_follow_the_readers_language_else_english(language: str | None, expected: str) -> None:
    with translation.override(language):
        assert format_amount(150050, "eur") == expected


@pytest.mark.feature("P6")
@pytest.mark.parametrize(
    ("currencies", "expected"),
    [
        ("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf", 0),
        ("bhd jod kwd omr tnd", 3),
        ("gbp eur usd isk huf sek", 2),
    ],
)
def test_exponents_are_those_of_the_provider(currencies: str, expected: int) -> None:
    assert {exponent(code) for code in currencies.split()} == {expected}
    assert {exponent(code.upper()) for code in currencies.split()} == {expected}


@pytest.mark.feature("P2")
@pytest.mark.parametrize(
    ("amount", "fee"),
    [(1, 0), (3, 0), (4, 1), (10, 2), (30, 5), (70, 11), (110, 17), (1500, 225), (99_999_999, 15_000_000)],
)
def test_the_fee_of_fifteen_per_cent_rounds_halves_up(amount: int, fee: int) -> None:
    assert application_fee(amount, bps=1500) == fee


@pytest.mark.feature("P2")
def test_the_fee_is_the_exact_product_rounded_half_up_and_never_more_than_the_amount() -> None:
    random = Random(20261203)
    for _ in range(5000):
        amount, bps = random.randrange(10 ** random.randrange(1, 12)), random.randrange(10_001)
        exact = (Decimal(amount) * bps / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
        assert application_fee(amount, bps=bps) == exact
        assert 0 <= exact <= amount


@pytest.mark.parametrize(("amount", "bps"), [(-1, 1500), (100, -1), (100, 10_001)])
def test_an_impossible_fee_is_refused(amount: int, bps: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        application_fee(amount, bps=bps)


@pytest.mark.parametrize(("bps", "expected"), [(1500, "15"), (1250, "12.5"), (0, "0"), (10_000, "100")])
def test_a_rate_is_written_as_per_cent(bps: int, expected: str) -> None:
    assert percent(bps) == expected
