"""The door to the rules of time. Each change raises the calendar's version and brings ``next_free_at`` up to date."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import time_zone_of

from . import conf
from ._clocks import wall_minutes
from ._days_off import validate_place
from ._rules import calendar_of
from .availability import first_free, is_open
from .models import Booking, DateOverride, HostCalendar, PeerSession, PeerSessionAvailability

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

logger = logging.getLogger(__name__)

RULES = (
    "notice_minutes",
    "horizon_days",
    "interval_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "max_per_day",
    "max_per_week",
    "holiday_country",
    "holiday_region",
)
# At most so many hosts are looked at in one tick, for each reason.
BATCH = 200
LIVE = (Booking.State.REQUESTED, Booking.State.APPROVED, Booking.State.CONFIRMED)
Hours = tuple[time, time]


def change_rules(host: "AbstractBaseUser", *, now: datetime, **fields: Any) -> HostCalendar:
    """Stores these of ``RULES``; None means what ``NEURO_SESSIONS`` says. Raises ``ValidationError`` by field."""
    calendar = HostCalendar.objects.filter(host_id=host.pk).first() or HostCalendar(host_id=host.pk)
    for name, value in fields.items():
        setattr(calendar, name, value)
    calendar.clean_fields(exclude={"host"})
    validate_place(calendar.holiday_country, calendar.holiday_region)
    with _changing(host.pk, now=now):
        HostCalendar.objects.filter(host_id=host.pk).update(**{name: fields[name] for name in RULES if name in fields})
    return _remember(host)


def pause(host: "AbstractBaseUser", *, now: datetime) -> HostCalendar:
    """Nothing is offered until ``resume``. What is booked stays."""
    with _changing(host.pk, now=now):
        HostCalendar.objects.filter(host_id=host.pk, paused_at=None).update(paused_at=now)
    return _remember(host)


def resume(host: "AbstractBaseUser", *, now: datetime) -> HostCalendar:
    with _changing(host.pk, now=now):
        HostCalendar.objects.filter(host_id=host.pk).update(paused_at=None)
    return _remember(host)


def set_week(
    listing: PeerSession, windows: Sequence[tuple[int, time, time]], *, now: datetime
) -> list[PeerSessionAvailability]:
    """Puts these in the place of all weekly windows: weekday, start and end in the host's zone.

    Raises ``ValidationError`` with one error for each row that is wrong: ``params["row"]`` counts from 0, and the
    code is end_before_start or overlap.
    """
    if errors := [*_backward(windows), *_overlapping(windows)]:
        raise ValidationError(errors)
    zone = str(time_zone_of(listing.host))
    rows = [
        PeerSessionAvailability(peer_session=listing, weekday=weekday, start_time=start, end_time=end, time_zone=zone)
        for weekday, start, end in windows
    ]
    with _changing(listing.host_id, now=now):
        listing.availability.filter(repeats=PeerSessionAvailability.Repeats.WEEKLY).delete()
        PeerSessionAvailability.objects.bulk_create(rows)
    return rows


def add_window(listing: PeerSession, *, now: datetime, **fields: Any) -> PeerSessionAvailability:
    """One more window, in the host's zone where none is given. Raises ``ValidationError``."""
    window = PeerSessionAvailability(**{"peer_session": listing, "time_zone": str(time_zone_of(listing.host))} | fields)
    window.full_clean(exclude={"peer_session"}, validate_unique=False)
    with _changing(listing.host_id, now=now):
        window.save(force_insert=True)
    return window


def remove_window(window: PeerSessionAvailability, *, now: datetime) -> None:
    with _changing(window.peer_session.host_id, now=now):
        window.delete()


def add_override(
    host: "AbstractBaseUser", *, first_day: date, last_day: date, hours: Sequence[Hours], note: str, now: datetime
) -> list[DateOverride]:
    """Other hours on these days, both included, in the host's zone; without hours the host is away.

    Hours that are set for a day count although another row says away, so being away is refused where there are any.
    Raises ``ValidationError``.
    """
    if not hours and _other_hours(host, first_day, last_day).exists():
        raise ValidationError(_("You have set other hours on these days. Remove them first."), code="other_hours")
    day = [(0, start, end) for start, end in hours]
    if errors := [*_backward(day), *_overlapping(day)]:
        raise ValidationError(errors)
    spans: Sequence[Hours | tuple[None, None]] = hours or [(None, None)]
    rows = [
        DateOverride(
            host_id=host.pk,
            first_day=first_day,
            last_day=last_day,
            start_time=start,
            end_time=end,
            time_zone=str(time_zone_of(host)),
            note=note,
        )
        for start, end in spans
    ]
    for row in rows:
        row.full_clean(exclude={"host"}, validate_unique=False)
    with _changing(host.pk, now=now):
        DateOverride.objects.bulk_create(rows)
    return rows


def remove_override(override: DateOverride, *, now: datetime) -> None:
    with _changing(override.host_id, now=now):
        override.delete()


