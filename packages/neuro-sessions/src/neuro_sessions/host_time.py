from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .models import Booking, HostCalendar, HostTime
from .refusals import Refusal

NO_OVERLAP = "neuro_sessions_host_time_no_overlap"


class TimeTaken(Refusal):
    def __init__(self) -> None:
        super().__init__("taken", _("That time was just taken."))


def taken(host_id: Any, *, since: datetime, until: datetime, now: datetime) -> models.QuerySet[HostTime]:
    """What occupies a host in ``[since, until)``. A claim past its ``expires_at`` no longer counts."""
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    return HostTime.objects.filter(alive, host_id=host_id, starts_at__lt=until, ends_at__gt=since)


@contextmanager
def locked_calendar(host_id: Any) -> Iterator[None]:
    """One transaction in which nobody else can claim this host's time.

    Its first statement is a write. That takes the row lock on PostgreSQL and the write lock on SQLite while
    waiting is still possible; a transaction that reads first would fail on SQLite with "database is locked".
    """
    HostCalendar.objects.get_or_create(host_id=host_id)
    with transaction.atomic(durable=True):
        HostCalendar.objects.filter(host_id=host_id).update(version=F("version") + 1)
        yield


@contextmanager
def claim_time(
    booking: Booking, *, kind: HostTime.Kind, now: datetime, expires_at: datetime | None = None
) -> Iterator[None]:
    """Takes the booking's time for it, and runs the block in the same transaction, under the host's lock.

    All of it is committed together or not at all. A claim that the booking has already is replaced. The booking
    itself may be written first in the block. Raises ``TimeTaken``.
    """
    others = taken(booking.host_id, since=booking.starts_at, until=booking.ends_at, now=now).exclude(booking=booking.pk)
    if others.exists():
        raise TimeTaken  # Most losers leave here, before they queue for the lock.
    with locked_calendar(booking.host_id):
        HostTime.objects.filter(host_id=booking.host_id, expires_at__lte=now).delete()
        if others.exists():
            raise TimeTaken
        _write(booking, kind=kind, expires_at=expires_at)
        yield


def release(booking: Booking) -> None:
    """The booking takes none of its host's time any more."""
    HostTime.objects.filter(booking=booking.pk).delete()


def _write(booking: Booking, *, kind: HostTime.Kind, expires_at: datetime | None) -> None:
    claim = {
        "host_id": booking.host_id,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "kind": kind,
        "expires_at": expires_at,
    }
    try:
        HostTime.objects.update_or_create(booking_id=booking.pk, defaults=claim)
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise TimeTaken from error  # The net below the lock: it holds whatever else writes to the table.
        raise
