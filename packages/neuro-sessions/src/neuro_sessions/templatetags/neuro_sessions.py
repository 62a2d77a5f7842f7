from django.template import Library
from django_components import ComponentRegistry, RegistrySettings

from .. import times
from ..components.session_item import SessionItem
from ..models import Booking
from ..pricing import price_text

register = Library()
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("session_item", SessionItem)

register.filter("day", times.day)
register.filter("clock", times.clock)
register.simple_tag(price_text, name="price")
register.simple_tag(times.zone_name, name="zone_name")


@register.simple_tag
def when(booking: Booking) -> str:
    return times.when(booking.starts_at, booking.ends_at)
