from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from neuro_payments.refusals import Refused


class ProviderUnavailable(Refused):
    """The provider gave no usable answer. Whether the act was done there is not known: ask again later."""

    code = "provider_unavailable"
    sentence = _("We cannot reach the payment provider at the moment. Please try again in a few minutes.")


class RemoteState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class CheckoutRequest:
    """Amounts in minor units. ``reference`` is also the idempotency key: one checkout for one reference."""

    reference: str
    account_id: str
    amount: int
    currency: str
    fee_amount: int
    description: str
    expires_at: datetime
    return_url: str
    back_url: str


@dataclass(frozen=True, kw_only=True)
class RemoteCheckout:
    """A checkout as the provider knows it now. ``declined``: a card was refused in it at least once."""

    checkout_id: str
    state: RemoteState
    amount: int
    currency: str
    url: str
    declined: bool = False
    paid_at: datetime | None = None


class Provider(Protocol):
    """Moves the money. Every method may raise ``ProviderUnavailable`` and may be repeated without a second effect.

    None is called inside a transaction.
    """

    is_sandbox: bool

    def connect_account(self, owner_reference: str) -> str:
        """The provider's id of the payout account that belongs to the owner."""

    def create_checkout(self, request: CheckoutRequest) -> RemoteCheckout:
        """Makes the checkout of the request's reference, or returns the one that is there."""

    def fetch(self, checkout_id: str) -> RemoteCheckout:
        """What is true at the provider now."""

    def close(self, checkout_id: str) -> RemoteCheckout:
        """Makes an open checkout unpayable; says so truthfully when it was paid before."""
