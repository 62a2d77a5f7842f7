"""What the tests about free times share."""

from datetime import UTC, datetime, time, timedelta

import pytest

from neuro_sessions.availability import SlotRefused, find_slot, free_slots
from neuro_sessions.models import Booking, HostCalendar, HostTime, PeerSession
from neuro_sessions.testing.contracts import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_NOTICE = {"NOTICE_MINUTES": 0}


def fresh(listing):
    """As a view reads it: with the rules of its host as they are stored."""
    return PeerSession.objects.select_related("host__neuro_calendar", "host__neuro_profile").get(pk=listing.pk)


def rule(listing, **fields):
    HostCalendar.objects.update_or_create(host=listing.host, defaults=fields)


def take(listing, starts_at, ends_at, *, expires_at=None, day=None, of=None):
    """A session of the listing takes time: its host's, or that of another person (``of``)."""
    booking = Booking.objects.create(
        host=listing.host,
        seeker=listing.host,
        peer_session=listing,
        starts_at=starts_at,
        ends_at=ends_at,
        price=0,
        standard_price=0,
        state="confirmed",
        created_at=starts_at,
    )
    HostTime.objects.create(
        host=of or listing.host,
        booking=booking,
        kind="session",
        starts_at=starts_at,
        ends_at=ends_at,
        expires_at=expires_at,
        day=day,
    )
    return booking


def keep(listing, starts_at, ends_at, *, holder, day=None, expires_at=NOW + HOUR):
    HostTime.objects.create(
        host=listing.host,
        holder=holder,
        kind="hold",
        starts_at=starts_at,
        ends_at=ends_at,
        expires_at=expires_at,
        day=day,
    )


def offered(listing, day, *, zone=UTC, minutes=60, days=1, now=NOW, **kwargs):
    """Wall-clock times in ``zone`` that are offered on the day there."""
    midnight = datetime.combine(day, time(0))
    since, until = midnight.replace(tzinfo=zone), (midnight + days * DAY).replace(tzinfo=zone)
    slots = free_slots(fresh(listing), minutes=minutes, since=since, until=until, now=now, **kwargs)
    return [f"{slot.starts_at.astimezone(zone):%H:%M}" for slot in slots]


def days_offered(listing, *, since=NOW, days=60, now=NOW, minutes=60):
    """The UTC days on which something starts, each once."""
    slots = free_slots(fresh(listing), minutes=minutes, since=since, until=since + days * DAY, now=now)
    return list(dict.fromkeys(slot.starts_at.date() for slot in slots))


def refusal(listing, starts_at, *, minutes=30, now=NOW, **kwargs):
    with pytest.raises(SlotRefused) as refused:
        find_slot(fresh(listing), starts_at=starts_at, minutes=minutes, now=now, **kwargs)
    return refused.value.code
