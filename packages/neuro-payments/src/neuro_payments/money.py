from copy import copy
from decimal import Decimal
from typing import Final

from babel import Locale, negotiate_locale
from babel.localedata import locale_identifiers
from django.utils.translation import get_language, to_locale

# Minor units as Stripe counts them, which is not ISO 4217 everywhere: ISK has two decimals there, MGA none.
_EXPONENTS: Final = {
    **dict.fromkeys(("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"), 0),
    **dict.fromkeys(("pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"), 0),
    **dict.fromkeys(("bhd", "jod", "kwd", "omr", "tnd"), 3),
}


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2, or 0 or 3 where the provider says so."""
    return _EXPONENTS.get(currency.lower(), 2)


def format_amount(amount: int, currency: str) -> str:
    """``1500, "gbp"`` → ``£15.00``: minor units as the active language writes them, in English where nobody knows how.

    The decimals are the provider's, so that no coin is hidden. A currency without a symbol shows its code.
    """
    decimals = exponent(currency)
    locale = Locale.parse(negotiate_locale([to_locale(get_language() or "en"), "en"], locale_identifiers()))
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    value = Decimal(amount).scaleb(-decimals)
    return str(pattern.apply(value, locale, currency=currency.upper(), currency_digits=False))
