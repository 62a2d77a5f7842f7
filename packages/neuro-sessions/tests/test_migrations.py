"""What is there when the booking engine comes is carried over, on both databases."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from neuro_accounts.testing import UserFactory
from neuro_sessions.history import rebuilt
from neuro_sessions.models import Booking, HostTime
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E18")]


@pytest.fixture
def before():
    """The tables as the first migration made them."""
    executor = MigrationExecutor(connection)
    executor.migrate([("neuro_sessions", "0001_initial")])
    yield executor.loader.project_state([("neuro_sessions", "0001_initial")]).apps
    call_command("migrate", verbosity=0)


def test_bookings_claims_and_history_are_carried_over(before):
    host, seeker = UserFactory(), UserFactory()
    make = {name: before.get_model("neuro_sessions", name).objects.create for name in MODELS}
    listing = make["PeerSession"](host_id=host.pk, title="Noise", slug="noise", durations=[30], currency="gbp")
    times = {"starts_at": NOW, "ends_at": NOW + timedelta(minutes=30)}
    row = {"title": "Noise", "price": 1500, "currency": "gbp", "note": "Hello.", "state": "requested"}
    zones = {"seeker_time_zone": "Europe/London", "host_time_zone": "America/New_York"}
    booking = make["Booking"](
        **{"host_id": host.pk, "seeker_id": seeker.pk, "peer_session": listing, "created_at": NOW},
        **(times | row | zones),
        revision=2,
    )
    made = {field.attname: getattr(booking, field.attname) for field in booking._meta.concrete_fields}
    asked = {name: str(value) if name in TEXT else value for name, value in made.items() if name != "revision"}
    make["BookingEvent"](booking=booking, revision=1, act="ask", at=NOW, changes=asked | {"attendance": "unknown"})
    make["BookingEvent"](booking=booking, revision=2, act="join", at=NOW, changes={"attendance": "attended"})
    before.get_model("neuro_sessions", "Booking").objects.update(attendance="attended")
    make["HostTime"](host_id=host.pk, booking=booking, kind="request", expires_at=NOW, **times)

    call_command("migrate", verbosity=0)

    stored = Booking.objects.get()
    assert stored.standard_price == stored.price == 1500
    assert {claim.host_id for claim in HostTime.objects.all()} == {host.pk, seeker.pk}
    assert {claim.day for claim in HostTime.objects.filter(host=host)} == {NOW.date()}
    first, second = stored.events.order_by("revision")
    assert (first.words["note"], second.changes) == ([None, "Hello."], {"attendance": ["unknown", "attended"]})
    row = rebuilt([first, second])
    for name in ("state", "attendance", "note", "price", "standard_price", "policy"):
        assert row[name] == getattr(stored, name)


MODELS = ("PeerSession", "Booking", "BookingEvent", "HostTime")
TEXT = ("id", "peer_session_id")
