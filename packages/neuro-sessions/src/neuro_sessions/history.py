from datetime import datetime
from typing import TYPE_CHECKING, Any

from .models import Booking, BookingEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def record(booking: Booking, act: str, *, by: "AbstractUser | None", now: datetime, changes: dict[str, Any]) -> None:
    """Writes what has just happened, in the transaction in which it happened."""
    BookingEvent.objects.create(
        booking=booking, revision=booking.revision, act=act, actor_id=by.pk if by else None, at=now, changes=changes
    )
