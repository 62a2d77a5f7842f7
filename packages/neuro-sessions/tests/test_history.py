"""The events of a booking: what happened, who did it, and the row that follows from them."""

from datetime import timedelta

import pytest

from neuro_sessions.history import rebuilt
from neuro_sessions.models import Booking
from tests.acts import WAYS, joined, walk
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E18")]

State = Booking.State


def fold(booking):
    """The booking's row, from its events alone."""
    events = booking.events.order_by("revision")
    row = rebuilt(events) | {"revision": events.last().revision}
    return {field.attname: field.to_python(row.get(field.attname)) for field in Booking._meta.concrete_fields}


@pytest.mark.parametrize("state", State)
def test_the_history_rebuilds_the_row(ask, on_account, priced, state):
    booking = walk(ask(now=NOW + timedelta(microseconds=123456)), WAYS[state])
    if state in (State.CONFIRMED, State.COMPLETED):
        joined(booking)
    stored = Booking.objects.filter(pk=booking.pk).values().get()
    assert fold(booking) == stored
    assert [event.revision for event in booking.events.all()] == list(range(1, stored["revision"] + 1))


def test_the_history_names_who_acted(in_state, seeker, listing):
    booking = joined(in_state(State.COMPLETED))
    acted = {event.act: event.actor_id for event in booking.events.all()}
    assert acted == {"ask": seeker.pk, "approve": listing.host_id, "confirm": None, "complete": None, "join": seeker.pk}


def test_joining_twice_is_one_event(in_state):
    booking = joined(joined(in_state(State.CONFIRMED)))
    assert booking.events.filter(act="join").count() == 1
