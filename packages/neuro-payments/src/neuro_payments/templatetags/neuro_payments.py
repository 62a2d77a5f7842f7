from django.template import Library
from django_components import ComponentRegistry, RegistrySettings

from neuro_payments._places import zone_name
from neuro_payments.components.price_summary import PriceSummary
from neuro_payments.money import format_amount

register = Library()
registry = ComponentRegistry(
    library=register,
    settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter"),
)
registry.register("price_summary", PriceSummary)

register.simple_tag(zone_name, name="payment_zone")


@register.simple_tag
def money(amount: int, currency: str) -> str:
    """``{% money 1500 "gbp" %}`` → £15.00"""
    return format_amount(amount, currency)
