"""A host's usual times, and changes to them, in words: on the reader's clock, in the zone in which they were meant."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import times
from ._places import zone_name
from .models import DateOverride, PeerSessionAvailability

Repeats = PeerSessionAvailability.Repeats


def hours(window: PeerSessionAvailability) -> str:
    """``09:00 to 12:00 (London time)``."""
    words = _("all day") if window.is_whole_day else times.wall_span(window.start_time, window.end_time)
    return f"{words} ({zone_name(window.time_zone)})"


def days_and_hours(window: PeerSessionAvailability) -> str:
    """``Monday, 09:00 to 12:00 (London time)``."""
    return ", ".join([*_days_of(window), hours(window)])


def change(override: DateOverride) -> str:
    """``Thursday 24 December 2026: away``, or the hours of these days."""
    days = _day(override.first_day)
    if override.last_day != override.first_day:
        days = _("%(first)s to %(last)s") % {"first": days, "last": _day(override.last_day)}
    if override.start_time is None or override.end_time is None:
        return _("%(days)s: away") % {"days": days}
    span = times.wall_span(override.start_time, override.end_time)
    return f"{days}: {span} ({zone_name(override.time_zone)})"


def _days_of(window: PeerSessionAvailability) -> list[str]:
    """On which days it is there; then, where it is bounded, from which and until which day."""
    first, last = window.first_day, window.last_day
    if window.repeats == Repeats.ONCE and first:
        return [_day(first)]
    if window.repeats == Repeats.MONTHLY and first:
        days = [_("Every month on day %(day)s") % {"day": first.day}]
    elif window.repeats == Repeats.DAILY:
        days = [_("Every day")]
    else:
        days = [window.get_weekday_display()]
    if first:
        days.append(_("from %(day)s") % {"day": _day(first)})
    if last:
        days.append(_("until %(day)s") % {"day": _day(last)})
    return days


def _day(day: date) -> str:
    return date_format(day, "l j F Y")
