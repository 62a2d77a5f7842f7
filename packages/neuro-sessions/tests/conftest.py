from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.testing import PeerSessionFactory

if "neuro_payments" not in django_settings.INSTALLED_APPS:
    collect_ignore = ["contrib"]  # They need tests.projects.full; test_contrib_project.py runs them.

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
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
    """Asks for half an hour, ``hours`` after ``now``."""

    def make(*, hours: float = 24, now: datetime = NOW, **kwargs: Any) -> Booking:
        known = {"by": seeker, "minutes": 30, "note": "I would like to talk about noise."}
        chosen = kwargs.pop("listing", listing)
        return bookings.ask(chosen, starts_at=NOW + timedelta(hours=hours), now=now, **(known | kwargs))

    return make
