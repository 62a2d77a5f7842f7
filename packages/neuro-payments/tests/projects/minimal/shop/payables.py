from typing import Any

from django.db import transaction
from django.urls import reverse

from neuro_payments.checkout import payment_for
from neuro_payments.models import Payment
from neuro_payments.payables import Quote
from tests.projects.minimal.shop.models import Order


class OrderPayable:
    def quote(self, payable_id: str) -> Quote | None:
        order = Order.objects.filter(pk=payable_id, called_off=False).select_related("seller").first()
        if order is None:
            return None
        details = {"Sold by": order.seller.first_name}
        return Quote(order.price, order.currency, order.seller, order.title, details)

    def may_pay(self, payable_id: str, user: Any) -> bool:
        return Order.objects.filter(pk=payable_id, buyer_id=user.pk).exists()

    def return_path(self, payable_id: str) -> str:
        return reverse("order", args=[payable_id])


def settle(*, payable_type: str, payable_id: str, **kwargs: Any) -> None:
    """Brings the order to what its payment says. Locked before it reads: two messages may come at once."""
    if payable_type != "shop.order":
        return
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=payable_id)
        payment = payment_for(payable_type, payable_id)
        order.settled = payment is not None and payment.state == Payment.State.PAID
        order.save(update_fields=["settled"])
