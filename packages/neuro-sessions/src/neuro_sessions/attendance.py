from datetime import datetime

from django.db import transaction
from django.db.models import F

from .history import record
from .models import Booking


def record_join(booking: Booking, *, now: datetime) -> None:
    """The seeker opened the door inside its window. The first time counts."""
    unknown = Booking.objects.filter(pk=booking.pk, attendance=Booking.Attendance.UNKNOWN)
    with transaction.atomic():
        changed = unknown.update(attendance=Booking.Attendance.ATTENDED, revision=F("revision") + 1)
        booking.refresh_from_db(fields=["attendance", "revision"])
        if changed:
            changes = {"attendance": booking.attendance}
            record(booking, "join", by=booking.seeker, now=now, changes=changes)
