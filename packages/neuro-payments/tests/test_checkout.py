from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from neuro_payments import checkout, payout_accounts
from neuro_payments.models import Payment, SandboxCheckout
from neuro_payments.providers import sandbox
from neuro_payments.providers.base import ProviderUnavailable
from tests.conftest import NOW
from tests.projects.minimal.shop.models import Order
from tests.providers import Unreliable

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def as_is(path: str) -> str:
    return path


def open_for(order: Order, **changed: Any) -> Payment:
    given = {"payer": order.buyer, "expires_at": NOW + DAY, "now": NOW} | changed
    return checkout.open_payment("shop.order", str(order.pk), **given)


def started(order: Order, **changed: Any) -> tuple[Payment, str]:
    """An open payment whose checkout is made, and the checkout's token."""
    payment = open_for(order, **changed)
    checkout.start(payment, now=NOW, build_url=as_is)
    payment.refresh_from_db()
    return payment, payment.checkout_id


@pytest.mark.feature("P2")
def test_opening_keeps_what_was_agreed(order: Order) -> None:
    payment = open_for(order)
    Order.objects.filter(pk=order.pk).update(price=9900, title="Two jars")
    again = open_for(order)
    assert again == payment
    assert (again.amount, again.currency, again.description) == (1500, "gbp", "A jar of honey")
    assert (again.fee_bps, again.fee_amount, again.payout_amount) == (1500, 225, 1275)


@pytest.mark.feature("P2")
def test_the_fee_that_was_agreed_survives_a_new_setting(order: Order, settings: Any) -> None:
    payment = open_for(order)
    settings.NEURO_PAYMENTS = {"ALLOW_SANDBOX": True, "APPLICATION_FEE_BPS": 5000}
    _, token = started(order)
    assert SandboxCheckout.objects.get(token=token).fee_amount == payment.fee_amount == 225


@pytest.mark.parametrize("price", [0, -5])
def test_an_amount_of_nothing_never_becomes_a_payment(make_order: Any, price: int) -> None:
    with pytest.raises(checkout.NothingToPay):
        open_for(make_order(price=price))


def test_something_that_was_called_off_is_not_opened(make_order: Any) -> None:
    with pytest.raises(checkout.NothingToPay):
        open_for(make_order(called_off=True))


def test_a_payee_without_account_cannot_be_paid(make_order: Any, make_user: Any) -> None:
    with pytest.raises(checkout.NoPayoutAccount):
        open_for(make_order(seller=make_user("nora")))


def test_an_unknown_kind_of_payable_is_an_error_of_the_programmer(order: Order) -> None:
    with pytest.raises(LookupError, match=r"shop\.pony"):
        checkout.open_payment("shop.pony", "1", payer=order.buyer, expires_at=NOW + DAY, now=NOW)


def test_opening_writes_nothing_when_the_caller_changes_their_mind(order: Order) -> None:
    with transaction.atomic():
        open_for(order)
        transaction.set_rollback(True)
    assert not Payment.objects.exists()


def test_starting_again_leads_to_the_same_checkout(order: Order) -> None:
    payment = open_for(order)
    first = checkout.start(payment, now=NOW, build_url=as_is)
    assert checkout.start(payment, now=NOW, build_url=as_is) == first
    assert SandboxCheckout.objects.count() == 1


def test_a_checkout_that_was_made_but_not_recorded_is_found_again(order: Order) -> None:
    payment, token = started(order)
    Payment.objects.update(checkout_id="")
    checkout.start(payment, now=NOW, build_url=as_is)
    payment.refresh_from_db()
    assert payment.checkout_id == token


@commits
@pytest.mark.feature("P2")
def test_a_paid_checkout_makes_the_payment_paid_once(order: Order) -> None:
    payment, token = started(order)
    assert sandbox.pay(token, now=NOW)
    assert not sandbox.pay(token, now=NOW)
    for _ in range(3):
        payment = checkout.converge(payment, now=NOW + timedelta(minutes=5))
    assert (payment.state, payment.paid_at, payment.revision) == ("paid", NOW, 1)
    order.refresh_from_db()
    assert order.settled


