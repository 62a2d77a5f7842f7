"""The states of a booking, what leads from one to the next, and the one function that writes them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .history import record, values
from .models import Booking
from .refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

State = Booking.State
OPEN = frozenset({State.REQUESTED, State.APPROVED, State.CONFIRMED})
ALWAYS = Q()

# Each act: the states in which it is allowed, and the state that it leads to. None: the booking stays in its state.
TRANSITIONS: dict[str, tuple[frozenset[State], State | None]] = {
    "approve": (frozenset({State.REQUESTED}), State.APPROVED),
    "agree_price": (frozenset({State.REQUESTED}), State.APPROVED),
    "offer_price": (frozenset({State.REQUESTED}), None),
    "decline": (frozenset({State.REQUESTED}), State.REJECTED),
    "give_back": (frozenset({State.REQUESTED}), State.REJECTED),
    "withdraw": (frozenset({State.REQUESTED, State.APPROVED}), State.WITHDRAWN),
    "confirm": (frozenset({State.APPROVED}), State.CONFIRMED),
    "expire": (frozenset({State.REQUESTED, State.APPROVED}), State.EXPIRED),
    "cancel": (frozenset({State.APPROVED, State.CONFIRMED}), State.CANCELLED),
    "complete": (frozenset({State.CONFIRMED}), State.COMPLETED),
    "propose": (OPEN, None),
    "move": (OPEN, None),
    "refuse_move": (OPEN, None),
}

# A proposed time is answered in the state in which it was made. Paying does not end it, every other new state does.
NOTHING_PROPOSED: dict[str, Any] = {"proposed_starts_at": None, "proposed_by": ""}

SENTENCES = {
    State.REQUESTED: _("This request is waiting for the host's answer."),
    State.APPROVED: _("The host has already said yes."),
    State.CONFIRMED: _("This session is already booked."),
    State.COMPLETED: _("This session is over."),
    State.REJECTED: _("The host has already declined this request."),
    State.WITHDRAWN: _("This request was already withdrawn."),
    State.EXPIRED: _("This request has run out."),
    State.CANCELLED: _("This session was already cancelled."),
}


class TransitionRefused(Refusal):
    """The booking's state does not allow the act. ``code`` is ``<act>_<state>``."""

    def __init__(self, act: str, state: str) -> None:
        super().__init__(f"{act}_{state}", SENTENCES[State(state)])


def check(booking: Booking, act: str) -> None:
    """Raises ``TransitionRefused`` where the booking, as it was read, does not allow the act."""
    if booking.state not in TRANSITIONS[act][0]:
        raise TransitionRefused(act, booking.state)


def begin(booking: Booking, *, by: "AbstractUser", now: datetime) -> None:
    """Stores a new booking and the first event of its history."""
    booking.state = State.REQUESTED
    booking.save(force_insert=True)
    record(booking, "ask", by=by, now=now, before={})


def move(
    booking: Booking,
    act: str,
    *,
    by: "AbstractUser | None",
    now: datetime,
    only: Q = ALWAYS,
    reason: str = "",
    **fields: Any,
) -> None:
    """One conditional update and one event: of two people acting at once, one acts and the other is refused.

    Call it under ``host_time.locked_calendars``. Raises ``TransitionRefused``; the booking then shows what is true.
    """
    sources, target = TRANSITIONS[act]
    before = values(Booking.objects.get(pk=booking.pk))
    if target:
        fields["state"] = target
    if target and act != "confirm":
        fields |= NOTHING_PROPOSED
    mine = Booking.objects.filter(only, pk=booking.pk, state__in=sources)
    changed = mine.update(revision=F("revision") + 1, **fields)
    booking.refresh_from_db(fields=list({"state", "deadline", "revision", *fields}))
    if not changed:
        raise TransitionRefused(act, booking.state)
    record(booking, act, by=by, now=now, before=before, reason=reason)
