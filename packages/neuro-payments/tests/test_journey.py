from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from neuro_payments import checkout
from neuro_payments.models import Payment, SandboxCheckout
from neuro_payments.tasks import tick
from tests.projects.minimal.shop.models import Order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("P2", "P9", "P11")]


@pytest.fixture
def browser(buyer: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(buyer)


def buy(browser: Client, order: Order) -> tuple[str, str]:
    """Up to the provider's page: our pay address and the address of the sandbox page."""
    pay_page = browser.post(f"/orders/{order.pk}/buy/")["Location"]
    return pay_page, browser.post(pay_page)["Location"]


def press(browser: Client, page: str, act: str) -> Any:
    return browser.post(page, {"act": act}, follow=True)


def test_the_pay_page_says_what_is_paid_and_who_gets_what(browser: Client, order: Order) -> None:
    page = browser.post(f"/orders/{order.pk}/buy/", follow=True)
    text = page.content.decode()
    for expected in ("A jar of honey", "Sold by", "Sam", "£15.00", "£12.75", "£2.25", "no real money", "London time"):
        assert expected in text
    assert text.count("<h1>") == 1


def test_paying_leads_back_to_what_was_bought(browser: Client, order: Order) -> None:
    _, page = buy(browser, order)
    assert "no real money" in browser.get(page).content.decode()
    after = press(browser, page, "pay")
    assert after.redirect_chain == [(f"http://testserver/orders/{order.pk}/", 302)]
    assert "Your payment of £15.00 has arrived." in after.content.decode()
    order.refresh_from_db()
    assert order.settled


def test_after_a_declined_card_one_can_try_again(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    after = press(browser, page, "decline")
    assert "The card was declined." in after.content.decode()
    assert "The card was declined." in browser.get(pay_page).content.decode()
    order.refresh_from_db()
    assert not order.settled
    press(browser, page, "pay")
    order.refresh_from_db()
    assert order.settled


def test_after_walking_away_one_can_return_to_the_same_checkout(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    assert f'href="http://testserver{pay_page}"' in browser.get(page).content.decode()
    assert "Not paid" in browser.get(f"/orders/{order.pk}/").content.decode()
    assert buy(browser, order) == (pay_page, page)
    press(browser, page, "pay")
    assert Payment.objects.get().state == "paid"


def test_second_click_on_pay_has_no_second_effect(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    press(browser, page, "pay")
    again = press(browser, page, "pay")
    assert "This is already paid. You will not be charged again." in again.content.decode()
    assert again.redirect_chain[-1][0].endswith(f"/orders/{order.pk}/")
    assert Payment.objects.get().revision == 1
    refused = browser.post(pay_page, follow=True)
    assert "This is already paid." in refused.content.decode()
    assert "<button" not in refused.content.decode()
    assert SandboxCheckout.objects.count() == 1


def test_declining_what_is_paid_changes_nothing(browser: Client, order: Order) -> None:
    _, page = buy(browser, order)
    press(browser, page, "pay")
    assert "already paid" in press(browser, page, "decline").content.decode()
    assert SandboxCheckout.objects.get().declines == 0


def test_paying_what_was_cancelled_meanwhile_is_told_and_not_done(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    checkout.cancel("shop.order", str(order.pk), now=timezone.now())
    assert "<button" not in browser.get(page).content.decode()
    after = press(browser, page, "pay")
    assert after.redirect_chain == [(f"http://testserver{pay_page}", 302)]
    assert "This payment was cancelled. Nothing has been paid." in after.content.decode()
    assert Payment.objects.get().state == "cancelled"


def test_paying_after_the_time_is_told_and_not_done(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    past = timezone.now() - timedelta(minutes=1)
    Payment.objects.update(expires_at=past)
    SandboxCheckout.objects.update(expires_at=past)
    assert "The time to pay is over." in browser.get(pay_page).content.decode()
    assert "The time to pay is over. Nothing has been paid." in press(browser, page, "pay").content.decode()
    assert Payment.objects.get().state == "expired"
    new_page, _ = buy(browser, order)
    assert new_page != pay_page


def test_a_payment_that_the_page_did_not_hear_of_is_told_on_the_next_click(browser: Client, order: Order) -> None:
    pay_page, page = buy(browser, order)
    SandboxCheckout.objects.update(status="paid", paid_at=timezone.now())
    assert "This is already paid." in browser.get(page).content.decode()
    assert "This is already paid." in browser.post(pay_page, follow=True).content.decode()
    order.refresh_from_db()
    assert order.settled


def test_a_provider_that_is_down_is_told_and_can_be_tried_again(browser: Client, order: Order, line: set[str]) -> None:
    pay_page = browser.post(f"/orders/{order.pk}/buy/")["Location"]
    line.add("create_checkout")
    after = browser.post(pay_page, follow=True)
    assert "We cannot reach the payment provider at the moment." in after.content.decode()
    line.clear()
    assert "/payments/sandbox/" in browser.post(pay_page)["Location"]


def test_a_line_that_breaks_after_paying_is_told_and_mended_by_tick(
    browser: Client, order: Order, line: set[str]
) -> None:
    _, page = buy(browser, order)
    line.add("fetch")
    assert "We cannot reach the payment provider" in press(browser, page, "pay").content.decode()
    line.clear()
    tick(now=timezone.now() + timedelta(minutes=2))
    assert Payment.objects.get().state == "paid"


def test_an_error_in_the_shop_does_not_reach_the_payer(browser: Client, order: Order) -> None:
    from neuro_payments.signals import payment_changed

    def ill(**kwargs: Any) -> None:
        raise RuntimeError

    _, page = buy(browser, order)
    payment_changed.connect(ill)
    try:
        after = press(browser, page, "pay")
    finally:
        payment_changed.disconnect(ill)
    assert "has arrived" in after.content.decode()
    assert Payment.objects.get().told_revision == 0
