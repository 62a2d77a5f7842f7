from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from neuro_payments import checkout
from neuro_payments.models import Payment, SandboxCheckout
from neuro_payments.providers import sandbox
from neuro_payments.signals import payment_changed
from neuro_payments.tasks import tick
from tests.conftest import NOW
from tests.projects.minimal.shop.models import Order

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def payment(order: Order) -> Payment:
    """Open, and its checkout is made."""
    payment = checkout.open_payment("shop.order", str(order.pk), payer=order.buyer, expires_at=NOW + DAY, now=NOW)
    checkout.start(payment, now=NOW, build_url=lambda path: path)
    payment.refresh_from_db()
    return payment


@pytest.fixture
def listener() -> Iterator[Callable[..., None]]:
    """A receiver that fails while ``listener.broken`` and counts how often it was called."""

    def listen(**kwargs: Any) -> None:
        listen.heard += 1  # type: ignore[attr-defined]
        if listen.broken:  # type: ignore[attr-defined]
            raise RuntimeError("the receiver is ill")

    listen.heard, listen.broken = 0, False  # type: ignore[attr-defined]
    payment_changed.connect(listen)
    yield listen
    payment_changed.disconnect(listen)


def ticks(since: datetime, until: datetime) -> None:
    while since <= until:
        tick(now=since)
        since += MINUTE


@pytest.mark.feature("P10")
def test_what_was_paid_while_nobody_looked_is_found(payment: Payment, order: Order) -> None:
    sandbox.pay(payment.checkout_id, now=NOW)
    ticks(NOW, NOW + 2 * MINUTE)
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, order.settled) == ("paid", True)


def test_open_payments_expire_on_time_however_long_nothing_happened(payment: Payment) -> None:
    ticks(NOW, NOW + timedelta(hours=3))
    for hours in range(4, 24):
        tick(now=NOW + timedelta(hours=hours))
    payment.refresh_from_db()
    assert payment.state == "open"
    assert payment.next_attempt_at is not None
    assert payment.next_attempt_at <= payment.expires_at
    tick(now=NOW + DAY)
    payment.refresh_from_db()
    assert payment.state == "expired"
    assert SandboxCheckout.objects.get().status == "expired"


def test_a_payment_that_was_never_started_expires_too(order: Order) -> None:
    payment = checkout.open_payment("shop.order", str(order.pk), payer=order.buyer, expires_at=NOW + DAY, now=NOW)
    tick(now=NOW + DAY - MINUTE)
    payment.refresh_from_db()
    assert payment.state == "open"
    tick(now=NOW + DAY)
    payment.refresh_from_db()
    assert payment.state == "expired"


@pytest.mark.parametrize("end", ["paid", "cancelled", "expired"])
def test_nothing_is_due_for_ever(payment: Payment, order: Order, end: str) -> None:
    now = NOW
    if end == "paid":
        sandbox.pay(payment.checkout_id, now=now)
    elif end == "cancelled":
        checkout.cancel("shop.order", str(order.pk), now=now)
    else:
        now += DAY
    ticks(now, now + 5 * MINUTE)
    payment.refresh_from_db()
    assert (payment.state, payment.next_attempt_at, payment.told_revision) == (end, None, payment.revision)
    assert tick(now=now + 9 * DAY) == 0


@pytest.mark.feature("P10")
def test_a_receiver_that_failed_is_told_again(payment: Payment, listener: Any) -> None:
    listener.broken = True
    sandbox.pay(payment.checkout_id, now=NOW)
    checkout.converge(payment, now=NOW)
    payment.refresh_from_db()
    assert (payment.state, payment.revision, payment.told_revision, listener.heard) == ("paid", 1, 0, 1)
    tick(now=NOW + MINUTE)
    assert listener.heard == 2
    listener.broken = False
    ticks(NOW, NOW + 10 * MINUTE)
    payment.refresh_from_db()
    assert (payment.told_revision, payment.next_attempt_at, listener.heard) == (1, None, 3)


def test_a_change_that_was_told_is_not_told_again(payment: Payment, listener: Any) -> None:
    sandbox.pay(payment.checkout_id, now=NOW)
    for _ in range(3):
        checkout.converge(payment, now=NOW)
    ticks(NOW, NOW + 10 * MINUTE)
    assert listener.heard == 1


@pytest.mark.feature("P10")
def test_a_checkout_is_closed_later_when_the_provider_was_away(payment: Payment, order: Order, line: set[str]) -> None:
    line.add("fetch")
    cancelled = checkout.cancel("shop.order", str(order.pk), now=NOW)
    assert cancelled is not None
    assert cancelled.state == "cancelled"
    assert SandboxCheckout.objects.get().status == "open"
    tick(now=NOW + MINUTE)
    line.clear()
    ticks(NOW, NOW + 10 * MINUTE)
    assert SandboxCheckout.objects.get().status == "expired"


@pytest.mark.feature("P10")
def test_what_is_paid_before_a_missed_closing_is_paid(payment: Payment, order: Order, line: set[str]) -> None:
    line.add("fetch")
    checkout.cancel("shop.order", str(order.pk), now=NOW)
    assert sandbox.pay(payment.checkout_id, now=NOW)
    line.clear()
    ticks(NOW, NOW + 10 * MINUTE)
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, payment.revision, payment.told_revision, order.settled) == ("paid", 2, 2, True)


def test_one_broken_payment_does_not_keep_the_others_waiting(payment: Payment, make_order: Any) -> None:
    other = make_order()
    good = checkout.open_payment("shop.order", str(other.pk), payer=other.buyer, expires_at=NOW + DAY, now=NOW)
    Payment.objects.filter(pk=payment.pk).update(provider="gone")
    tick(now=NOW + DAY)
    good.refresh_from_db()
    payment.refresh_from_db()
    assert (good.state, payment.state) == ("expired", "open")


def test_a_payment_that_another_worker_holds_is_left_alone(payment: Payment) -> None:
    Payment.objects.update(claimed_until=NOW + 3 * MINUTE)
    assert tick(now=NOW + 2 * MINUTE) == 0
    assert tick(now=NOW + 3 * MINUTE) == 1
