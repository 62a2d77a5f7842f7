from decimal import Decimal
from typing import Final

from django.utils.formats import number_format

WHOLE: Final = 10_000
"""A hundred per cent, in basis points."""


def application_fee(amount: int, *, bps: int) -> int:
    """The platform's part of ``amount``, both in minor units, halves rounded up (HALF_UP).

    Whole numbers throughout, so every amount is exact. ``ValueError``: a negative amount, a rate outside 0 to 100 %.
    """
    if amount < 0 or not 0 <= bps <= WHOLE:
        raise ValueError(f"no fee of {bps} basis points on {amount}")
    return (amount * bps + WHOLE // 2) // WHOLE


def percent(bps: int) -> str:
    """``1500`` → ``15``, ``1250`` → ``12.5``, in the active language."""
    return number_format(Decimal(bps) / 100)
