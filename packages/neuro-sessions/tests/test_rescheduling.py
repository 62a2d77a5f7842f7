"""Another time for the same booking: who has to agree, what stays, and what is refused."""

from datetime import timedelta

import pytest

from neuro_accounts.models import Delivery
from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import calendars, holds, rescheduling
from neuro_sessions.availability import SlotRefused
from neuro_sessions.models import Booking, HostTime, PeerSession, ScheduledSession
from neuro_sessions.refusals import Refusal
from neuro_sessions.tasks import tick
from neuro_sessions.testing import PeerSessionFactory
from tests.acts import WAYS, walk
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E21")]

State = Booking.State
HOUR = timedelta(hours=1)


@pytest.fixture
def booked(ask, on_account, priced):
    return walk(ask(hours=100), WAYS[State.CONFIRMED])


def propose(booking, *, by, hours, now=NOW):
    return rescheduling.propose(booking, by=by, starts_at=NOW + hours * HOUR, now=now)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_a_request_moves_at_once_because_the_host_still_has_to_answer(ask):
    booking = propose(ask(hours=24), by=Booking.objects.get().seeker, hours=30)
    assert (booking.starts_at, booking.ends_at) == (NOW + 30 * HOUR, NOW + 30.5 * HOUR)
    assert (booking.state, booking.proposed_starts_at) == (State.REQUESTED, None)
    assert {row.starts_at for row in HostTime.objects.all()} == {NOW + 30 * HOUR}


def test_what_is_booked_moves_when_the_host_agrees_and_keeps_its_identity_and_payment(booked, on_account):
    paid, price, scheduled = set(on_account.paid), booked.price, booked.scheduled_session_id
    propose(booked, by=booked.seeker, hours=120)
    assert (booked.starts_at, booked.proposed_starts_at) == (NOW + 100 * HOUR, NOW + 120 * HOUR)
    assert booked.proposed_by == "seeker"
    rescheduling.accept(booked, by=booked.host, starts_at=booked.proposed_starts_at, now=NOW)
    stored = Booking.objects.get()
    assert (stored.starts_at, stored.state, stored.price) == (NOW + 120 * HOUR, State.CONFIRMED, price)
    assert (stored.proposed_starts_at, stored.scheduled_session_id) == (None, scheduled)
    assert on_account.paid == paid
    meeting = ScheduledSession.objects.get()
    assert (meeting.starts_at, meeting.calendar_sequence) == (stored.starts_at, 1)
    assert {row.starts_at for row in HostTime.objects.all()} == {NOW + 120 * HOUR}


def test_three_moves_count_up_the_calendar_sequence(booked):
    for number, hours in enumerate([110, 120, 130], start=1):
        propose(booked, by=booked.seeker, hours=hours)
        rescheduling.accept(booked, by=booked.host, starts_at=booked.proposed_starts_at, now=NOW)
        assert ScheduledSession.objects.get().calendar_sequence == number


def test_where_the_listing_answers_by_itself_the_seeker_moves_it_alone(booked):
    PeerSession.objects.update(require_request_approval=False)
    propose(Booking.objects.with_people().get(), by=booked.seeker, hours=120)
    assert Booking.objects.get().starts_at == NOW + 120 * HOUR


def test_the_seeker_always_has_to_agree_to_the_host_s_wish(booked):
    PeerSession.objects.update(require_request_approval=False)
    booking = Booking.objects.with_people().get()
    propose(booking, by=booking.host, hours=120)
    assert booking.starts_at == NOW + 100 * HOUR
    rescheduling.accept(booking, by=booking.seeker, starts_at=booking.proposed_starts_at, now=NOW)
    assert Booking.objects.get().starts_at == NOW + 120 * HOUR


def test_another_time_from_the_host_for_a_request_is_their_yes(ask):
    booking = propose(ask(hours=24), by=Booking.objects.get().host, hours=30)
    assert booking.state == State.REQUESTED
    rescheduling.accept(booking, by=booking.seeker, starts_at=booking.proposed_starts_at, now=NOW)
    assert (booking.state, booking.starts_at) == (State.CONFIRMED, NOW + 30 * HOUR)
    assert {row.kind for row in HostTime.objects.all()} == {"session"}


