from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from neuro_payments import payout_accounts
from tests.projects.minimal.shop.models import Order
from tests.providers import Unreliable

NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def make_user() -> Callable[[str], User]:
    def make(name: str) -> User:
        return User.objects.create_user(name, f"{name}@example.org", "secret", first_name=name.title())

    return make


@pytest.fixture
def buyer(make_user: Callable[[str], User]) -> User:
    return make_user("bea")


@pytest.fixture
def seller(make_user: Callable[[str], User]) -> User:
    """Somebody whom one can pay."""
    user = make_user("sam")
    payout_accounts.connect(user, provider="sandbox", now=timezone.now())
    return user


@pytest.fixture
def make_order(buyer: User, seller: User) -> Callable[..., Order]:
    def make(**fields: Any) -> Order:
        return Order.objects.create(
            **{"title": "A jar of honey", "price": 1500, "buyer": buyer, "seller": seller} | fields
        )

    return make


@pytest.fixture
def order(make_order: Callable[..., Order]) -> Order:
    return make_order()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def line(settings: Any) -> Iterator[set[str]]:
    """The names of the provider's calls that fail: add to it to cut the line."""
    settings.NEURO_PAYMENTS = {
        "ALLOW_SANDBOX": True,
        "PROVIDERS": {"sandbox": {"BACKEND": "tests.providers.Unreliable"}},
    }
    yield Unreliable.down
    Unreliable.down.clear()
