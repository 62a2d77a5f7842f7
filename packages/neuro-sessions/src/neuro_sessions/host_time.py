"""Whose time is taken. Everything that takes or frees time happens under the lock of the people whose time it is."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neuro_accounts.profiles import time_zone_of

from . import calendars
from .models import Booking, HostCalendar, HostTime, PeerSession
from .refusals import Refusal

logger = logging.getLogger(__name__)
# The people and the listing stay, so what was loaded of them stays, too.
FIXED = ("id", "host", "seeker", "peer_session")
COLUMNS = [field.name for field in Booking._meta.concrete_fields if field.name not in FIXED]
NO_OVERLAP = "neuro_sessions_host_time_no_overlap"
# PostgreSQL: could not serialise, deadlock, lock not available.
LOCK_TROUBLE = ("40001", "40P01", "55P03")


class TimeTaken(Refusal):
    def __init__(self) -> None:
        super().__init__("taken", _("That time was just taken."))


class OwnTimeTaken(Refusal):
    """``path`` is the page of the booking that is in the way, where there is one."""

    def __init__(self, path: str = "") -> None:
        super().__init__("own_time", _("Another session or request takes your time then."), path)


class Busy(Refusal):
    """The database could not give the lock in time. Nothing was changed; trying again is safe."""

    def __init__(self) -> None:
        super().__init__("busy", _("Many people are booking at this moment. Nothing is lost: please try again."))


def taken(people: Collection[Any], *, since: datetime, until: datetime, now: datetime) -> models.QuerySet[HostTime]:
    """What occupies these people in ``[since, until)``. A claim past its ``expires_at`` no longer counts."""
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    return HostTime.objects.filter(alive, host_id__in=people, starts_at__lt=until, ends_at__gt=since)


@contextmanager
def locked_calendars(*people: Any, now: datetime) -> Iterator[None]:
    """One transaction in which nobody else can claim the time of these people.

    Its first statement is a write. That takes the row lock on PostgreSQL and the write lock on SQLite while
    waiting is still possible; a transaction that reads first would fail on SQLite with "database is locked".
    Everybody locks in the same order, so nobody waits in a circle.
    """
    ordered = sorted(set(people), key=str)
    with transaction.atomic(durable=True):
        for person in ordered:
            calendars.lock(person)
        HostTime.objects.filter(host_id__in=ordered, expires_at__lte=now).delete()
        yield
    for person in ordered:
        try:
            calendars.refresh_next_free(person, now=now)
        except Exception:
            # What was done is committed; tick finds what is stale.
            logger.exception("The next free time of %s could not be found.", person)


@contextmanager
def locked(booking: Booking, *, now: datetime) -> Iterator[None]:
    """``locked_calendars`` of the two people of a booking, which is read again: it may have changed meanwhile."""
    with locked_calendars(booking.host_id, booking.seeker_id, now=now):
        booking.refresh_from_db(fields=COLUMNS)
        yield


def patient[Act: Callable[..., Any]](act: Act) -> Act:
    """An act on a booking, a listing or a draft is tried once more when the database refuses the lock.

    After that it is answered with ``Busy``.
    """

    @wraps(act)
    def again(subject: models.Model, **kwargs: Any) -> Any:
        try:
            return act(subject, **kwargs)
        except OperationalError as error:
            if not _is_lock_trouble(error):
                raise
            with suppress(ObjectDoesNotExist):
                subject.refresh_from_db()
        try:
            return act(subject, **kwargs)
        except OperationalError as error:
            if not _is_lock_trouble(error):
                raise
            raise Busy from error

    return cast("Act", again)


def claim(
    booking: Booking, *, kind: HostTime.Kind, expires_at: datetime | None = None, of_host: bool = True, now: datetime
) -> None:
    """Takes the booking's time, with its buffers for the host and without for the seeker, in place of an earlier claim.

    Call it under ``locked``. ``of_host=False`` is for a request that keeps no time of its host. Raises ``TimeTaken``,
    ``OwnTimeTaken``.
    """
    rows = [_of_seeker(booking), *([_of_host(booking)] if of_host else [])]
    for row in rows:
        row.kind, row.expires_at, row.booking_id = kind, expires_at, booking.pk
        in_the_way = taken([row.host_id], since=row.starts_at, until=row.ends_at, now=now).exclude(booking=booking.pk)
        if found := in_the_way.select_related("booking").first():
            raise _refusal(booking, row, found)
    release(booking)
    _insert(rows)


def hold(listing: PeerSession, *, holder_id: Any, starts_at: datetime, ends_at: datetime, until: datetime) -> None:
    """Keeps a host's time for somebody who fills in a request, in place of what they held before.

    Call it under ``locked_calendars``. Raises ``TimeTaken``.
    """
    HostTime.objects.filter(holder_id=holder_id).delete()
    before, after = buffers(listing.host_id)
    row = HostTime(
        host_id=listing.host_id,
        holder_id=holder_id,
        kind=HostTime.Kind.HOLD,
        starts_at=starts_at - timedelta(minutes=before),
        ends_at=ends_at + timedelta(minutes=after),
        day=_day(starts_at, time_zone_of(listing.host)),
        expires_at=until,
    )
    _insert([row])


def release(booking: Booking) -> None:
    """The booking takes nobody's time any more."""
    HostTime.objects.filter(booking=booking.pk).delete()


def sweep(*, now: datetime) -> None:
    """Clears away the claims that have ended by themselves. Nothing waits for it; it keeps the tables small."""
    ended = HostTime.objects.filter(expires_at__lte=now)
    for person in list(ended.values_list("host_id", flat=True).distinct().order_by("host_id")):
        with locked_calendars(person, now=now):
            pass


def buffers(host_id: Any) -> tuple[int, int]:
    """Minutes that this host keeps free before and after a session."""
    own = HostCalendar.objects.filter(pk=host_id).values_list("buffer_before_minutes", "buffer_after_minutes")
    return own.first() or (0, 0)


def _of_seeker(booking: Booking) -> HostTime:
    return HostTime(host_id=booking.seeker_id, starts_at=booking.starts_at, ends_at=booking.ends_at)


def _of_host(booking: Booking) -> HostTime:
    return HostTime(
        host_id=booking.host_id,
        starts_at=booking.starts_at - timedelta(minutes=booking.buffer_before_minutes),
        ends_at=booking.ends_at + timedelta(minutes=booking.buffer_after_minutes),
        day=_day(booking.starts_at, time_zone_of(booking.host)),
    )


def _day(instant: datetime, zone: ZoneInfo) -> Any:
    return instant.astimezone(zone).date()


def _refusal(booking: Booking, row: HostTime, found: HostTime) -> Refusal:
    if row.host_id != booking.seeker_id:
        return TimeTaken()
    return OwnTimeTaken(found.booking.get_absolute_url() if found.booking else "")


def _insert(rows: list[HostTime]) -> None:
    try:
        HostTime.objects.bulk_create(rows)
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise TimeTaken from error  # The net below the lock: it holds whatever else writes to the table.
        raise


def _is_lock_trouble(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in LOCK_TROUBLE or "database is locked" in str(error)
