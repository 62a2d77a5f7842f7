from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q, Value

from . import conf
from .models import DateOverride, HostCalendar, PeerSessionAvailability

OVERRIDE = "override"
COLUMNS = ("first_day", "last_day", "start_time", "end_time", "time_zone")


class Rule(NamedTuple):
    """A window of a listing, or an override of its host: then ``repeats`` is ``OVERRIDE``, without times for away."""

    listing_id: UUID | None
    repeats: str
    weekday: int | None
    first_day: date | None
    last_day: date | None
    start_time: time | None
    end_time: time | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a host's calendar says, and where it is silent, ``NEURO_SESSIONS``. Buffers and interval are minutes."""

    notice: timedelta
    horizon: timedelta
    interval: int
    before: int
    after: int
    per_day: int | None
    per_week: int | None
    is_paused: bool
    country: str
    region: str


def calendar_of(host: Any) -> HostCalendar:
    """The host's calendar; one that is not stored, where there is none yet."""
    try:
        found: HostCalendar = host.neuro_calendar
    except ObjectDoesNotExist:
        return HostCalendar(host_id=host.pk)
    return found


def limits_of(host: Any) -> Limits:
    calendar, default = calendar_of(host), conf.get()
    notice, horizon, interval = calendar.notice_minutes, calendar.horizon_days, calendar.interval_minutes
    return Limits(
        notice=timedelta(minutes=default.notice_minutes if notice is None else notice),
        horizon=timedelta(days=default.horizon_days if horizon is None else horizon),
        interval=default.slot_interval_minutes if interval is None else interval,
        before=calendar.buffer_before_minutes,
        after=calendar.buffer_after_minutes,
        per_day=calendar.max_per_day,
        per_week=calendar.max_per_week,
        is_paused=calendar.paused_at is not None,
        country=calendar.holiday_country,
        region=calendar.holiday_region,
    )


def rules_between(listings: Collection[Any], *, host_id: Any, since: datetime, until: datetime) -> list[Rule]:
    """The windows of these listings, and the overrides of their host, that may matter then. One query."""
    first, last = since.date() - timedelta(days=2), until.date() + timedelta(days=2)
    windows = PeerSessionAvailability.objects.filter(
        Q(first_day=None) | Q(first_day__lte=last), Q(last_day=None) | Q(last_day__gte=first), peer_session__in=listings
    )
    overrides = DateOverride.objects.filter(host_id=host_id, last_day__gte=first, first_day__lte=last)
    rows = (
        windows.order_by()
        .values_list("peer_session_id", "repeats", "weekday", *COLUMNS)
        .union(
            overrides.order_by().values_list(
                Value(None, output_field=models.UUIDField()),
                Value(OVERRIDE),
                Value(None, output_field=models.PositiveSmallIntegerField()),
                *COLUMNS,
            ),
            all=True,
        )
    )
    return [Rule(*row) for row in rows]
