"""Times in words, always with their zone, on the clock (24 or 12 hours) that the reader chose."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from neuro_accounts.preferences import clock_format

from ._places import zone_name


def day(instant: datetime) -> str:
    """``Thursday 3 December 2026`` in the active zone and language."""
    return date_format(timezone.localtime(instant), "l j F Y")


def clock(instant: datetime) -> str:
    """``14:30`` or ``2:30 PM`` in the active zone."""
    return date_format(timezone.localtime(instant), clock_format())


def span(starts_at: datetime, ends_at: datetime) -> str:
    """``09:00 to 09:45``."""
    return _from_to(clock(starts_at), clock(ends_at))


def wall_span(start: time, end: time) -> str:
    """``09:00 to 12:00``: hours that repeat, in a zone of their own."""
    return _from_to(time_format(start, clock_format()), time_format(end, clock_format()))


def moment(instant: datetime) -> str:
    """``Thursday 3 December 2026, 14:30 (London time)`` in the active zone and language."""
    return f"{day(instant)}, {clock(instant)} ({zone_name()})"


def when(starts_at: datetime, ends_at: datetime) -> str:
    """``Thursday 3 December 2026, 09:00 to 09:45 (London time)`` in the active zone and language."""
    return f"{day(starts_at)}, {span(starts_at, ends_at)} ({zone_name()})"


def _from_to(start: str, end: str) -> str:
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
