from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from neuro_payments import checkout, payout_accounts
from neuro_payments.models import StripeAccount
from tests.conftest import NOW
from tests.projects.minimal.shop.models import Order

pytestmark = pytest.mark.django_db
PAGE = "/payments/account/"


def test_connecting_twice_gives_one_account(buyer: User) -> None:
    first = payout_accounts.connect(buyer, provider="sandbox", now=NOW)
    again = payout_accounts.connect(buyer, provider="sandbox", now=NOW + timedelta(hours=1))
    assert (again, again.connected_at) == (first, NOW)
    assert payout_accounts.connected_account(buyer) == first


def test_an_account_can_be_connected_again(buyer: User) -> None:
    first = payout_accounts.connect(buyer, provider="sandbox", now=NOW)
    assert payout_accounts.disconnect(buyer, now=NOW)
    assert payout_accounts.connected_account(buyer) is None
    assert not payout_accounts.disconnect(buyer, now=NOW)
    again = payout_accounts.connect(buyer, provider="sandbox", now=NOW + timedelta(hours=1))
    assert (again, again.disconnected_at) == (first, None)


def test_accounts_of_another_provider_do_not_count(buyer: User, settings: Any) -> None:
    payout_accounts.connect(buyer, provider="sandbox", now=NOW)
    settings.NEURO_PAYMENTS = {"ALLOW_SANDBOX": True, "PROVIDER": "other"}
    assert payout_accounts.connected_account(buyer) is None


def test_the_database_refuses_a_second_live_account(buyer: User) -> None:
    payout_accounts.connect(buyer, provider="sandbox", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        StripeAccount.objects.create(owner=buyer, provider="sandbox", account_id="acct_2", connected_at=NOW)


def test_the_database_refuses_one_account_for_two_people(buyer: User, seller: User) -> None:
    theirs = StripeAccount.objects.get(owner=seller)
    with pytest.raises(IntegrityError), transaction.atomic():
        StripeAccount.objects.create(
            owner=buyer, provider="sandbox", account_id=theirs.account_id, status="disconnected", connected_at=NOW
        )


def test_a_host_connects_and_disconnects_on_the_page(buyer: User, sign_in: Any) -> None:
    browser = sign_in(buyer)
    text = browser.get(PAGE).content.decode()
    assert "Connect a sandbox payout account" in text
    assert "15%" in text
    assert "Your payout account is connected." in browser.post(PAGE, follow=True).content.decode()
    assert "Connected on" in browser.get(PAGE).content.decode()
    assert "Disconnect my account" in browser.get(f"{PAGE}disconnect/").content.decode()
    assert payout_accounts.connected_account(buyer)
    after = browser.post(f"{PAGE}disconnect/", follow=True)
    assert "Your payout account is disconnected." in after.content.decode()
    again = browser.post(f"{PAGE}disconnect/", follow=True)
    assert "You have no connected payout account." in again.content.decode()
    assert browser.get(f"{PAGE}disconnect/")["Location"] == PAGE


def test_the_page_refuses_to_disconnect_while_somebody_can_pay(order: Order, seller: User, sign_in: Any) -> None:
    expires_at = NOW + timedelta(days=1)
    checkout.open_payment("shop.order", str(order.pk), payer=order.buyer, expires_at=expires_at, now=NOW)
    after = sign_in(seller).post(f"{PAGE}disconnect/", follow=True)
    assert "Somebody can still pay you through this account." in after.content.decode()
    assert payout_accounts.connected_account(seller)


def test_connecting_is_refused_where_the_sandbox_is(buyer: User, sign_in: Any, settings: Any) -> None:
    settings.NEURO_PAYMENTS = {}
    after = sign_in(buyer).post(PAGE, follow=True)
    assert "Payments are not set up on this site yet." in after.content.decode()
    assert not StripeAccount.objects.exists()