def test_a_declined_card_leaves_the_payment_open(order: Order) -> None:
    payment, token = started(order)
    sandbox.decline(token, now=NOW)
    payment = checkout.converge(payment, now=NOW)
    assert (payment.state, payment.last_problem, payment.revision) == ("open", "declined", 0)
    sandbox.pay(token, now=NOW)
    payment = checkout.converge(payment, now=NOW)
    assert (payment.state, payment.last_problem) == ("paid", "")


def test_opening_what_is_paid_returns_the_paid_payment(order: Order) -> None:
    payment, token = started(order)
    sandbox.pay(token, now=NOW)
    checkout.converge(payment, now=NOW)
    assert open_for(order) == payment
    with pytest.raises(checkout.NotOpen) as refusal:
        checkout.start(payment, now=NOW, build_url=as_is)
    assert refusal.value.code == "payment_paid"


def test_a_payment_expires_together_with_its_checkout(order: Order) -> None:
    payment, token = started(order)
    payment = checkout.converge(payment, now=NOW + DAY)
    assert (payment.state, payment.revision) == ("expired", 1)
    assert SandboxCheckout.objects.get().status == "expired"
    assert not sandbox.pay(token, now=NOW)
    with pytest.raises(checkout.NotOpen):
        checkout.start(payment, now=NOW + DAY, build_url=as_is)


def test_paid_in_the_last_second_is_paid_also_when_noticed_late(order: Order) -> None:
    payment, token = started(order)
    sandbox.pay(token, now=NOW + DAY - timedelta(seconds=1))
    assert checkout.converge(payment, now=NOW + 2 * DAY).state == "paid"


@pytest.mark.feature("P2")
def test_a_new_payment_can_follow_an_expired_one(order: Order) -> None:
    old, old_token = started(order)
    later = NOW + 2 * DAY
    new = open_for(order, now=later, expires_at=later + DAY)
    assert new != old
    checkout.start(new, now=later, build_url=as_is)
    old.refresh_from_db()
    assert old.state == "expired"
    assert SandboxCheckout.objects.get(token=old_token).status == "expired"
    assert checkout.payment_for("shop.order", str(order.pk)) == new


def test_a_new_payment_is_not_started_when_the_old_one_turns_out_paid(order: Order) -> None:
    old, old_token = started(order)
    sandbox.pay(old_token, now=NOW)
    later = NOW + 2 * DAY
    new = open_for(order, now=later, expires_at=later + DAY)
    with pytest.raises(checkout.NotOpen) as refusal:
        checkout.start(new, now=later, build_url=as_is)
    assert refusal.value.state == "paid"
    assert checkout.payment_for("shop.order", str(order.pk)) == old
    assert SandboxCheckout.objects.count() == 1


@commits
def test_after_cancelling_nobody_can_pay(order: Order) -> None:
    payment, token = started(order)
    cancelled = checkout.cancel("shop.order", str(order.pk), now=NOW)
    assert cancelled == payment
    assert cancelled.state == "cancelled"
    assert not sandbox.pay(token, now=NOW)
    assert checkout.converge(payment, now=NOW).state == "cancelled"


@commits
def test_cancelling_waits_for_the_callers_commit_before_it_asks_the_provider(order: Order) -> None:
    _, token = started(order)
    with transaction.atomic():
        checkout.cancel("shop.order", str(order.pk), now=NOW)
        assert SandboxCheckout.objects.get(token=token).status == "open"
    assert SandboxCheckout.objects.get(token=token).status == "expired"


@commits
@pytest.mark.parametrize("times", [1, 2])
def test_paid_wins_over_cancelled(order: Order, times: int) -> None:
    payment, token = started(order)
    sandbox.pay(token, now=NOW)
    for _ in range(times):
        current = checkout.cancel("shop.order", str(order.pk), now=NOW)
    assert current is not None
    assert (current, current.state) == (payment, "paid")
    order.refresh_from_db()
    assert order.settled


