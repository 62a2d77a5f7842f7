"""Whether the seeker was there: its own axis, with its own table."""

from datetime import timedelta

import pytest

from neuro_sessions import attendance, rescheduling
from neuro_sessions.attendance import TRANSITIONS, MarkRefused
from neuro_sessions.models import Booking
from tests.acts import WAYS, walk
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E18")]

State, Attendance = Booking.State, Booking.Attendance
MINUTE = timedelta(minutes=1)


@pytest.fixture
def booked(ask, on_account, priced):
    return walk(ask(), WAYS[State.CONFIRMED])


def known():
    return Booking.objects.get().attendance


def mark(booking, as_, *, minutes=30):
    return attendance.mark(booking, as_=as_, by=booking.host, now=booking.starts_at + minutes * MINUTE)


JOINS = [(source, target) for source in TRANSITIONS["join"][0] for target in TRANSITIONS["join"][1]]
MARKS = [(source, target) for source in TRANSITIONS["mark"][0] for target in TRANSITIONS["mark"][1] - {source}]


@pytest.mark.parametrize(("source", "target"), JOINS)
def test_joining_leads_where_the_table_says(booked, source, target):
    Booking.objects.update(attendance=source)
    booked.refresh_from_db()
    late = 11 * MINUTE if target == Attendance.LATE else 0 * MINUTE
    attendance.record_join(booked, now=booked.starts_at + late)
    assert known() == target


@pytest.mark.parametrize(("source", "target"), MARKS)
def test_marking_leads_where_the_table_says(booked, source, target):
    Booking.objects.update(attendance=source)
    booked.refresh_from_db()
    assert mark(booked, target).attendance == known() == target


def test_coming_after_ten_minutes_is_late(booked):
    attendance.record_join(booked, now=booked.starts_at + 10 * MINUTE + timedelta(seconds=1))
    assert known() == Attendance.LATE


def test_the_first_coming_counts(booked):
    attendance.record_join(booked, now=booked.starts_at - MINUTE)
    attendance.record_join(booked, now=booked.starts_at + 20 * MINUTE)
    assert known() == Attendance.ATTENDED
    assert booked.events.filter(act="join").count() == 1


def test_the_host_can_say_what_happened_and_correct_it(booked):
    for as_ in (Attendance.MISSED, Attendance.LATE, Attendance.ATTENDED, Attendance.MISSED):
        mark(booked, as_)
        assert known() == as_
    event = booked.events.last()
    assert (event.act, event.actor, event.changes) == (
        "mark",
        booked.host,
        {"attendance": [Attendance.ATTENDED, Attendance.MISSED]},
    )


def test_who_came_through_the_door_was_there(booked):
    attendance.record_join(booked, now=booked.starts_at)
    with pytest.raises(MarkRefused) as refused:
        mark(booked, Attendance.MISSED)
    assert (refused.value.code, known()) == ("joined", Attendance.ATTENDED)


def test_who_is_said_to_be_missing_and_comes_after_all_is_late(booked):
    mark(booked, Attendance.MISSED, minutes=10)
    attendance.record_join(booked, now=booked.starts_at + 12 * MINUTE)
    assert known() == Attendance.LATE


def test_it_is_too_early_to_say_before_the_session(booked):
    assert not attendance.may_mark(booked, now=booked.starts_at)
    with pytest.raises(MarkRefused) as refused:
        mark(booked, Attendance.MISSED, minutes=9)
    assert (refused.value.code, known()) == ("not_yet", Attendance.UNKNOWN)


@pytest.mark.parametrize("state", [State.REQUESTED, State.APPROVED, State.REJECTED, State.EXPIRED, State.CANCELLED])
def test_where_nobody_meets_nobody_is_missing(in_state, state):
    booking = in_state(state)
    with pytest.raises(MarkRefused) as refused:
        mark(booking, Attendance.MISSED)
    attendance.record_join(booking, now=booking.starts_at)
    assert (refused.value.code, known()) == ("not_met", Attendance.UNKNOWN)


def test_a_move_forgets_who_was_there(booked):
    attendance.record_join(booked, now=booked.starts_at - MINUTE)
    another = NOW + timedelta(hours=150)
    rescheduling.propose(booked, by=booked.host, starts_at=another, now=booked.starts_at - MINUTE)
    rescheduling.accept(booked, by=booked.seeker, starts_at=another, now=booked.starts_at - MINUTE)
    assert known() == Attendance.UNKNOWN
    mark(booked, Attendance.MISSED)
    assert known() == Attendance.MISSED
