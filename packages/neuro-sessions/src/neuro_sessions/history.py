from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .models import Booking, BookingEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# What people wrote: it can be erased from the history.
WORDS = ("note", "access_needs", "answer")
# What a booking is rebuilt from; the revision of each event is its own.
COLUMNS = tuple(field.attname for field in Booking._meta.concrete_fields if field.name != "revision")


def values(booking: Booking) -> dict[str, Any]:
    """The booking's row by column, without its revision."""
    return {column: getattr(booking, column) for column in COLUMNS}


def record(
    booking: Booking, act: str, *, by: "AbstractUser | None", now: datetime, before: dict[str, Any], reason: str = ""
) -> None:
    """Writes what has just happened, in the transaction in which it happened: each column that differs from before."""
    after = values(booking)
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    words = {name: changes.pop(name) for name in WORDS if name in changes}
    BookingEvent.objects.create(
        booking=booking,
        revision=booking.revision,
        act=act,
        actor_id=by.pk if by else None,
        reason=reason,
        at=now,
        changes=changes,
        words=words or None,
    )


def rebuilt(events: Iterable[BookingEvent]) -> dict[str, Any]:
    """The row that these events, in order, lead to; values as JSON holds them, without words that were erased."""
    row: dict[str, Any] = {}
    for event in events:
        changed = event.changes | (event.words or {})
        row |= {name: after for name, (_before, after) in changed.items()}
    return row