def test_cancelling_nothing_is_harmless(order: Order) -> None:
    assert checkout.cancel("shop.order", str(order.pk), now=NOW) is None


def test_a_cancelled_payment_cannot_be_started(order: Order) -> None:
    payment = open_for(order)
    checkout.cancel("shop.order", str(order.pk), now=NOW)
    with pytest.raises(checkout.NotOpen) as refusal:
        checkout.start(payment, now=NOW, build_url=as_is)
    assert refusal.value.code == "payment_cancelled"
    assert not SandboxCheckout.objects.exists()


@commits
@pytest.mark.feature("P10")
def test_a_payment_that_is_cancelled_while_the_provider_works_is_closed_there(order: Order, line: set[str]) -> None:
    payment = open_for(order)
    Unreliable.meanwhile.append(lambda: checkout.cancel("shop.order", str(order.pk), now=NOW))
    with pytest.raises(checkout.NotOpen) as refusal:
        checkout.start(payment, now=NOW, build_url=as_is)
    assert refusal.value.code == "payment_cancelled"
    assert SandboxCheckout.objects.get().status == "expired"


@pytest.mark.feature("P10")
@pytest.mark.parametrize("wrong", [{"amount": 1}, {"currency": "eur"}])
def test_money_of_another_amount_or_currency_is_never_paid(order: Order, wrong: dict[str, Any]) -> None:
    payment, token = started(order)
    SandboxCheckout.objects.update(**wrong)
    sandbox.pay(token, now=NOW)
    payment = checkout.converge(payment, now=NOW)
    assert (payment.state, payment.last_problem) == ("open", "mismatch")


@pytest.mark.feature("P10")
def test_a_second_payment_for_the_same_thing_is_marked_and_changes_nothing(order: Order, settings: Any) -> None:
    first, first_token = started(order)
    Payment.objects.filter(pk=first.pk).update(state="cancelled", next_attempt_at=None)
    second, second_token = started(order)
    sandbox.pay(first_token, now=NOW)
    sandbox.pay(second_token, now=NOW)
    assert checkout.converge(second, now=NOW).state == "paid"
    first = checkout.converge(first, now=NOW)
    assert (first.state, first.last_problem) == ("cancelled", "paid_twice")
    assert checkout.payment_for("shop.order", str(order.pk)) == second


def test_a_checkout_that_the_provider_does_not_know_is_not_guessed_about(order: Order) -> None:
    payment, _ = started(order)
    SandboxCheckout.objects.all().delete()
    with pytest.raises(ProviderUnavailable):
        checkout.converge(payment, now=NOW)
    payment.refresh_from_db()
    assert payment.state == "open"


def test_a_provider_that_was_removed_from_the_settings_is_unavailable(order: Order, settings: Any) -> None:
    payment, _ = started(order)
    Payment.objects.update(provider="gone")
    with pytest.raises(ProviderUnavailable):
        checkout.converge(payment, now=NOW)


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": -1}, {"fee_amount": -1}, {"fee_amount": 1501}])
def test_the_database_refuses_impossible_amounts(order: Order, wrong: dict[str, int]) -> None:
    open_for(order)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(**wrong)


@pytest.mark.parametrize("state", ["open", "paid"])
def test_the_database_refuses_a_second_live_payment(order: Order, state: str) -> None:
    payment = open_for(order)
    Payment.objects.update(state=state)
    payment.refresh_from_db()
    payment.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save(force_insert=True)


def test_the_account_of_an_open_payment_cannot_be_disconnected(order: Order) -> None:
    open_for(order)
    with pytest.raises(payout_accounts.PaymentsAreOpen):
        payout_accounts.disconnect(order.seller, now=NOW)
    assert payout_accounts.connected_account(order.seller)
    checkout.cancel("shop.order", str(order.pk), now=NOW)
    assert payout_accounts.disconnect(order.seller, now=NOW)
