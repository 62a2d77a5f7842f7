import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import world as worlds


@pytest.fixture(scope="session")
def built(django_db_setup, django_db_blocker) -> worlds.World:
    """Built once and committed: each test runs in a transaction that is rolled back, so all see it untouched."""
    with django_db_blocker.unblock():
        return worlds.build(timezone.now())


@pytest.fixture
def world(built, db) -> worlds.World:
    return built


@pytest.fixture(autouse=True)
def no_rate_limit_is_left_over():
    cache.clear()


@pytest.fixture
def as_role(world):
    """A browser of somebody in this role: ``as_role("host")``."""

    def browser(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(world.people[role])
        return client

    return browser
