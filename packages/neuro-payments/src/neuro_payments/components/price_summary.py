from collections.abc import Mapping
from typing import Any

from django.template import Context
from django_components import Component

from neuro_payments.money import format_amount


class PriceSummary(Component):
    """What the payer pays, what the host gets of it and what the platform keeps. Amounts in minor units."""

    template_file = "neuro_payments/components/price_summary.html"

    class Kwargs:
        amount: int
        currency: str
        fee_amount: int
        details: Mapping[str, str] = {}

    def get_template_data(self, args: Any, kwargs: Kwargs, slots: Any, context: Context) -> dict[str, Any]:
        return {
            "details": kwargs.details.items(),
            "total": format_amount(kwargs.amount, kwargs.currency),
            "payout": format_amount(kwargs.amount - kwargs.fee_amount, kwargs.currency),
            "fee": format_amount(kwargs.fee_amount, kwargs.currency),
        }