def booked_outside(host: "AbstractBaseUser", *, now: datetime) -> list[Booking]:
    """Live bookings that lie outside the host's hours as they are now, in order. They stay as they are."""
    live = Booking.objects.filter(host_id=host.pk, state__in=LIVE, ends_at__gt=now)
    by_listing: dict[Any, list[Booking]] = {}
    for booking in live.select_related("peer_session__host__neuro_calendar", "peer_session__host__neuro_profile"):
        by_listing.setdefault(booking.peer_session_id, []).append(booking)
    outside = []
    for bookings in by_listing.values():
        inside = is_open(bookings[0].peer_session, [(booking.starts_at, booking.ends_at) for booking in bookings])
        outside += [booking for booking, is_inside in zip(bookings, inside, strict=True) if not is_inside]
    return sorted(outside, key=lambda booking: booking.starts_at)


def soonest_first(listings: "models.QuerySet[PeerSession]") -> "models.QuerySet[PeerSession]":
    """In the order of their next free times; those without any come last."""
    return listings.order_by(F("next_free_at").asc(nulls_last=True), "id")


def refresh_next_free(host_id: Any, *, now: datetime) -> None:
    """Stores for each listing of a host when its first free slot of any length starts, as anybody could book it now.

    The version is read before what is free, and a later version's answer is never overwritten: of two at once, what
    the later one found stays, or what is stored is known to be stale.
    """
    rows = PeerSession.objects.filter(host_id=host_id)
    listings = list(rows.select_related("host__neuro_calendar", "host__neuro_profile"))
    if not listings:
        return
    version = calendar_of(listings[0].host).version
    found = first_free(listings, now=now)
    for listing in listings:
        free_at = found[listing.pk]
        if (listing.next_free_at, listing.next_free_version) != (free_at, version):
            not_later = Q(next_free_version=None) | Q(next_free_version__lte=version)
            PeerSession.objects.filter(not_later, pk=listing.pk).update(next_free_at=free_at, next_free_version=version)


def refresh_stale(*, now: datetime) -> None:
    """Brings up to date what time or an interrupted change has made wrong, for at most ``BATCH`` hosts a reason.

    Of the listings without a free time, which may get one as days go by, any are looked at.
    """
    earliest = ExpressionWrapper(Value(now) + _notice(), output_field=models.DateTimeField())
    shown = PeerSession.objects.published().annotate(version=Coalesce("host__neuro_calendar__version", Value(0)))
    current = Q(next_free_version__isnull=False, next_free_version=F("version"))
    passed = Q(next_free_at__lt=earliest)
    windows = PeerSessionAvailability.objects.filter(peer_session=OuterRef("pk"))
    might_open = Exists(windows) & Q(next_free_at=None, host__neuro_calendar__paused_at=None)
    hosts = [
        *shown.filter(~current | passed).order_by("host_id").values_list("host_id", flat=True).distinct()[:BATCH],
        *shown.filter(current, might_open).order_by("?").values_list("host_id", flat=True)[:BATCH],
    ]
    for host_id in dict.fromkeys(hosts):
        try:
            refresh_next_free(host_id, now=now)
        except Exception:
            # One broken calendar must not hold up the others.
            logger.exception("The next free time of host %s could not be found", host_id)


def lock(host_id: Any) -> None:
    """Raises the version of a person's calendar, in the transaction that is open: nobody else changes it until its end.

    As a transaction's first statement it is a write, which is what SQLite needs to wait for its turn.
    """
    calendar = HostCalendar.objects.filter(host_id=host_id)
    if not calendar.update(version=F("version") + 1):
        HostCalendar.objects.get_or_create(host_id=host_id)
        calendar.update(version=F("version") + 1)


@contextmanager
def _changing(host_id: Any, *, now: datetime) -> Iterator[None]:
    with transaction.atomic():
        lock(host_id)
        yield
    refresh_next_free(host_id, now=now)


def _remember(host: "AbstractBaseUser") -> HostCalendar:
    calendar = HostCalendar.objects.get(host_id=host.pk)
    # What the user object remembers of its calendar would be out of date.
    host.neuro_calendar = calendar  # type: ignore[attr-defined]
    return calendar


def _backward(windows: Sequence[tuple[int, time, time]]) -> Iterator[ValidationError]:
    for row, (_weekday, start, end) in enumerate(windows):
        if end != time(0) and end <= start:
            yield _error("end_before_start", _("The end must be later than the start."), row)


def _overlapping(windows: Sequence[tuple[int, time, time]]) -> Iterator[ValidationError]:
    latest: dict[int, int] = {}
    for weekday, (start, end), row in sorted((day, wall_minutes(*hours), n) for n, (day, *hours) in enumerate(windows)):
        if start < latest.get(weekday, 0):
            yield _error("overlap", _("Two of these times overlap."), row)
        latest[weekday] = max(end, latest.get(weekday, 0))


def _error(code: str, sentence: Any, row: int) -> ValidationError:
    return ValidationError(sentence, code=code, params={"row": row})


def _other_hours(host: "AbstractBaseUser", first_day: date, last_day: date) -> "models.QuerySet[DateOverride]":
    rows = DateOverride.objects.filter(host_id=host.pk, start_time__isnull=False)
    return rows.filter(first_day__lte=last_day, last_day__gte=first_day)


def _notice() -> "ExpressionWrapper[Any]":
    """A host's notice as a duration. In this shape both databases multiply."""
    minutes = Coalesce("host__neuro_calendar__notice_minutes", Value(conf.get().notice_minutes))
    return ExpressionWrapper(
        Cast(minutes, models.IntegerField()) * Value(timedelta(minutes=1)), output_field=models.DurationField()
    )
