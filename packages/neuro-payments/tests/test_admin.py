from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from neuro_payments import checkout
from neuro_payments.models import Payment, StripeAccount
from tests.conftest import NOW
from tests.projects.minimal.shop.models import Order

pytestmark = pytest.mark.django_db


def test_staff_can_look_and_change_nothing(order: Order, sign_in: Any) -> None:
    expires_at = NOW + timedelta(days=1)
    payment = checkout.open_payment("shop.order", str(order.pk), payer=order.buyer, expires_at=expires_at, now=NOW)
    browser = sign_in(User.objects.create_superuser("staff"))
    account = StripeAccount.objects.get()
    for page in (f"payment/{payment.pk}", f"stripeaccount/{account.pk}"):
        assert browser.get(f"/admin/neuro_payments/{page}/change/").status_code == 200
        assert browser.post(f"/admin/neuro_payments/{page}/change/", {"state": "paid"}).status_code == 403
        assert browser.post(f"/admin/neuro_payments/{page}/delete/", {"post": "yes"}).status_code == 403
    for kind in ("payment", "stripeaccount"):
        assert browser.get(f"/admin/neuro_payments/{kind}/").status_code == 200
        assert browser.get(f"/admin/neuro_payments/{kind}/?q=%F0%9F%8D%AF").status_code == 200
        assert browser.get(f"/admin/neuro_payments/{kind}/add/").status_code == 403
    assert "£15.00" in browser.get("/admin/neuro_payments/payment/").content.decode()
    assert Payment.objects.get().state == "open"
