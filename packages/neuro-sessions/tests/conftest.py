from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.utils import timezone

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import grants, holds, urls
from neuro_sessions.models import Booking, DateOverride, PeerSession
from neuro_sessions.testing import PeerSessionFactory
from neuro_sessions.testing.contracts import NOW
from tests.acts import WAYS, walk
from tests.doubles import OnAccount
from tests.pages import ASK_ROUTES, BOOKING_ROUTES, LISTING_ROUTES, OWN_ROUTES, at

if "neuro_payments" not in django_settings.INSTALLED_APPS:
    collect_ignore = ["contrib"]  # They need tests.projects.full; test_contrib_project.py runs them.

LINK = "https://meet.example.org/quiet-room"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time that views see; ``clock.now`` can be moved."""
    hands = SimpleNamespace(now=NOW)
    monkeypatch.setattr(timezone, "now", lambda: hands.now)
    return hands


@pytest.fixture
def listing(db: None) -> PeerSession:
    """Published, free of charge, open all week in UTC."""
    return PeerSessionFactory(open_all_week=True, meeting_link=LINK)


@pytest.fixture
def seeker(db: None) -> Any:
    return UserFactory()


@pytest.fixture
def stranger(db: None) -> Any:
    return UserFactory()


@pytest.fixture
def ask(listing: PeerSession, seeker: Any) -> Callable[..., Booking]:
    """Asks for half an hour, ``hours`` after ``NOW``; other arguments are those of ``ask`` and of its answers."""

    def make(*, hours: float = 24, now: datetime = NOW, **kwargs: Any) -> Booking:
        chosen = kwargs.pop("listing", listing)
        known = {"by": seeker, "minutes": 30, "starts_at": NOW + timedelta(hours=hours)}
        call = {name: kwargs.pop(name) for name in [*known, "promised"] if name in kwargs}
        answers = bookings.Answers(**({"note": "I would like to talk about noise."} | kwargs))
        return bookings.ask(chosen, now=now, answers=answers, **(known | call))

    return make


@pytest.fixture
def booking(ask: Callable[..., Booking]) -> Booking:
    return ask()


@pytest.fixture
def addresses(booking: Booking, listing: PeerSession) -> dict[str, str]:
    """Every route of ours, by name, with rows that exist."""
    own = {name: at(name, booking.pk) for name in BOOKING_ROUTES}
    own |= {name: at(name, listing.pk) for name in [*LISTING_ROUTES, *ASK_ROUTES]}
    own |= {name: at(name) for name in OWN_ROUTES}
    own["detail"] = at("detail", listing.slug)
    own["availability-delete"] = at("availability-delete", listing.availability.all()[0].pk)
    override = DateOverride.objects.create(host=listing.host, first_day=NOW, last_day=NOW, time_zone="UTC")
    own["override-delete"] = at("override-delete", override.pk)
    cohost = UserFactory()
    cohost.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    grants.add_cohost(listing, user=cohost, by=listing.host)
    own["cohost-remove"] = at("cohost-remove", listing.pk, cohost.pk)
    holds.start(listing, by=booking.seeker, starts_at=NOW + timedelta(days=2), minutes=30, now=NOW)
    assert set(own) == {route.name for route in urls.urlpatterns}
    return own


@pytest.fixture
def on_account(settings: Any) -> Iterator[type[OnAccount]]:
    """Bookings have to be paid, and the test says when they are."""
    settings.NEURO_SESSIONS = {"SETTLEMENT": "tests.doubles.OnAccount"}
    OnAccount.paid, OnAccount.owed, OnAccount.given_back = set(), set(), {}
    yield OnAccount
    OnAccount.refuses_to_begin = False


@pytest.fixture
def priced(listing: PeerSession) -> PeerSession:
    listing.price = 1500
    listing.save()
    return listing


@pytest.fixture
def in_state(
    ask: Callable[..., Booking], on_account: type[OnAccount], priced: PeerSession
) -> Callable[[Booking.State], Booking]:
    """A booking with a price, brought into a state."""
    return lambda state: walk(ask(), WAYS[state])
