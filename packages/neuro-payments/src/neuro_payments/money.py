from decimal import Decimal
from typing import Final

from django.utils.formats import number_format

# Minor units as Stripe counts them, which is not ISO 4217 everywhere: ISK has two decimals there, MGA none.
_EXPONENTS: Final = {
    **dict.fromkeys(("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"), 0),
    **dict.fromkeys(("pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"), 0),
    **dict.fromkeys(("bhd", "jod", "kwd", "omr", "tnd"), 3),
}
_SYMBOLS: Final = {"gbp": "£", "eur": "€", "usd": "$", "jpy": "¥", "aud": "A$", "cad": "CA$", "nzd": "NZ$"}


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2, or 0 or 3 where the provider says so."""
    return _EXPONENTS.get(currency.lower(), 2)


def format_amount(amount: int, currency: str) -> str:
    """``1500, "gbp"`` → ``£15.00``: minor units for a reader, with the separators of the active language.

    Currencies without a well-known symbol show their code: ``CHF 15.00``.
    """
    decimals = exponent(currency)
    digits = number_format(Decimal(abs(amount)).scaleb(-decimals), decimal_pos=decimals, force_grouping=True)
    symbol = _SYMBOLS.get(currency.lower(), f"{currency.upper()}\N{NO-BREAK SPACE}")
    return f"{'-' if amount < 0 else ''}{symbol}{digits}"
