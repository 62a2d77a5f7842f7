from datetime import UTC, datetime

import pytest
from django.core.mail.backends.locmem import EmailBackend

from neuro_accounts.notification_types import NotificationType, register
from neuro_accounts.testing import UserFactory


@pytest.fixture
def now():
    return datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def staff(db):
    return UserFactory(groups=["Neuromancer"])


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def mail_server_down(monkeypatch):
    """Refuses every connection; the list counts them."""
    attempts = []

    def refuse(self, messages):
        attempts.append(messages)
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    return attempts


@pytest.fixture
def facts():
    """What the test notification says; a test changes it."""
    return {"name": "Ada", "path": "/somewhere/"}


@pytest.fixture(autouse=True)
def greeting(facts):
    """A notification type for tests."""
    kind = NotificationType(
        key="test.greeting",
        label="Greeting",
        category="test",
        subject="Hello from {name}",
        text="{name} says hello.",
        action="Answer {name}",
        facts=lambda delivery: facts or None,
    )
    register(kind)
    return kind.key
