from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.module_loading import import_string

from . import conf
from .models import Booking, PeerSession
from .refusals import Refusal


class NotReadyToPublish(Refusal):
    """The host cannot be paid for this listing; ``path`` is the page where they can put it right."""


class Settled(StrEnum):
    YES = "yes"
    NOT_YET = "not_yet"


class Settlement(Protocol):
    """How a booking is paid for. An implementation keeps its own records and holds no rule of bookings."""

    moves_money: bool
    """Whether money that is owed moves through this implementation; else the two people settle it between them."""

    def check_listing(self, listing: PeerSession) -> None:
        """May this be published? Raises ``NotReadyToPublish``."""

    def begin(self, booking: Booking, *, pay_by: datetime, now: datetime) -> None:
        """The booking is agreed; from now it may be paid, until ``pay_by``. In a transaction: no network.

        Called again when the booking moves and what is due has another deadline.

        Raises ``Refusal`` when the host can no longer be paid: then the booking is not approved.
        """

    def state(self, booking: Booking) -> Settled:
        """Whether everything due for this booking has been paid."""

    def pay_url(self, booking: Booking) -> str | None:
        """Where its seeker pays, or None when nothing is due."""

    def cancel(self, booking: Booking, *, now: datetime) -> None:
        """The booking has ended: it can no longer be paid. In a transaction: no network."""

    def give_back(self, booking: Booking, amount: int, *, now: datetime) -> None:
        """So much of what was paid is owed to the seeker now, in minor units; it stands on ``booking.refund`` too.

        In a transaction: no network.
        """


class SettledOutside:
    """Free, or settled between the people: nothing is ever due here."""

    moves_money = False

    def check_listing(self, listing: PeerSession) -> None:
        return

    def begin(self, booking: Booking, *, pay_by: datetime, now: datetime) -> None:
        return

    def state(self, booking: Booking) -> Settled:
        return Settled.YES

    def pay_url(self, booking: Booking) -> str | None:
        return None

    def cancel(self, booking: Booking, *, now: datetime) -> None:
        return

    def give_back(self, booking: Booking, amount: int, *, now: datetime) -> None:
        return


def settlement() -> Settlement:
    """The implementation that ``NEURO_SESSIONS["SETTLEMENT"]`` names."""
    chosen: Settlement = import_string(conf.get().settlement)()
    return chosen
