from datetime import datetime

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_components import ComponentRegistry, RegistrySettings

from .. import booking as bookings
from .. import times
from .._places import zone_name
from ..availability import Slot
from ..components.session_item import SessionItem
from ..models import Booking, PeerSessionAvailability
from ..pricing import price_text

register = Library()
registry = ComponentRegistry(
    library=register, settings=RegistrySettings(tag_formatter="django_components.component_shorthand_formatter")
)
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


@register.simple_tag
def usual_hours(window: PeerSessionAvailability) -> str:
    """``09:00 to 12:00 (London time)``"""
    hours = _("all day") if window.is_whole_day else times.wall_span(window.start_time, window.end_time)
    return f"{hours} ({zone_name(window.time_zone)})"


@register.simple_tag
def usual_time(window: PeerSessionAvailability) -> str:
    """``Monday, 09:00 to 12:00 (London time)``"""
    return f"{window.get_weekday_display()}, {usual_hours(window)}"


@register.filter
def is_overdue(booking: Booking) -> bool:
    """Whether its state has run out, also where nobody has written that down yet."""
    return bookings.is_overdue(booking, now=timezone.now())


def _time(instant: datetime, words: str) -> str:
    """The words, in their order in every language, with the instant for machines."""
    stamp = instant.isoformat(timespec="minutes")
    return format_html('<bdi><time datetime="{}">{}</time></bdi>', stamp, words)
