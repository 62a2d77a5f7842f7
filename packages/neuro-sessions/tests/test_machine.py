"""Everything that people do with bookings, in any order: what must hold, holds after each step.

``NEURO_EXAMPLES=500`` tries so many ways.
"""

import os
from contextlib import suppress
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from neuro_accounts.testing import UserFactory
from neuro_sessions import attendance, cancelling, holds, rescheduling, states
from neuro_sessions import booking as bookings
from neuro_sessions.history import COLUMNS, rebuilt
from neuro_sessions.models import Booking, BookingDraft, HostCalendar, HostTime
from neuro_sessions.refusals import Refusal
from neuro_sessions.tasks import tick
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import NOW
from tests.doubles import OnAccount

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E17", "E18", "E19", "E21")]

EXAMPLES = int(os.environ.get("NEURO_EXAMPLES", "50"))
State = Booking.State
MINUTE = timedelta(minutes=1)
MEETS = (State.APPROVED, State.CONFIRMED)
hours = st.integers(3, 10)  # few, so that people want the same times
any_number = st.integers(0, 5)


class People(RuleBasedStateMachine):
    """Two hosts, one of whom is also a seeker, and two other seekers, at one small calendar."""

    def __init__(self):
        super().__init__()
        # As Django's own test cases do it, so that the acts' outermost transactions are allowed inside.
        self.everything = transaction.atomic()
        self.everything._from_testcase = True
        self.everything.__enter__()
        OnAccount.paid, OnAccount.owed, OnAccount.given_back = set(), set(), {}
        self.now = NOW
        host, other_host = UserFactory(), UserFactory()
        HostCalendar.objects.create(host=host, buffer_after_minutes=10, buffer_before_minutes=5)
        common = {"open_all_week": True, "durations": [30, 60], "meeting_link": "https://meet.example.org/room"}
        self.listings = [
            PeerSessionFactory(host=host, price=1500, **common),
            PeerSessionFactory(host=host, price=0, requests_block_time=False, **common),
            PeerSessionFactory(host=other_host, price=900, require_request_approval=False, **common),
            PeerSessionFactory(
                host=other_host, price=900, reduced_price=300, require_concession_approval=True, **common
            ),
        ]
        self.seekers = [UserFactory(), UserFactory(), other_host]

    def teardown(self):
        try:
            self.now += timedelta(days=40)
            tick(now=self.now)
            assert not HostTime.objects.filter(expires_at__isnull=False).exists(), "a hold that never ends"
            assert not Booking.objects.filter(state__in=[State.REQUESTED, State.APPROVED, State.CONFIRMED]).exists()
            assert not BookingDraft.objects.exists()
        finally:
            transaction.set_rollback(True)
            self.everything.__exit__(None, None, None)

    def booking(self, number):
        found = list(Booking.objects.with_people().order_by("created_at", "pk"))
        return found[number % len(found)]

    def there_is_a_booking(self):
        return Booking.objects.exists()

    @rule(listing=any_number, seeker=any_number, hour=hours, minutes=st.sampled_from([30, 60]), reduced=st.booleans())
    def ask(self, listing, seeker, hour, minutes, reduced):
        chosen = self.listings[listing % 4]
        kind = "reduced" if reduced and chosen.reduced_price is not None else "standard"
        with suppress(Refusal):
            bookings.ask(
                chosen,
                by=self.seekers[seeker % 3],
                starts_at=NOW + timedelta(hours=hour),
                minutes=minutes,
                answers=bookings.Answers(price_kind=kind),
                now=self.now,
            )

    @rule(listing=any_number, seeker=any_number, hour=hours)
    def hold(self, listing, seeker, hour):
        start = NOW + timedelta(hours=hour)
        with suppress(Refusal):
            holds.start(
                self.listings[listing % 4], by=self.seekers[seeker % 3], starts_at=start, minutes=60, now=self.now
            )

    @rule(number=any_number)
    def extend(self, number):
        drafts = list(BookingDraft.objects.select_related("peer_session").order_by("pk"))
        if drafts:
            holds.extend(drafts[number % len(drafts)], now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number, reduced=st.booleans())
    def approve(self, number, reduced):
        booking = self.booking(number)
        with suppress(Refusal):
            bookings.approve(booking, by=booking.host, now=self.now, reduced=reduced)

    @precondition(there_is_a_booking)
    @rule(number=any_number)
    def agree_price(self, number):
        booking = self.booking(number)
        with suppress(Refusal):
            bookings.agree_price(booking, by=booking.seeker, now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number)
    def decline(self, number):
        booking = self.booking(number)
        with suppress(Refusal):
            bookings.decline(booking, by=booking.host, message="", now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number)
    def withdraw(self, number):
        booking = self.booking(number)
        with suppress(Refusal):
            bookings.withdraw(booking, by=booking.seeker, now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number, told=st.booleans())
    def pay(self, number, told):
        booking = self.booking(number)
        if str(booking.pk) in OnAccount.owed:
            OnAccount.paid.add(str(booking.pk))
        if told:
            bookings.settle(booking, now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number, by_host=st.booleans())
    def cancel(self, number, by_host):
        booking = self.booking(number)
        person = booking.host if by_host else booking.seeker
        with suppress(Refusal):
            outcome = cancelling.preview(booking, by=person, now=self.now)
            cancelling.cancel(booking, by=person, expected_refund=outcome.refund, now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number, by_host=st.booleans(), hour=hours)
    def propose(self, number, by_host, hour):
        booking = self.booking(number)
        person = booking.host if by_host else booking.seeker
        with suppress(Refusal):
            rescheduling.propose(booking, by=person, starts_at=NOW + timedelta(hours=hour), now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number, by_host=st.booleans(), yes=st.booleans())
    def answer_proposal(self, number, by_host, yes):
        booking = self.booking(number)
        person = booking.host if by_host else booking.seeker
        with suppress(Refusal):
            shown = booking.proposed_starts_at or self.now
            (rescheduling.accept if yes else rescheduling.refuse)(booking, by=person, starts_at=shown, now=self.now)

    @precondition(there_is_a_booking)
    @rule(number=any_number)
    def join(self, number):
        attendance.record_join(self.booking(number), now=self.now)

    @rule(minutes=st.sampled_from([1, 16, 60, 180]), ticks=st.booleans())
    def time_passes(self, minutes, ticks):
        self.now += minutes * MINUTE
        if ticks:
            tick(now=self.now)

    @invariant()
    def nobody_is_in_two_sessions(self):
        meets = Booking.objects.filter(state__in=MEETS).exclude(deadline__lte=self.now)
        for one, other in combinations(meets, 2):
            if {one.host_id, one.seeker_id} & {other.host_id, other.seeker_id}:
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at, "booked double"

    @invariant()
    def who_meets_has_taken_the_time_and_who_has_ended_has_not(self):
        for booking in Booking.objects.all():
            rows = HostTime.objects.filter(booking=booking)
            if booking.state in MEETS and not bookings.is_overdue(booking, now=self.now):
                assert {row.host_id for row in rows} == {booking.host_id, booking.seeker_id}
                assert all(row.starts_at <= booking.starts_at and row.ends_at >= booking.ends_at for row in rows)
            if booking.state not in (*states.OPEN, State.COMPLETED):
                assert not rows

    @invariant()
    def money_follows_the_state(self):
        for booking in Booking.objects.filter(state=State.CONFIRMED, price__gt=0):
            assert str(booking.pk) in OnAccount.paid
        for booking in Booking.objects.filter(state=State.CANCELLED):
            assert OnAccount.given_back.get(str(booking.pk), 0) == booking.refund <= booking.price

    @invariant()
    def history_rebuilds_each_row(self):
        for booking in Booking.objects.all():
            row = rebuilt(booking.events.order_by("revision"))
            fields = {field.attname: field for field in Booking._meta.concrete_fields}
            assert {name: fields[name].to_python(row.get(name)) for name in COLUMNS} == {
                name: getattr(booking, name) for name in COLUMNS
            }

    @invariant()
    def every_hold_has_an_end(self):
        for row in HostTime.objects.filter(kind=HostTime.Kind.HOLD):
            assert row.expires_at is not None
            assert row.expires_at <= self.now + 15 * MINUTE


def test_whatever_people_do_nobody_is_promised_what_is_not_there(settings_of_machine):
    run_state_machine_as_test(People, settings=settings_of_machine)


@pytest.fixture
def settings_of_machine(settings_of_project):
    return settings(
        max_examples=EXAMPLES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )


@pytest.fixture
def settings_of_project(on_account):
    """Bookings have to be paid on account."""