def test_nobody_can_agree_to_their_own_proposal(booked):
    propose(booked, by=booked.seeker, hours=120)
    assert (
        refusal(rescheduling.accept, booked, by=booked.seeker, starts_at=NOW + 120 * HOUR, now=NOW)
        == "nothing_proposed"
    )


def test_a_refused_proposal_leaves_everything_as_it_was(booked):
    propose(booked, by=booked.seeker, hours=120)
    rescheduling.refuse(booked, by=booked.host, starts_at=booked.proposed_starts_at, now=NOW)
    stored = Booking.objects.get()
    assert (stored.starts_at, stored.proposed_starts_at, stored.state) == (NOW + 100 * HOUR, None, State.CONFIRMED)
    assert Delivery.objects.filter(type="neuro_sessions.session_move_refused", recipient=booked.seeker).exists()
    assert (
        refusal(rescheduling.accept, booked, by=booked.host, starts_at=NOW + 120 * HOUR, now=NOW) == "nothing_proposed"
    )


def test_the_time_can_move_by_less_than_its_own_length(booked):
    propose(booked, by=booked.seeker, hours=100.25)
    rescheduling.accept(booked, by=booked.host, starts_at=booked.proposed_starts_at, now=NOW)
    assert Booking.objects.get().starts_at == NOW + 100.25 * HOUR


def test_a_proposed_time_that_somebody_else_got_meanwhile_is_refused(booked, ask):
    propose(booked, by=booked.seeker, hours=120)
    ask(hours=120, by=UserFactory())
    assert refusal(rescheduling.accept, booked, by=booked.host, starts_at=NOW + 120 * HOUR, now=NOW) == "taken"
    assert Booking.objects.get(pk=booked.pk).starts_at == booked.starts_at == NOW + 100 * HOUR


def test_only_times_that_are_offered_can_be_proposed(booked):
    with pytest.raises(SlotRefused):
        propose(booked, by=booked.seeker, hours=120.1)
    assert refusal(propose, booked, by=booked.seeker, hours=100) == "same_time"


def test_it_is_too_late_for_the_seeker_when_cancelling_would_cost_and_never_for_the_host(booked):
    late = booked.starts_at - timedelta(hours=23)
    assert refusal(propose, booked, by=booked.seeker, hours=120, now=late) == "too_late_to_move"
    assert propose(booked, by=booked.host, hours=120, now=late).proposed_by == "host"


def test_what_has_begun_does_not_move(booked):
    assert refusal(propose, booked, by=booked.host, hours=120, now=booked.starts_at) == "has_begun"


def test_an_unanswered_proposal_ends_with_its_time(booked):
    propose(booked, by=booked.seeker, hours=50)
    tick(now=NOW + 50 * HOUR)
    stored = Booking.objects.get()
    assert (stored.proposed_starts_at, stored.state) == (None, State.CONFIRMED)
    assert booked.events.last().reason == "ran_out"


def test_moving_an_unpaid_booking_keeps_its_deadline(ask, on_account, priced):
    booking = bookings.approve(ask(hours=30), by=priced.host, now=NOW)
    propose(booking, by=booking.host, hours=20)
    rescheduling.accept(booking, by=booking.seeker, starts_at=booking.proposed_starts_at, now=NOW)
    assert (booking.state, booking.deadline) == (State.APPROVED, NOW + 20 * HOUR)
    assert {row.expires_at for row in HostTime.objects.all()} == {booking.deadline + bookings.PAYMENT_GRACE}


def test_a_booking_keeps_its_length_where_the_listing_no_longer_offers_it(booked):
    PeerSession.objects.update(durations=[60])
    propose(Booking.objects.with_people().get(), by=booked.host, hours=120)
    assert Booking.objects.get().proposed_starts_at == NOW + 120 * HOUR


