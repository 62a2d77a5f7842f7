# ruff: noqa: S101 - asserting is what this module is for
"""What every implementation of the two ports must do, as tests.

Inherit in a test class that may use the database, in a project whose settings name your implementation::

    @pytest.mark.django_db
    class TestMySettlement(SettlementContract):
        def pay(self, booking):
            my_ledger.mark_paid(booking.pk)
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from neuro_accounts.testing import UserFactory

from .. import booking as bookings
from ..meeting_place import CannotJoin, meeting_place
from ..models import Booking, ScheduledSession
from ..settlement import Settled, settlement
from .factories import PeerSessionFactory

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday


class _Contract:
    def make_host(self) -> "AbstractUser":
        """A host who has done whatever is needed to publish and to be paid."""
        host: AbstractUser = UserFactory()
        return host

    def approved(self, *, price: int) -> Booking:
        """A booking that the host has just said yes to, for a day after ``NOW``."""
        listing = PeerSessionFactory(
            host=self.make_host(), price=price, open_all_week=True, meeting_link="https://meet.example.org/contract"
        )
        settlement().check_listing(listing)
        seeker, start = UserFactory(), NOW + timedelta(days=1)
        booking = bookings.ask(listing, by=seeker, starts_at=start, minutes=30, answers=bookings.Answers(), now=NOW)
        return bookings.approve(booking, by=listing.host, now=NOW)


class SettlementContract(_Contract):
    """Say in ``make_host`` and ``pay`` how it is done with yours. ``price``: 0 if yours asks for no money."""

    price = 1500

    def pay(self, booking: Booking) -> None:
        """Pays what is due, as far as your side is concerned."""
        raise NotImplementedError

    def test_a_free_booking_owes_nothing(self) -> None:
        booking = self.approved(price=0)
        assert booking.state == Booking.State.CONFIRMED, "a free booking must be settled at once"
        assert settlement().pay_url(booking) is None, "nothing is due, so there is nowhere to pay"

    def test_a_booking_is_settled_when_it_is_paid_and_not_before(self) -> None:
        booking = self.approved(price=self.price)
        if self.price:
            assert settlement().state(booking) == Settled.NOT_YET, "nobody has paid yet"
            assert settlement().pay_url(booking), "its seeker must be able to pay"
        self.pay(booking)
        assert settlement().state(booking) == Settled.YES, "it was paid"
        assert settlement().pay_url(booking) is None, "nobody may be asked to pay twice"
        assert bookings.settle(booking, now=NOW).state == Booking.State.CONFIRMED

    def test_beginning_and_cancelling_may_be_repeated(self) -> None:
        booking = self.approved(price=self.price)
        for _time in range(2):
            with transaction.atomic():
                settlement().begin(booking, pay_by=NOW + timedelta(hours=1), now=NOW)
        for _time in range(2):
            with transaction.atomic():
                settlement().cancel(booking, now=NOW)

    def test_giving_back_may_be_repeated(self) -> None:
        booking = self.approved(price=self.price)
        self.pay(booking)
        for _time in range(2):
            with transaction.atomic():
                settlement().give_back(booking, self.price, now=NOW)

    def test_after_cancelling_there_is_nowhere_to_pay(self) -> None:
        booking = self.approved(price=self.price)
        settlement().cancel(booking, now=NOW)
        assert settlement().pay_url(booking) is None, "a booking that has ended can still be paid"


class MeetingPlaceContract(_Contract):
    """Say in ``make_host`` how somebody becomes able to host with yours."""

    def scheduled(self) -> tuple[ScheduledSession, Booking]:
        booking = self.approved(price=0)
        assert booking.scheduled_session is not None
        return booking.scheduled_session, booking

    def enter(self, scheduled: ScheduledSession, person: "AbstractUser", now: datetime) -> str:
        """The address for this person, or the code of the refusal."""
        try:
            return meeting_place().join_url(scheduled, person=person, back_path="/back/", now=now)
        except CannotJoin as refusal:
            return refusal.code

    def test_the_door_opens_by_the_start_and_closes_after_the_end(self) -> None:
        scheduled, _booking = self.scheduled()
        door = meeting_place().door(scheduled)
        assert door.opens_at <= scheduled.starts_at < scheduled.ends_at <= door.closes_at

    def test_both_people_enter_inside_the_window_alone(self) -> None:
        scheduled, booking = self.scheduled()
        door = meeting_place().door(scheduled)
        for person in (booking.host, booking.seeker):
            assert self.enter(scheduled, person, door.opens_at - timedelta(seconds=1)) == "too_early"
            url = self.enter(scheduled, person, door.opens_at)
            assert url.startswith(("https://", "/")), f"not an address to send a person to: {url}"
            assert self.enter(scheduled, person, door.closes_at) == "over"

    def test_wanting_moving_and_ending_may_be_repeated(self) -> None:
        scheduled, _booking = self.scheduled()
        place = meeting_place()
        for act in (place.want, place.move, place.move, place.end, place.end):
            with transaction.atomic():
                act(scheduled, now=NOW)

    def test_the_door_moves_with_the_session(self) -> None:
        scheduled, booking = self.scheduled()
        later = timedelta(days=1)
        scheduled.starts_at, scheduled.ends_at = scheduled.starts_at + later, scheduled.ends_at + later
        scheduled.save()
        with transaction.atomic():
            meeting_place().move(scheduled, now=NOW)
        assert self.enter(scheduled, booking.seeker, scheduled.starts_at - later) == "too_early"
        assert self.enter(scheduled, booking.seeker, scheduled.starts_at) not in ("too_early", "over", "no_room")
