from datetime import datetime

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django_components import ComponentRegistry, RegistrySettings

from .. import booking as bookings
from .. import times, usual_times
from ..availability import Slot
from ..components.request_calendar import RequestCalendar
from ..components.session_item import SessionItem
from ..models import Booking
from ..pricing import price_text

register = Library()
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
registry.register("request_calendar", RequestCalendar)
registry.register("session_item", SessionItem)

register.simple_tag(price_text, name="price")


@register.simple_tag
def when(booking: Booking | Slot) -> str:
    return _time(booking.starts_at, times.when(booking.starts_at, booking.ends_at))


@register.filter
def moment(instant: datetime) -> str:
    return _time(instant, times.moment(instant))


@register.filter
def day(instant: datetime) -> str:
    return _time(instant, times.day(instant))


register.simple_tag(usual_times.hours, name="usual_hours")
register.simple_tag(usual_times.days_and_hours, name="usual_time")
register.simple_tag(usual_times.change, name="changed_days")


@register.filter
def is_overdue(booking: Booking) -> bool:
    """Whether its state has run out, also where nobody has written that down yet."""
    return bookings.is_overdue(booking, now=timezone.now())


def _time(instant: datetime, words: str) -> str:
    """The words, in their order in every language, with the instant for machines."""
    stamp = instant.isoformat(timespec="minutes")
    return format_html('<bdi><time datetime="{}">{}</time></bdi>', stamp, words)
