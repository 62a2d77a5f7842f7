"""Implementations of the two ports as another team would write them, small enough to see through."""

from datetime import datetime

from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.refusals import Refusal
from neuro_sessions.settlement import NotReadyToPublish, Settled


class OnAccount:
    """Somebody says when a booking is paid."""

    moves_money = True
    paid: set[str] = set()
    owed: set[str] = set()
    due: dict[str, datetime] = {}
    given_back: dict[str, int] = {}
    refuses_to_begin = False

    def check_listing(self, listing: PeerSession) -> None:
        if listing.price == 666:
            raise NotReadyToPublish("cursed", "This price is cursed.", "/help/")

    def begin(self, booking: Booking, *, pay_by: datetime, now: datetime) -> None:
        if self.refuses_to_begin:
            raise Refusal("no_account", "You have no account.", "/account/")
        if booking.price:
            self.owed.add(str(booking.pk))
            self.due[str(booking.pk)] = pay_by

    def state(self, booking: Booking) -> Settled:
        return Settled.YES if str(booking.pk) in self.paid or not booking.price else Settled.NOT_YET

    def pay_url(self, booking: Booking) -> str | None:
        return f"/pay/{booking.pk}/" if str(booking.pk) in self.owed - self.paid else None

    def cancel(self, booking: Booking, *, now: datetime) -> None:
        self.owed.discard(str(booking.pk))

    def give_back(self, booking: Booking, amount: int, *, now: datetime) -> None:
        self.given_back[str(booking.pk)] = amount
