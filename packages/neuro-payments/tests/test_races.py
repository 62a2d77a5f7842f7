import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from neuro_payments import checkout, payout_accounts
from neuro_payments.models import Payment, SandboxCheckout, StripeAccount
from neuro_payments.providers import sandbox
from neuro_payments.refusals import Refused
from neuro_payments.signals import payment_changed
from neuro_payments.tasks import tick
from tests.projects.minimal.shop.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("P2", "P10")]
ROUNDS = 10


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Runs the acts at the same moment, each in a thread with a database connection of its own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def open_for(order: Order) -> Payment:
    now = timezone.now()
    expires_at = now + timedelta(days=1)
    return checkout.open_payment("shop.order", str(order.pk), payer=order.buyer, expires_at=expires_at, now=now)


def started(order: Order) -> tuple[Payment, str]:
    payment = open_for(order)
    page = checkout.start(payment, now=timezone.now(), build_url=lambda path: path)
    payment.refresh_from_db()
    return payment, page


@pytest.fixture
def browsers(buyer: User, sign_in: Callable[[User], Client]) -> list[Client]:
    """The same person in eight tabs."""
    return [sign_in(buyer) for _ in range(8)]


def test_one_of_many_clicks_on_pay_pays(order: Order, browsers: list[Client]) -> None:
    _, page = started(order)
    heard: list[Any] = []

    def listen(**kwargs: Any) -> None:
        heard.append(kwargs["payment_id"])

    payment_changed.connect(listen)
    answers = at_once(*[lambda tab=tab: tab.post(page, {"act": "pay"}, follow=True) for tab in browsers])
    payment_changed.disconnect(listen)
    assert [getattr(answer, "status_code", answer) for answer in answers] == [200] * 8
    assert sum(b"has arrived" in answer.content for answer in answers) == 1
    assert sum(b"already paid" in answer.content for answer in answers) == 7
    payment = Payment.objects.get()
    assert (payment.state, payment.revision) == ("paid", 1)
    assert set(heard) == {payment.pk}
    order.refresh_from_db()
    assert order.settled


def test_many_starts_make_one_checkout(order: Order, browsers: list[Client]) -> None:
    pay_page = open_for(order).pay_path()
    answers = at_once(*[lambda tab=tab: tab.post(pay_page)["Location"] for tab in browsers])
    assert len(set(answers)) == 1, answers
    assert SandboxCheckout.objects.count() == 1


def test_many_openings_make_one_payment(order: Order) -> None:
    opened = at_once(*[lambda: open_for(order).pk] * 8)
    assert set(opened) == {Payment.objects.get().pk}


def test_paying_and_cancelling_at_once_end_in_one_truth(make_order: Callable[[], Order]) -> None:
    def one_round(order: Order) -> None:
        payment, _ = started(order)
        now = timezone.now()

        def pay() -> bool:
            done = sandbox.pay(payment.checkout_id, now=now)
            checkout.converge(payment, now=now)
            return done

        paid, _ = at_once(pay, lambda: checkout.cancel("shop.order", str(order.pk), now=now))
        tick(now=now + timedelta(minutes=2))
        payment.refresh_from_db()
        order.refresh_from_db()
        assert payment.state == ("paid" if paid is True else "cancelled")
        assert order.settled is paid
        assert SandboxCheckout.objects.get(reference=payment.pk).status == ("paid" if paid else "expired")

    for _ in range(ROUNDS):
        one_round(make_order())


def test_starting_and_cancelling_at_once_leave_nothing_to_pay(make_order: Callable[[], Order]) -> None:
    def one_round(order: Order) -> None:
        payment, now = open_for(order), timezone.now()
        at_once(
            lambda: checkout.start(payment, now=now, build_url=lambda path: path),
            lambda: checkout.cancel("shop.order", str(order.pk), now=now),
            lambda: tick(now=now + timedelta(minutes=2)),
        )
        tick(now=now + timedelta(minutes=20))
        payment.refresh_from_db()
        assert (payment.state, payment.next_attempt_at) == ("cancelled", None)
        assert not SandboxCheckout.objects.filter(status="open").exists()

    for _ in range(ROUNDS):
        one_round(make_order())


def test_opening_and_disconnecting_at_once_exclude_each_other(make_order: Callable[[], Order]) -> None:
    def one_round(order: Order) -> None:
        now = timezone.now()
        results = at_once(lambda: open_for(order), lambda: payout_accounts.disconnect(order.seller, now=now))
        opened = Payment.objects.filter(payable_id=order.pk, state="open").exists()
        assert opened == (StripeAccount.objects.get().status == "active"), results
        assert sum(isinstance(result, Refused) for result in results) == 1, results
        checkout.cancel("shop.order", str(order.pk), now=now)
        payout_accounts.connect(order.seller, provider="sandbox", now=now)

    for _ in range(ROUNDS):
        one_round(make_order())


def test_many_clicks_on_connect_make_one_account(buyer: User) -> None:
    connected = at_once(*[lambda: payout_accounts.connect(buyer, provider="sandbox", now=timezone.now()).pk] * 8)
    assert set(connected) == {StripeAccount.objects.get().pk}


def test_many_ticks_at_once_have_one_effect(order: Order) -> None:
    payment, _ = started(order)
    now = timezone.now()
    sandbox.pay(payment.checkout_id, now=now)
    later = now + timedelta(minutes=2)
    assert not [answer for answer in at_once(*[lambda: tick(now=later)] * 6) if isinstance(answer, Exception)]
    payment.refresh_from_db()
    assert (payment.state, payment.revision, payment.told_revision) == ("paid", 1, 1)


def test_one_of_several_processes_pays(order: Order, buyer: User) -> None:
    _, page = started(order)
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    clickers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.clicker", str(buyer.pk), page, "pay"],
            cwd=Path(__file__).parent.parent,
            env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.projects.minimal.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for clicker in clickers:
        assert clicker.stdin is not None
        clicker.stdin.write("now\n")
        clicker.stdin.flush()
    answers = [clicker.communicate(timeout=60)[0] for clicker in clickers]
    assert [answer[:3] for answer in answers] == ["200"] * 3, answers
    assert sum("has arrived" in answer for answer in answers) == 1, answers
    assert Payment.objects.get().revision == 1
