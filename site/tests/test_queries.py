"""A page asks the database as often for many rows as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from neuro_accounts.models import Delivery
from neuro_accounts.testing import ProfileFactory
from neuro_sessions.models import Booking
from neuro_sessions.testing import PeerSessionFactory

MOST = 16


def more_listings(world) -> None:
    for _number in range(8):
        PeerSessionFactory(host=ProfileFactory().user)


def more_messages(world) -> None:
    now = timezone.now()
    for number in range(8):
        Delivery.objects.create(
            recipient=world.people["seeker"],
            type="tests.many",
            channel="site",
            source_type="tests",
            source_id=str(number),
            title="A message",
            path="/",
            created_at=now,
            sent_at=now,
        )


def more_bookings(world) -> None:
    """Between the same two roles, with other people each time."""
    template = world.bookings["requested"]
    for number in range(8):
        starts_at = template.starts_at + timedelta(days=20, hours=number)
        for people in (
            {"seeker": ProfileFactory().user, "host": world.people["host"]},
            {"seeker": world.people["seeker"], "host": ProfileFactory().user},
        ):
            Booking.objects.create(
                **people,
                peer_session=PeerSessionFactory(host=people["host"]),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=30),
                title="Another session",
                price=0,
                standard_price=0,
                currency="gbp",
                seeker_time_zone="UTC",
                host_time_zone="UTC",
                state=Booking.State.REQUESTED,
                created_at=timezone.now(),
            )


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("role", "path", "add"),
    [
        ("anonymous", "/sessions/", more_listings),
        ("seeker", "/sessions/", more_listings),
        ("seeker", "/me/inbox/", more_messages),
        ("seeker", "/sessions/bookings/?show=waiting", more_bookings),
        ("host", "/sessions/hosting/", more_bookings),
    ],
)
def test_number_of_queries_does_not_grow_with_the_rows(role: str, path: str, add, world, as_role):
    browser = as_role(role)
    queries(browser, path)
    few = queries(browser, path)
    add(world)
    assert queries(browser, path) == few
    assert few <= MOST
