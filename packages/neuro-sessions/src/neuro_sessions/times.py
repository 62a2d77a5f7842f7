"""Times in words, always with their zone."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day(instant: datetime) -> str:
    """``Thursday 3 December 2026`` in the active zone and language."""
    return date_format(timezone.localtime(instant), "l j F Y")


def clock(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "H:i")


def span(starts_at: datetime, ends_at: datetime) -> str:
    """``09:00 to 09:45``."""
    return _("%(start)s to %(end)s") % {"start": clock(starts_at), "end": clock(ends_at)}


def zone_name(name: str | None = None) -> str:
    """A zone as a place: ``Europe/London`` is ``London time``. Without a name, the active zone."""
    place = (name or timezone.get_current_timezone_name()).rsplit("/", 1)[-1].replace("_", " ")
    return _("%(place)s time") % {"place": place}


def when(starts_at: datetime, ends_at: datetime) -> str:
    """``Thursday 3 December 2026, 09:00 to 09:45 (London time)`` in the active zone and language."""
    return f"{day(starts_at)}, {span(starts_at, ends_at)} ({zone_name()})"