def test_only_the_time_that_was_shown_is_agreed_to(booked):
    propose(booked, by=booked.host, hours=120)
    shown = booked.proposed_starts_at
    propose(booked, by=booked.host, hours=130)
    for answer in (rescheduling.accept, rescheduling.refuse):
        assert refusal(answer, booked, by=booked.seeker, starts_at=shown, now=NOW) == "nothing_proposed"
    assert Booking.objects.get().starts_at == NOW + 100 * HOUR


@pytest.mark.parametrize("wait", ["begun", "overdue"])
def test_nobody_agrees_to_another_time_when_the_old_one_has_come_or_run_out(ask, on_account, priced, wait):
    booking = walk(ask(hours=30), WAYS[State.CONFIRMED if wait == "begun" else State.APPROVED])
    propose(booking, by=booking.host, hours=120)
    now = booking.starts_at if wait == "begun" else booking.deadline + bookings.PAYMENT_GRACE
    code = refusal(rescheduling.accept, booking, by=booking.seeker, starts_at=NOW + 120 * HOUR, now=now)
    assert code == ("has_begun" if wait == "begun" else "move_expired")


def test_agreeing_to_a_time_agrees_to_no_price(ask, priced, on_account):
    PeerSession.objects.update(reduced_price=500, require_concession_approval=True)
    priced.refresh_from_db()
    booking = bookings.approve(ask(price_kind="reduced"), by=priced.host, now=NOW, reduced=False)
    propose(booking, by=booking.host, hours=120)
    rescheduling.accept(booking, by=booking.seeker, starts_at=NOW + 120 * HOUR, now=NOW)
    assert (booking.state, booking.concession, booking.starts_at) == (State.REQUESTED, "declined", NOW + 120 * HOUR)


def test_a_request_that_moves_gets_the_time_to_be_answered_anew(ask):
    booking = propose(ask(hours=3), by=Booking.objects.get().seeker, hours=200)
    assert booking.deadline == NOW + 72 * HOUR


def test_what_can_be_paid_later_can_still_be_paid_after_a_move(ask, on_account, priced):
    PeerSession.objects.update(access_before_payment=True)
    booking = bookings.approve(ask(hours=30), by=priced.host, now=NOW)
    propose(booking, by=booking.host, hours=500)
    rescheduling.accept(booking, by=booking.seeker, starts_at=NOW + 500 * HOUR, now=NOW)
    assert on_account.due[str(booking.pk)] == booking.ends_at + 24 * HOUR


def test_a_host_learns_nothing_of_what_the_seeker_does_elsewhere(booked, ask):
    other = PeerSessionFactory(open_all_week=True, meeting_link="https://meet.example.org/other")
    ask(listing=other, hours=120)
    propose(booked, by=booked.host, hours=120)
    assert booked.proposed_by == "host"
    assert refusal(rescheduling.accept, booked, by=booked.seeker, starts_at=NOW + 120 * HOUR, now=NOW) == "own_time"


def test_what_is_kept_for_oneself_is_not_in_the_way(booked, priced):
    holds.start(priced, by=booked.seeker, starts_at=NOW + 120 * HOUR, minutes=30, now=NOW)
    PeerSession.objects.update(require_request_approval=False)
    propose(Booking.objects.with_people().get(), by=booked.seeker, hours=120)
    assert Booking.objects.get().starts_at == NOW + 120 * HOUR


def test_a_host_who_pauses_can_still_move_what_is_booked(booked):
    calendars.pause(booked.host, now=NOW)
    assert propose(Booking.objects.with_people().get(), by=booked.host, hours=120).proposed_by == "host"


def test_the_buffers_of_now_count_for_a_new_time(booked):
    calendars.change_rules(booked.host, buffer_after_minutes=20, now=NOW)
    booking = Booking.objects.with_people().get()
    propose(booking, by=booking.host, hours=120)
    rescheduling.accept(booking, by=booking.seeker, starts_at=NOW + 120 * HOUR, now=NOW)
    assert HostTime.objects.get(host=booking.host).ends_at == booking.ends_at + timedelta(minutes=20)
