"""The one door of a booking's state: which act is allowed when, and what money has to say."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

import neuro_sessions
from neuro_accounts.models import Delivery
from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import states
from neuro_sessions.models import Booking, BookingEvent, HostTime
from tests.acts import ACTS, LATER, WAYS, joined, pay, traces
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E18")]

State = Booking.State

ALLOWED = {
    ("approve", State.REQUESTED): State.APPROVED,
    ("decline", State.REQUESTED): State.REJECTED,
    ("withdraw", State.REQUESTED): State.WITHDRAWN,
    ("withdraw", State.APPROVED): State.WITHDRAWN,
    ("expire", State.REQUESTED): State.EXPIRED,
    ("expire", State.APPROVED): State.EXPIRED,
    ("finish", State.CONFIRMED): State.COMPLETED,
    ("complete", State.CONFIRMED): State.COMPLETED,
    ("cancel", State.APPROVED): State.CANCELLED,
    ("cancel", State.CONFIRMED): State.CANCELLED,
    ("propose", State.REQUESTED): State.REQUESTED,
    ("propose", State.APPROVED): State.APPROVED,
    ("propose", State.CONFIRMED): State.CONFIRMED,
}
# Tried with what they need, in files of their own.
ELSEWHERE = {"confirm", "agree_price", "offer_price", "give_back", "move", "refuse_move"}
CODES = {"finish": "complete", "propose": "move"}


def test_every_state_has_a_way_and_every_act_a_row():
    assert set(WAYS) == set(State)
    assert {act for act, _state in ALLOWED} == set(ACTS)
    table = {(act, state) for act, (sources, _to) in states.TRANSITIONS.items() for state in sources}
    assert {pair for pair in table if pair[0] not in ELSEWHERE} == {pair for pair in ALLOWED if pair[0] != "finish"}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_allowed_or_refused_in_every_state(in_state, act, state):
    booking = in_state(state)
    assert Booking.objects.get().state == state
    before, events = traces(), BookingEvent.objects.count()
    if (act, state) in ALLOWED:
        assert ACTS[act](booking, NOW + LATER).state == ALLOWED[act, state]
        assert Booking.objects.get().state == ALLOWED[act, state]
        return
    if act == "finish":
        joined(booking)
        before = traces()
    with pytest.raises(bookings.TransitionRefused) as refused:
        ACTS[act](booking, NOW + LATER)
    assert refused.value.code == f"{CODES.get(act, act)}_{state}"
    assert str(refused.value.sentence)
    assert Booking.objects.get().state == booking.state == state
    assert traces() == before
    assert BookingEvent.objects.count() >= events


@pytest.mark.parametrize("state", State)
def test_a_stale_object_is_refused_and_then_shows_what_is_true(in_state, ask, state):
    booking = in_state(state)
    stale = Booking.objects.get()
    stale.state = State.REQUESTED
    if state == State.REQUESTED:
        bookings.decline(booking, by=booking.host, message="", now=NOW)
    with pytest.raises(bookings.TransitionRefused):
        bookings.decline(stale, by=stale.host, message="", now=NOW)
    assert stale.state == Booking.objects.get().state


def test_the_host_can_finish_only_after_the_seeker_has_joined(in_state):
    booking = in_state(State.CONFIRMED)
    with pytest.raises(bookings.NotMet):
        bookings.finish(booking, by=booking.host, now=NOW + timedelta(days=2))
    assert bookings.finish(joined(booking), by=booking.host, now=NOW + timedelta(days=2)).state == State.COMPLETED


# -- Money


def test_settling_is_the_same_however_often_it_is_done(in_state):
    booking = in_state(State.APPROVED)
    assert bookings.settle(booking, now=NOW).state == State.APPROVED
    pay(booking)
    for _time in range(3):
        bookings.settle(Booking.objects.get(), now=NOW)
    assert Booking.objects.get().state == State.CONFIRMED
    assert list(BookingEvent.objects.values_list("act", flat=True)) == ["ask", "approve", "confirm"]
    assert Delivery.objects.filter(type="neuro_sessions.session_confirmed").count() == 2  # site and e-mail


def test_settling_with_a_stale_object_changes_nothing(in_state):
    booking = in_state(State.APPROVED)
    stale = Booking.objects.get()
    pay(booking)
    bookings.settle(booking, now=NOW)
    assert bookings.settle(stale, now=NOW).state == State.CONFIRMED
    assert BookingEvent.objects.filter(act="confirm").count() == 1


@pytest.mark.parametrize("act", ["withdraw", "expire"])
def test_a_payment_after_the_end_confirms_nothing(in_state, act):
    booking = ACTS[act](in_state(State.APPROVED), NOW)
    pay(booking)
    before = traces()
    assert bookings.settle(booking, now=NOW).state == ALLOWED[act, State.APPROVED]
    assert traces() == before


@pytest.mark.feature("P10")
@pytest.mark.parametrize("act", ["withdraw", "expire"])
def test_what_is_paid_cannot_be_withdrawn_nor_run_out_before_the_news_of_it(in_state, act):
    booking = in_state(State.APPROVED)
    pay(booking)
    with pytest.raises(bookings.TransitionRefused) as refusal:
        ACTS[act](booking, NOW)
    assert refusal.value.code == f"{act}_confirmed"
    booking.refresh_from_db()
    assert booking.state == State.CONFIRMED


def test_a_late_payment_is_still_good_while_the_time_is_free(in_state):
    booking = in_state(State.APPROVED)
    pay(booking)
    late = booking.deadline + bookings.PAYMENT_GRACE - timedelta(seconds=1)
    assert bookings.settle(booking, now=late).state == State.CONFIRMED


def test_a_late_payment_never_promises_a_time_to_two_people(ask, on_account, priced):
    first = ask(hours=100)
    bookings.approve(first, by=first.host, now=NOW)
    too_late = first.deadline + bookings.PAYMENT_GRACE
    second = ask(hours=100, by=UserFactory(), now=too_late)
    pay(first)
    assert bookings.settle(first, now=too_late).state == State.EXPIRED
    assert (first.refund, on_account.given_back) == (1500, {str(first.pk): 1500})
    assert {row.booking for row in HostTime.objects.all()} == {second}


def test_two_late_settlements_of_one_booking_both_end_quietly(ask, on_account, priced):
    first = ask(hours=100)
    bookings.approve(first, by=first.host, now=NOW)
    too_late = first.deadline + bookings.PAYMENT_GRACE
    ask(hours=100, by=UserFactory(), now=too_late)
    pay(first)
    stale = Booking.objects.get(pk=first.pk)
    bookings.settle(first, now=too_late)
    assert bookings.settle(stale, now=too_late).state == State.EXPIRED
    assert BookingEvent.objects.filter(act="expire").count() == 1


# -- The door


def writers_of_state(tree):
    """Lines that assign ``.state``, set it by name, or hand it to ``update``, ``create`` or a constructor."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.lineno
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            writes = name in ("update", "create", "get_or_create", "update_or_create", "Booking", "move")
            if writes and any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno
            if name == "setattr" and any(isinstance(a, ast.Constant) and a.value == "state" for a in node.args):
                yield node.lineno


def test_no_other_module_writes_a_booking_s_state():
    root = Path(neuro_sessions.__file__).parent
    found = {}
    for path in root.rglob("*.py"):
        if lines := list(writers_of_state(ast.parse(path.read_text()))):
            found[str(path.relative_to(root))] = len(lines)
    assert found == {"states.py": 1}  # a new booking; its move() writes what the table says


def test_one_booking_is_one_transaction(ask):
    """Nothing of a booking may be committed before the rest: so no act can be part of a bigger transaction."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ask()
