from django.template import Library
from django.utils import timezone
from django.utils.translation import gettext as _
from django_components import ComponentRegistry, RegistrySettings

from neuro_payments.components.price_summary import PriceSummary
from neuro_payments.money import format_amount

register = Library()
registry = ComponentRegistry(
    library=register,
    settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter"),
)
registry.register("price_summary", PriceSummary)


@register.simple_tag
def money(amount: int, currency: str) -> str:
    """``{% money 1500 "gbp" %}`` → £15.00"""
    return format_amount(amount, currency)


@register.simple_tag
def payment_zone() -> str:
    """The active zone as a place: London time"""
    place = timezone.get_current_timezone_name().rsplit("/", 1)[-1].replace("_", " ")
    return _("%(place)s time") % {"place": place}
