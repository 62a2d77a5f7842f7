"""Prices in words. An amount is a whole number of the currency's minor unit."""

from decimal import Decimal

from babel import negotiate_locale
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import get_language, gettext, to_locale


def to_minor(amount: Decimal, currency: str) -> int:
    """``Decimal("15.50")`` in ``gbp`` is 1550. Raises ``ValueError`` for a finer amount than the currency has."""
    minor = amount.scaleb(get_currency_precision(currency.upper()))
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} is finer than {currency} allows")
    return int(minor)


def to_major(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-get_currency_precision(currency.upper()))


def price_text(amount: int, currency: str) -> str:
    """``£15.50`` as the active language writes it, in English where nobody knows how; or "Free"."""
    if not amount:
        return gettext("Free")
    locale = negotiate_locale([to_locale(get_language() or "en"), "en"], locale_identifiers())
    return format_currency(to_major(amount, currency), currency.upper(), locale=locale)
